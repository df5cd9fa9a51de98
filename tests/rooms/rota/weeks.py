"""Patterns and nights for the tests of the rota."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from locales.zone import here
from storage.records import Duty, Pattern, Shift, ShiftState

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)  # at two and at three o'clock of these days
NIGHTS = (SPRING, AUTUMN)
MINUTE = timedelta(minutes=1)
minutes_of_day = st.integers(0, 24 * 60 - 1)


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def pattern(day: date, begins: str, ends: str, person: str = "koch", site: str | None = None) -> Pattern:
    """One for the weekday of this day, without end."""
    first = (day - timedelta(days=14)).isoformat()
    return Pattern(f"{person}{begins}", person, site, 1, day.weekday(), begins, ends, first, None)


def shift(
    starts_at: datetime, ends_at: datetime, person: str = "koch", site: str | None = None, step: int = 1
) -> Shift:
    return Shift(f"{person}{starts_at:%d%H%M}", person, site, step, starts_at, ends_at, ShiftState.PLANNED)


def by_hand(person: str, now: datetime, step: int = 1) -> Duty:
    return Duty(person, step, now)


def instants(day: date, minutes: int) -> list[datetime]:
    """Every minute from the midnight before a day on, as UTC moments: real ones, whatever the clocks show."""
    begin = datetime.combine(day, time(), here()).astimezone(UTC)
    return [begin + n * MINUTE for n in range(minutes)]
