"""What families and caseworkers see in this room besides cards and sheets: lists, news, and a last question."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.appointment_cards import ROOM as ROOM
from handlers.appointment_cards import cancelled, card, named, opens, sheet, staff_text, undelivered
from handlers.calendar import AT_HOME, MOST_OF_PLACE, brief
from handlers.callback import press
from handlers.screen import Button, Screen, screen
from locales.phrase import Day, F, Hour, S
from storage.appointments import Circle
from storage.records import Answer, Appointment, AppointmentKind, AppointmentState, Person

TOASTS = {
    Answer.YES: F("appointments.yes.toast"),
    Answer.NO: F("appointments.no.toast"),
    Answer.MOVE: F("appointments.move.toast"),
    Answer.UNCLEAR: F("appointments.unclear.toast"),
}
NEW = S("appointments.new.button")


def none_of_family() -> Screen:
    return screen(F("appointments.none"))


def sure(circle: Circle) -> Screen:
    appointment = circle.appointment
    text = staff_text(S(f"kind.{appointment.kind}"), circle.family, appointment.starts_at, appointment.place)
    gone = press(ROOM, "sure", appointment.id, appointment.revision)
    rows = (
        (Button(S("appointments.sure.button"), gone),),
        (Button(S("appointments.keep.button"), press(ROOM, "open", appointment.id)),),
    )
    return screen(text, S("appointments.sure"), buttons=rows)


def told(circle: Circle, parent: Person, answer: Answer) -> Screen:
    """What the caseworker is told at once."""
    at, kind = circle.appointment.starts_at, S(f"kind.{circle.appointment.kind}")
    who, day, hour = named(parent), Day(at), Hour(at)
    match answer:
        case Answer.YES:
            text = S("appointments.told_yes", name=who, family=circle.family, kind=kind, day=day, hour=hour)
        case Answer.NO:
            text = S("appointments.told_no", name=who, family=circle.family, kind=kind, day=day, hour=hour)
        case Answer.MOVE:
            text = S("appointments.told_move", name=who, family=circle.family, kind=kind, day=day, hour=hour)
        case Answer.UNCLEAR:
            text = S(
                "appointments.told_unclear", name=who, family=circle.family, kind=kind, day=day, hour=hour
            )
    return screen(text, buttons=() if answer is Answer.YES else ((opens(circle.appointment),),))


def overview(ahead: Sequence[tuple[Appointment, str]], labels: Sequence[str]) -> Screen:
    """The caseworker's list; `labels` say the day and hour of each in her language."""
    rows = [
        (Button(brief(f"{label} {family}"), press(ROOM, "open", appointment.id)),)
        for (appointment, family), label in zip(ahead, labels, strict=True)
    ]
    text = S("appointments.list") if ahead else S("appointments.none")
    return screen(text, buttons=(*rows, (Button(NEW, press("planning", "new")),)))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room, filled with the longest that is plausible."""
    long, place = "Familie Abdelrahman-Kowalczyk-Özdemir aus der Bonner Straße", "W" * MOST_OF_PLACE
    at = now + timedelta(days=3)
    tongues = ("de", "tr", "ar")
    parents = tuple(Person(code * 8, n, long, code, code, False) for n, code in enumerate(tongues))
    given = dict(zip((parent.id for parent in parents), Answer, strict=False))
    made = [
        Appointment("i" * 16, "f" * 16, "c", kind, at, where, AppointmentState.PLANNED, 99, None)
        for kind in AppointmentKind
        for where in (place, AT_HOME)
    ]
    by_kind = [screen_ for one in made for screen_ in _specimens_of(one, long, parents, given, now)]
    return [
        *by_kind,
        overview([(one, long) for one in made[:20]], ["Do 19.11. 14:30"] * 20),
        overview([], []),
        none_of_family(),
    ]


def _specimens_of(
    one: Appointment, long: str, parents: tuple[Person, ...], given: dict[str, Answer], now: datetime
) -> list[Screen]:
    circle = Circle(one, long, Person("c", 1, long, "de", "de", False), parents, given)
    lost = tuple(replace(parent, blocked=True) for parent in parents)
    gone = replace(one, state=AppointmentState.CANCELLED)
    later = one.starts_at + timedelta(hours=1)
    return [
        *(card(one, answer, now) for answer in (None, *Answer)),
        card(gone, None, now),
        card(one, None, later),
        sheet(circle, now, listed=True),
        sheet(replace(circle, parents=()), now),
        sheet(replace(circle, parents=lost, answers={}), now, listed=True),
        cancelled(gone),
        sheet(replace(circle, appointment=gone), now, listed=True),
        sheet(circle, later),
        sure(circle),
        *(told(circle, parents[0], answer) for answer in Answer),
        undelivered(circle, parents[0]),
    ]
