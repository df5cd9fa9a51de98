"""When a wish comes back to whoever decides, and when it is too late for it. Moments are aware UTC."""

from datetime import datetime, time, timedelta

from handlers.calling import SOON, WORK, within
from handlers.slots import is_working, span_of, working_days
from locales.zone import here
from storage.records import Appointment, Move

PATIENCE = timedelta(hours=24)
BEFORE = timedelta(hours=3)  # whoever has to go somewhere must know before setting out
MORNING, EVENING = time(9), time(WORK[1])
ENOUGH = timedelta(hours=2)  # what a later look in the morning must still leave


def lapses_at(move: Move, appointment: Appointment) -> datetime:
    """When there is nothing left to decide: the old time has come, or what is wished or offered is over."""
    wished = move.offered_at if move.offered_at is not None else wish_ends(move)
    return min(appointment.starts_at, wished) if wished is not None else appointment.starts_at


def wish_ends(move: Move) -> datetime | None:
    """When it is too late for what was wished for; None where nothing of it is left to be too late for."""
    if move.slot_at is not None or move.day is None or move.part is None:
        return move.slot_at
    return span_of(move.day, move.part).ends_at


def first_look(move: Move, appointment: Appointment, since: datetime) -> datetime:
    """When a wish or an offer that waits since then comes back: after a day, or in time before it is too late."""
    return _within(move, appointment, _on_working_day(within(since + PATIENCE, WORK)), since)


def next_look(move: Move, appointment: Appointment, now: datetime) -> datetime:
    """When it comes back once more: each working day in the morning, and in time before it is too late."""
    tomorrow = now.astimezone(here()).date() + timedelta(days=1)
    morning = datetime.combine(working_days(tomorrow, 1)[0], MORNING, here())
    return _within(move, appointment, morning.astimezone(now.tzinfo), now)


def is_urgent(move: Move, appointment: Appointment, now: datetime) -> bool:
    """Whether a message alone may come too late: somebody should call."""
    return _last_look(lapses_at(move, appointment), now) is None


def needs_call(move: Move, appointment: Appointment, now: datetime) -> bool:
    """Whether it goes on the call list when it comes back."""
    waited = now - move.asked_at >= 2 * PATIENCE
    return waited or move.offered_at is not None or is_urgent(move, appointment, now)


def _within(move: Move, appointment: Appointment, wanted: datetime, now: datetime) -> datetime:
    last = lapses_at(move, appointment)
    return min(wanted, _last_look(last, now) or last)


def _last_look(last: datetime, now: datetime) -> datetime | None:
    """The last moment at which somebody at work still decides in time; None when there is none left.

    Where that would be at night it is the next morning if that leaves enough time, or else the evening before.
    """
    if last - BEFORE <= now:
        return None
    at_work = within(last - BEFORE, WORK)
    evening = _evening_before(last - BEFORE)
    if last - at_work >= ENOUGH or evening < now + SOON:
        return at_work if at_work < last else None
    return evening


def _evening_before(at: datetime) -> datetime:
    """The last end of a working day that is not later."""
    there = at.astimezone(here())
    day = there.date() if there.time() >= EVENING else there.date() - timedelta(days=1)
    while not is_working(day):
        day -= timedelta(days=1)
    return datetime.combine(day, EVENING, here()).astimezone(at.tzinfo)


def _on_working_day(at: datetime) -> datetime:
    """The moment itself, or the morning of the next working day."""
    day = at.astimezone(here()).date()
    if is_working(day):
        return at
    return datetime.combine(working_days(day, 1)[0], MORNING, here()).astimezone(at.tzinfo)
