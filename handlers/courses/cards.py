"""A family's card of a course: posted, and changed in place to whatever holds."""

from datetime import datetime

from handlers import desk
from handlers.courses import rules, screens
from handlers.screen import Screen
from storage.records import Course, Lane, Person, Role, SeatState
from storage.store import Store


def about(course_id: str) -> str:
    """The name under which a course's cards are found."""
    return f"course:{course_id}"


def leaders(store: Store, course: Course, now: datetime) -> list[Person]:
    """Who leads the course at this moment: its caseworker, then whoever stands in; nobody whose role has gone."""
    ids = [course.caseworker_id, *store.deputies.for_caseworker_now(course.caseworker_id, now)]
    people = [store.people.get(id) for id in dict.fromkeys(ids)]
    return [person for person in people if Role.CASEWORKER in person.roles]


def seen(store: Store, course: Course, parent: Person, now: datetime, *, moved_up: bool = False) -> Screen:
    """The course as this parent's card shows it now."""
    family = store.families.of_person(parent.id)
    seat = store.courses.seat(course.id, family.id) if family else None
    seats, sessions = store.courses.seats(course.id), store.training.of_course(course.id)
    view = screens.View(
        course,
        tuple(sessions),
        desk.voice_of(parent).language,
        seat.state if seat else SeatState.LEFT,
        rules.in_line(seats, family.id) if family else 0,
    )
    return screens.card(view, now, moved_up=moved_up)


def ring(store: Store, course: Course, parent: Person, now: datetime, *, moved_up: bool = False) -> None:
    """A new message with the card, below all older ones; those follow."""
    follow(store, course, None, now, only=parent)
    desk.post(
        store, parent, seen(store, course, parent, now, moved_up=moved_up), now, Lane.NEWS, about(course.id)
    )


def follow(
    store: Store,
    course: Course,
    family_id: str | None,
    now: datetime,
    *,
    only: Person | None = None,
    pressed: int | None = None,
) -> bool:
    """Changes the cards of a family, or of one parent alone; True when the pressed message was one of them."""
    parents = [only] if only else store.people.of_family(family_id or "")
    theirs = {parent.id: parent for parent in parents}
    found = False
    for card in store.cards.about(about(course.id)):
        parent = theirs.get(card.person_id)
        if parent is not None:
            mine = card.message_id is not None and card.message_id == pressed
            lane = Lane.ANSWER if mine else Lane.NEWS
            desk.change(store, card, parent, seen(store, course, parent, now), now, lane, direct=mine)
            found = found or mine
    return found
