"""What families do with seats, and all that follows in the same transaction: appointments, cards, who moves up."""

from collections.abc import Iterable
from datetime import datetime

from handlers import access, appointed, desk, reminding, unheard
from handlers.courses import cards, rules, screens
from handlers.screen import Screen
from storage.records import (
    Answer,
    AppointmentKind,
    AppointmentState,
    Course,
    Family,
    Lane,
    Person,
    Seat,
    SeatState,
    Session,
)
from storage.store import Store

TIME = "time"  # who acts in the journal when nobody does


def come(store: Store, course: Course, family: Family, *, by: Person, now: datetime) -> SeatState:
    """The family wants to come: it has a seat from now on, or a place on the waiting list."""
    fill(store, course, now)  # whoever waits has come before
    if store.courses.take(course.id, family.id, now):
        _has_seat(store, course, family, by, now)
        _note(store, by.id, "course.seat.taken", course, family, now)
        tell_staff(store, course, family, screens.told_taken(course, family), now)
        return SeatState.TAKEN
    if store.courses.wait(course.id, family.id, now):
        _note(store, by.id, "course.seat.waiting", course, family, now)
    return SeatState.WAITING


def decline(store: Store, course: Course, family: Family, *, by: Person, now: datetime) -> None:
    """Not this time: a place on the waiting list is given up with it."""
    waited = rules.in_line(store.courses.seats(course.id), family.id) > 0
    if store.courses.decline(course.id, family.id, now):
        _note(store, by.id, "course.seat.declined", course, family, now)
    if waited:
        show_waiting(store, course, now)


def leave(store: Store, course: Course, family: Family, *, by: Person, now: datetime) -> bool:
    """The family gives its seat up: its appointments end without a word, and whoever waits the longest has it.

    False when it had none.
    """
    seat = store.courses.seat(course.id, family.id)
    if (
        seat is None
        or seat.state is not SeatState.TAKEN
        or not store.courses.leave(course.id, family.id, now)
    ):
        return False
    end_appointments(store, rules.ahead(store.training.of_course(course.id), now), [family.id], by, now)
    _note(store, by.id, "course.seat.left", course, family, now)
    tell_staff(store, course, family, screens.told_left(course, family), now, but=by)
    fill(store, course, now)
    return True


def fill(store: Store, course: Course, now: datetime) -> None:
    """Gives every free seat to whoever waits the longest; they are told and have it."""
    if rules.standing(course, store.training.of_course(course.id), now) is not rules.Standing.OPEN:
        return
    moved = False
    while (seat := store.courses.move_up(course.id, now)) is not None:
        moved = True
        _moves_up(store, course, seat, now)
    if moved:
        show_waiting(store, course, now)


def _moves_up(store: Store, course: Course, seat: Seat, now: datetime) -> None:
    family = store.families.get(seat.family_id)
    if family is None:  # a foreign key holds this
        raise LookupError("a seat without its family")
    parents = store.people.of_family(family.id)
    # who asked for the seat is known for certain only where there is one parent
    _has_seat(store, course, family, parents[0] if len(parents) == 1 else None, now)
    ahead = rules.ahead(store.training.of_course(course.id), now)
    first = appointment_at(store, ahead[0], family.id) if ahead else None
    for parent in parents:
        cards.ring(store, course, parent, now, moved_up=True)
        unheard.owe_call(store, family.id, parent, now, first)
    _note(store, TIME, "course.seat.moved_up", course, family, now)
    tell_staff(store, course, family, screens.told_moved_up(course, family), now)


def _has_seat(store: Store, course: Course, family: Family, yes_of: Person | None, now: datetime) -> None:
    for session in rules.ahead(store.training.of_course(course.id), now):
        _make_appointment(store, course, session, family, yes_of, now)


def _make_appointment(
    store: Store, course: Course, session: Session, family: Family, yes_of: Person | None, now: datetime
) -> None:
    made = store.appointments.add(
        family.id,
        family.caseworker_id,
        AppointmentKind.PARENT_TRAINING_SESSION,
        session.starts_at,
        session.place,
        session.id,
        minutes=course.minutes,
        meeting_place_id=course.meeting_place_id,
        made_at=now,
    )
    if yes_of is not None:
        store.appointments.answer(made.id, yes_of.id, Answer.YES, now, first=True)
    reminding.owe(store, made.id, session.starts_at, now)


def appointment_at(store: Store, session: Session, family_id: str) -> str | None:
    """A family's appointment of a session, by id."""
    found = store.appointments.of_session(session.id)
    return next((one.id for one in found if one.family_id == family_id), None)


def end_appointments(
    store: Store, sessions: Iterable[Session], families: Iterable[str], by: Person, now: datetime
) -> set[str]:
    """Calls off these families' appointments of these sessions, without a message; the families that had one."""
    wanted, had = set(families), set[str]()
    for session in sessions:
        for one in store.appointments.of_session(session.id):
            if one.family_id in wanted and one.state is AppointmentState.PLANNED:
                circle = appointed.known(store, one.id)
                if appointed.call_off(store, circle, by=by, now=now):
                    appointed.off(store, appointed.known(store, one.id), now)
                    had.add(one.family_id)
    return had


def show_waiting(store: Store, course: Course, now: datetime) -> None:
    """Everybody who waits reads their true place on the list."""
    for seat in store.courses.seats(course.id):
        if seat.state is SeatState.WAITING:
            cards.follow(store, course, seat.family_id, now)


def tell_staff(
    store: Store, course: Course, family: Family, shown: Screen, now: datetime, but: Person | None = None
) -> None:
    """Tells whoever leads the course, and whoever works with the family."""
    concerned = (*cards.leaders(store, course, now), *access.in_charge(store, family, now))
    for person in {one.id: one for one in concerned}.values():
        if but is None or person.id != but.id:
            desk.post(store, person, shown, now, Lane.NEWS, f"family:{family.id}")


def _note(store: Store, by: str, act: str, course: Course, family: Family, now: datetime) -> None:
    store.journal.write(now, by, act, f"course:{course.id}", family.id)
