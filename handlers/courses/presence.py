"""Who is in the room: one tap for each, and the message changes under the finger."""

from handlers import attending
from handlers.access import Act, has_listed
from handlers.courses import leading, rules, sheets
from handlers.courses.sheets import Chair
from handlers.given import part
from handlers.refusal import Refusal
from handlers.screen import Screen
from handlers.turn import Turn
from locales.phrase import S
from storage.appointments import Circle
from storage.records import AppointmentState, Person, Session


def session(turn: Turn) -> None:
    turn.show(_shown(turn, leading.known_session(turn, Act.SEE_COURSE)))


def tap(turn: Turn) -> None:
    """They are here; a second tap says that they are not."""
    appointment = turn.store.appointments.get(part(turn))
    found = leading.known_session(
        turn, Act.NOTE_PRESENCE, appointment.session_id or "" if appointment else ""
    )
    chairs = {(chair.appointment_id, chair.person_id): chair for chair in _chairs(turn, found)}
    chair = chairs.get((part(turn), part(turn, 1)))
    if chair is None or not rules.may_note(found, turn.now):
        raise Refusal(S("courses.stale.toast"))
    _mark(turn, found, chair, came=rules.next_mark(chair.came))
    turn.show(_shown(turn, found))


def rest(turn: Turn) -> None:
    """Of whom nothing is noted did not come; whoever had said so before was not waited for."""
    found = leading.known_session(turn, Act.NOTE_PRESENCE)
    if not rules.may_note(found, turn.now):
        raise Refusal(S("courses.stale.toast"))
    for chair in _chairs(turn, found):
        if chair.came is None and not chair.off:
            _mark(turn, found, chair, came=False)
    turn.show(_shown(turn, found))


def _mark(turn: Turn, session: Session, chair: Chair, *, came: bool) -> None:
    turn.store.attendances.mark(chair.appointment_id, chair.person_id, came, turn.now, turn.person.id)
    appointment = turn.store.appointments.get(chair.appointment_id)
    family_id = appointment.family_id if appointment else None
    turn.note("course.presence.noted", f"session:{session.id}", family_id)


def _shown(turn: Turn, session: Session) -> Screen:
    chairs = _chairs(turn, session)
    open_ = rules.may_note(session, turn.now)
    if open_:
        families = [turn.store.appointments.get(one.appointment_id) for one in chairs]
        has_listed(turn, Act.SEE_COURSE, [one.family_id for one in families if one is not None])
    plan = leading.plan_of(turn, session)
    return sheets.session(session, leading.title_of(turn, session), chairs, turn.now, plan)


def _chairs(turn: Turn, session: Session) -> list[Chair]:
    """Everybody who is expected: a family is one chair for each of its parents."""
    found = list[Chair]()
    for appointment in turn.store.appointments.of_session(session.id):
        circle = turn.store.appointments.circle(appointment.id)
        if circle is not None and appointment.state is AppointmentState.PLANNED:
            found += _of(turn, circle)
    return sorted(found, key=lambda chair: chair.label.casefold())


def _of(turn: Turn, circle: Circle) -> list[Chair]:
    noted, id = turn.store.attendances.of(circle.appointment.id), circle.appointment.id
    return [
        Chair(
            id,
            parent.id,
            label_of(circle.family, parent, alone=len(circle.parents) == 1),
            noted.get(parent.id),
            off=circle.answers.get(parent.id) in attending.CALLED_OFF,
        )
        for parent in circle.parents
    ]


def label_of(family: str, parent: Person, *, alone: bool) -> str:
    """A family by its label; of several parents each with the name as well."""
    return family if alone or not parent.name else f"{family} · {parent.name}"
