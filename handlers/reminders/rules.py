"""What becomes of a reminder that is due, and who is reminded."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from handlers.appointment_rules import Standing, standing
from handlers.reminding import DAY_BEFORE
from locales.zone import here
from storage.records import Answer, Appointment, Person


class Reminder(StrEnum):
    """What a reminder says about when it is, or why it is not sent."""

    TOMORROW = "tomorrow"
    TODAY = "today"
    SOON = "soon"
    MISSED = "missed"
    OVERTAKEN = "overtaken"
    CANCELLED = "cancelled"


SENT_AS = frozenset({Reminder.TOMORROW, Reminder.TODAY, Reminder.SOON})


def reminder(kind: str, appointment: Appointment, now: datetime) -> Reminder:
    """What becomes of a due reminder. A late one is worth sending until the next one takes its place."""
    how = standing(appointment, now)
    if how is not Standing.PLANNED:
        return Reminder.CANCELLED if how is Standing.CANCELLED else Reminder.MISSED
    if kind != DAY_BEFORE:
        return Reminder.SOON
    if now >= appointment.starts_at - timedelta(hours=2):
        return Reminder.OVERTAKEN
    same_day = now.astimezone(here()).date() == appointment.starts_at.astimezone(here()).date()
    return Reminder.TODAY if same_day else Reminder.TOMORROW


def reminded(parents: Iterable[Person], answers: Mapping[str, Answer]) -> list[Person]:
    """Everybody who may still come: not who declined or asked for another time."""
    return [parent for parent in parents if answers.get(parent.id) in (None, Answer.YES)]
