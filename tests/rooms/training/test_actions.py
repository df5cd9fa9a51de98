"""A caseworker plans a session, every enrolled family is invited by time, and she sees who comes."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from handlers.calendar import CANCELLED, INVITE, Draft
from handlers.reminding import DUE
from handlers.training import actions, room
from handlers.training.chat import listed, picking
from storage.engine import Archive
from storage.records import Answer, Appointment, Delivery, Role, Session
from storage.store import Store
from tests.rooms.appointments.cast import Cast, buttons, carried, gathered, person, text

STARTS = datetime(2026, 11, 26, 13, 30, tzinfo=UTC)
TO_PREVIEW = ("Elterntraining", "26", "14 Uhr", "14:30", "Bonner")


@dataclass
class Course:
    """What the caseworker has planned."""

    session: Session
    appointments: list[Appointment]


@pytest.fixture
async def cast(archive: Archive, now: datetime) -> Cast:
    """The caseworker's family and one of a colleague are enrolled in parent training; nobody in group work."""
    cast = await gathered(archive, room, now, ("tr", "ar"))

    def job(store: Store) -> None:
        store.agency.put_offers(
            [
                {"id": "x" * 60, "site_id": "b", "kind": "parent_training"},
                {"id": "y", "site_id": "b", "kind": "group_work"},
            ]
        )
        colleague = person(store, 50, "Herr Weber", "de", Role.CASEWORKER, now)
        theirs = store.families.add("Kaya", colleague.id, now)
        store.families.join(theirs.id, person(store, 51, "Elter 9", "tr", Role.PARENT, now).id)
        for family in (cast.family, theirs):
            store.families.enrol(family.id, "x" * 60, now)

    await archive.write(job)
    return cast


async def picks(cast: Cast, now: datetime, *labels: str) -> Delivery:
    await cast.does(cast.caseworker, picking.begin, now)
    shown: Delivery = cast.read(cast.caseworker)[-1]
    for label in labels:
        await cast.presses(cast.caseworker, carried(shown, label), now)
        shown = cast.read(cast.caseworker)[-1]
    return shown


async def planned(cast: Cast, now: datetime) -> Course:
    await picks(cast, now, *TO_PREVIEW, "Einladen")

    def job(store: Store) -> Course:
        session = store.training.ahead(cast.caseworker.id, now)[0]
        return Course(session, store.appointments.of_session(session.id))

    return await cast.archive.read(job)


async def test_the_preview_says_whom_it_reaches(cast: Cast, now: datetime) -> None:
    await cast.does(cast.caseworker, picking.begin, now)
    offers = cast.read(cast.caseworker)[-1]
    assert len(buttons(offers)) == 2  # one offer, and the way out
    preview = text(await picks(cast, now, *TO_PREVIEW))
    for said in ("Elterntraining", "Donnerstag, 26.11.2026", "Familien: 2", ": 3", "Türkçe", "العربية"):
        assert said in preview


async def test_every_enrolled_family_gets_an_appointment_and_its_timers(cast: Cast, now: datetime) -> None:
    course = await planned(cast, now)
    assert {one.starts_at for one in course.appointments} == {STARTS}
    assert len({one.family_id for one in course.appointments}) == 2
    assert await cast.timers() == {
        INVITE: [now] * 2,
        DUE: [datetime(2026, 11, 25, 16, tzinfo=UTC)] * 3 + [STARTS - timedelta(hours=2)] * 3,
    }


async def test_a_second_press_plans_no_second_session(cast: Cast, now: datetime) -> None:
    send = carried(await picks(cast, now, *TO_PREVIEW), "Einladen")
    await cast.presses(cast.caseworker, send, now)
    await cast.presses(cast.caseworker, send, now)
    assert len(await cast.archive.read(lambda store: store.training.ahead(cast.caseworker.id, now))) == 1
    assert "Noch offen: 3" in text(cast.read(cast.caseworker)[-1])


