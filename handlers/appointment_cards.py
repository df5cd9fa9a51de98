"""What a parent sees of an appointment: the card, and the answers that may still be given on it."""

from datetime import datetime

from handlers.appointment_rules import Standing, may_be_late, standing
from handlers.appointment_sheets import ROOM as ROOM
from handlers.appointment_sheets import opens as opens
from handlers.appointment_sheets import sheet as sheet
from handlers.appointment_words import family_text as family_text
from handlers.appointment_words import moved_text
from handlers.appointment_words import named as named
from handlers.appointment_words import staff_text as staff_text
from handlers.appointment_words import unreachable as unreachable
from handlers.calendar import AT_HOME
from handlers.callback import press
from handlers.screen import Button, Row, Screen, in_rows, screen
from locales.phrase import Day, F, Hour, Moment, Phrase, S
from storage.appointments import Circle
from storage.records import Answer, Appointment, Person

BUTTONS = {
    Answer.YES: (F("appointments.yes.button"), ROOM, "yes"),
    Answer.NO: (F("appointments.no.button"), ROOM, "no"),
    Answer.MOVE: (F("appointments.move.button"), "moving", "ask"),
}
UNCLEAR = (F("appointments.unclear.button"), ROOM, "unclear")
SAID = {
    Answer.YES: F("appointments.said_yes"),
    Answer.NO: F("appointments.said_no"),
    Answer.MOVE: F("appointments.said_move"),
    Answer.UNCLEAR: F("appointments.said_unclear"),
}


def card(appointment: Appointment, answer: Answer | None, now: datetime, late: int | None = None) -> Screen:
    """A parent's card: what it is, what she said, and the answers she may still give.

    `late` is by how many minutes she will be late.
    """
    how = standing(appointment, now)
    if how is Standing.CANCELLED:
        at = appointment.starts_at
        return screen(F("appointments.cancelled_card", day=Day(at), hour=Hour(at)))
    if how is Standing.OVER:
        over = (lateness(late),) if late else (F("appointments.over"),)
        return screen(family_text(appointment), *over, buttons=_too_late(appointment, answer, now))
    moved = appointment.moved_from is not None and answer is None
    text = moved_text(appointment) if moved else family_text(appointment)
    said = lateness(late) if late and answer is Answer.YES else state(appointment, answer)
    return screen(text, said, buttons=answers(appointment, answer, now))


def cancelled(appointment: Appointment) -> Screen:
    """What rings: the card itself only changes to a short line."""
    at = appointment.starts_at
    return screen(F("appointments.cancelled", kind=F(f"kind.{appointment.kind}"), day=Day(at), hour=Hour(at)))


def cancelled_all(gone: list[Appointment]) -> Screen:
    """What rings once for several appointments of a series that are off."""
    first, last = gone[0], gone[-1]
    kind = F(f"kind.{first.kind}")
    since, until = Moment(first.starts_at), Moment(last.starts_at)
    return screen(F("appointments.cancelled_all", kind=kind, n=len(gone), since=since, until=until))


def state(appointment: Appointment, answer: Answer | None) -> Phrase:
    if answer is not None:
        return SAID[answer]
    return F("appointments.ask_at_home") if appointment.place == AT_HOME else F("appointments.ask")


def lateness(minutes: int) -> Phrase:
    return F("appointments.said_late", n=minutes)


def answers(appointment: Appointment, answer: Answer | None, now: datetime | None = None) -> tuple[Row, ...]:
    """The buttons of a card. With `now` also the one that says "I am late", in its time."""
    shown = [
        *changes_mind(appointment, answer),
        *(() if answer is Answer.UNCLEAR else (_button(appointment, *UNCLEAR),)),
        _button(appointment, F("appointments.where.button"), ROOM, "where"),
        _button(appointment, F("appointments.ics.button"), ROOM, "ics"),
    ]
    return (*in_rows(shown, 2), *(_too_late(appointment, answer, now) if now else ()))


def changes_mind(appointment: Appointment, answer: Answer | None) -> Row:
    """The answers that may be given instead; one session of a course is moved for nobody alone."""
    of_session = appointment.session_id is not None
    others = (one for one in BUTTONS if one is not answer and not (of_session and one is Answer.MOVE))
    return tuple(_button(appointment, *BUTTONS[one]) for one in others)


def _too_late(appointment: Appointment, answer: Answer | None, now: datetime) -> tuple[Row, ...]:
    if answer is not Answer.YES or not may_be_late(appointment, now):
        return ()
    return ((_button(appointment, F("appointments.late.button"), ROOM, "late"),),)


def _button(appointment: Appointment, label: Phrase, room: str, verb: str) -> Button:
    return Button(label, press(room, verb, appointment.id, appointment.revision))


def undelivered(circle: Circle, parent: Person) -> Screen:
    """For the caseworker: this one did not get it."""
    at, kind = circle.appointment.starts_at, S(f"kind.{circle.appointment.kind}")
    text = S(
        "appointments.undelivered",
        name=named(parent),
        family=circle.family,
        kind=kind,
        day=Day(at),
        hour=Hour(at),
    )
    return screen(text, buttons=((opens(circle.appointment),),))
