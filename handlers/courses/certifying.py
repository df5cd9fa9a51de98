"""Certificates of participation: who has earned one, one tap each or all, to the parents or to oneself."""

from dataclasses import dataclass
from datetime import datetime

from handlers import desk, unheard
from handlers.access import Act, has_listed
from handlers.courses import graduates, leading, letters, paper, rules
from handlers.courses.graduates import Graduate
from handlers.courses.presence import label_of
from handlers.given import part
from handlers.refusal import Refusal
from handlers.screen import Screen
from handlers.turn import Turn
from locales.phrase import S
from storage.records import Course, Family, Lane, Person, SeatState, Session
from storage.store import Store

SENT = "certificate"
UNHEARD = S("courses.paper_unheard.toast")


@dataclass(frozen=True, slots=True)
class Attendee:
    """A parent on the list, and the sessions held by now to which they came."""

    family: Family
    parent: Person
    came: tuple[Session, ...]


def papers(turn: Turn) -> None:
    turn.show(_shown(turn, leading.known(turn, Act.CERTIFY)))


def look(turn: Turn) -> None:
    """The same list, with buttons that show the paper to whoever presses."""
    turn.show(_shown(turn, leading.known(turn, Act.CERTIFY), for_oneself=True))


def send(turn: Turn) -> None:
    course, one = _pressed(turn)
    if letters.lacking(one.parent.name):
        turn.flash(S("courses.paper_unprintable.toast"))
    elif unheard.is_deaf(turn.store, one.parent):
        turn.flash(UNHEARD)
    else:
        _send(turn, course, one)
        turn.flash(S("courses.paper_sent.toast"))
    turn.show(_shown(turn, course))


def send_all(turn: Turn) -> None:
    """To everybody who has earned one, does not have it yet and hears from us; to the others it is offered again."""
    course = leading.known(turn, Act.CERTIFY)
    waiting = [one for one in attendees(turn.store, course, turn.now) if _graduate(turn, course, one).awaits]
    reached = [one for one in waiting if not unheard.is_deaf(turn.store, one.parent)]
    for one in reached:
        _send(turn, course, one)
    nobody = waiting and not reached
    turn.flash(UNHEARD if nobody else S("courses.papers_sent.toast", n=len(reached)))
    turn.show(_shown(turn, course))


def mine(turn: Turn) -> None:
    """The paper of one parent, for whoever leads the course."""
    course, one = _pressed(turn)
    if letters.lacking(one.parent.name):
        turn.flash(S("courses.paper_unprintable.toast"))
        return
    turn.note("course.certificate.seen", f"course:{course.id}", one.family.id)
    made = paper.certificate(turn.store, course, one.parent, one.came, turn.now)
    turn.say(paper.for_staff(made, course), about=f"file:{one.family.id}")


def _send(turn: Turn, course: Course, one: Attendee) -> None:
    language = desk.voice_of(one.parent).language
    made = paper.certificate(turn.store, course, one.parent, one.came, turn.now)
    shown = paper.for_parent(made, course, language)
    turn.tell(one.parent, shown, lane=Lane.NEWS, about=f"{SENT}:{course.id}")
    turn.note("course.certificate.sent", f"course:{course.id}", one.family.id)


def _shown(turn: Turn, course: Course, *, for_oneself: bool = False) -> Screen:
    listed = attendees(turn.store, course, turn.now)
    has_listed(turn, Act.CERTIFY, [one.family.id for one in listed])
    found = [_graduate(turn, course, one) for one in listed]
    held = rules.held(turn.store.training.of_course(course.id), turn.now)
    return graduates.papers(leading.overview(turn, course), found, len(held), for_oneself=for_oneself)


def _graduate(turn: Turn, course: Course, one: Attendee) -> Graduate:
    parent, came = one.parent, len(one.came)
    alone = len(turn.store.people.of_family(one.family.id)) == 1
    takes_place = len(rules.taking_place(turn.store.training.of_course(course.id)))
    label = label_of(one.family.label, parent, alone=alone)
    unprintable = parent.name if letters.lacking(parent.name) else ""
    gone = has_gone(turn.store, course, parent)
    return Graduate(parent.id, label, came, rules.earned(came, takes_place), gone, unprintable)


def has_gone(store: Store, course: Course, parent: Person) -> bool:
    """Whether the parent has the certificate, or had it in the chat, or it is on its way."""
    cards = (card for card in store.cards.about(f"{SENT}:{course.id}") if card.person_id == parent.id)
    return any(store.cards.left(card.id) or store.deliveries.is_owed(card.id) for card in cards)


def attendees(store: Store, course: Course, now: datetime) -> list[Attendee]:
    """Every parent of a family that has a seat, or came before it gave that up; by the families' labels."""
    came = _came(store, course, now)
    present = {family_id for family_id, _ in came}
    families = [
        family
        for seat in store.courses.seats(course.id)
        if (seat.state is SeatState.TAKEN or seat.family_id in present)
        and (family := store.families.get(seat.family_id)) is not None
    ]
    return [
        Attendee(family, parent, tuple(came.get((family.id, parent.id), ())))
        for family in sorted(families, key=lambda family: family.label.casefold())
        for parent in store.people.of_family(family.id)
    ]


def _came(store: Store, course: Course, now: datetime) -> dict[tuple[str, str], list[Session]]:
    """The sessions to which somebody came, by family and parent.

    What was noted at the door of a session that was called off then is no part of it.
    """
    found = dict[tuple[str, str], list[Session]]()
    for session in rules.held(store.training.of_course(course.id), now):
        present = {
            (one.family_id, person_id)
            for one in store.appointments.of_session(session.id)
            for person_id, came in store.attendances.of(one.id).items()
            if came
        }
        for who in present:
            found.setdefault(who, []).append(session)
    return found


def _pressed(turn: Turn) -> tuple[Course, Attendee]:
    course = leading.known(turn, Act.CERTIFY)
    listed = attendees(turn.store, course, turn.now)
    found = next((one for one in listed if one.parent.id == part(turn, 1)), None)
    if found is None:
        raise Refusal(S("courses.stale.toast"))
    return course, found
