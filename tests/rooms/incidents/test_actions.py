from datetime import datetime, timedelta
from pathlib import Path

import pytest

from handlers.incidents import actions, due
from handlers.refusal import Refusal
from storage.engine import Archive
from storage.records import Person, Role
from storage.settings import CODES_ASKED
from storage.store import Store

HAPPENED = "Ein Brief lag offen im Treppenhaus"


def somebody(store: Store, telegram_id: int, now: datetime, *held: Role) -> Person:
    store.settings.put(CODES_ASKED, "off")
    person = store.people.met(telegram_id, "de", now)
    store.people.rename(person.id, f"Nummer {telegram_id}")
    for role in held:
        store.people.grant(person.id, role, now)
    return store.people.get(person.id)


async def test_what_happened_lies_sealed_in_the_store(
    archive: Archive, now: datetime, tmp_path: Path
) -> None:
    def story(store: Store) -> None:
        koch = somebody(store, 1, now, Role.ON_CALL)
        noted = actions.note(store, HAPPENED, now, by=koch, now=now)
        row = store.connection.exec_driver_sql("SELECT summary FROM incidents").scalar_one()
        assert HAPPENED.encode() not in row
        assert store.incidents.get(noted.id) == noted

    await archive.write(story)


async def test_the_log_holds_every_incident_the_oldest_first(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        lead = somebody(store, 1, now, Role.LEAD)
        first = actions.note(store, HAPPENED, now - timedelta(hours=6), by=lead, now=now)
        actions.note(store, "Ein Stick ging verloren", now, by=lead, now=now)
        assert actions.report(store, first, by=lead, now=now + timedelta(hours=1))
        shown = actions.log(store, by=lead, now=now + timedelta(hours=2))
        assert shown.document is not None
        assert shown.document.name == "incidents-2026-11-24.txt"
        assert shown.to_keep
        text = shown.document.text
        assert text.index("V-0001") < text.index(HAPPENED) < text.index("V-0002") < text.index("Ein Stick")
        assert "Aufgeschrieben von: Nummer 1" in text
        assert "Aufgefallen: Dienstag, 24.11.2026, 04:00" in text
        assert "Meldefrist bis: Freitag, 27.11.2026, 04:00" in text
        assert "An die Aufsicht gemeldet: Dienstag, 24.11.2026, 11:00" in text
        assert text.count("noch nicht") == 3
        acts = [line["act"] for line in store.journal.newest()]
        assert acts == ["incident.log_exported", "incident.reported", "incident.noted", "incident.noted"]

    await archive.write(story)


async def test_each_step_happens_once(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        lead = somebody(store, 1, now, Role.LEAD)
        noted = actions.note(store, HAPPENED, now, by=lead, now=now)
        assert actions.close(store, noted, by=lead, now=now)
        again = store.incidents.get(noted.id)
        assert again is not None
        assert not actions.close(store, again, by=lead, now=now)
        assert not actions.report(store, again, by=lead, now=now)
        assert store.timers.due_at(actions.REMIND, noted.id) is None
        due.remind(store, noted.id, now)
        assert store.timers.due_at(actions.REMIND, noted.id) is None

    await archive.write(story)


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.ON_CALL, Role.PARENT, None])
async def test_whoever_is_no_lead_reads_nothing(archive: Archive, now: datetime, role: Role | None) -> None:
    def story(store: Store) -> None:
        noted = actions.note(store, HAPPENED, now, by=somebody(store, 1, now, Role.LEAD), now=now)
        other = somebody(store, 2, now, *([role] if role else []))
        with pytest.raises(Refusal):
            actions.read(store, noted.id, by=other, now=now)
        with pytest.raises(Refusal):
            actions.listed(store, by=other, now=now)
        with pytest.raises(Refusal):
            actions.log(store, by=other, now=now)
        with pytest.raises(Refusal):
            actions.drilled(store, by=other, now=now)

    await archive.write(story)


async def test_a_start_owes_the_next_drill_and_moves_none_that_is_owed(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        due.opens(store, now)
        drill = actions.next_drill(store)
        assert drill is not None
        due.opens(store, now + timedelta(days=300))
        assert actions.next_drill(store) == drill

    await archive.write(story)
