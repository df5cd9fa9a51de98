"""What holds for appointments: who may answer what, who is reminded, which cards follow."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from handlers.calendar import DAY_BEFORE
from locales.zone import here
from storage.records import Answer, Appointment, AppointmentState, Card, Person

NEWEST = 3


class Standing(StrEnum):
    """How an appointment stands to whoever looks at it now."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    OVER = "over"


class Reminder(StrEnum):
    """What a reminder says about when it is, or why it is not sent."""

    TOMORROW = "tomorrow"
    TODAY = "today"
    SOON = "soon"
    MISSED = "missed"
    OVERTAKEN = "overtaken"
    CANCELLED = "cancelled"


SENT_AS = frozenset({Reminder.TOMORROW, Reminder.TODAY, Reminder.SOON})


def standing(appointment: Appointment, now: datetime) -> Standing:
    if appointment.state is AppointmentState.CANCELLED:
        return Standing.CANCELLED
    return Standing.OVER if appointment.starts_at <= now else Standing.PLANNED


def cancelled_ahead(appointment: Appointment, now: datetime) -> bool:
    """Whether somebody might still go there in vain."""
    return appointment.state is AppointmentState.CANCELLED and appointment.starts_at > now


def may_change(appointment: Appointment, revision_seen: int, now: datetime) -> bool:
    """Whether a button still means what it said when it was shown."""
    return appointment.revision == revision_seen and standing(appointment, now) is Standing.PLANNED


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


def to_follow(cards: Sequence[Card], by: str, pressed: int | None, other: str) -> list[Card]:
    """The newest cards of who pressed and of one other person that have to follow, the pressed one left out."""
    mine = [card for card in cards if card.person_id == by and not (card.message_id == pressed is not None)]
    theirs = [card for card in cards if card.person_id == other != by]
    return mine[-NEWEST:] + theirs[-NEWEST:]


def carried(parts: Sequence[str]) -> tuple[str, int]:
    """The appointment id and revision of a button; an unreadable revision is -1, which none ever has."""
    id, revision = (*parts, "", "")[:2]
    readable = revision.isascii() and revision.isdigit() and len(revision) < 10
    return id, int(revision) if readable else -1
