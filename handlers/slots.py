"""Which times are free: pure rules. Moments are aware UTC, days and hours are those of Köln."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.calendar import QUARTERS, moment
from handlers.feasts import feast
from locales.zone import here
from storage.records import AppointmentKind, DayPart, Span

WAY = timedelta(minutes=15)  # of getting there, before and after anything else
NOTICE = timedelta(hours=3)  # whoever works with the family has to read it first
STILL = timedelta(hours=1)  # what was offered may be taken until then
AROUND = timedelta(days=14)  # how far from the old time one looks
FIRST, LAST = 8, 18  # families are offered nothing that begins earlier or ends later
MOST = 3
DAYS = 10
USUAL = (9, 17)
HOURS: dict[AppointmentKind, tuple[int, int]] = {
    AppointmentKind.HOME_VISIT: (9, 18),
    AppointmentKind.ACCOMPANIED_CONTACT: (9, 18),
    AppointmentKind.HOSPITATION: (8, 18),
    AppointmentKind.KITA_SCHOOL: (8, 16),
    AppointmentKind.DOCTOR: (8, 17),
    AppointmentKind.AUTHORITY: (8, 16),
}
PARTS = {DayPart.MORNING: (8, 12), DayPart.AFTERNOON: (12, 17), DayPart.EVENING: (17, 20)}
# what it costs in hours of distance to offer a second slot on the same day, or in the same part of one: another
# day is worth looking beyond a long weekend
SAME_DAY, SAME_PART = 168.0, 48.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What looks for another time: its kind, its length in minutes, and the time it has so far."""

    kind: AppointmentKind
    minutes: int
    near: datetime

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)


def is_working(day: date) -> bool:
    """Monday to Friday, and no holiday in North Rhine-Westphalia."""
    return day.weekday() < 5 and feast(day) is None


def working_days(first: date, count: int) -> list[date]:
    """So many working days, the first of them `first` or the next after it."""
    found: list[date] = []
    while len(found) < count:
        if is_working(first):
            found.append(first)
        first += timedelta(days=1)
    return found


def fits(at: datetime, length: timedelta, busy: Sequence[Span]) -> bool:
    """Whether it overlaps nothing, with the way before and after it."""
    begins, ends = at - WAY, at + length + WAY
    return not any(begins < span.ends_at and span.starts_at < ends for span in busy)


def starts(
    day: date, hours: tuple[int, int], length: timedelta, minutes: Sequence[int] = QUARTERS
) -> Iterator[datetime]:
    """Every moment of a day's hours at which something of this length may begin, so as to end within them."""
    last = moment(day, hours[1], 0)
    for hour in range(*hours):
        for minute in minutes:
            at = moment(day, hour, minute)
            if at is not None and last is not None and at + length <= last:
                yield at


def offers(wanted: Wanted, busy: Sequence[Span], now: datetime, most: int = MOST) -> list[datetime]:
    """Up to `most` free slots in order of time: near the old time, over different days and parts of the day."""
    found = [at for at in _candidates(wanted, now) if _is_free(at, wanted, busy, now + NOTICE)]
    picked: list[datetime] = []
    while found and len(picked) < most:
        best = min(found, key=lambda at: (_cost(at, wanted.near, picked), at))
        picked.append(best)
        found = [at for at in found if abs(at - best) >= max(wanted.length, WAY)]
    return sorted(picked)


def is_offered(at: datetime, wanted: Wanted, busy: Sequence[Span], now: datetime) -> bool:
    """Whether a slot that was offered a while ago can still be taken."""
    return at in _on(at.astimezone(here()).date(), wanted) and _is_free(at, wanted, busy, now + STILL)


def part_of(at: datetime) -> DayPart:
    hour = at.astimezone(here()).hour
    return next((part for part, (_, last) in PARTS.items() if hour < last), DayPart.EVENING)


def quarters(
    day: date, hours: tuple[int, int], length: timedelta, busy: Sequence[Span], after: datetime
) -> list[datetime]:
    """The free quarters of these hours at which something of this length may begin. It may end after them."""
    until = (hours[0], min(hours[1] + -(-length // timedelta(hours=1)), 23))
    within = (at for at in starts(day, until, length) if at.astimezone(here()).hour < hours[1])
    return [at for at in within if at > after and fits(at, length, busy)]


def room_on(day: date, length: timedelta, busy: Sequence[Span], now: datetime) -> list[DayPart]:
    """The parts of a day in which something of this length still fits."""
    return [part for part, hours in PARTS.items() if quarters(day, hours, length, busy, now + NOTICE)]


def days_with_room(length: timedelta, busy: Sequence[Span], now: datetime) -> list[date]:
    """The next 10 working days on which there is room; where there is none at all, simply the next 10."""
    today = now.astimezone(here()).date()
    found = [day for day in working_days(today, 3 * DAYS) if room_on(day, length, busy, now)]
    return found[:DAYS] or working_days(today + timedelta(days=1), DAYS)


def span_of(day: date, part: DayPart) -> Span:
    """From when until when a part of a day lasts."""
    first, last = PARTS[part]
    begins, ends = moment(day, first, 0), moment(day, last, 0)
    if begins is None or ends is None:
        raise ValueError("the clocks change at night")
    return Span(begins, ends)


def _candidates(wanted: Wanted, now: datetime) -> Iterator[datetime]:
    first = max(now, wanted.near - AROUND).astimezone(here()).date()
    last = (max(now, wanted.near) + AROUND).astimezone(here()).date()
    for n in range((last - first).days + 1):
        yield from _on(first + timedelta(days=n), wanted)


def _on(day: date, wanted: Wanted) -> list[datetime]:
    """What may be offered on a day: full hours and those of thirty minutes, in the kind's usual hours."""
    if not is_working(day):
        return []
    usual = list(starts(day, HOURS.get(wanted.kind, USUAL), wanted.length, (0, 30)))
    return usual or list(starts(day, (FIRST, LAST), wanted.length, (0, 30)))


def _is_free(at: datetime, wanted: Wanted, busy: Sequence[Span], after: datetime) -> bool:
    old = Span(wanted.near, wanted.near + wanted.length)
    apart = at + wanted.length <= old.starts_at or old.ends_at <= at
    return at >= after and apart and fits(at, wanted.length, busy)


def _cost(at: datetime, near: datetime, picked: Sequence[datetime]) -> float:
    day, part = at.astimezone(here()).date(), part_of(at)
    same_day = sum(one.astimezone(here()).date() == day for one in picked)
    same_part = sum(part_of(one) is part for one in picked)
    return abs(at - near) / timedelta(hours=1) + SAME_DAY * same_day + SAME_PART * same_part
