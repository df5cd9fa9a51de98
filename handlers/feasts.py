"""Public holidays in North Rhine-Westphalia, by their German names."""

from collections.abc import Container
from datetime import date
from functools import cache

from holidays import country_holidays


@cache
def of_year(year: int) -> dict[date, str]:
    """Every public holiday of a year with its name."""
    found = country_holidays("DE", subdiv="NW", language="de", years=year, expand=False)
    return {day: str(name) for day, name in found.items()}


def feast(day: date) -> str | None:
    """The name of the holiday on that day; None on all others."""
    return of_year(day.year).get(day)


def of_month(month: date) -> dict[date, str]:
    """The holidays of the month in which that day lies, the first first."""
    return {day: name for day, name in sorted(of_year(month.year).items()) if day.month == month.month}


class _Everywhere(Container[date]):
    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and feast(day) is not None


FEASTS: Container[date] = _Everywhere()  # `day in FEASTS`, for whatever year


of_year(2026)  # the library reads its tables now, and not while somebody waits for an answer
