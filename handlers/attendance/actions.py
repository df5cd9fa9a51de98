"""Noting who came, and what whoever did not come says to our question."""

from datetime import datetime

from handlers import access, appointed, attending, calling, desk
from handlers.access import Act
from handlers.attendance import rules, screens
from handlers.attendance.rules import Reply, Sheet
from handlers.refusal import Refusal
from handlers.turn import Turn
from locales.phrase import F, S
from storage.appointments import Circle
from storage.records import Call, Lane, Person, Why
from storage.store import Store

WISHES = {Reply.AGAIN: Why.MOVE, Reply.CALL: Why.QUESTION}


def to_note(store: Store, person: Person, now: datetime) -> list[Sheet]:
    """The appointments that are over and of which it is open who came, and those noted a moment ago."""
    ids = store.attendances.to_note(person.id, now, now - attending.CORRECTED, now, now - rules.UNDO)
    found = (sheet_of(store, appointed.known(store, id)) for id in ids)
    return [
        one for one in found if one.appointment.ends_at <= now and attending.may_note(one.appointment, now)
    ]


def listed(turn: Turn) -> list[Sheet]:
    """As above, for whoever looks. Raises Refusal, NeedsCode."""
    access.authorise(turn, Act.LIST_ATTENDANCE)
    found = to_note(turn.store, turn.person, turn.now)
    access.has_listed(turn, Act.LIST_ATTENDANCE, (one.appointment.family_id for one in found))
    return found


def is_open(sheet: Sheet) -> bool:
    """Whether somebody who was waited for is not noted yet."""
    return any(parent.id not in sheet.noted for parent in attending.awaited(sheet.circle))


def opened(turn: Turn, id: str) -> Sheet:
    """Who came to this appointment, as far as it is noted. Raises Refusal, NeedsCode."""
    circle = _own(turn, id, Act.SEE_ATTENDANCE)
    if not attending.may_note(circle.appointment, turn.now):
        raise Refusal(S("attendance.not_now"))
    return sheet_of(turn.store, circle)


def note(turn: Turn, id: str, person_id: str, *, came: bool) -> Circle:
    """Notes it. Raises Refusal where nothing can be noted (any more)."""
    circle = _own(turn, id, Act.NOTE_ATTENDANCE)
    parent = circle.parent(person_id)
    if parent is None or not attending.may_note(circle.appointment, turn.now):
        raise Refusal(S("attendance.not_now"))
    attending.note(turn.store, circle, parent, came=came, by=turn.person, now=turn.now)
    return circle


def replied(turn: Turn, id: str, reply: Reply) -> Circle:
    """What somebody says who did not come; whoever works with the family learns it. Raises Refusal."""
    circle = _missed(turn, id)
    store, appointment, now = turn.store, circle.appointment, turn.now
    scope = calling.scope_of(appointment.id, turn.person.id)
    silent = any(one.why is Why.NO_SHOW for one in store.calls.open_about(appointment.id, turn.person.id))
    first = silent or store.timers.due_at(attending.SILENCE, scope) is not None
    store.timers.drop(attending.SILENCE, scope)
    store.calls.settle(appointment.id, now, Why.NO_SHOW, turn.person.id)
    call = None
    if reply in WISHES:
        call = calling.owe(store, appointment, turn.person.id, WISHES[reply], now, told=True)
    if call is not None or (first and reply is Reply.FINE):
        turn.note(f"attendance.replied.{reply}", f"appointment:{appointment.id}", appointment.family_id)
        _tell(turn, circle, reply, call)
    return circle


def sheet_of(store: Store, circle: Circle) -> Sheet:
    return Sheet(circle, store.attendances.of(circle.appointment.id))


def about(appointment_id: str) -> str:
    """The name under which the question how somebody is, and word of the answer, are found."""
    return f"missed:{appointment_id}"


def _tell(turn: Turn, circle: Circle, reply: Reply, call: Call | None) -> None:
    shown = screens.told(circle, turn.person, reply, call)
    for person in appointed.in_charge(turn.store, circle, turn.now):
        desk.post(turn.store, person, shown, turn.now, Lane.NEWS, about(circle.appointment.id))


def _own(turn: Turn, id: str, act: Act) -> Circle:
    circle = turn.store.appointments.circle(id)
    if circle is None:
        access.authorise(turn, Act.LIST_ATTENDANCE)
        raise Refusal(S("appointments.gone"))
    access.authorise(turn, act, circle)
    return circle


def _missed(turn: Turn, id: str) -> Circle:
    """The appointment that somebody is asked about. Raises Refusal for whoever is not of that family."""
    circle = turn.store.appointments.circle(id)
    if circle is None or turn.store.attendances.of(id).get(turn.person.id) is not False:
        raise Refusal(S("door.stale.toast") if turn.person.is_staff else F("attendance.settled"))
    access.authorise(turn, Act.ANSWER_APPOINTMENT, circle)
    return circle
