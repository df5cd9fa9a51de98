"""Days, hours and places as people in Köln mean them, and what time owes for what was picked."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from handlers.refusal import Refusal
from locales.phrase import S
from locales.zone import here
from storage.records import Appointment, AppointmentKind, MeetingPlace, Person, Site, Span
from storage.store import Store

INVITE = "appointments.invite"
CANCELLED = "appointments.cancelled"
REACH = "appointments.reach"
BACK = "appointments.back"
COURSE = "courses.invite"  # a family is to have its invitation to a course

MONTHS = 7  # this one and six more
YEARS = range(1900, 2200)
WEEKS = 520  # as far as anybody looks for a week that is free
HOURS = range(7, 21)
QUARTERS = (0, 15, 30, 45)
MOST_OF_PLACE = 80
MOST_OF_BUTTON = 30
AT_HOME = ""  # the place that every family reads in its own language
USUAL_MINUTES = 60
LONGER: Mapping[AppointmentKind, int] = {
    AppointmentKind.PARENT_TRAINING_SESSION: 90,
    AppointmentKind.HELP_PLAN_MEETING: 90,
    AppointmentKind.HOSPITATION: 120,
    AppointmentKind.ACCOMPANIED_CONTACT: 120,
}


def moment(day: date, hour: int, minute: int) -> datetime | None:
    """The aware UTC moment of a wall time in Köln; None when the clocks skip it, the first of two."""
    wall = datetime.combine(day, time(hour, minute), here())
    there = wall.astimezone(UTC)
    return there if there.astimezone(here()).replace(tzinfo=None) == wall.replace(tzinfo=None) else None


def months(now: datetime) -> list[date]:
    """The first days of the months that may be turned to, this one first."""
    today = now.astimezone(here()).date()
    ahead = (today.year * 12 + today.month - 1 + n for n in range(MONTHS))
    return [date(count // 12, count % 12 + 1, 1) for count in ahead]


def first_page(now: datetime) -> date:
    """The month that is looked at first: this one, or the next on its last evening."""
    this, following = months(now)[:2]
    today = now.astimezone(here()).date()
    return this if hours(today, now) or (today + timedelta(days=1)) < following else following


def may_be_picked(day: date, now: datetime) -> bool:
    """Whether some of the day is still ahead, and its month may be turned to."""
    return day.replace(day=1) in months(now) and bool(hours(day, now))


def weekly(first: datetime, n: int, holidays: Container[date]) -> list[datetime]:
    """The first of a series and what follows: n moments, aware UTC, at the same weekday and wall time in Köln.

    A week is left out when its day is a holiday, the first included, or when the clocks skip its time; the
    series is the longer for it. Raises ValueError where there are not so many in ten years.
    """
    wall, found = first.astimezone(here()), list[datetime]()
    for week in range(WEEKS):
        if len(found) == n:
            return found
        day = wall.date() + timedelta(weeks=week)
        at = moment(day, wall.hour, wall.minute)
        if at is not None and day not in holidays:
            found.append(at)
    raise ValueError(f"a series of {n} is too long")


def left_out(first: datetime, series: Sequence[datetime]) -> list[date]:
    """The days between the first and the last of a weekly series on which nothing takes place."""
    taken = {one.astimezone(here()).date() for one in series}
    day, found = first.astimezone(here()).date(), list[date]()
    while day < max(taken, default=day):
        if day not in taken:
            found.append(day)
        day += timedelta(weeks=1)
    return found


def clashes(taken: Iterable[Span], starts_at: datetime, minutes: int) -> list[Span]:
    """What is in the way of so many minutes from then on."""
    ends_at = starts_at + timedelta(minutes=minutes)
    return [one for one in taken if one.starts_at < ends_at and one.ends_at > starts_at]


def days_taken(taken: Iterable[Span]) -> set[date]:
    """The days in Köln that these spans touch."""
    found = set[date]()
    for one in taken:
        day, last = (at.astimezone(here()) for at in (one.starts_at, one.ends_at - timedelta(microseconds=1)))
        found |= {day.date() + timedelta(days=n) for n in range((last.date() - day.date()).days + 1)}
    return found


def whole(day: date, days: int = 1) -> Span:
    """So many days in Köln from midnight to midnight, aware UTC."""
    begins, ends = (datetime.combine(at, time(), here()) for at in (day, day + timedelta(days=days)))
    return Span(begins.astimezone(UTC), ends.astimezone(UTC))


def usual_minutes(kind: str) -> int:
    """How long an appointment of this kind takes unless somebody says otherwise."""
    return next((minutes for longer, minutes in LONGER.items() if longer == kind), USUAL_MINUTES)


def hours(day: date, now: datetime) -> list[int]:
    """The hours of a day that still have a quarter ahead of now."""
    return [hour for hour in HOURS if minutes(day, hour, now)]


def minutes(day: date, hour: int, now: datetime) -> list[int]:
    """The quarters of an hour that exist and lie ahead of now."""
    at = {minute: moment(day, hour, minute) for minute in QUARTERS}
    return [minute for minute, found in at.items() if found is not None and found > now]


def come_back(store: Store, parent: Person, since: datetime, now: datetime) -> None:
    """Owes a parent who paused from `since` on whatever is current."""
    store.timers.set(BACK, f"{parent.id}:{int(since.timestamp())}", now)


def courses_too(store: Store, family_id: str, now: datetime) -> None:
    """Owes each parent of a family the cards of its courses that they do not have yet."""
    for seat in store.courses.of_family(family_id):
        store.timers.set(COURSE, f"{seat.course_id}:{family_id}", now)


def left_at(scope: str) -> tuple[str, datetime]:
    """Who comes back, by id, and since when they paused."""
    id, _, since = scope.partition(":")
    return id, datetime.fromtimestamp(int(since), UTC)


def unanswered(store: Store, parent: Person, now: datetime) -> list[Appointment]:
    """The appointments ahead to which this parent is asked and has said nothing yet; of a series the next one."""
    family = store.families.of_person(parent.id)
    ahead = store.appointments.ahead(family.id, now, parent.id) if family else []
    still = [one for one in ahead if parent.id not in store.appointments.answers(one.id)]
    next_of = {one.series_id: one.id for one in reversed(still)}
    return [one for one in still if one.series_id is None or next_of[one.series_id] == one.id]


def place_of(site: Site | MeetingPlace) -> str:
    """How a place is named in an appointment: so that people find it."""
    if not site.address or site.address.startswith(site.name):
        return site.address or site.name
    return f"{site.name}, {site.address}"


def brief(text: str, most: int = MOST_OF_BUTTON) -> str:
    """A text cut to what fits on a button, counted the way Telegram counts (UTF-16)."""
    if len(text.encode("utf-16-le")) // 2 <= most:
        return text
    while len(text.encode("utf-16-le")) // 2 > most - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def a_number(carried: str) -> int | None:
    """A small number as a button carries it; None for anything else."""
    return int(carried) if carried.isascii() and carried.isdigit() and len(carried) <= 6 else None


def a_day(carried: str) -> date | None:
    """A day as a button carries it; None for anything else, and for days with which nobody can reckon."""
    try:
        found = date.fromisoformat(carried)
    except ValueError:
        return None
    return found if found.year in YEARS else None


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been picked so far. `key` tells its buttons from those of an older message.

    `month` is the one that is looked at, `length` minutes or 0 for what is usual, `times` how often it takes
    place, week after week. `tongues`, `seats` and `child_care` are those of a course.
    `typed` says that it came in one line: what was said there is not asked again.
    """

    key: str
    message_id: int | None = None
    subject: str = ""
    kind: str = ""
    day: date | None = None
    hour: int | None = None
    minute: int | None = None
    place: str | None = None
    became: str = ""
    month: str = ""
    place_id: str = ""
    only_for: str = ""
    length: int = 0
    interpreter: str = ""
    bring: tuple[str, ...] = ()
    times: int = 1
    tongues: tuple[str, ...] = ()
    seats: int = 0
    child_care: bool = False
    typed: bool = False

    @property
    def minutes(self) -> int:
        """How long it takes: what was chosen, else what is usual."""
        return self.length or usual_minutes(self.kind)

    def content(self) -> dict[str, Any]:
        day = self.day.isoformat() if self.day else None
        return {**asdict(self), "day": day, "bring": list(self.bring), "tongues": list(self.tongues)}

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> "Draft":
        day = a_day(content["day"]) if content["day"] else None
        several = {name: tuple(content.get(name, ())) for name in ("bring", "tongues")}
        return cls(**{**content, "day": day, **several})

    def starts_at(self, now: datetime) -> datetime:
        """The moment picked. Raises Refusal when it has passed or the clocks skip it."""
        if self.day is None or self.hour is None or self.minute is None:
            raise Refusal(S("calendar.gone"))
        found = moment(self.day, self.hour, self.minute)
        if found is None:
            raise Refusal(S("calendar.gap"))
        if found <= now:
            raise Refusal(S("calendar.past"))
        return found
