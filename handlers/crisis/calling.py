"""Which number answers now, and for whom. Pure."""

from collections.abc import Sequence
from datetime import datetime, time

from storage.records import CrisisNumber

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
ALWAYS = "always"


def is_open_now(hours: str, local: datetime) -> bool:
    """Whether a number answers at this local time.

    `hours` is "always", or spans as "mo-fr 09:00-17:00; tu,th 09:00-19:00"; unconfirmed hours ("") count
    as closed. Raises ValueError for anything else.
    """
    if hours == ALWAYS:
        return True
    return any(_within(span, local) for span in hours.split(";") if span.strip())


def _within(span: str, local: datetime) -> bool:
    days, _, times = span.strip().partition(" ")
    begins, _, ends = times.partition("-")
    return local.weekday() in _days(days) and time.fromisoformat(begins) <= local.time() < time.fromisoformat(
        ends
    )


def _days(listed: str) -> set[int]:
    found: set[int] = set()
    for part in listed.split(","):
        first, _, last = part.partition("-")
        found |= set(range(DAYS.index(first), DAYS.index(last or first) + 1))
    return found


def for_families(numbers: Sequence[CrisisNumber], local: datetime, *, first_only: bool) -> list[CrisisNumber]:
    """The numbers that answer now, in the agency's order; never one that is for staff alone."""
    return [
        number
        for number in numbers
        if not number.staff_only
        and (number.first or not first_only)
        and (number.hours == ALWAYS or is_open_now(number.hours, local))
    ]
