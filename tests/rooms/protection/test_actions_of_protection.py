"""Who may go through a checklist, what is kept of it, and that it goes with its family."""

from datetime import datetime, timedelta

import pytest

from handlers.access import HELPED_FOR, Asking
from handlers.protection import actions, due, paper, screens
from handlers.refusal import Refusal
from handlers.screen import words
from locales.translator import voice
from storage.engine import Archive
from storage.records import Family, Person, Role
from storage.retention import Class
from storage.store import Store

NOTE = "Blaue Flecken am Arm"


def somebody(store: Store, number: int, now: datetime, *held: Role) -> Person:
    person = store.people.met(number, "de", now)
    store.people.rename(person.id, f"Nummer {number}")
    for role in held:
        store.people.grant(person.id, role, now)
    return store.people.get(person.id)


def a_family(store: Store, now: datetime) -> tuple[Person, Family]:
    klein = somebody(store, 1, now, Role.CASEWORKER)
    return klein, store.families.add("Ahorn", klein.id, now)


async def test_notes_lie_sealed_and_every_mark_has_its_line(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        klein, family = a_family(store, now)
        asks = Asking(store, klein, now)
        made = actions.begin(asks, family.id, 0)
        actions.mark(asks, made.id, "noticed", NOTE)
        sealed = store.connection.exec_driver_sql("SELECT note FROM concern_marks").scalar_one()
        assert NOTE.encode() not in sealed
        assert [mark.note for mark in actions.read(asks, made.id).marks] == [NOTE]
        acts = [line["act"] for line in store.journal.newest(9)]
        assert acts == ["read.read_concern", "concern.marked", "concern.opened", "read.open_concern"]
        assert {line["family_id"] for line in store.journal.newest(9)} == {family.id}

    await archive.write(story)


async def test_there_is_one_open_at_a_time_and_after_closing_nothing_is_marked(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        klein, family = a_family(store, now)
        asks = Asking(store, klein, now)
        lead = Asking(store, somebody(store, 2, now, Role.LEAD), now)
        made = actions.begin(asks, family.id, 0)
        assert actions.begin(lead, family.id, 0) == made
        actions.mark(asks, made.id, "closing")
        for again in (asks, lead):
            with pytest.raises(Refusal):
                actions.close(again, made.id)
        with pytest.raises(Refusal):
            actions.mark(asks, made.id, "closing")
        actions.mark(lead, made.id, "closing", "zu zweit")
        assert actions.close(asks, made.id).closed_at == now
        assert store.timers.due_at(actions.REMIND, made.id) is None
        for refused in ("noticed", "closing", "verdict"):
            with pytest.raises(Refusal):
                actions.mark(lead, made.id, refused, "x")
        assert actions.begin(asks, family.id, 0).id != made.id

    await archive.write(story)


async def test_whoever_took_the_alarm_may_for_some_weeks_and_others_may_not(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        _, family = a_family(store, now)
        koch, lange = (somebody(store, n, now, Role.ON_CALL) for n in (2, 3))
        mother, gross = somebody(store, 4, now, Role.PARENT), somebody(store, 5, now, Role.CASEWORKER)
        store.families.join(family.id, mother.id)
        alarm = store.alarms.open(mother.id, family.id, {"minutes": [5]}, now)
        store.alarms.take(alarm.id, koch.id, now)
        assert actions.family_of_alarm(Asking(store, koch, now), alarm.id) == (family.id, alarm.number)
        made = actions.begin(Asking(store, koch, now), family.id, alarm.number)
        assert made.alarm_number == alarm.number
        for other in (lange, gross, mother):
            for act in (actions.read, actions.exported, actions.close, actions.ask_others):
                with pytest.raises(Refusal):
                    act(Asking(store, other, now), made.id)
            with pytest.raises(Refusal):
                actions.begin(Asking(store, other, now), family.id, 0)
        later = now + HELPED_FOR + timedelta(minutes=1)
        with pytest.raises(Refusal):
            actions.read(Asking(store, koch, later), made.id)

    await archive.write(story)


async def test_a_number_of_somebody_elses_alarm_is_not_kept(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        klein, family = a_family(store, now)
        guest = somebody(store, 4, now)
        store.alarms.open(guest.id, None, {"minutes": [5]}, now)
        assert actions.begin(Asking(store, klein, now), family.id, 1).alarm_number is None
        with pytest.raises(Refusal):
            actions.family_of_alarm(Asking(store, guest, now), "nothing")

    await archive.write(story)


async def test_the_document_says_who_when_and_what_is_not_yet(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        klein, family = a_family(store, now)
        asks = Asking(store, klein, now)
        made = actions.begin(asks, family.id, 0)
        actions.mark(asks, made.id, "noticed", f"<script>{NOTE}</script>")
        actions.mark(asks, made.id, "weighed")
        actions.mark(asks, made.id, "next_check", "2026-12-01")
        page = paper.written(actions.exported(asks, made.id), now)
        assert page.name == "2026-11-24.html"
        assert "<script" not in page.text
        assert f"&lt;script&gt;{NOTE}" in page.text
        assert "Dienstag, 24.11.2026, 10:00, Nummer 1: gemeinsam eingeschätzt" in page.text
        assert "Die zweite Person hat noch nicht bestätigt." in page.text
        assert "Nächste Prüfung: Dienstag, 01.12.2026" in page.text
        assert page.text.count("Noch nicht.") == 5
        assert "Ahorn" in page.text

    await archive.write(story)


async def test_the_youth_offices_number_stands_first_once_it_is_known(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        klein, family = a_family(store, now)
        row = {"hours": "", "first": 0, "staff_only": 1, "confirmed_on": None, "languages": ""}
        entered = {"number": "0221 221 00000", "key": "youth_office_staff", "position": 1, **row}
        store.agency.replace_numbers([entered])
        asks = Asking(store, klein, now)
        shown = screens.card(actions.read(asks, actions.begin(asks, family.id, 0).id))
        assert words(shown, voice("de")).startswith("🚨")
        assert "00000" in words(shown, voice("de")).splitlines()[0]

    await archive.write(story)


async def test_it_reminds_until_it_is_closed_and_is_destroyed_a_year_later(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        klein, family = a_family(store, now)
        lead = somebody(store, 2, now, Role.LEAD)
        asks = Asking(store, klein, now)
        made = actions.begin(asks, family.id, 0)
        day = timedelta(days=1)
        assert store.timers.due_at(actions.REMIND, made.id) == now + day
        store.posted.clear()
        due.remind(store, made.id, now + day)
        assert {one.person_id for one in store.posted} == {klein.id, lead.id}
        assert store.timers.due_at(actions.REMIND, made.id) == now + 2 * day
        for who in (klein, lead):
            actions.mark(Asking(store, who, now), made.id, "closing")
        actions.close(asks, made.id)
        store.posted.clear()
        due.remind(store, made.id, now + 2 * day)
        assert store.posted == []
        assert "concerns" not in store.retention.purge(Class.OPERATIVE, now + timedelta(days=364))
        assert store.retention.purge(Class.OPERATIVE, now + timedelta(days=366))["concerns"] == 1
        assert store.connection.exec_driver_sql("SELECT count(*) FROM concern_marks").scalar_one() == 0

    await archive.write(story)


async def test_it_goes_with_its_family(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        klein, family = a_family(store, now)
        asks = Asking(store, klein, now)
        made = actions.begin(asks, family.id, 0)
        actions.mark(asks, made.id, "noticed", NOTE)
        store.erasure.family(family.id, now)
        assert store.concerns.get(made.id) is None
        due.remind(store, made.id, now + timedelta(days=1))
        with pytest.raises(Refusal):
            actions.read(asks, made.id)

    await archive.write(story)