async def test_the_overview_counts_what_parents_said(cast: Cast, now: datetime) -> None:
    course = await planned(cast, now)
    own = next(one for one in course.appointments if one.family_id == cast.family.id)

    def answers(store: Store) -> None:
        store.appointments.answer(own.id, cast.parents[0].id, Answer.YES, now)
        store.appointments.answer(own.id, cast.parents[1].id, Answer.MOVE, now)

    await cast.archive.write(answers)
    await cast.does(cast.caseworker, listed, now)
    overview = cast.read(cast.caseworker)[-1]
    assert "✅ 1 · ❌ 0 · 🔁 1 · ⏳ 1" in text(overview)
    await cast.presses(cast.caseworker, carried(overview, "Do 26.11. 14:30"), now)
    sheet = text(cast.read(cast.caseworker)[-1])
    for line in ("✅ Ja: 1", "❌ Nein: 0", "🔁 Anderer Termin: 1", "⏳ Noch offen: 1"):
        assert line in sheet


async def test_cancelling_a_session_cancels_each_appointment(cast: Cast, now: datetime) -> None:
    course = await planned(cast, now)
    await cast.presses(cast.caseworker, f"training:cancel:{course.session.id}", now)
    sure = carried(cast.read(cast.caseworker)[-1], "Ja, absagen")
    await cast.presses(cast.caseworker, sure, now)
    assert "abgesagt" in text(cast.read(cast.caseworker)[-1])
    assert await cast.timers() == {CANCELLED: [now] * 2}

    again = await cast.presses(cast.caseworker, sure, now + timedelta(hours=1))
    assert again.toast is not None
    assert again.toast.key == "training.stale.toast"
    assert await cast.timers() == {CANCELLED: [now] * 2}
    await cast.does(cast.caseworker, listed, now)
    assert "keine Trainings" in text(cast.read(cast.caseworker)[-1])


async def test_nobody_else_opens_or_cancels_it(cast: Cast, now: datetime) -> None:
    course = await planned(cast, now)
    colleague = await cast.archive.read(lambda store: store.people.by_telegram(50))
    assert colleague is not None
    for verb in ("open", "cancel", "sure"):
        pressed = f"training:{verb}:{course.session.id}"
        assert await cast.refused(colleague, pressed, now) == "training.not_yours"
        assert await cast.refused(cast.parents[0], pressed, now) == "refusal.role"
    assert await cast.refused(cast.caseworker, "training:open", now) == "training.not_yours"


async def test_an_offer_without_families_invites_nobody(cast: Cast, now: datetime) -> None:
    def leave(store: Store) -> None:
        for family in store.families.enrolled("x" * 60):
            store.families.leave(family.id, "x" * 60)

    preview = await picks(cast, now, *TO_PREVIEW)
    send = carried(preview, "Einladen")
    await cast.archive.write(leave)
    assert await cast.refused(cast.caseworker, send, now) == "training.nobody"
    choice = await picks(cast, now)
    assert "Familien: 0" in text(choice)
    assert await cast.refused(cast.caseworker, carried(choice, TO_PREVIEW[0]), now) == "training.nobody"


async def test_a_colleagues_family_answers_to_its_own_caseworker(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        planner, colleague = (store.people.met(n, "de", now) for n in (901, 902))
        for one in (planner, colleague):
            store.people.grant(one.id, Role.CASEWORKER, now)
        store.agency.put_sites([{"id": "t", "name": "T", "address": "", "places": 1}])
        store.agency.put_offers([{"id": "t-o", "site_id": "t", "kind": "parent_training"}])
        family = store.families.add("Zauberahorn", colleague.id, now)
        store.families.enrol(family.id, "t-o", now)
        offer = store.agency.offer("t-o")
        assert offer is not None
        tomorrow = now.date() + timedelta(days=1)
        draft = Draft("k", subject=offer.id, day=tomorrow, hour=10, minute=0, place="T")
        session = actions.plan(store, draft, offer, by=planner, now=now)
        (made,) = store.appointments.of_session(session.id)
        assert made.caseworker_id == colleague.id
        assert store.appointments.single_ahead(planner.id, now) == []

    await archive.write(story)
