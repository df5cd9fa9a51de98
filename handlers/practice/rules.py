"""When an exercise comes, when we ask about it, and how far somebody has come. Pure."""

from datetime import date, datetime, time, timedelta

from handlers import evenings, quiet
from locales.zone import here, on
from storage.records import Pace, Person

MORNING = time(10)
MONDAY, THURSDAY = 0, 3
SAME_WITHIN = timedelta(minutes=1)  # a second tap of an impatient finger
SOFTLY_AFTER = timedelta(days=3)  # unanswered for so long: one kind word, and then it rests
CELLS = 8


def next_at(person: Person, pace: Pace, since: datetime) -> datetime:
    """When the next exercise comes after a word that was said then, aware UTC: at ten in the morning.

    Daily is the next day, twice a week the next Monday or Thursday, weekly so that it is the same weekday again.
    """
    said = since.astimezone(here()).date()
    at = on(_day(pace, said), MORNING)
    return quiet.ends_at(person, at) or at


def _day(pace: Pace, said: date) -> date:
    tomorrow = said + timedelta(days=1)
    match pace:
        case Pace.DAILY:
            return tomorrow
        case Pace.WEEKLY:
            return said + timedelta(days=6)  # an exercise is asked about on the day after it came
        case Pace.TWICE_A_WEEK:
            ahead = (tomorrow + timedelta(days=n) for n in range(7))
            return next(day for day in ahead if day.weekday() in (MONDAY, THURSDAY))


def asked_at(person: Person, given: datetime, hour: int) -> datetime:
    """When we ask whether it was done: the day after, at the hour at which this person is reminded; aware UTC."""
    after_next = given.astimezone(here()).date() + timedelta(days=2)
    return evenings.day_before(person, on(after_next), hour)


def softly_at(asked: datetime) -> datetime:
    """When somebody who has said nothing is told that their place stays."""
    return asked + SOFTLY_AFTER


def tomorrow(now: datetime) -> datetime:
    """The same wall time on the next day, aware UTC."""
    wall = now.astimezone(here())
    return on(wall.date() + timedelta(days=1), wall.time())


def bar(done: int, of: int) -> str:
    """How far somebody has come, as a few squares; the first is full once anything is done."""
    cells = min(of, CELLS)
    full = max(1, done * cells // of) if done else 0
    return "🟩" * full + "⬜" * (cells - full)
