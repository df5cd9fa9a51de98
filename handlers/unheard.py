"""Whoever is to hear what can't be written to them is called instead."""

from datetime import datetime

from handlers import calling, desk
from storage.records import Lane, Person, Why
from storage.store import Store


def is_deaf(store: Store, parent: Person) -> bool:
    """Whether news does not reach this parent: they blocked the bot, pause, or have not said yes to messages."""
    return parent.blocked or not desk.passes(store, parent, Lane.NEWS)


def owe_call(
    store: Store, family_id: str, parent: Person, now: datetime, appointment_id: str | None = None
) -> None:
    """Puts a parent whom news does not reach on the call list, and whoever works with the family is told of it.

    It stands there once for the same appointment, or once for whatever is about none.
    """
    if is_deaf(store, parent):
        store.calls.add(family_id, parent.id, Why.UNREACHABLE, now, appointment_id)
        calling.tell_soon(store, family_id, now)
