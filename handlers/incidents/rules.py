"""The clock of an incident and the days of the drill. Hours are real ones, also in nights that have one more."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from storage.records import Incident

HOUR = timedelta(hours=1)
ALLOWED = timedelta(hours=72)  # Art. 33 GDPR, section 83a SGB X
MARKS = tuple(timedelta(hours=hours) for hours in (24, 48, 66, 72))
AFTERWARDS = timedelta(hours=24)
NOTICED_AGO = (0, 6, 24)  # hours, to be tapped
LONGEST_SUMMARY = 500
TUESDAY = 1
DRILL_AT = time(9)
DRILL_AGAIN = timedelta(days=7)


class Standing(StrEnum):
    """How far an incident has come."""

    RUNNING = "running"
    RUN_OUT = "run_out"
    REPORTED = "reported"
    CLOSED = "closed"


def standing(incident: Incident, now: datetime) -> Standing:
    """What holds now; closed weighs more than reported, and both more than the clock."""
    if incident.closed_at is not None:
        return Standing.CLOSED
    if incident.reported_at is not None:
        return Standing.REPORTED
    return Standing.RUNNING if now < deadline(incident.noticed_at) else Standing.RUN_OUT


def is_pending(incident: Incident) -> bool:
    """Whether it has been neither reported nor closed."""
    return incident.reported_at is None and incident.closed_at is None


def deadline(noticed_at: datetime) -> datetime:
    """Until when it has to be reported, in UTC."""
    return noticed_at.astimezone(UTC) + ALLOWED


def hours_left(noticed_at: datetime, now: datetime) -> int:
    """Whole hours until the deadline; 0 in the last one and when it has run out."""
    return max(0, (deadline(noticed_at) - now.astimezone(UTC)) // HOUR)


def hours_over(noticed_at: datetime, now: datetime) -> int:
    """Whole hours since the deadline; 0 before it."""
    return max(0, (now.astimezone(UTC) - deadline(noticed_at)) // HOUR)


def next_mark(noticed_at: datetime, now: datetime) -> datetime:
    """When the leads are reminded next: always after now, in UTC; daily once the clock has run out."""
    start, passed = noticed_at.astimezone(UTC), now.astimezone(UTC) - noticed_at.astimezone(UTC)
    ahead = next((mark for mark in MARKS if mark > passed), None)
    if ahead is None:
        ahead = ALLOWED + ((passed - ALLOWED) // AFTERWARDS + 1) * AFTERWARDS
    return start + ahead


def noticed(carried: str) -> timedelta | None:
    """How long ago it was noticed, as a button carries it; None for anything else."""
    return next((timedelta(hours=hours) for hours in NOTICED_AGO if str(hours) == carried), None)


def next_drill(now: datetime, zone: tzinfo) -> datetime:
    """The next second Tuesday of a quarter's first month, at nine: never a public holiday. In UTC."""
    today = now.astimezone(zone).date()
    firsts = [date(year, month, 1) for year in (today.year, today.year + 1) for month in (1, 4, 7, 10)]
    drills = (datetime.combine(_second_tuesday(first), DRILL_AT, zone).astimezone(UTC) for first in firsts)
    return next(drill for drill in drills if drill > now)


def _second_tuesday(first: date) -> date:
    return first + timedelta(days=(TUESDAY - first.weekday()) % 7 + 7)


def called(number: int) -> str:
    """The name staff use aloud: V-0001."""
    return f"V-{number:04d}"
