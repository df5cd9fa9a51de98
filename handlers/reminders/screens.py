"""What a reminder looks like."""

from datetime import datetime, timedelta

from handlers.appointment_cards import answers, family_text, state
from handlers.calendar import AT_HOME, MOST_OF_PLACE
from handlers.reminders.rules import Reminder
from handlers.screen import Screen, screen
from locales.phrase import F
from storage.records import Answer, Appointment, AppointmentKind, AppointmentState

REMINDERS = {
    Reminder.TOMORROW: F("appointments.tomorrow"),
    Reminder.TODAY: F("appointments.today"),
    Reminder.SOON: F("appointments.soon"),
}


def reminder(appointment: Appointment, answer: Answer | None, when: Reminder) -> Screen:
    text = family_text(appointment)
    asked = (state(appointment, answer),) if answer is None else ()
    return screen(REMINDERS[when], text, *asked, buttons=answers(appointment, answer))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room, filled with the longest that is plausible."""
    at = now + timedelta(days=3)
    return [
        reminder(
            Appointment("i" * 16, "f" * 16, "c", kind, at, where, AppointmentState.PLANNED, 99, None),
            said,
            when,
        )
        for kind in AppointmentKind
        for where in ("W" * MOST_OF_PLACE, AT_HOME)
        for said in (None, Answer.YES)
        for when in REMINDERS
    ]
