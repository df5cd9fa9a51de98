"""Certificates of participation: who has earned one, one tap each or all, to the parents or to oneself."""

from handlers import desk
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


def papers(turn: Turn) -> None:
    turn.show(_shown(turn, leading.known(turn, Act.CERTIFY)))


def look(turn: Turn) -> None:
    """The same list, with buttons that show the paper to whoever presses."""
    turn.show(_shown(turn, leading.known(turn, Act.CERTIFY), for_oneself=True))


def send(turn: Turn) -> None:
    course, family, parent = _pressed(turn)
    if letters.lacking(parent.name):
        turn.flash(S("courses.paper_unprintable.toast"))
    else:
        _send(turn, course, family, parent)
        turn.flash(S("courses.paper_sent.toast"))
    turn.show(_shown(turn, course))


def send_all(turn: Turn) -> None:
    """To everybody who has earned one and does not have it yet."""
    course = leading.known(turn, Act.CERTIFY)
    sent = 0
    for family, parent in _seated(turn.store, course):
        one = _graduate(turn, course, family, parent)
        if one.awaits:
            _send(turn, course, family, parent)
            sent += 1
    turn.flash(S("courses.papers_sent.toast", n=sent))
    turn.show(_shown(turn, course))


def mine(turn: Turn) -> None:
    """The paper of one parent, for whoever leads the course."""
    course, family, parent = _pressed(turn)
    if letters.lacking(parent.name):
        turn.flash(S("courses.paper_unprintable.toast"))
        return
    turn.note("course.certificate.seen", f"course:{course.id}", family.id)
    made = paper.certificate(
        turn.store, course, parent, attended(turn.store, course, family, parent), turn.now
    )
    turn.say(paper.for_staff(made, course), about=f"file:{family.id}")


def _send(turn: Turn, course: Course, family: Family, parent: Person) -> None:
    language = desk.voice_of(parent).language
    made = paper.certificate(
        turn.store, course, parent, attended(turn.store, course, family, parent), turn.now
    )
    turn.tell(parent, paper.for_parent(made, course, language), lane=Lane.NEWS, about=f"{SENT}:{course.id}")
    turn.note("course.certificate.sent", f"course:{course.id}", family.id)


def _shown(turn: Turn, course: Course, *, for_oneself: bool = False) -> Screen:
    seated = _seated(turn.store, course)
    has_listed(turn, Act.CERTIFY, [family.id for family, _ in seated])
    found = [_graduate(turn, course, family, parent) for family, parent in seated]
    held = rules.held(turn.store.training.of_course(course.id), turn.now)
    return graduates.papers(leading.overview(turn, course), found, len(held), for_oneself=for_oneself)


def _graduate(turn: Turn, course: Course, family: Family, parent: Person) -> Graduate:
    alone = len(turn.store.people.of_family(family.id)) == 1
    came = len(attended(turn.store, course, family, parent))
    takes_place = len(rules.taking_place(turn.store.training.of_course(course.id)))
    sent = turn.store.cards.newest(f"{SENT}:{course.id}", parent.id) is not None
    label = label_of(family.label, parent, alone=alone)
    unprintable = parent.name if letters.lacking(parent.name) else ""
    return Graduate(parent.id, label, came, rules.earned(came, takes_place), sent, unprintable)


def attended(store: Store, course: Course, family: Family, parent: Person) -> list[Session]:
    """The sessions of a course to which this parent came."""
    return [one for one in store.training.of_course(course.id) if _came(store, one, family, parent)]


def _came(store: Store, session: Session, family: Family, parent: Person) -> bool:
    theirs = (one for one in store.appointments.of_session(session.id) if one.family_id == family.id)
    return any(store.attendances.of(one.id).get(parent.id) for one in theirs)


def _seated(store: Store, course: Course) -> list[tuple[Family, Person]]:
    """Everybody of a family with a seat, by the families' labels."""
    families = [
        family
        for seat in store.courses.seats(course.id)
        if seat.state is SeatState.TAKEN and (family := store.families.get(seat.family_id)) is not None
    ]
    ordered = sorted(families, key=lambda family: family.label.casefold())
    return [(family, parent) for family in ordered for parent in store.people.of_family(family.id)]


def _pressed(turn: Turn) -> tuple[Course, Family, Person]:
    course = leading.known(turn, Act.CERTIFY)
    found = next(((f, p) for f, p in _seated(turn.store, course) if p.id == part(turn, 1)), None)
    if found is None:
        raise Refusal(S("courses.stale.toast"))
    return course, *found
