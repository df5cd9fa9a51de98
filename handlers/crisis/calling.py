"""Which number answers now, for whom, and which is the best to call. Pure."""

from collections.abc import Sequence
from datetime import datetime, time

from locales.languages import SOURCE
from locales.phrase import F, Number, Phrase, S
from storage.records import CrisisNumber

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
ALWAYS = "always"
INTERPRETERS = "*"


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


def speaks(number: CrisisNumber, language: str) -> bool:
    """Whether the language is spoken there, or an interpreter is called in."""
    return language == SOURCE or bool({INTERPRETERS, language} & set(number.languages.split(",")))


def helping(
    numbers: Sequence[CrisisNumber], keys: Sequence[str], local: datetime, language: str
) -> list[CrisisNumber]:
    """One number for each of these keys that answers now: where the language is spoken first, then in this order."""
    answering = for_families(numbers, local, first_only=False)
    found = []
    for key in keys:
        of_key = [number for number in answering if number.key == key]
        found += sorted(of_key, key=lambda number: not speaks(number, language))[:1]
    return sorted(found, key=lambda number: not speaks(number, language))


def dialled(number: str) -> str:
    """A number in national form the way a phone dials it from anywhere: +49…; short ones stay as they are."""
    digits = "".join(sign for sign in number if sign.isdigit())
    return f"+49{digits[1:]}" if digits.startswith("0") else digits


def line(number: CrisisNumber, *, staff: bool) -> Phrase:
    """The number, and who answers there."""
    shown = Number(number.number)
    if staff:
        return S("crisis.call", number=shown, who=S(f"number.{number.key}"))
    return F("crisis.call", number=shown, who=F(f"number.{number.key}"))
