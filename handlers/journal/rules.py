"""What a line says, on which day it falls, and when the chain is looked at."""

from collections.abc import Sequence, Set
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import groupby
from typing import TypeGuard

from storage.journal import Line

FIRST_YEAR = 2020
LOOKED_AT = time(4, 10)  # no clock skips it and none has it twice
SOON = timedelta(minutes=1)
LINES_AT_ONCE = 2000  # a tenth of a second, for which everybody else waits
BREATH = timedelta(seconds=1)
NOBODY = frozenset({"house", "time"})
COMMAND_LINE = "command line"


def bounds(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """When a day begins and when it has ended, in UTC: 23 to 25 hours apart."""
    begins, ends = (datetime.combine(one, time(), zone) for one in (day, day + timedelta(days=1)))
    return begins.astimezone(UTC), ends.astimezone(UTC)


def is_readable(day: date | None) -> TypeGuard[date]:
    """Whether there can be lines of that day: a button may carry anything."""
    return day is not None and FIRST_YEAR <= day.year < FIRST_YEAR + 100


def next_night(now: datetime, zone: tzinfo) -> datetime:
    """When the chain is looked at next, in UTC."""
    today = now.astimezone(zone).date()
    tonight = datetime.combine(today, LOOKED_AT, zone).astimezone(UTC)
    return tonight if tonight > now else _on_the_day_after(today, zone)


def _on_the_day_after(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), LOOKED_AT, zone).astimezone(UTC)


def by_day(lines: Sequence[Line], zone: tzinfo) -> list[tuple[datetime, list[Line]]]:
    """The lines of each day together, as they come; each day by the moment of its first line."""
    days = [list(of_day) for _, of_day in groupby(lines, lambda line: line.at.astimezone(zone).date())]
    return [(of_day[0].at, of_day) for of_day in days]


def known_act(act: str, known: Set[str]) -> str | None:
    """The act, or the longest beginning of it that has a sentence: older versions wrote more behind it."""
    parts = act.split(".")
    beginnings = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((one for one in beginnings if one in known), None)


def person_in(subject: str) -> str | None:
    """The person a line is about; None when it is about something else."""
    kind, _, id = subject.partition(":")
    return id if kind == "person" and id else None


def ending(id: str) -> str:
    """What is left of somebody whose name is gone: enough to tell one from another on a page."""
    return id[-4:]
