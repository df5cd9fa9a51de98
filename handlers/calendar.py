"""Days, hours and places as people in Köln mean them, and what time owes for what was picked."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from handlers.refusal import Refusal
from locales.phrase import S
from locales.zone import here
from storage.records import Appointment, Person, Site
from storage.store import Store

INVITE = "appointments.invite"
CANCELLED = "appointments.cancelled"
REACH = "appointments.reach"
BACK = "appointments.back"

DAYS = 14
HOURS = range(7, 21)
QUARTERS = (0, 15, 30, 45)
MOST_OF_PLACE = 80
MOST_OF_BUTTON = 30
AT_HOME = ""  # the place that every family reads in its own language


def moment(day: date, hour: int, minute: int) -> datetime | None:
    """The aware UTC moment of a wall time in Köln; None when the clocks skip it, the first of two."""
    wall = datetime.combine(day, time(hour, minute), here())
    there = wall.astimezone(UTC)
    return there if there.astimezone(here()).replace(tzinfo=None) == wall.replace(tzinfo=None) else None


def days(now: datetime) -> list[date]:
    """The next 14 days in Köln, today first as long as some time of it is left."""
    today = now.astimezone(here()).date()
    ahead = (today + timedelta(days=n) for n in range(DAYS))
    return [day for day in ahead if hours(day, now)]


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


def left_at(scope: str) -> tuple[str, datetime]:
    """Who comes back, by id, and since when they paused."""
    id, _, since = scope.partition(":")
    return id, datetime.fromtimestamp(int(since), UTC)


def unanswered(store: Store, parent: Person, now: datetime) -> list[Appointment]:
    """The appointments ahead of a parent's family to which this parent has said nothing yet."""
    family = store.families.of_person(parent.id)
    ahead = store.appointments.ahead(family.id, now) if family else []
    return [one for one in ahead if parent.id not in store.appointments.answers(one.id)]


def place_of(site: Site) -> str:
    """How a site is named in an appointment: so that people find it."""
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
    """A day as a button carries it; None for anything else."""
    try:
        return date.fromisoformat(carried)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been picked so far. `key` tells its buttons from those of an older message."""

    key: str
    message_id: int | None = None
    subject: str = ""
    kind: str = ""
    day: date | None = None
    hour: int | None = None
    minute: int | None = None
    place: str | None = None
    became: str = ""

    def content(self) -> dict[str, Any]:
        return {**asdict(self), "day": self.day.isoformat() if self.day else None}

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> "Draft":
        return cls(**{**content, "day": a_day(content["day"]) if content["day"] else None})

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
