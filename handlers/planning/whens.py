"""Days and times as caseworkers type them, in German or English. Pure; what has two meanings is left open."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import zip_longest

from handlers.calendar import moment
from handlers.planning.daywords import MONTH, MONTHS, NUMBERS, RELATIVE, WEEKDAY, WEEKDAYS, loose
from handlers.planning.folding import fold
from locales.zone import here

FURTHEST = 366  # days ahead
LONGEST = 12 * 60  # minutes
TOO_EARLY = 6  # o'clock; whoever types 2:30 means the afternoon, and is asked
_clock = r"([0-9]{1,2})(?:[:.]([0-9]{2}))?"
VAGUE = re.compile(
    r"\b(?:halb|half|viertel|dreiviertel|quarter)\b(?:\s+(?:vor|nach|past|to))?(?:\s+\w+)?(?:\s*uhr)?\b"
    rf"|\b(?:vor|nach|ab|bis|past|to|until|after|before)\s+{_clock}\s*(?:uhr|h|am|pm)?\b"
)
SPAN = re.compile(rf"(?<![\w.:]){_clock}\s*(?:uhr|h)?\s*(?:-|–|bis|to)\s*{_clock}\s*(uhr|h)?(?![\w.:])")
HALVES = re.compile(r"\b([0-9]{1,2})(?:[:.]([0-9]{2}))?\s*(am|pm|a\.m\.|p\.m\.)(?!\w)")
TIMES = (
    re.compile(r"(?<![0-9.:])([0-9]{1,2})[:.]([0-9]{2})\s?(?:uhr|h)\b"),
    re.compile(r"(?<![\w.:])([0-9]{1,2})\s*uhr(?:\s*([0-9]{2})(?![0-9.:]))?\b"),
    re.compile(r"(?<![\w.:])([0-9]{1,2})\s?h(?:\s?([0-9]{2})(?![0-9.:]))?\b"),
    re.compile(r"(?<![0-9.:])([0-9]{1,2}):([0-9]{2})(?![0-9:])"),
)
DOTTED = re.compile(r"(?<![0-9.:])([0-9]{1,2})\.([0-9]{2})(?![0-9:])")
ISO = re.compile(r"\b([0-9]{4})-([0-9]{2})-([0-9]{2})\b")
DATE = re.compile(r"(?<![0-9.])([0-9]{1,2})\.\s?([0-9]{1,2})\.(?:\s?([0-9]{4})|([0-9]{2}))?(?![0-9:])")
# no date: the minutes in "14:30 August-Bebel-Straße"
DAY_MONTH = re.compile(
    rf"(?<![\w:])(?<![0-9]\.)([0-9]{{1,2}})(?:\.|st|nd|rd|th)?\s*({MONTH})\b(?!-)\.?(?:\s+([0-9]{{4}}))?"
)
MONTH_DAY = re.compile(rf"\b({MONTH})\b\.?\s+([0-9]{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:uhr|h\b|am|pm|[:.]))")
AHEAD = re.compile(r"\bin\s+(\w+)\s+(tag|tagen|day|days|woche|wochen|week|weeks)\b")
NEXT_WEEK = re.compile(r"\b(?:(?:nachste[nr]?|kommende[nr]?)\s+woche|next\s+week)\b")
NEXT_DAY = re.compile(rf"\b(?:nachste[rnsm]?|next)\s+(?={WEEKDAY})")
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class When:
    """`said` tells whether a day or a time was spoken of; `day` and `at` are None where that is to be asked.

    `minutes` is how long it takes where an end was said, else 0; `rest` the folded text without all this.
    """

    said: bool
    day: date | None
    at: time | None
    minutes: int
    rest: str


@dataclass(slots=True)
class _Reading:
    text: str
    today: date
    names: frozenset[str]
    days: list[date] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=list)
    times: list[time] = field(default_factory=list)
    minutes: int = 0
    weeks: int = 0
    next_week: bool = False
    open_day: bool = False
    loose: bool = False
    open_time: bool = False
    woman_or_friday: bool = False

    def take(self, pattern: re.Pattern[str], found: Callable[[re.Match[str]], bool]) -> None:
        """Blanks every match that is understood."""
        self.text = pattern.sub(lambda match: " " if found(match) else match.group(), self.text)

    def add_day(self, day: date | None) -> None:
        if day is None or not self.today <= day <= self.today + timedelta(days=FURTHEST):
            self.open_day = True
        else:
            self.days.append(day)

    def add_time(self, hour: int, minute: int) -> None:
        if hour > 23 or minute > 59:
            self.open_time = True
        else:
            self.times.append(time(hour, minute))

    @property
    def said(self) -> bool:
        spoken = (self.days, self.weekdays, self.times, self.weeks, self.next_week)
        return any(spoken) or self.open_day or self.open_time


def read(text: str, now: datetime, names: frozenset[str] = frozenset()) -> When:
    """What a text says of day and time, at the aware moment `now`. `names` are folded words that are no days."""
    # "so" is a word, "So" and "so." are a day
    heard = fold(re.sub(r"\bso\b(?!\.)", " ", text))
    reading = _Reading(heard, now.astimezone(here()).date(), names)
    _dates(reading)
    _times(reading)
    _words(reading)
    at = reading.times[0] if len(set(reading.times)) == 1 and not reading.open_time else None
    day = None if reading.open_day else _day(reading, at, now)
    if day is not None and at is not None and not _is_ahead(day, at, now):
        at = None
    return When(reading.said, day, at, reading.minutes if at is not None else 0, reading.text)


def _dates(reading: _Reading) -> None:
    def exact(year: str, month: str, day: str) -> bool:
        reading.add_day(_date(int(year), int(month), int(day)))
        return True

    def yearless(day: str, month: int, year: str | None) -> bool:
        if not (1 <= int(day) <= 31 and 1 <= month <= 12):
            return False
        if year is None:
            reading.add_day(_coming(reading.today, month, int(day)))
        else:
            reading.add_day(_date(int(year) + (2000 if len(year) == 2 else 0), month, int(day)))
        return True

    def month_day(match: re.Match[str]) -> bool:
        return match[1] not in reading.names and yearless(match[2], MONTHS[match[1]] + 1, None)

    reading.take(ISO, lambda m: exact(m[1], m[2], m[3]))
    reading.take(DATE, lambda m: yearless(m[1], int(m[2]), m[3] or m[4]))
    reading.take(DAY_MONTH, lambda m: m[2] not in reading.names and yearless(m[1], MONTHS[m[2]] + 1, m[3]))
    reading.take(MONTH_DAY, month_day)
    reading.take(AHEAD, lambda m: _ahead(reading, m[1], m[2]))


def _ahead(reading: _Reading, number: str, unit: str) -> bool:
    n = NUMBERS.get(number) or (int(number) if re.fullmatch("[0-9]{1,2}", number) else 0)
    if not n:
        return False
    if unit[0] == "w":
        reading.weeks = n
    else:
        reading.add_day(reading.today + timedelta(days=n))
    return True


def _times(reading: _Reading) -> None:
    def span(match: re.Match[str]) -> bool:
        if not (match[5] or (match[2] and match[4])):
            return False
        last = 60 * int(match[3]) + int(match[4] or 0) - 60 * int(match[1]) - int(match[2] or 0)
        reading.minutes = last if 0 < last <= LONGEST else 0
        return clock(match)

    def clock(match: re.Match[str]) -> bool:
        hour, minute = int(match[1]), int(match[2] or 0)
        if hour < TOO_EARLY:
            reading.open_time = True
        else:
            reading.add_time(hour, minute)
        return True

    def vague(_: re.Match[str]) -> bool:
        reading.open_time = True
        return True

    reading.take(SPAN, span)
    reading.take(VAGUE, vague)
    reading.take(HALVES, lambda m: _half_of_day(reading, int(m[1]), int(m[2] or 0), m[3][0]))
    for pattern in TIMES:
        reading.take(pattern, clock)
    reading.take(DOTTED, lambda m: _dotted(reading, int(m[1]), int(m[2])))


def _half_of_day(reading: _Reading, hour: int, minute: int, half: str) -> bool:
    """In German, "am" stands before a day: at twelve nobody knows which was meant."""
    if hour == 0 or (hour == 12 and half == "a"):
        reading.open_time = True
    else:
        reading.add_time(hour + 12 if half == "p" and hour < 12 else hour, minute)
    return True


def _dotted(reading: _Reading, first: int, second: int) -> bool:
    """10.15 is a time; beside another time, or in the night, 3.12 is a date, and 10.12 could be either."""
    may_be_date = 1 <= first <= 31 and 1 <= second <= 12
    if may_be_date and (reading.times or first < TOO_EARLY or first > 23):
        reading.add_day(_coming(reading.today, second, first))
    elif may_be_date and second % 5:
        reading.open_time = reading.open_day = True
    elif first < TOO_EARLY:
        reading.open_time = True
    else:
        reading.add_time(first, second)
    return True


def _words(reading: _Reading) -> None:
    text = re.sub(r"\bday after tomorrow\b", "overmorrow", reading.text)
    text, reading.loose = loose(text, reading.names)
    text, next_day = NEXT_DAY.subn(" ", text)
    reading.open_day = reading.open_day or bool(next_day)
    text, next_week = NEXT_WEEK.subn(" ", text)
    reading.next_week = bool(next_week)
    words = list(WORD.finditer(text))
    rest, end = [], 0
    for word, after in zip_longest(words, words[1:]):
        rest.append(text[end : word.start()])
        rest.append("" if _is_day(reading, word.group(), after.group() if after else "") else word.group())
        end = word.end()
    reading.text = "".join([*rest, text[end:]])
    if reading.woman_or_friday and not (reading.days or reading.weekdays):
        reading.open_day = True  # no other day says that "Fr Demir" is a woman


def _is_day(reading: _Reading, word: str, after: str) -> bool:
    if word in reading.names:
        return False
    if word in RELATIVE:
        reading.add_day(reading.today + timedelta(days=RELATIVE[word]))
    elif word == "fr" and after in reading.names:
        reading.woman_or_friday = True
    elif word in WEEKDAYS:
        reading.weekdays.append(WEEKDAYS[word])
    else:
        return False
    return True


def _day(reading: _Reading, at: time | None, now: datetime) -> date | None:
    days, weekdays = set(reading.days), set(reading.weekdays)
    if days:
        day = days.pop()
        fits = not days and weekdays <= {day.weekday()} and not reading.weeks
        return day if fits else None
    if len(weekdays) > 1 or reading.loose:
        return None
    if not weekdays:
        return reading.today + timedelta(weeks=reading.weeks) if reading.weeks else None
    return _weekday_ahead(reading, weekdays.pop(), at, now)


def _weekday_ahead(reading: _Reading, weekday: int, at: time | None, now: datetime) -> date | None:
    """The next such day; today only while the time is ahead, and to be asked where no time was said."""
    today = reading.today
    if reading.next_week:
        return today + timedelta(days=7 - today.weekday() + weekday)
    day = today + timedelta(days=(weekday - today.weekday()) % 7)
    if day == today and not reading.weeks:
        if at is None:
            return None
        day = today if _is_ahead(today, at, now) else today + timedelta(days=7)
    return day + timedelta(weeks=reading.weeks)


def _is_ahead(day: date, at: time, now: datetime) -> bool:
    found = moment(day, at.hour, at.minute)
    return found is not None and found > now


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _coming(today: date, month: int, day: int) -> date | None:
    """The next day of that date, today included."""
    found = (_date(year, month, day) for year in (today.year, today.year + 1))
    return next((one for one in found if one is not None and one >= today), None)
