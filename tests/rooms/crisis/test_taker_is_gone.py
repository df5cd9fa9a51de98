"""Whoever had taken an alarm and is gone leaves it open, and it is paged again with the next beat."""

from datetime import datetime

import pytest

from handlers.crisis import actions, answering, due
from handlers.crisis.paging import ESCALATE, WARNING
from handlers.watch import LOOK
from storage.engine import Archive
from storage.records import AlarmState, Role
from storage.store import Store
from storage.tables import alarms, takes


def taken_alarm(store: Store, now: datetime) -> tuple[str, str]:
    """The alarm and the person on call who has taken it; another one is on duty too."""
    koch, weber = (store.people.met(number, "de", now) for number in (1, 2))
    for person in (koch, weber):
        store.people.grant(person.id, Role.ON_CALL, now)
        store.duties.assign(person.id, 1, now)
        store.duties.tested(person.id, now)
    alarm, _ = actions.raise_alarm(store, store.people.met(3, "de", now), now)
    assert answering.acknowledge(store, alarm, store.people.get(koch.id), now)
    return alarm.id, koch.id


@pytest.mark.parametrize("needed", [False, True])
async def test_whoever_is_lost_leaves_it_open_and_the_next_look_pages(
    archive: Archive, now: datetime, needed: bool
) -> None:
    id, taker = await archive.write(lambda store: taken_alarm(store, now))
    if needed:  # then a nameless row of theirs stays
        await archive.write(lambda store: store.families.add("Ahorn", taker, now))
    await archive.write(lambda store: store.erasure.lost([f"person:{taker}"], now))

    def look(store: Store) -> None:
        left = store.alarms.get(id)
        assert left is not None
        assert (left.state, left.taken_by, left.step) == (AlarmState.OPEN, None, 0)
        assert store.timers.due_at(LOOK, id) == now
        due.look(store, id, now)
        paged = store.alarms.get(id)
        assert paged is not None
        assert paged.step == 1
        assert store.timers.due_at(ESCALATE, id) is not None

    await archive.write(look)


async def test_an_alarm_that_nobody_has_taken_is_opened_by_a_look(archive: Archive, now: datetime) -> None:
    id, _ = await archive.write(lambda store: taken_alarm(store, now))

    def look(store: Store) -> None:
        store.connection.execute(alarms.update().values(taken_by=None))
        store.connection.execute(takes.delete())
        due.look(store, id, now)
        found = store.alarms.get(id)
        assert found is not None
        assert (found.state, found.step) == (AlarmState.OPEN, 1)

    await archive.write(look)


async def test_a_lead_who_was_only_warned_is_no_reason_not_to_page(archive: Archive, now: datetime) -> None:
    """She has come on duty since, the alarm begins again, and her warning is no page."""
    id, taker = await archive.write(lambda store: taken_alarm(store, now))

    def go_on(store: Store) -> None:
        lead = store.people.met(9, "de", now)
        for role in (Role.LEAD, Role.ON_CALL):
            store.people.grant(lead.id, role, now)
        store.alarms.page(id, lead.id, WARNING, now)
        store.duties.assign(lead.id, 1, now)
        store.duties.tested(lead.id, now)
        store.erasure.person(taker, now)
        due.look(store, id, now)
        found = store.alarms.get(id)
        assert found is not None
        assert found.step == 1

    await archive.write(go_on)


async def test_an_alarm_is_stored_though_the_familys_key_is_gone(archive: Archive, now: datetime) -> None:
    def plant(store: Store) -> tuple[str, str]:
        klein, amina = (store.people.met(number, "de", now) for number in (1, 2))
        family = store.families.add("Ahorn", klein.id, now)
        store.families.join(family.id, amina.id)
        return family.id, amina.id

    family, amina = await archive.write(plant)
    archive.vault.keyring.destroy(f"family:{family}")
    alarm, opened = await archive.write(
        lambda store: actions.raise_alarm(store, store.people.get(amina), now)
    )
    assert opened
    assert alarm.family_id is None
