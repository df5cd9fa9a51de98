"""The question who came, the kind word to who did not, and what is said to the answers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers import attending
from handlers.appointment_words import named
from handlers.attendance import rules
from handlers.attendance.rules import Reply, Sheet
from handlers.callback import press
from handlers.fitting import page, shortened, turning
from handlers.screen import Button, Row, Screen, screen
from locales.phrase import Day, F, Hour, Items, Moment, Phrase, S
from storage.appointments import Circle
from storage.records import Answer, Appointment, AppointmentKind, AppointmentState, Call, Person, Why

ROOM = "attendance"
ON_A_PAGE = 5
NAME_ON_A_BUTTON = 12
CAME, MISSED = "came", "missed"  # in the list; on the sheet of one appointment these two:
WAS, WAS_NOT = "was", "wasnot"
REPLIES = {
    Reply.FINE: F("attendance.fine.button"),
    Reply.AGAIN: F("attendance.again.button"),
    Reply.CALL: F("attendance.call.button"),
}


def asked(appointments: int) -> Screen:
    """What rings: how many, and nothing of whom."""
    rows = ((Button(S("attendance.begin.button"), press(ROOM, "list")),), (_later(),))
    return replace(screen(S("attendance.asked", n=appointments), buttons=rows), harmless=True)


def listed(sheets: Sequence[Sheet], asked: int = 0) -> Screen:
    """All appointments of which it is open who came: one tap for each parent."""
    if not sheets:
        return screen(S("attendance.none"))
    shown = page(sheets, asked, ON_A_PAGE)
    begins = shown.number * ON_A_PAGE + 1
    rows: list[Row] = []
    for n, one in enumerate(shown.items, begins):
        rows += [_choice(n, one, parent) for parent in attending.awaited(one.circle)]
    lines = (_line(n, one) for n, one in enumerate(shown.items, begins))
    turn = turning(shown, lambda number: press(ROOM, "list", number))
    return screen(S("attendance.list"), *lines, buttons=(*rows, *turn, (_later(),)))


def later(at: datetime) -> Screen:
    begin = Button(S("attendance.begin.button"), press(ROOM, "list"))
    return screen(S("attendance.later", at=Moment(at)), buttons=((begin,),))


def opened(sheet: Sheet) -> Screen:
    """One appointment: what is noted of each parent, and the ways to say otherwise."""
    circle = sheet.circle
    rows = [_both(sheet, parent) for parent in circle.parents]
    listed = Items(*(_state(sheet, parent) for parent in circle.parents))
    states = listed if circle.parents else S("appointments.nobody")
    text = [_about(S("attendance.sheet", family=circle.family, states=states), sheet.appointment)]
    if any(came is False for came in sheet.noted.values()):
        text.append(S("attendance.kindly", n=int(attending.GRACE.total_seconds() // 60)))
    opens = Button(S("attendance.appointment.button"), press("appointments", "open", sheet.appointment.id))
    rest = Button(S("attendance.rest.button"), press(ROOM, "list"))
    return screen(*text, buttons=(*rows, (opens,), (rest,)))


def missed(appointment: Appointment, now: datetime) -> Screen:
    """For whoever did not come: no reproach, one question."""
    at, id = appointment.starts_at, appointment.id
    today = rules.is_today(at, now)
    said = F("attendance.missed_today", hour=Hour(at))
    text = said if today else F("attendance.missed", day=Day(at), hour=Hour(at))
    return screen(text, F("attendance.are_you_well"), buttons=[(_reply(one, id),) for one in Reply])


def thanks(appointment: Appointment, reply: Reply) -> Screen:
    """What she reads who has answered; after a yes the other ways stay open."""
    others = [one for one in Reply if one is not Reply.FINE] if reply is Reply.FINE else []
    rows = [(_reply(one, appointment.id),) for one in others]
    return screen(F(f"attendance.thanks_{reply}"), buttons=rows)


def mended() -> Screen:
    """It was noted wrongly: she had come."""
    return screen(F("attendance.mended"))


def told(circle: Circle, parent: Person, reply: Reply, call: Call | None) -> Screen:
    """What whoever works with the family learns of the answer."""
    text = _about(S(f"attendance.told_{reply}", name=named(parent), family=circle.family), circle.appointment)
    rows: list[Row] = []
    if call is not None:
        rows = [(Button(S("attendance.call.button"), press("calls", "open", call.id)),)]
    return screen(text, buttons=rows)


def _reply(reply: Reply, id: str) -> Button:
    return Button(REPLIES[reply], press(ROOM, reply, id))


def _choice(n: int, sheet: Sheet, parent: Person) -> Row:
    """One tap for whoever is not noted yet; a way back for whoever is."""
    id, name = sheet.appointment.id, shortened(parent.name, NAME_ON_A_BUTTON) or S("appointments.parent")
    came = sheet.noted.get(parent.id)
    if came is not None:
        label = S("attendance.is_came.button" if came else "attendance.is_missed.button", n=n, name=name)
        return (Button(label, press(ROOM, "open", id)),)
    yes = Button(S("attendance.came.button", n=n, name=name), press(ROOM, CAME, id, parent.id))
    return (yes, Button(S("attendance.missed.button", n=n, name=name), press(ROOM, MISSED, id, parent.id)))


def _both(sheet: Sheet, parent: Person) -> Row:
    """Whatever is not noted already."""
    id, name = sheet.appointment.id, shortened(parent.name, NAME_ON_A_BUTTON) or S("appointments.parent")
    came = sheet.noted.get(parent.id)
    yes = Button(S("attendance.was.button", name=name), press(ROOM, WAS, id, parent.id))
    no = Button(S("attendance.wasnot.button", name=name), press(ROOM, WAS_NOT, id, parent.id))
    return tuple(button for button, meant in ((yes, True), (no, False)) if came is not meant)


def _state(sheet: Sheet, parent: Person) -> Phrase:
    came = sheet.noted.get(parent.id)
    word = "open" if came is None else "came" if came else "missed"
    return S(f"attendance.state_{word}", name=named(parent))


def _line(n: int, sheet: Sheet) -> Phrase:
    return _about(S("attendance.line", n=n, family=sheet.circle.family), sheet.appointment)


def _about(line: Phrase, appointment: Appointment) -> Phrase:
    """The line, and below it which appointment is meant."""
    at = appointment.starts_at
    return S("attendance.about", line=line, kind=S(f"kind.{appointment.kind}"), day=Day(at), hour=Hour(at))


def _later() -> Button:
    return Button(S("attendance.later.button"), press(ROOM, "later"))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    caseworker = Person("c" * 16, 1, "M" * 40, "de", "de", blocked=False)
    parents = tuple(Person(f"{n}" * 16, n, "M" * 40, "ar", "ar", blocked=False) for n in (1, 2))
    nameless = replace(parents[0], name="")
    longest = max(AppointmentKind, key=lambda kind: len(kind))
    appointment = Appointment(
        "a" * 16, "f" * 16, "c" * 16, longest, now, "W" * 80, AppointmentState.PLANNED, 99, None
    )
    circle = Circle(appointment, "W" * 40, caseworker, parents, {parents[0].id: Answer.YES})
    fresh = Sheet(circle)
    half = Sheet(circle, {parents[0].id: False})
    whole = Sheet(circle, {parents[0].id: True, parents[1].id: False})
    empty = Sheet(replace(circle, parents=()))
    call = Call("k" * 16, "f" * 16, parents[0].id, appointment.id, Why.MOVE, now, None, None, None)
    return [
        asked(99),
        *(listed(several) for several in ([], [fresh], [half, whole] * 6)),
        listed([fresh] * 12, 1),
        later(now),
        *(opened(one) for one in (fresh, half, whole, empty)),
        opened(Sheet(replace(circle, parents=(nameless,)))),
        missed(appointment, now),
        missed(replace(appointment, starts_at=datetime(2026, 11, 4, 12, 30, tzinfo=now.tzinfo)), now),
        *(thanks(appointment, reply) for reply in Reply),
        mended(),
        *(told(circle, parents[0], reply, call) for reply in Reply),
        told(circle, nameless, Reply.FINE, None),
    ]
