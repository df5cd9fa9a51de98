"""Quiet hours: when nothing but crisis and answers reaches somebody. Pure; the clock change never shifts them.

They are kept as "21-7": from which full hour in the evening until which in the morning, by the clocks in Köln.
"""

from datetime import UTC, datetime, time, timedelta

from locales.zone import here, on
from storage.records import Person

OFF = "off"
USUAL = "21-7"
CHOICES = ("20-8", USUAL, "22-6", OFF)
EARLIEST, LATEST = 20, 8  # of all choices
# what has to come before quiet begins comes so much earlier: many wait at once
BEFORE = timedelta(minutes=10)


def chosen(person: Person) -> str:
    """One of CHOICES: what somebody has set, else what is usual for a parent, and no quiet hours for staff."""
    if person.quiet in CHOICES:
        return str(person.quiet)
    return OFF if person.is_staff else USUAL


def hours(person: Person) -> tuple[int, int] | None:
    """From which hour in the evening until which in the morning; None where it is never quiet."""
    words = chosen(person)
    if words == OFF:
        return None
    begins, _, ends = words.partition("-")
    return int(begins), int(ends)


def is_quiet(person: Person, now: datetime) -> bool:
    """Whether this person sleeps, as far as we know."""
    found = hours(person)
    hour = now.astimezone(here()).hour
    return found is not None and (hour >= found[0] or hour < found[1])


def ends_at(person: Person, now: datetime) -> datetime | None:
    """When the quiet hours end in which now lies, aware UTC; None outside of them."""
    found = hours(person)
    if found is None or not is_quiet(person, now):
        return None
    wall = now.astimezone(here())
    day = wall.date() if wall.hour < found[1] else wall.date() + timedelta(days=1)
    return on(day, time(found[1]))


def begins_at(person: Person, now: datetime) -> datetime | None:
    """When quiet hours begin next, later than now, aware UTC; None where they never do."""
    found = hours(person)
    if found is None:
        return None
    day = now.astimezone(here()).date()
    ahead = (datetime.combine(day + timedelta(days=n), time(found[0]), here()) for n in range(2))
    return next(at for at in (one.astimezone(UTC) for one in ahead) if at > now)


def began_at(person: Person, at: datetime) -> datetime | None:
    """When the quiet hours began in which this moment lies, aware UTC; None outside of them."""
    found = hours(person)
    if found is None or not is_quiet(person, at):
        return None
    wall = at.astimezone(here())
    day = wall.date() if wall.hour >= found[0] else wall.date() - timedelta(days=1)
    return on(day, time(found[0]))


def may_be_night(now: datetime) -> bool:
    """Whether anybody may sleep now, whatever they have chosen: spares looking for who it is."""
    hour = now.astimezone(here()).hour
    return hour >= EARLIEST or hour < LATEST
