"""The numbers a family may call, for a sheet that hangs on a door: only what somebody has confirmed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.crisis.calling import ALWAYS, DAYS
from handlers.crisis.numbers import DEFAULTS
from locales.phrase import Address, F, Number
from locales.translator import Voice, voice
from storage.records import CrisisNumber

# printed whether or not anybody has confirmed them: they are the country's, not the agency's
EVERYWHERE = frozenset({"112", "110"})
A_MONDAY = date(2026, 1, 5)
TO = "\N{WORD JOINER}–\N{WORD JOINER}"  # a span of hours stays on one line
_DAY = re.compile(rf"\b({'|'.join(DAYS)})\b")
_TIME = re.compile(r"\d\d:\d\d-\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as it is printed: in groups, who answers, and when."""

    number: str
    who: str
    hours: str


def callable_by(numbers: Iterable[CrisisNumber], language: str) -> list[Printed]:
    """The confirmed numbers for families, in the agency's order; 112 and 110 always."""
    speak = voice(language)
    known = {number.number: number for number in (*DEFAULTS, *numbers)}
    allowed = [number for number in known.values() if not number.staff_only and _is_sure(number)]
    return [_printed(number, speak) for number in sorted(allowed, key=lambda number: number.position)]


def _is_sure(number: CrisisNumber) -> bool:
    return number.number in EVERYWHERE or bool(number.confirmed_on and number.hours)


def _printed(number: CrisisNumber, speak: Voice) -> Printed:
    who = speak.say(F(f"number.{number.key}"))
    return Printed(speak.show(Number(number.number)), who, _hours(number.hours, speak))


def _hours(hours: str, speak: Voice) -> str:
    if hours == ALWAYS:
        return speak.say(F("papers.info.always"))
    spans = [" ".join(span.split()) for span in hours.split(";") if span.strip()]
    return "\n".join(_span(span, speak) for span in spans)


def _span(span: str, speak: Voice) -> str:
    """Weekdays by their short names; each time of day keeps its own direction."""
    timed = _TIME.sub(lambda found: speak.show(Address(found[0].replace("-", TO))), span)
    named = _DAY.sub(lambda found: _weekday(found[1], speak), timed)
    return named.replace(",", "، " if speak.rtl else ", ").replace("-", "–")


def _weekday(code: str, speak: Voice) -> str:
    return speak.weekday_short(A_MONDAY + timedelta(days=DAYS.index(code)))
