"""Days and times the way every person reads them: weekday by name, the rest in Latin digits."""

from datetime import date, timedelta
from functools import cache, lru_cache

from babel.dates import format_date

from locales.bidi import LRI, PDI, RLI
from locales.languages import LANGUAGES, locale

_A_MONDAY = date(2024, 1, 1)


@cache
def weekdays(language: str, *, short: bool = False) -> tuple[str, ...]:
    """The seven weekday names from Monday on."""
    # Only these two patterns never took another language's names from Babel's shared tables.
    pattern = "EEE" if short else "EEEE"
    week = (_A_MONDAY + timedelta(days=n) for n in range(7))
    return tuple(format_date(day, pattern, locale=locale(language)).rstrip(".") for day in week)


@lru_cache(maxsize=4096)
def day_text(language: str, day: date) -> str:
    """A weekday and date such as "Donnerstag, 19.11.2026"."""
    digits = f"{day.day:02}.{day.month:02}.{day.year:04}"
    name = weekdays(language)[day.weekday()]
    if LANGUAGES[language].rtl:
        return f"{RLI}{name}، {LRI}{digits}{PDI}{PDI}"
    return f"{name}, {digits}"


@lru_cache(maxsize=4096)
def short_day_text(language: str, day: date) -> str:
    """A day for a small button, such as "Do 19.11."."""
    digits = f"{day.day:02}.{day.month:02}."
    name = weekdays(language, short=True)[day.weekday()]
    if LANGUAGES[language].rtl:
        return f"{RLI}{name} {LRI}{digits}{PDI}{PDI}"
    return f"{name} {digits}"
