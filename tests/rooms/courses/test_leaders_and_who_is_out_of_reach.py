"""Who hears of a course: those who still lead it, and for parents out of reach somebody calls."""

from datetime import datetime, timedelta

import pytest

from handlers import consenting
from handlers.access import Asking
from handlers.courses import actions, due, seating
from handlers.deputies.actions import hand_all_over
from handlers.refusal import Refusal
from handlers.team import actions as team
from handlers.team.rules import Hindrance
from storage.engine import Archive
from storage.records import Course, Family, Person, Purpose, Role, SeatState, Session, Why
from storage.store import Store
from tests.rooms.appointments.cast import person
from tests.rooms.courses.test_actions_of_courses import DAYS, comes, course_of


def colleagues(store: Store, now: datetime) -> tuple[Person, Person]:
    weber = person(store, 2, "Herr Weber", "de", Role.CASEWORKER, now)
    return weber, person(store, 3, "Frau Lang", "de", Role.LEAD, now)


def handed_to(store: Store, to: Person, families: list[Family]) -> None:
    for family in families:
        store.families.hand_over(family.id, to.id)
        store.appointments.hand_over(family.id, to.id)


def parent_of(store: Store, family: Family) -> Person:
    (found,) = store.people.of_family(family.id)
    return found


def calls(store: Store, of: Person, now: datetime) -> list[tuple[str, Why]]:
    return [(call.person_id, call.why) for call in store.calls.open_of(of.id, now)]


