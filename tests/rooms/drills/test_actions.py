"""A drill in the store: who is rung, over which way, and what silence costs."""

from datetime import datetime, timedelta

import pytest

from handlers.access import Asking
from handlers.drills import actions, due
from handlers.refusal import Refusal
from storage.engine import Archive
from storage.records import Drill, Person, Role
from storage.store import Store


def somebody(store: Store, number: int, role: Role, now: datetime) -> Person:
    person = store.people.met(number, "de", now)
    store.people.grant(person.id, role, now)
    if role is Role.ON_CALL:
        store.duties.assign(person.id, 1, now)
        store.duties.tested(person.id, now)
    return store.people.get(person.id)


def started(store: Store, now: datetime) -> tuple[Person, Drill]:
    """A drill with one person on call, started by a lead."""
    store.settings.ask_for_codes(False)
    koch, haas = somebody(store, 1, Role.ON_CALL, now), somebody(store, 2, Role.LEAD, now)
    drill = actions.start(Asking(store, haas, now))
    assert drill is not None
    return koch, drill


async def test_whoever_is_silent_is_rung_over_the_second_way_too(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        koch, drill = started(store, now)
        way = store.second_ways.add(koch.id, "ntfys://example.org/koch", now)
        unconfirmed = store.second_ways.add(koch.id, "mailto://example.org", now)
        store.second_ways.confirm(way.id, now)
        at = now + timedelta(minutes=5)
        due.remind(store, drill.id, at)
        (ring,) = store.rings.claim(at, 9)
        assert (ring.way_id, ring.alarm_id) == (way.id, None)
        assert ring.way_id != unconfirmed.id
        assert "Minuten: 10" in ring.text

    await archive.write(story)


async def test_whoever_answered_hears_nothing_more(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        koch, drill = started(store, now)
        (sent,) = store.probes.of_drill(drill.id)
        store.take_posted()
        assert actions.answer(Asking(store, koch, now), sent.id) is not None
        assert actions.answer(Asking(store, koch, now), sent.id) is None
        ended = store.drills.get(drill.id)
        assert ended is not None
        assert ended.ended_at == now
        store.take_posted()
        due.remind(store, drill.id, now)
        due.end(store, drill.id, now)
        assert [one for one in store.take_posted() if not one.edits] == []
        assert store.duties.tested_at(koch.id) == now

    await archive.write(story)


async def test_an_open_alarm_is_looked_at_when_somebody_counts_no_more(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        koch, drill = started(store, now)
        alarm = store.alarms.open(somebody(store, 3, Role.PARENT, now).id, None, {"minutes": [5]}, now)
        end = drill.ends_at
        due.end(store, drill.id, end)
        assert store.duties.tested_at(koch.id) is None
        assert store.timers.due_at("crisis.look", alarm.id) == end

    await archive.write(story)


async def test_whoever_lost_the_role_answers_no_drill(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        koch, drill = started(store, now)
        (sent,) = store.probes.of_drill(drill.id)
        store.people.revoke(koch.id, Role.ON_CALL)
        with pytest.raises(Refusal):
            actions.answer(Asking(store, store.people.get(koch.id), now), sent.id)

    await archive.write(story)
