"""The nudge, the list of calls, one call, and word of what has come up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers.appointment_words import named
from handlers.callback import press
from handlers.calls import rules
from handlers.calls.rules import Entry
from handlers.fitting import page, shortened, turning
from handlers.screen import Button, Row, Screen, screen
from locales.phrase import Day, F, Hour, Items, Moment, Phrase, S
from storage.records import Appointment, AppointmentKind, AppointmentState, Call, Person, Reached, Why

ROOM = "calls"
ON_A_PAGE = 5
NAME_IN_A_LINE, NAME_ON_A_BUTTON, FAMILY_ON_A_BUTTON = 24, 12, 13


def nudge(shown: Screen) -> Screen:
    """A parent's card once more; a soft line above it asks in place of the card's own question."""
    told = shown.text[:-1] or shown.text
    return replace(shown, text=(F("calls.nudge"), *told))


def told(families: int, unanswered: int) -> Screen:
    """What rings: how many, and nothing of whom."""
    lines = [S("calls.told", n=families)]
    if unanswered:
        lines.append(S("calls.told_unanswered", n=unanswered))
    return replace(screen(*lines, buttons=((to_list(),),)), harmless=True)


def listed(entries: Sequence[Entry], asked: int = 0) -> Screen:
    """All calls, a few on a page, each family's together."""
    if not entries:
        return screen(S("calls.none"))
    shown = page(entries, asked, ON_A_PAGE)
    groups = [
        S("calls.family", family=group[0].family, calls=Items(*map(_line, group)))
        for group in rules.by_family(shown.items)
    ]
    rows = [(_opens(entry),) for entry in shown.items]
    return screen(
        S("calls.list"),
        *groups,
        buttons=(*rows, *turning(shown, lambda number: press(ROOM, "list", number))),
    )


def opened(entry: Entry) -> Screen:
    """One call: whom, why, about what, and what may come of it."""
    call = entry.call
    head = S("calls.sheet", name=named(entry.person), family=entry.family, why=_why(entry))
    text = [head] if entry.appointment is None else [head, _about(entry.appointment)]
    text.append(S("calls.number"))
    if call.done_at is not None:
        settled = call.outcome is Reached.SETTLED
        return screen(head, S("calls.settled") if settled else S("calls.done"), buttons=((to_list(),),))
    if entry.again is not None:
        text.append(S("calls.again", at=Moment(entry.again)))
    return screen(*text, buttons=_ways_on(entry))


def _ways_on(entry: Entry) -> tuple[Row, ...]:
    id = entry.call.id
    rows: list[Row] = []
    if entry.open:
        yes = Button(S("calls.yes.button"), press(ROOM, "yes", id))
        rows.append((yes, Button(S("calls.no.button"), press(ROOM, "no", id))))
    reached = Button(S("calls.reached.button"), press(ROOM, "reached", id))
    rows.append((reached, Button(S("calls.not_reached.button"), press(ROOM, "missed", id))))
    if entry.appointment is not None:
        opens = press("appointments", "open", entry.appointment.id)
        rows.append((Button(S("calls.appointment.button"), opens),))
    return (*rows, (to_list(),))


def to_list() -> Button:
    return Button(S("calls.list.button"), press(ROOM, "list"))


def _line(entry: Entry) -> Phrase:
    name = shortened(entry.person.name, NAME_IN_A_LINE) or S("appointments.parent")
    line = S("calls.line", name=name, why=_why(entry))
    if entry.appointment is not None:
        line = S("calls.line_at", line=line, at=Moment(entry.appointment.starts_at))
    return S("calls.line_again", line=line) if entry.again is not None else line


def _why(entry: Entry) -> Phrase:
    return S(f"calls.why.{rules.reason(entry)}")


def _about(appointment: Appointment) -> Phrase:
    at = appointment.starts_at
    if appointment.state is AppointmentState.CANCELLED:
        return S("calls.about_off", kind=S(f"kind.{appointment.kind}"), day=Day(at), hour=Hour(at))
    return S("calls.about", kind=S(f"kind.{appointment.kind}"), day=Day(at), hour=Hour(at))


def _opens(entry: Entry) -> Button:
    family = shortened(entry.family, FAMILY_ON_A_BUTTON)
    name = shortened(entry.person.name, NAME_ON_A_BUTTON) or S("appointments.parent")
    return Button(S("calls.open.button", name=name, family=family), press(ROOM, "open", entry.call.id))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    person = Person("p" * 16, 1, "M" * 40, "ar", "ar", blocked=False)
    longest = max(AppointmentKind, key=lambda kind: len(kind))
    appointment = Appointment(
        "a" * 16, "f" * 16, "c" * 16, longest, now, "W" * 80, AppointmentState.PLANNED, 99, None
    )
    call = Call("k" * 16, "f" * 16, person.id, appointment.id, Why.UNANSWERED, now, None, None, None)
    entries = [
        Entry(
            replace(call, why=why, family_id=f"{n}"), "W" * 40, person, appointment, missed=missed, open=True
        )
        for n, (why, missed) in enumerate((why, missed) for why in Why for missed in (True, False))
    ]
    nameless = replace(entries[0], person=replace(person, name=""), appointment=None, open=False)
    off = replace(nameless, appointment=replace(appointment, state=AppointmentState.CANCELLED))
    ended = [replace(entries[0], call=replace(call, done_at=now, outcome=outcome)) for outcome in Reached]
    rested = replace(entries[0], again=now)
    return [
        nudge(screen(F("appointments.none"))),
        told(99, 99),
        told(1, 0),
        listed([]),
        *(listed(entries, number) for number in range(3)),
        listed([rested] * 9, 1),
        *(opened(entry) for entry in [*entries, nameless, off, rested, *ended]),
    ]
