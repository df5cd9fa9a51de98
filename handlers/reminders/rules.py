"""What becomes of a reminder whose time has come: it is sent in the right words, it waits, or it is dropped."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TypeAlias

from handlers import evenings, quiet
from handlers.appointment_rules import Standing, standing
from handlers.reminding import (
    BLOCKED,
    CANCELLED,
    DECLINED,
    LATE,
    MOVED,
    MOVING,
    NO_CONSENT,
    PAUSED,
    QUIET,
    UNREACHABLE,
    UNWANTED,
)
from locales.zone import here, on
from storage.records import (
    Answer,
    Appointment,
    Person,
    Reminder,
    ReminderKind,
    ReminderState,
)
from storage.reminders import Tallied

OVERTAKEN, STALE, LEFT = "overtaken", "stale", "left"
REASONS = (
    *(MOVED, CANCELLED, DECLINED, MOVING, OVERTAKEN, STALE, QUIET, UNWANTED),
    *(BLOCKED, PAUSED, NO_CONSENT, UNREACHABLE, LEFT),
)


REACHES_BACK = timedelta(hours=12)  # what was posted so long before a time away may have hung on it


class When(StrEnum):
    """What a reminder says about when it is."""

    TOMORROW = "tomorrow"
    TODAY = "today"
    SOON = "soon"


@dataclass(frozen=True, slots=True)
class Send:
    """It leaves, in these words, and not from `expires_at` on, when they are no longer true."""

    when: When
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Wait:
    until: datetime


@dataclass(frozen=True, slots=True)
class Drop:
    reason: str


Fate: TypeAlias = Send | Wait | Drop


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is to be reminded: what they said, whether they have said yes to messages, and their other reminder."""

    person: Person
    answer: Answer | None = None
    consents: bool = True
    two_hours: Reminder | None = None


def fate(kind: ReminderKind, appointment: Appointment, reader: Reader, now: datetime) -> Fate:
    """What becomes of a reminder that is due, however late it is looked at."""
    reason = unneeded(appointment, reader, now)
    if reason is not None:
        return Drop(reason)
    if kind is ReminderKind.DAY_BEFORE and is_overtaken(reader.two_hours, appointment, now):
        return Drop(OVERTAKEN)
    until = quiet.ends_at(reader.person, now)
    if until is not None:
        helps = until <= appointment.starts_at - evenings.AT_LEAST
        return Wait(until) if helps else Drop(QUIET)
    when = words(appointment.starts_at, now)
    return Send(when, expires_at(when, appointment.starts_at, reader.person, now))


def unneeded(appointment: Appointment, reader: Reader, now: datetime) -> str | None:
    """Why nobody has to be reminded any more, or may be."""
    how = standing(appointment, now)
    if how is not Standing.PLANNED:
        return CANCELLED if how is Standing.CANCELLED else STALE
    match reader.answer:
        case Answer.NO:
            return DECLINED
        case Answer.MOVE:
            return MOVING
    person = reader.person
    forbids = {BLOCKED: person.blocked, PAUSED: person.paused, NO_CONSENT: not reader.consents}
    return next((reason for reason, holds in forbids.items() if holds), None)


def is_overtaken(two_hours: Reminder | None, appointment: Appointment, now: datetime) -> bool:
    """Whether the reminder two hours ahead has taken this one's place, or is about to."""
    if two_hours is None or not evenings.covers(two_hours.kind, two_hours.due_at, appointment.starts_at):
        return False
    if two_hours.state is ReminderState.OWED:
        return two_hours.due_at <= now + evenings.AT_LEAST
    return two_hours.state in {ReminderState.POSTED, ReminderState.DELIVERED}


def words(starts_at: datetime, now: datetime) -> When:
    if starts_at - now <= evenings.AHEAD:
        return When.SOON
    same_day = now.astimezone(here()).date() == starts_at.astimezone(here()).date()
    return When.TODAY if same_day else When.TOMORROW


def expires_at(when: When, starts_at: datetime, person: Person, now: datetime) -> datetime:
    """From when on its words are no longer true, or somebody sleeps; always later than now. Aware UTC."""
    ends = [starts_at]
    if when is When.TOMORROW:
        day = now.astimezone(here()).date() + timedelta(days=1)
        ends.append(on(day, time(0)))
    begins = quiet.begins_at(person, now)
    return min([*ends, begins] if begins is not None else ends)


def is_late(one: Tallied) -> bool:
    """Whether it came so long after its time that the bot must have been away."""
    return one.settled_at is not None and one.settled_at - one.first_due_at > LATE


def became(found: Iterable[Tallied], since: datetime) -> dict[str, tuple[int, int]]:
    """How many were sent late and how many were dropped from then on, by caseworker; who has neither is left out."""
    counts: dict[str, tuple[int, int]] = {}
    for one in found:
        if one.settled_at is None or one.settled_at < since:
            continue
        late, dropped = counts.get(one.caseworker_id, (0, 0))
        late += one.state is ReminderState.DELIVERED and is_late(one)
        dropped += one.state is ReminderState.DROPPED
        if late or dropped:
            counts[one.caseworker_id] = late, dropped
    return counts
