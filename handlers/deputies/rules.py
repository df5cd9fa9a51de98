"""Which days somebody may stand in, and what overlaps. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from locales.zone import here, on
from storage.records import Deputy, Person

FIRST_DAYS = 14
WEEKS = (3, 4, 6, 8)


def first_days(now: datetime) -> list[date]:
    """The days on which it may begin, today first."""
    today = now.astimezone(here()).date()
    return [today + timedelta(days=n) for n in range(FIRST_DAYS)]


def last_days(first: date) -> list[date]:
    """The days on which it may end: each of two weeks, then every week or two."""
    return [
        *(first + timedelta(days=n) for n in range(FIRST_DAYS)),
        *(first + timedelta(weeks=n, days=-1) for n in WEEKS),
    ]


def span(first: date, last: date, now: datetime) -> tuple[datetime, datetime]:
    """From the first day's midnight in Köln, or from now on, until the midnight after the last day."""
    return max(_midnight(first), now), _midnight(last + timedelta(days=1))


def last_day(deputy: Deputy) -> date:
    """The last day on which somebody stands in."""
    return (deputy.ends_at - timedelta(seconds=1)).astimezone(here()).date()


def overlaps(known: Iterable[Deputy], deputy_id: str, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether this person stands in already on some of these days."""
    return any(
        one.deputy_id == deputy_id and one.starts_at < ends_at and starts_at < one.ends_at for one in known
    )


def others(people: Iterable[Person], but: str) -> list[Person]:
    """The colleagues one may choose from, by name."""
    return sorted((one for one in people if one.id != but), key=lambda one: (one.name.casefold(), one.id))


def _midnight(day: date) -> datetime:
    return on(day, time())
