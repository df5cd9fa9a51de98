"""Times of day become moments, patterns become shifts, and nights are quiet. Pure.

A time of day that the clocks skip is the moment of the change, one that comes twice is the first: so neighbours
meet exactly in both nights, and nobody is lost or doubled.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from locales.zone import here
from storage.records import Pattern, Shift

WEEKS_AHEAD = 8
DAYS_SHOWN = 14
OWN_WEEKS = 4
NIGHT = (time(22), time(7))
MAKES_AT = time(3, 30)
NEW_DAY_AT = timedelta(hours=8)  # the last of the 14 days comes into view in the morning
DAY_BEFORE, HOUR_BEFORE = timedelta(hours=24), timedelta(hours=1)
ASK_AGAIN, ASK_SOON = timedelta(hours=24), timedelta(hours=1)
FOR_GOOD = timedelta(days=3650)
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Span:
    """What a pattern makes of one of its days; `day` is the one on which it begins."""

    day: date
    starts_at: datetime
    ends_at: datetime


def moment(day: date, at: time) -> datetime:
    """The UTC moment of a time of day where people live."""
    first = datetime.combine(day, at, here())
    found = first.astimezone(UTC)
    if found.astimezone(here()).replace(tzinfo=None) == first.replace(tzinfo=None):
        return found
    change = first.replace(fold=1).astimezone(UTC)  # skipped: look from before the change on
    before = change.astimezone(here()).utcoffset()
    while change.astimezone(here()).utcoffset() == before:
        change += A_MINUTE
    return change


def midnight(now: datetime, days: int = 0) -> datetime:
    """When the day begins that is so many days from today's."""
    return moment(now.astimezone(here()).date() + timedelta(days=days), time())


def spans(pattern: Pattern, first: date, last: date) -> Iterator[Span]:
    """What the pattern makes of the days from first to last, both included, within its own."""
    since = max(first, date.fromisoformat(pattern.first_day))
    until = min(last, date.fromisoformat(pattern.last_day)) if pattern.last_day else last
    begins, ends = time.fromisoformat(pattern.begins), time.fromisoformat(pattern.ends)
    for n in range((until - since).days + 1):
        day = since + timedelta(days=n)
        if day.weekday() == pattern.weekday:
            made = between(day, begins, ends)
            if made.starts_at < made.ends_at:  # the clocks may skip all of it
                yield made


def between(day: date, begins: time, ends: time) -> Span:
    """From a time of day to another; one that is no later belongs to the next day."""
    ends_on = day if ends > begins else day + timedelta(days=1)
    return Span(day, moment(day, begins), moment(ends_on, ends))


def clock_time(typed: str) -> time | None:
    """A time of day as people type it: "7", "07:30", "22.15"; None for anything else."""
    hour, _, minute = typed.strip().replace(".", ":").partition(":")
    if not (hour.isascii() and hour.isdecimal() and len(hour) <= 2 and int(hour) < 24):
        return None
    if not minute:
        return time(int(hour))
    if not (minute.isascii() and minute.isdecimal() and len(minute) == 2 and int(minute) < 60):
        return None
    return time(int(hour), int(minute))


def is_night(now: datetime) -> bool:
    """Whether people sleep who need not be woken."""
    there = now.astimezone(here()).time()
    return there >= NIGHT[0] or there < NIGHT[1]


def next_making(now: datetime) -> datetime:
    """When the patterns are gone through next, in the night."""
    today = now.astimezone(here()).date()
    found = moment(today, MAKES_AT)
    return found if found > now else moment(today + timedelta(days=1), MAKES_AT)


def horizon(now: datetime) -> datetime:
    """Until when gaps are looked for: 14 whole days at least, and one more from the morning on."""
    return midnight(now - NEW_DAY_AT, DAYS_SHOWN + 2)


def next_probe(now: datetime, holds_now: bool, ahead: Iterable[Shift]) -> datetime:
    """When somebody who has not answered a test page is asked again.

    Every hour while they hold the phone, else daily, a day and an hour before a shift; by night only then.
    """
    if holds_now:
        return now + ASK_SOON
    shifts = list(ahead)
    wanted = [one.starts_at - before for one in shifts for before in (DAY_BEFORE, HOUR_BEFORE)]
    soonest = min([at for at in wanted if at > now] + [now + ASK_AGAIN])
    if not is_night(soonest):
        return soonest
    wakes_up = _morning_after(soonest)
    return soonest if any(one.starts_at <= wakes_up for one in shifts) else wakes_up


def _morning_after(night: datetime) -> datetime:
    day = night.astimezone(here()).date()
    found = moment(day, NIGHT[1])
    return found if found > night else moment(day + timedelta(days=1), NIGHT[1])
