"""What lies behind the cast's families: half a year of visits and talks, and who came to them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.calendar import moment
from handlers.slots import is_working
from locales.zone import here
from storage.records import Answer, AppointmentKind, Family
from storage.store import Store

MISSED, NOTHING = "x", "-"  # any other sign: they came
A_WEEK_BEFORE = timedelta(days=6)
NOTED = (17, 35)


@dataclass(frozen=True, slots=True)
class Habit:
    """What a family had on the same day of the week at the same hour. `weeks`: a sign for each, the last week last."""

    family: str
    kind: AppointmentKind
    weekday: int
    hour: int
    weeks: str


# it went better once reminders came in the family's own language; the plot shows it
HABITS = (
    Habit("Linde", AppointmentKind.COUNSELLING, 1, 10, "x.x.x..x.x..x...x......."),
    Habit("Linde", AppointmentKind.HOME_VISIT, 3, 15, "-.-x-.-.-.-x-.-.-.-.-.-."),
    Habit("Linde", AppointmentKind.AUTHORITY, 0, 9, ".-x-.-x-.-.-.-x-.-.-x-.-"),
    Habit("Ahorn", AppointmentKind.HOME_VISIT, 2, 14, ".x...x....x....x........"),
    Habit("Ahorn", AppointmentKind.AUTHORITY, 4, 11, "-x-.-x-.-x-.-.-x-.-.-.-."),
)


def write_down(store: Store, families: dict[str, Family], now: datetime) -> None:
    """Writes it all down as long over and noted; nobody is sent anything. `families` by label."""
    for habit in HABITS:
        family = families[habit.family]
        for day, sign in _days(habit, now.astimezone(here()).date()):
            _add(store, habit, family, day, came=sign != MISSED, at=now)


def _days(habit: Habit, today: date) -> Iterator[tuple[date, str]]:
    """The working days behind us on which there was something, each with its sign."""
    this_week = today - timedelta(days=today.weekday())
    for ago, sign in enumerate(reversed(habit.weeks), start=1):
        day = this_week + timedelta(weeks=-ago, days=habit.weekday)
        if sign != NOTHING and is_working(day):
            yield day, sign


def _add(store: Store, habit: Habit, family: Family, day: date, *, came: bool, at: datetime) -> None:
    starts_at = moment(day, habit.hour, 0) or at
    noted_at = moment(day, *NOTED) or at
    made = store.appointments.add(
        family.id, family.caseworker_id, habit.kind, starts_at, "", made_at=starts_at - A_WEEK_BEFORE
    )
    for person in store.people.of_family(family.id):
        if came:
            store.appointments.answer(made.id, person.id, Answer.YES, made.made_at or at, first=True)
        store.attendances.mark(made.id, person.id, came, noted_at, family.caseworker_id)
