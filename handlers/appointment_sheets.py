"""The caseworker's view of an appointment: what everybody said, and all that she may do with it."""

from collections.abc import Mapping
from datetime import datetime

from handlers.appointment_rules import Standing, standing
from handlers.appointment_words import lines, named, staff_details, staff_text, unreachable
from handlers.callback import press
from handlers.screen import Button, Row, Screen, in_rows, screen
from locales.phrase import Items, Phrase, S
from storage.appointments import Circle
from storage.records import Answer, Appointment, Person, Reason

ROOM = "appointments"


def sheet(
    circle: Circle, now: datetime, *, listed: bool = False, reasons: Mapping[str, Reason] | None = None
) -> Screen:
    """Everybody's answer, and the ways on. `listed` adds the way back to the list.

    `reasons` says by person id why somebody does not come: only for a sheet that its reader has just opened.
    """
    appointment, how = circle.appointment, standing(circle.appointment, now)
    kind = S(f"kind.{appointment.kind}")
    told = staff_text(kind, circle.family, appointment.starts_at, appointment.place)
    text = [lines([told, *staff_details(appointment)]), _states(circle, reasons or {})]
    text += _hints(circle, reasons or {})
    if how is not Standing.PLANNED:
        ended = how is Standing.CANCELLED
        text.append(S("appointments.sheet_cancelled") if ended else S("appointments.sheet_over"))
    return screen(*text, buttons=(*_ways_on(circle, how), *([(to_list(),)] if listed else [])))


def _ways_on(circle: Circle, how: Standing) -> tuple[Row, ...]:
    if how is Standing.CANCELLED:
        return ()
    appointment = circle.appointment
    if how is Standing.OVER:
        return ((_way(S("appointments.attendance.button"), "attendance", "note", appointment),),)
    ways = [_way(S("appointments.cancel.button"), ROOM, "cancel", appointment)]
    if appointment.session_id is None:
        ways.insert(0, _way(S("appointments.shift.button"), "moving", "shift", appointment))
    ways += [
        _way(S("appointments.interpret.button"), ROOM, "interpret", appointment),
        _way(S("appointments.remind.button"), "reminders", "of", appointment),
    ]
    if appointment.series_id is not None:
        ways.append(_way(S("appointments.series.button"), ROOM, "series", appointment))
    if circle.wishes:
        ways.append(_way(S("moving.wish.button"), "moving", "wish", appointment))
    if Answer.UNCLEAR in circle.answers.values():
        ways.append(_way(S("appointments.explain.button"), ROOM, "explain", appointment))
    return in_rows(ways, 2)


def _way(label: Phrase, room: str, verb: str, appointment: Appointment) -> Button:
    return Button(label, press(room, verb, appointment.id, appointment.revision))


def _states(circle: Circle, reasons: Mapping[str, Reason]) -> Phrase:
    if not circle.parents:
        return S("appointments.nobody")
    said = (_says(circle, parent, reasons.get(parent.id)) for parent in circle.parents)
    return S("appointments.states", people=Items(*said))


def _says(circle: Circle, parent: Person, reason: Reason | None) -> Phrase:
    name = named(parent)
    match circle.answers.get(parent.id):
        case Answer.YES:
            late = circle.late.get(parent.id)
            yes = S("appointments.says_yes", name=name)
            return S("appointments.says_late", name=name, n=late) if late else yes
        case Answer.NO:
            no = S("appointments.says_no", name=name)
            return (
                S("appointments.says_no_because", name=name, reason=S(f"reason.{reason}")) if reason else no
            )
        case Answer.MOVE:
            return S("appointments.says_move", name=name)
        case Answer.UNCLEAR:
            return S("appointments.says_unclear", name=name)
        case None:
            return unreachable(parent) if parent.blocked else S("appointments.says_open", name=name)


def _hints(circle: Circle, reasons: Mapping[str, Reason]) -> list[Phrase]:
    """Whoever does not want to is not written to again, but called."""
    said_no = [parent for parent in circle.parents if circle.answers.get(parent.id) is Answer.NO]
    unwilling = any(reasons.get(parent.id) is Reason.UNWILLING for parent in said_no)
    return [S("appointments.better_call")] if unwilling else []


def opens(appointment: Appointment) -> Button:
    return Button(S("appointments.open.button"), press(ROOM, "open", appointment.id))


def to_list() -> Button:
    return Button(S("appointments.list.button"), press(ROOM, "list"))
