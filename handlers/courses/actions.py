"""What is done with a course by whoever leads it: made, invited to, called off in part or as a whole."""

from datetime import datetime, timedelta

from handlers import desk, practising, unheard
from handlers.calendar import COURSE
from handlers.courses import cards, rules, screens, seating
from handlers.courses.screens import View
from handlers.refusal import Refusal
from handlers.screen import Screen
from locales.phrase import S
from storage.records import Course, CourseState, Family, Lane, Offer, Person, Seat, SeatState, Session
from storage.store import Store

CONCERNED = frozenset({SeatState.INVITED, SeatState.TAKEN, SeatState.WAITING})
OVER = "courses.over"
FILL = "courses.fill"


def who_reads(store: Store, offer: Offer, languages: tuple[str, ...]) -> tuple[list[Family], list[Family]]:
    """The enrolled families of which somebody reads one of the languages, and all others."""
    readers, others = list[Family](), list[Family]()
    for family in store.families.enrolled(offer.id):
        tongues = (desk.voice_of(parent).language for parent in store.people.of_family(family.id))
        (readers if rules.reads(tongues, languages) else others).append(family)
    return readers, others


def make(
    store: Store, wanted: Course, days: list[datetime], offer: Offer, *, by: Person, now: datetime
) -> Course:
    """Makes the course with its sessions; the invitations are posted as soon as their timers are looked at.

    Raises Refusal when nobody is enrolled.
    """
    if not store.families.enrolled(offer.id):
        raise Refusal(S("training.nobody"))
    course = store.courses.add(wanted)
    for number, at in enumerate(days, start=1):
        store.training.add(offer.id, by.id, at, course.place, course.id, number)
    store.journal.write(now, by.id, "course.made", cards.about(course.id))
    store.timers.set(OVER, course.id, days[-1] + timedelta(minutes=course.minutes))
    practising.begins(store, course.id, days[0] + timedelta(minutes=course.minutes))
    for family in who_reads(store, offer, course.languages)[0]:
        invite(store, course, family, by=by, now=now)
    return course


def invite(store: Store, course: Course, family: Family, *, by: Person, now: datetime) -> bool:
    """False when the family was invited before."""
    if not store.courses.invite(course.id, family.id, now):
        return False
    store.timers.set(COURSE, f"{course.id}:{family.id}", now)
    store.journal.write(now, by.id, "course.invited", cards.about(course.id), family.id)
    return True


def uninvited(store: Store, course: Course) -> list[Family]:
    """The families enrolled in the offer that were not invited."""
    known = {seat.family_id for seat in store.courses.seats(course.id)}
    return [family for family in store.families.enrolled(course.offer_id) if family.id not in known]


def cancel_session(store: Store, course: Course, session: Session, *, by: Person, now: datetime) -> bool:
    """One day is off: its appointments end, and each family with a seat is told. False when somebody was first."""
    if session.starts_at <= now or not store.training.cancel(session.id, now):
        return False
    store.journal.write(now, by.id, "course.session.cancelled", f"session:{session.id}")
    for seat in _seats(store, course, SeatState.TAKEN):
        seating.end_appointments(store, [session], [seat.family_id], by, now)
        _ring(store, course, seat, now, session, session)
    for seat in store.courses.seats(course.id):
        cards.follow(store, course, seat.family_id, now)
    return True


def cancel_course(store: Store, course: Course, *, by: Person, now: datetime) -> bool:
    """All that is ahead is off, and every family that had not said no is told once. False when it was off."""
    if not store.courses.cancel(course.id):
        return False
    off = store.courses.get(course.id) or course
    ahead = rules.ahead(store.training.of_course(course.id), now)
    for session in ahead:
        store.training.cancel(session.id, now)
    store.timers.drop(OVER, course.id)
    store.journal.write(now, by.id, "course.cancelled", cards.about(course.id))
    seating.end_appointments(
        store, ahead, [s.family_id for s in _seats(store, course, SeatState.TAKEN)], by, now
    )
    for seat in store.courses.seats(course.id):
        cards.follow(store, off, seat.family_id, now)
        if seat.state in CONCERNED:
            _ring(store, off, seat, now, None, next(iter(ahead), None))
    return True


def take_out(store: Store, course: Course, family: Family, *, by: Person, now: datetime) -> bool:
    """The family gives its seat up with somebody's help; its parents are told."""
    if not seating.leave(store, course, family, by=by, now=now):
        return False
    cards.follow(store, course, family.id, now)
    for parent in store.people.of_family(family.id):
        if parent.id != by.id:
            _post(store, course, parent, screens.rung_left(_view(course, parent)), now)
            unheard.owe_call(store, family.id, parent, now)
    return True


def tell_missed(store: Store, course: Course, seat: Seat, parent: Person, now: datetime) -> None:
    """Says once more what was said while the parent was out of reach, as far as it still holds and lies ahead."""
    if not _has_missed(store, course, parent):
        return
    view = _view(course, parent)
    off = [one for one in store.training.of_course(course.id) if one.cancelled_at and one.starts_at > now]
    if course.state is CourseState.CANCELLED:
        missed = [screens.rung_cancelled(view)] if off else []
    elif seat.state is SeatState.TAKEN:
        missed = [screens.rung_session_cancelled(view, one) for one in off]
    else:
        missed = [screens.rung_left(view)] if seat.state is SeatState.LEFT else []
    for shown in missed:
        _post(store, course, parent, shown, now)


def _has_missed(store: Store, course: Course, parent: Person) -> bool:
    """Whether the newest word about the course is neither in the parent's chat nor on its way."""
    card = store.cards.newest(_told(course), parent.id)
    return card is not None and not store.cards.left(card.id) and not store.deliveries.is_owed(card.id)


def _seats(store: Store, course: Course, *states: SeatState) -> list[Seat]:
    return [seat for seat in store.courses.seats(course.id) if seat.state in states]


def _ring(
    store: Store, course: Course, seat: Seat, now: datetime, session: Session | None, first: Session | None
) -> None:
    """Tells a family; of those who had a seat, or wait for one, whoever is out of reach is to be called.

    `first` is the first that does not take place: the call is about that.
    """
    missed = seating.appointment_at(store, first, seat.family_id) if first else None
    for parent in store.people.of_family(seat.family_id):
        view = _view(course, parent)
        off = screens.rung_session_cancelled(view, session) if session else screens.rung_cancelled(view)
        if seat.state is not SeatState.INVITED or _knows(store, course, parent):
            _post(store, course, parent, off, now)
            if seat.state is not SeatState.INVITED:
                unheard.owe_call(store, seat.family_id, parent, now, missed)


def _knows(store: Store, course: Course, parent: Person) -> bool:
    """Whether somebody invited was told of the course, as far as that is kept: else there is nothing to unlearn."""
    return store.cards.newest(cards.about(course.id), parent.id) is not None


def _post(store: Store, course: Course, parent: Person, shown: Screen, now: datetime) -> None:
    desk.post(store, parent, shown, now, Lane.NEWS, _told(course))


def _told(course: Course) -> str:
    """The name under which all that was said of a course beside its cards is found."""
    return f"told:{course.id}"


def _view(course: Course, parent: Person) -> View:
    return View(course, (), desk.voice_of(parent).language, SeatState.TAKEN)
