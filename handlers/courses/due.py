"""What time and the post do for courses: invitations leave, seats are filled, certificates are offered."""

from datetime import datetime

from handlers import desk, unheard
from handlers.courses import actions, cards, rules, seating, sheets
from locales import syllabi
from locales.languages import SOURCE
from storage.records import Course, Delivery, DeliveryState, Lane, Person, Seat, SeatState
from storage.store import Store


def invite(store: Store, scope: str, now: datetime) -> None:
    """Posts the card of the course to each parent of one family who does not have it yet.

    Whoever comes later finds the invitation, the seat or the place in line; no card is sent when all is over by
    now, or the family has said no. Whoever was out of reach has cards that say what holds, and hears what they
    missed.
    """
    course_id, _, family_id = scope.partition(":")
    course, seat = store.courses.get(course_id), store.courses.seat(course_id, family_id)
    if course is None or seat is None:
        return
    wants_card = _wants_card(store, course, seat, now)
    for parent in store.people.of_family(family_id):
        if wants_card and not _has_it(store, course, parent):
            cards.ring(store, course, parent, now)  # older ones follow
            continue
        cards.follow(store, course, None, now, only=parent)
        if not unheard.is_deaf(store, parent):
            actions.tell_missed(store, course, seat, parent, now)


def _wants_card(store: Store, course: Course, seat: Seat, now: datetime) -> bool:
    open_ = rules.standing(course, store.training.of_course(course.id), now) is rules.Standing.OPEN
    return open_ and seat.state in actions.CONCERNED


def _has_it(store: Store, course: Course, parent: Person) -> bool:
    """Whether the card stands in the parent's chat, or is on its way."""
    card = store.cards.newest(cards.about(course.id), parent.id)
    return card is not None and (card.message_id is not None or store.deliveries.is_owed(card.id))


def fill(store: Store, scope: str, now: datetime) -> None:
    """A seat may have become free because a family was forgotten."""
    course = store.courses.get(scope)
    if course is not None:
        seating.fill(store, course, now)


def over(store: Store, scope: str, now: datetime) -> None:
    """After the last session whoever leads the course is shown who has earned a certificate."""
    course = store.courses.get(scope)
    ends = rules.ends_at(course, store.training.of_course(scope)) if course else None
    if course is None or ends is None:
        return
    if ends > now:
        store.timers.set(actions.OVER, scope, ends)
        return
    for seat in store.courses.seats(scope):
        cards.follow(store, course, seat.family_id, now)
    if any(seat.state is SeatState.TAKEN for seat in store.courses.seats(scope)):
        _offer(store, course, now)


def _offer(store: Store, course: Course, now: datetime) -> None:
    shown = sheets.course_over(course.id, syllabi.title(course.syllabus, SOURCE))
    for person in cards.leaders(store, course, now):
        desk.post(store, person, shown, now, Lane.NEWS)


def paper_settled(store: Store, owed: Delivery, state: DeliveryState, now: datetime) -> None:
    """A certificate that could not be printed or found no way: whoever leads the course is told."""
    course = store.courses.get(owed.about.partition(":")[2])
    if state is DeliveryState.UNDELIVERABLE and course is not None:
        lost = sheets.not_delivered(syllabi.title(course.syllabus, SOURCE))
        for person in cards.leaders(store, course, now):
            desk.post(store, person, lost, now, Lane.NEWS)
