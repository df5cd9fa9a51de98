"""Who reads of an alarm afterwards, and that notes lie sealed."""

from datetime import datetime, timedelta

import pytest

from handlers.access import Asking
from handlers.alarms import actions
from handlers.refusal import Refusal
from storage.engine import Archive
from storage.records import Happening, Outcome, Person, Role
from storage.store import Store

NOTE = "Beim nächsten Mal früher zu zweit"


def somebody(store: Store, number: int, now: datetime, *held: Role) -> Person:
    person = store.people.met(number, "de", now)
    store.people.rename(person.id, f"Nummer {number}")
    for role in held:
        store.people.grant(person.id, role, now)
    return store.people.get(person.id)


def an_alarm(store: Store, by: Person, taken_by: Person, now: datetime, paged: Person | None = None) -> str:
    alarm = store.alarms.open(by.id, None, {"minutes": [5]}, now)
    store.alarms.log(alarm.id, Happening.RAISED, now, by=by.id)
    if paged is not None:
        store.alarms.page(alarm.id, paged.id, 1, now)
    store.alarms.take(alarm.id, taken_by.id, now)
    store.alarms.end(alarm.id, Outcome.ADVISED, now)
    return alarm.id


async def test_a_note_lies_sealed_and_is_read_back(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        koch = somebody(store, 1, now, Role.ON_CALL)
        id = an_alarm(store, somebody(store, 2, now), koch, now)
        asks = Asking(store, koch, now)
        actions.write(asks, id, NOTE)
        actions.write(asks, id, "Noch etwas")
        row = store.connection.exec_driver_sql("SELECT text FROM debriefs").scalars().all()
        assert all(NOTE.encode() not in sealed for sealed in row)
        _, notes = actions.notes(asks, id)
        assert [one.text for one in notes] == [NOTE, "Noch etwas"]
        assert actions.sheet(asks, id).notes == 2

    await archive.write(story)


async def test_each_sees_what_they_had_a_part_in_and_a_lead_all_but_their_own(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        koch, lange, new = (somebody(store, n, now, Role.ON_CALL) for n in (1, 2, 3))
        haas, guest = somebody(store, 4, now, Role.LEAD), somebody(store, 5, now)
        took = an_alarm(store, guest, koch, now)
        rung = an_alarm(store, guest, haas, now, paged=koch)
        other = an_alarm(store, guest, lange, now)
        own = an_alarm(store, haas, koch, now)
        assert actions.past(Asking(store, koch, now)) == [own, rung, took]
        assert actions.past(Asking(store, lange, now)) == [other]
        assert actions.past(Asking(store, new, now)) == []
        assert actions.past(Asking(store, haas, now)) == [other, rung, took]
        with pytest.raises(Refusal):
            actions.sheet(Asking(store, new, now), took)
        with pytest.raises(Refusal):
            actions.notes(Asking(store, haas, now), own)
        with pytest.raises(Refusal):
            actions.past(Asking(store, guest, now))

    await archive.write(story)


async def test_whoever_was_paged_reads_and_writes_nothing_and_nobody_writes_before_the_end(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        koch, lange = (somebody(store, n, now, Role.ON_CALL) for n in (1, 2))
        guest = somebody(store, 5, now)
        id = an_alarm(store, guest, koch, now, paged=lange)
        assert not actions.sheet(Asking(store, lange, now), id).writes
        with pytest.raises(Refusal):
            actions.write(Asking(store, lange, now), id, NOTE)
        going = store.alarms.open(guest.id, None, {"minutes": [5]}, now + timedelta(minutes=1))
        store.alarms.take(going.id, koch.id, now)
        with pytest.raises(Refusal):
            actions.write(Asking(store, koch, now), going.id, NOTE)
        assert not actions.sheet(Asking(store, koch, now), going.id).writes

    await archive.write(story)


async def test_whoever_passed_it_on_still_had_a_part_in_it(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        koch, lange = (somebody(store, n, now, Role.ON_CALL) for n in (1, 2))
        guest = somebody(store, 5, now)
        alarm = store.alarms.open(guest.id, None, {"minutes": [5]}, now)
        store.alarms.take(alarm.id, koch.id, now)
        store.alarms.log(alarm.id, Happening.TAKEN, now, by=koch.id)
        store.alarms.reopen(alarm.id)
        store.alarms.take(alarm.id, lange.id, now)
        store.alarms.end(alarm.id, None, now)
        assert actions.past(Asking(store, koch, now)) == [alarm.id]

    await archive.write(story)
