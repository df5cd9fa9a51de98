"""What time owes for an appointment: its invitation and its reminders."""

from datetime import UTC, datetime, time, timedelta

from handlers.calendar import INVITE
from locales.zone import here
from storage.store import Store

DAY_BEFORE = "reminders.day_before"
TWO_HOURS = "reminders.two_hours"


def reminder_times(starts_at: datetime, now: datetime) -> dict[str, datetime]:
    """When each reminder is due, by timer kind: at 17:00 the day before and two hours before. None late."""
    eve = starts_at.astimezone(here()).date() - timedelta(days=1)
    evening = datetime.combine(eve, time(17), here()).astimezone(UTC)
    wanted = {DAY_BEFORE: evening, TWO_HOURS: starts_at - timedelta(hours=2)}
    return {kind: due_at for kind, due_at in wanted.items() if due_at > now}


def owe(store: Store, appointment_id: str, starts_at: datetime, now: datetime) -> None:
    """Owes an appointment's reminders."""
    for kind, due_at in reminder_times(starts_at, now).items():
        store.timers.set(kind, appointment_id, due_at)


def drop(store: Store, appointment_id: str) -> None:
    """Owes nothing more for an appointment."""
    for kind in (INVITE, DAY_BEFORE, TWO_HOURS):
        store.timers.drop(kind, appointment_id)
