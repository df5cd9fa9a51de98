"""Who is next, how long a place is held, and when a stay ends. Hours are those of the clock on the wall."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from handlers.calendar import a_day
from storage.records import Hold, HoldState

HELD_FOR = timedelta(minutes=30)
WARNED = timedelta(minutes=5)  # before a hold lapses
NIGHTS = (1, 3, 7, 14)
MOST_DAYS = 28
DAY = timedelta(days=1)
DAWN = time(6)  # before it the night is still that of the day before
MORNING, LEAVES, EVENING = time(8), time(10), time(20)
TONIGHT = "evening"


class Standing(StrEnum):
    """What can be said of a place."""

    FREE = "free"
    HELD = "held"
    TAKEN = "taken"
    OVERDUE = "overdue"


def standing(hold: Hold | None, now: datetime) -> Standing:
    """What holds now. An overdue stay is no free place: somebody may still sleep there."""
    if hold is None or hold.ended_at is not None:
        return Standing.FREE
    if hold.state is HoldState.HELD:
        return Standing.HELD
    return Standing.OVERDUE if hold.until is not None and hold.until <= now else Standing.TAKEN


def queue(waiting: Iterable[Hold]) -> list[Hold]:
    """Who is next: requests from Porz before all others, then the one that has waited longest."""
    return sorted(waiting, key=lambda hold: (not hold.from_porz, hold.asked_at, hold.id))


def position(hold: Hold, waiting: Iterable[Hold]) -> int:
    """The place in the queue, counted from 1; 0 for whoever does not wait."""
    ids = [one.id for one in queue(waiting)]
    return ids.index(hold.id) + 1 if hold.id in ids else 0


def own(
    requests: Iterable[Hold], person_id: str, alarm_number: int | None, place_id: str | None = None
) -> Hold | None:
    """What this person has asked for already, for this alarm or for none: one request waits or is held at a time.

    With a place it is also their own stay there.
    """
    mine = [one for one in requests if one.asked_by == person_id and one.alarm_number == alarm_number]
    alive = (one for one in mine if one.state is not HoldState.TAKEN or one.place_id == (place_id or ""))
    return next(alive, None)


def lapses_at(now: datetime) -> datetime:
    return now + HELD_FOR


def warned_at(lapses: datetime) -> datetime:
    return lapses - WARNED


def tonight(now: datetime, zone: tzinfo) -> date:
    """The day to which the night belongs that is meant now."""
    local = now.astimezone(zone)
    return local.date() - DAY if local.time() < DAWN else local.date()


def days(now: datetime, zone: tzinfo) -> list[date]:
    """The days on which a stay may end, the first one first."""
    first = tonight(now, zone) + DAY
    return [first + n * DAY for n in range(MOST_DAYS)]


def until(carried: str, now: datetime, zone: tzinfo) -> datetime | None:
    """When a stay ends that a button names: this evening, or on the morning of a day. In UTC.

    None for a moment that is over, too far away or no moment at all.
    """
    if carried == TONIGHT:
        return this_evening(now, zone)
    day = a_day(carried)
    return _at(day, LEAVES, zone) if day is not None and day in days(now, zone) else None


def this_evening(now: datetime, zone: tzinfo) -> datetime | None:
    """None when it is over, or night."""
    at = _at(tonight(now, zone), EVENING, zone)
    return at if at > now else None


def next_notice(ends: datetime, now: datetime, zone: tzinfo) -> datetime:
    """When somebody is told of a stay's end: on its last morning, at the end, and each morning after. In UTC."""
    first = max(ends.astimezone(zone).date(), now.astimezone(zone).date())
    moments = (ends.astimezone(UTC), _at(first, MORNING, zone), _at(first + DAY, MORNING, zone))
    return min(at for at in moments if at > now)


def _at(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)
