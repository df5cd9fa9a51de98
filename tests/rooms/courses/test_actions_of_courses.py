"""What follows from a seat, within the same transaction: appointments, reminders, lists, and who leads."""

from datetime import UTC, datetime, timedelta

from handlers.access import Act, Asking, may
from handlers.courses import actions, due, rules, seating
from handlers.deputies.actions import hand_all_over
from handlers.forgetting.actions import SEAT_MAY_BE_FREE
from handlers.reminding import DUE
from storage.engine import Archive
from storage.records import AppointmentState, Course, CourseState, Family, Person, Role, SeatState
from storage.store import Store
from tests.rooms.appointments.cast import person

FIRST = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)
DAYS = [FIRST + timedelta(weeks=n) for n in range(4)]


def course_of(
    store: Store, now: datetime, families: int, seats: int = 4
) -> tuple[Course, Person, list[Family]]:
    """A course of four sessions, and so many invited families with one parent each."""
    leads = person(store, 1, "Frau Koch", "de", Role.CASEWORKER, now)
    store.settings.ask_for_codes(False)
    store.agency.put_sites([{"id": "b", "name": "Bonner Straße", "address": "", "places": 9}])
    store.agency.put_offers([{"id": "o", "site_id": "b", "kind": "parent_training"}])
    made = [store.families.add(f"Familie {n}", leads.id, now) for n in range(families)]
    for n, family in enumerate(made):
        store.families.join(family.id, person(store, 10 + n, f"Elter {n}", "tr", Role.PARENT, now).id)
        store.families.enrol(family.id, "o", now)
    offer = store.agency.offer("o")
    assert offer is not None
    wanted = Course(
        "",
        "o",
        leads.id,
        "own_flat",
        "Bonner Straße",
        None,
        FIRST,
        90,
        seats,
        True,
        ("tr",),
        CourseState.OPEN,
        now,
    )
    return actions.make(store, wanted, DAYS, offer, by=leads, now=now), leads, made


def comes(store: Store, course: Course, family: Family, now: datetime) -> SeatState:
    (parent,) = store.people.of_family(family.id)
    return seating.come(store, course, family, by=parent, now=now)


def planned(store: Store, course: Course, family: Family) -> int:
    return sum(
        one.family_id == family.id and one.state is AppointmentState.PLANNED
        for session in store.training.of_course(course.id)
        for one in store.appointments.of_session(session.id)
    )


def reminders(store: Store) -> int:
    return sum(timer.kind == DUE for timer in store.timers.ahead(999))


async def test_a_seat_is_an_appointment_for_each_day_ahead_and_no_invitation(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        course, _, (first, _) = course_of(store, now, 2)
        assert comes(store, course, first, now) is SeatState.TAKEN
        assert planned(store, course, first) == 4
        assert reminders(store) == 8
        assert not [timer for timer in store.timers.ahead(999) if timer.kind == "appointments.invite"]
        assert {store.courses.seat(course.id, first.id).state} == {SeatState.TAKEN}  # type: ignore[union-attr]

    await archive.write(story)


async def test_who_comes_later_gets_the_days_that_are_left(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        course, leads, (first, _) = course_of(store, now, 2)
        sessions = store.training.of_course(course.id)
        assert actions.cancel_session(store, course, sessions[2], by=leads, now=now)
        assert not actions.cancel_session(store, course, sessions[2], by=leads, now=now)
        comes(store, course, first, DAYS[0] + timedelta(minutes=1))
        assert planned(store, course, first) == 2

    await archive.write(story)


async def test_leaving_ends_what_is_ahead_and_the_next_one_has_the_seat(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        course, _, families = course_of(store, now, 6)
        became = [comes(store, course, family, now) for family in families]
        assert became == [SeatState.TAKEN] * 4 + [SeatState.WAITING] * 2
        assert reminders(store) == 4 * 8
        (parent,) = store.people.of_family(families[0].id)
        assert seating.leave(store, course, families[0], by=parent, now=now)
        assert not seating.leave(store, course, families[0], by=parent, now=now)
        assert planned(store, course, families[0]) == 0
        assert planned(store, course, families[4]) == 4
        assert reminders(store) == 4 * 8
        assert rules.in_line(store.courses.seats(course.id), families[5].id) == 1

    await archive.write(story)


async def test_a_forgotten_family_leaves_its_seat_to_whoever_waits(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        course, _, families = course_of(store, now, 5)
        for family in families:
            comes(store, course, family, now)
        store.erasure.family(families[0].id, now)
        assert store.courses.seat(course.id, families[0].id) is None
        assert SEAT_MAY_BE_FREE == actions.FILL
        due.fill(store, course.id, now)
        assert planned(store, course, families[4]) == 4

    await archive.write(story)


async def test_whoever_takes_all_families_leads_the_courses_too(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        course, leads, families = course_of(store, now, 2)
        comes(store, course, families[0], now)
        single = store.training.add("o", leads.id, FIRST, "x")
        other, lead = (
            person(store, n, "Herr Weber", "de", r, now) for n, r in ((2, Role.CASEWORKER), (3, Role.LEAD))
        )
        assert not may(Asking(store, other, now), Act.LEAD_COURSE, course)
        assert hand_all_over(Asking(store, lead, now), leads, other) == 2
        after = store.courses.get(course.id)
        assert after is not None
        assert after.caseworker_id == other.id
        assert may(Asking(store, other, now), Act.LEAD_COURSE, after)
        assert not may(Asking(store, leads, now), Act.LEAD_COURSE, after)
        sessions = [*store.training.of_course(course.id), store.training.get(single.id)]
        assert {one.caseworker_id for one in sessions if one} == {other.id}

    await archive.write(story)


async def test_a_deputy_runs_the_course_as_long_as_she_stands_in(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        course, leads, _ = course_of(store, now, 1)
        other = person(store, 2, "Frau Berger", "de", Role.CASEWORKER, now)
        store.deputies.add(leads.id, other.id, now, now + timedelta(days=1), leads.id)
        assert [one.id for one in store.courses.led_by(other.id, now)] == [course.id]
        assert may(Asking(store, other, now), Act.NOTE_PRESENCE, course)
        assert store.courses.led_by(other.id, now + timedelta(days=2)) == []
        assert not may(Asking(store, other, now + timedelta(days=2)), Act.NOTE_PRESENCE, course)

    await archive.write(story)


async def test_a_declined_or_late_invitation_is_not_sent(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        course, leads, (first, second) = course_of(store, now, 2)
        (parent,) = store.people.of_family(first.id)
        seating.decline(store, course, first, by=parent, now=now)
        due.invite(store, f"{course.id}:{first.id}", now)
        actions.cancel_course(store, course, by=leads, now=now)
        due.invite(store, f"{course.id}:{second.id}", now)
        assert store.cards.about(f"course:{course.id}") == []

    await archive.write(story)