async def test_whoever_leads_a_course_keeps_the_role_until_it_is_handed_over(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        course, leads, families = course_of(store, now, 2)
        weber, lead = colleagues(store, now)
        handed_to(store, weber, families)
        assert team.hindrance(store, leads, Role.CASEWORKER, now) is Hindrance.LEADS_COURSES
        with pytest.raises(Refusal):
            team.revoke(Asking(store, lead, now), leads.id, Role.CASEWORKER)
        assert team.member(Asking(store, lead, now), leads.id).courses == 1
        assert hand_all_over(Asking(store, lead, now), leads, weber) == 0
        assert [one.id for one in store.courses.led_by(weber.id, now)] == [course.id]
        assert team.hindrance(store, leads, Role.CASEWORKER, now) is None
        team.revoke(Asking(store, lead, now), leads.id, Role.CASEWORKER)

    await archive.write(story)


async def test_what_is_over_or_called_off_hinders_nobody(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        course, leads, families = course_of(store, now, 1)
        weber, _ = colleagues(store, now)
        handed_to(store, weber, families)
        over = DAYS[-1] + timedelta(minutes=1)
        assert team.hindrance(store, leads, Role.CASEWORKER, over) is None
        store.training.add(
            "o", leads.id, over + timedelta(days=1), "x"
        )  # to which nobody is invited any more
        assert team.hindrance(store, leads, Role.CASEWORKER, over) is None
        actions.cancel_course(store, course, by=leads, now=now)
        assert team.hindrance(store, leads, Role.CASEWORKER, now) is None

    await archive.write(story)


async def test_nothing_is_posted_to_somebody_who_works_here_no_more(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        course, leads, families = course_of(store, now, 2)
        weber, _ = colleagues(store, now)
        handed_to(store, weber, families)
        store.people.revoke(leads.id, Role.CASEWORKER)
        first = store.families.get(families[0].id)
        assert first is not None
        comes(store, course, first, now)
        due.over(store, course.id, DAYS[-1] + timedelta(days=1))
        named = f"family:{first.id}"
        assert store.cards.newest(named, leads.id) is None
        assert store.cards.newest(named, weber.id) is not None

    await archive.write(story)


def out_of_reach(store: Store, how: str, parent: Person, now: datetime) -> None:
    match how:
        case "paused":
            store.people.pause(parent.id, now)
        case "blocked":
            store.people.set_blocked(parent.id, True)


@pytest.mark.parametrize("how", ["paused", "blocked"])
async def test_somebody_calls_whoever_does_not_hear_that_a_day_is_off(
    archive: Archive, now: datetime, how: str
) -> None:
    def story(store: Store) -> None:
        course, leads, (first, second) = course_of(store, now, 2)
        for family in (first, second):
            comes(store, course, family, now)
            for purpose in Purpose:
                consenting.give(store, parent_of(store, family), purpose, now)
        deaf = parent_of(store, first)
        out_of_reach(store, how, deaf, now)
        session = store.training.of_course(course.id)[0]
        actions.cancel_session(store, course, session, by=leads, now=now)
        assert calls(store, leads, now) == [(deaf.id, Why.UNREACHABLE)]
        (call,) = store.calls.open_of(leads.id, now)
        about = store.appointments.get(call.appointment_id or "")
        assert about is not None
        assert about.session_id == session.id

    await archive.write(story)


async def test_somebody_calls_whoever_does_not_hear_that_the_course_is_off(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        course, leads, (first, second) = course_of(store, now, 2)
        comes(store, course, first, now)
        for family in (first, second):
            due.invite(store, f"{course.id}:{family.id}", now)
            store.people.pause(parent_of(store, family).id, now)
        actions.cancel_course(store, course, by=leads, now=now)
        # who had not said anything expects nothing
        assert calls(store, leads, now) == [(parent_of(store, first).id, Why.UNREACHABLE)]

    await archive.write(story)


async def test_somebody_calls_whoever_moves_up_unheard(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        course, leads, families = course_of(store, now, 5)
        for family in families:
            comes(store, course, family, now)
        waits = parent_of(store, families[4])
        store.people.pause(waits.id, now)
        seating.leave(store, course, families[0], by=parent_of(store, families[0]), now=now)
        assert state(store, course, families[4]) is SeatState.TAKEN
        assert calls(store, leads, now) == [(waits.id, Why.UNREACHABLE)]

    await archive.write(story)


async def test_a_family_without_parents_is_passed_over(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        course, _, families = course_of(store, now, 6)
        for family in families:
            comes(store, course, family, now)
        gone = parent_of(store, families[4])
        store.connection.exec_driver_sql("DELETE FROM members WHERE person_id = ?", (gone.id,))
        seating.leave(store, course, families[0], by=parent_of(store, families[0]), now=now)
        assert state(store, course, families[4]) is SeatState.WAITING
        assert state(store, course, families[5]) is SeatState.TAKEN

    await archive.write(story)


async def test_the_feed_knows_a_course_to_which_nobody_has_come_yet(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        course, leads, _ = course_of(store, now, 2)
        first: Session = store.training.of_course(course.id)[0]
        until = now + timedelta(days=300)
        assert [one.cancelled for one in store.calendars.planned(leads.id, now, until)] == [False] * 4
        actions.cancel_session(store, course, first, by=leads, now=now)
        assert [one.cancelled for one in store.calendars.planned(leads.id, now, until)] == [True] + [
            False
        ] * 3

    await archive.write(story)


async def test_the_day_of_whoever_leads_holds_the_sessions_of_colleagues_families(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        course, leads, (first, second) = course_of(store, now, 2)
        weber, _ = colleagues(store, now)
        comes(store, course, first, now)
        until = now + timedelta(days=60)
        assert [one.is_session for one in store.diary.of(leads.id, now, until, now)] == [False] * 4
        handed_to(store, weber, [first, second])
        led = store.diary.of(leads.id, now, until, now)
        assert [(one.family_id, one.label, one.syllabus) for one in led] == [("", "", "own_flat")] * 4
        assert {one.asked for one in led} == {(parent_of(store, first).id,)}
        actions.cancel_session(store, course, store.training.of_course(course.id)[0], by=leads, now=now)
        assert len(store.diary.of(leads.id, now, until, now)) == 3
        store.deputies.add(leads.id, weber.id, now, now + timedelta(days=1), leads.id)
        assert len(store.diary.of(weber.id, now, until, now)) == 3  # as appointments of the own family alone

    await archive.write(story)


def state(store: Store, course: Course, family: Family) -> SeatState:
    seat = store.courses.seat(course.id, family.id)
    assert seat is not None
    return seat.state
