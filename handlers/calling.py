"""When somebody has not answered: one nudge, then whoever works with the family is to call."""

from datetime import datetime

from storage.appointments import Circle
from storage.store import Store


def expect(store: Store, circle: Circle, now: datetime) -> None:
    """Owes a nudge to each asked parent who will not have answered, and after it a place on the call list."""


def answered(store: Store, appointment_id: str, person_id: str, now: datetime) -> None:
    """This parent has answered: neither nudge nor call is owed for that any more."""
