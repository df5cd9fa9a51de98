"""How an appointment stands as a whole, which days and weeks are looked at, and what share did not come. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from handlers import attending
from locales.zone import here, on
from storage.diary import Entry
from storage.records import Answer, AppointmentKind

MONTHS = 6
YEARS = timedelta(days=5 * 366)  # so far back and ahead one may look
WEEK = timedelta(days=7)


class State(StrEnum):
    """What a caseworker has to know of an appointment at a glance."""

    CONFIRMED = "confirmed"
    OPEN = "open"
    DECLINED = "declined"
    MISSED = "missed"
    MOVE = "move"
    UNCLEAR = "unclear"


WORST_FIRST = (State.MOVE, State.UNCLEAR, State.OPEN, State.MISSED, State.DECLINED, State.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Rate:
    """Of how many noted ones how many did not come, in one month."""

    missed: int
    noted: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.missed / self.noted if self.noted else 0.0


def state(entry: Entry) -> State:
    """What needs somebody comes first: a wish, a question, a missing answer. One of two who comes is a yes.

    Once it is noted who came, that counts and no longer what had been said.
    """
    if any(entry.came.values()):
        return State.CONFIRMED
    waited = [one for one in entry.asked if entry.answers.get(one) not in attending.CALLED_OFF]
    if waited and all(one in entry.came for one in waited):
        return State.MISSED
    said = [entry.answers.get(one) for one in entry.asked]
    if Answer.MOVE in said:
        return State.MOVE
    if Answer.UNCLEAR in said:
        return State.UNCLEAR
    if None in said or not said:
        return State.OPEN
    return State.CONFIRMED if Answer.YES in said else State.DECLINED


def counts(entries: Iterable[Entry]) -> dict[State, int]:
    """How many stand how; every state has its number."""
    found = Counter(state(one) for one in entries)
    return {one: found[one] for one in State}


def together(entries: Iterable[Entry]) -> list[list[Entry]]:
    """A session is one thing of the day, however many families are invited; anything else stands by itself."""
    groups: dict[tuple[str, datetime], list[Entry]] = {}
    for one in entries:
        groups.setdefault((one.session_id or one.id, one.starts_at), []).append(one)
    return list(groups.values())


def worst(some: Iterable[Entry]) -> State:
    """How those stand as one: what needs somebody most hides behind no other."""
    stand = counts(some)
    return next(one for one in WORST_FIRST if stand[one])


def unanswered(entries: Iterable[Entry]) -> list[Entry]:
    """Those to which not everybody has said something that can be worked with, or nobody was there to be asked."""
    return [one for one in entries if _waits(one)]


def _waits(entry: Entry) -> bool:
    if state(entry) in (State.CONFIRMED, State.MISSED):
        return False
    said = [entry.answers.get(one) for one in entry.asked]
    return not said or None in said or Answer.UNCLEAR in said


def span(first: date, days: int) -> tuple[datetime, datetime]:
    """From the beginning of a day to that of the day so many later, whatever the clocks do between."""
    return on(first), on(first + timedelta(days=days))


def today(now: datetime) -> date:
    return now.astimezone(here()).date()


def within(day: date, now: datetime) -> date:
    """The day itself, or the nearest one that may be looked at."""
    return min(max(day, today(now) - YEARS), today(now) + YEARS)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def by_day(entries: Iterable[Entry]) -> dict[date, list[Entry]]:
    """The entries of each day that has any, in order."""
    days: dict[date, list[Entry]] = defaultdict(list)
    for one in entries:
        days[one.starts_at.astimezone(here()).date()].append(one)
    return dict(days)


def months(now: datetime, many: int = MONTHS) -> list[date]:
    """The first days of the last so many months, this one last."""
    first = today(now).replace(day=1)
    found = [first]
    while len(found) < many:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]


def rates(entries: Iterable[Entry], over: Sequence[date]) -> dict[AppointmentKind, list[Rate]]:
    """For each kind of which anything was noted: how many did not come, month by month.

    Whoever had said that they can't come, and did not, was not waited for.
    """
    missed: Counter[tuple[AppointmentKind, date]] = Counter()
    noted: Counter[tuple[AppointmentKind, date]] = Counter()
    for one in entries:
        month = one.starts_at.astimezone(here()).date().replace(day=1)
        waited = [
            came for id, came in one.came.items() if came or one.answers.get(id) not in attending.CALLED_OFF
        ]
        noted[one.kind, month] += len(waited)
        missed[one.kind, month] += waited.count(False)
    kinds = [kind for kind in AppointmentKind if any(noted[kind, month] for month in over)]
    return {kind: [Rate(missed[kind, month], noted[kind, month]) for month in over] for kind in kinds}


def altogether(parts: Iterable[Rate]) -> Rate:
    """All of them as one."""
    listed = list(parts)
    return Rate(sum(one.missed for one in listed), sum(one.noted for one in listed))
