"""When a reminder is due: at five, in the evening, after breaking the fast, and never in quiet hours. Pure.

Nobody's religion is kept: whoever prefers the evening hears later in Ramadan, as the calendar has it for all.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from astral import Observer
from astral.sun import sunset
from hijridate import Gregorian

from handlers import quiet
from locales.zone import here, on
from storage.records import AppointmentKind, Person, ReminderKind

DAY_BEFORE, TWO_HOURS = ReminderKind.DAY_BEFORE, ReminderKind.TWO_HOURS
BOTH = frozenset(ReminderKind)
AHEAD = timedelta(hours=2)
AT_LEAST = timedelta(minutes=30)  # so long before the start a reminder still helps
EVENING = time(19, 30)
LAST_EVENING = time(21)
LAST_CALL = timedelta(hours=1)
KOELN = Observer(50.88, 7.05)
RAMADAN = 9
MEAL = timedelta(minutes=60)
NONE = "none"
PREFERENCES = (None, DAY_BEFORE.value, TWO_HOURS.value, NONE)


@dataclass(frozen=True, slots=True)
class Custom:
    """What the agency sends: the hour of the reminder on the day before, and which ones by kind of appointment."""

    hour: int = 17
    kinds: Mapping[AppointmentKind, frozenset[ReminderKind]] = field(default_factory=dict)

    def of(self, kind: AppointmentKind) -> frozenset[ReminderKind]:
        return self.kinds.get(kind, BOTH)


def wanted(person: Person, offered: Collection[ReminderKind]) -> frozenset[ReminderKind]:
    """Which of the agency's reminders this person has left on."""
    if person.reminded == NONE:
        return frozenset()
    return frozenset(kind for kind in offered if person.reminded in (None, kind.value))


def in_ramadan(day: date) -> bool:
    """Whether people fast on this day, by the calendar of Umm al-Qura; False beyond the years it knows."""
    try:
        return Gregorian(day.year, day.month, day.day).to_hijri().month == RAMADAN
    except OverflowError:
        return False


def evening_of(day: date) -> datetime:
    """19:30, and in Ramadan not before an hour after sunset in Köln; aware UTC."""
    usual = on(day, EVENING)
    return max(usual, sunset(KOELN, day, tzinfo=UTC) + MEAL) if in_ramadan(day) else usual


def day_before(person: Person, starts_at: datetime, hour: int) -> datetime:
    """When the reminder on the day before comes, aware UTC."""
    eve = starts_at.astimezone(here()).date() - timedelta(days=1)
    at = evening_of(eve) if person.evenings else on(eve, time(hour))
    return _before_quiet(person, at)


def two_hours(person: Person, starts_at: datetime) -> tuple[datetime, bool]:
    """When the reminder two hours ahead comes, aware UTC, and whether quiet hours put it before their beginning."""
    at = starts_at - AHEAD
    after = quiet.ends_at(person, at)
    if after is not None and after <= starts_at - AT_LEAST:
        return after, False
    return _before_quiet(person, at), after is not None


def at_last(person: Person, starts_at: datetime, now: datetime) -> datetime | None:
    """The next moment at which whoever was not reminded in time still can be, aware UTC; None when it is too late.

    At nine on the day before, or just before quiet hours; else an hour ahead. Never in quiet hours.
    """
    eve = starts_at.astimezone(here()).date() - timedelta(days=1)
    moments = (_before_quiet(person, on(eve, LAST_EVENING)), starts_at - LAST_CALL)
    return next((at for at in moments if at > now and not quiet.is_quiet(person, at)), None)


def _before_quiet(person: Person, at: datetime) -> datetime:
    begins = quiet.began_at(person, at)
    if begins is None:  # not so close to their beginning that many who wait would run into it
        begins = quiet.begins_at(person, at)
        return at if begins is None else min(at, begins - quiet.BEFORE)
    return begins - quiet.BEFORE


def moments(
    person: Person,
    starts_at: datetime,
    kinds: Collection[ReminderKind],
    hour: int,
    now: datetime,
    *,
    told: bool = False,
) -> dict[ReminderKind, datetime | None]:
    """When each of these reminders comes; None where quiet hours leave it to the one on the day before.

    What would have come until now is left out: whoever made it so late has just been told. `told` says that
    the one on the day before has come.
    """
    found: dict[ReminderKind, datetime | None] = {}
    if DAY_BEFORE in kinds:
        found[DAY_BEFORE] = day_before(person, starts_at, hour)
    said = told or (found.get(DAY_BEFORE) or now) > now
    if TWO_HOURS in kinds:
        at, early = two_hours(person, starts_at)
        found[TWO_HOURS] = None if early and said else at
    return {kind: at for kind, at in found.items() if at is None or at > now}


def covers(kind: ReminderKind, due_at: datetime, starts_at: datetime) -> bool:
    """Whether a reminder that was due then spoke of an appointment at this time, and not of an earlier one."""
    eve = starts_at.astimezone(here()).date() - timedelta(days=1)
    since = datetime.combine(eve, time(0), here()) if kind is DAY_BEFORE else starts_at - AHEAD
    return since <= due_at <= starts_at
