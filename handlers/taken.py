"""What is in the way of whoever plans: the days, hours and quarters on which they have something already."""

from datetime import date, timedelta

from handlers.calendar import (
    QUARTERS,
    Draft,
    clashes,
    days_taken,
    first_page,
    may_be_picked,
    moment,
    months,
    whole,
)
from handlers.feasts import of_month
from handlers.grid import Busy, Month
from handlers.turn import Turn
from locales.zone import here
from storage.records import Span


def taken_on(turn: Turn, day: date, days: int = 1) -> list[Span]:
    """When whoever plans has no time on these days."""
    time = whole(day, days)
    return turn.store.occupied.between(turn.person.id, time.starts_at, time.ends_at)


def month_of(turn: Turn, draft: Draft) -> Month:
    """The month that is looked at, with what the caseworker should know of its days."""
    pages = months(turn.now)
    first = next((one for one in pages if one.isoformat() == draft.month), first_page(turn.now))
    at, today = pages.index(first), turn.now.astimezone(here()).date()
    every = [first + timedelta(days=n) for n in range(31)]
    return Month(
        first,
        today,
        [turn.voice.weekday_short(date(2024, 1, n)) for n in range(1, 8)],  # a week that begins on a Monday
        {day for day in every if day.month == first.month and may_be_picked(day, turn.now)},
        days_taken(taken_on(turn, first, 31)),
        {day: name for day, name in of_month(first).items() if day >= today},
        pages[at - 1] if at else None,
        pages[at + 1] if at + 1 < len(pages) else None,
    )


def busy_hours(day: date, choice: list[int], taken: list[Span]) -> Busy:
    """Which of these hours are taken in each of their quarters, and which in some."""
    full = {hour: busy_quarters(day, hour, taken) for hour in choice}
    whole_hours = {hour for hour, quarters in full.items() if quarters >= set(QUARTERS)}
    return Busy(whole_hours, {hour for hour, quarters in full.items() if quarters} - whole_hours)


def busy_quarters(day: date, hour: int, taken: list[Span]) -> set[int]:
    at = {minute: moment(day, hour, minute) for minute in QUARTERS}
    return {minute for minute, start in at.items() if start and clashes(taken, start, 15)}
