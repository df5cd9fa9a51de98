"""What time owes: the nightly round, and the end of keys."""

from datetime import datetime

from handlers.keeping import actions, rules
from locales.zone import here
from storage.store import Store

NIGHTLY = "house.nightly"


def opens(store: Store, now: datetime) -> None:
    """The nightly round is owed from the first start on."""
    if store.timers.due_at(NIGHTLY, "") is None:
        store.timers.set(NIGHTLY, "", rules.next_night(now, here()))


def nightly(store: Store, scope: str, now: datetime) -> None:
    """What is over its time goes."""
    store.timers.set(NIGHTLY, scope, rules.next_night(now, here()))
    actions.purge(store, now)
