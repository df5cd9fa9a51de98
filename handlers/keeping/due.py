"""What time owes: the nightly round, and the end of keys."""

from datetime import datetime, timedelta

from handlers.keeping import actions, rules
from locales.zone import here
from storage.store import Store

NIGHTLY = "house.nightly"
GUESTS = "guests"  # the scope of those the round has left for later
A_BREATH = timedelta(seconds=1)  # alarms and answers get in between


def opens(store: Store, now: datetime) -> None:
    """The nightly round is owed from the first start on."""
    if store.timers.due_at(NIGHTLY, "") is None:
        store.timers.set(NIGHTLY, "", rules.next_night(now, here()))


def nightly(store: Store, scope: str, now: datetime) -> None:
    """What is over its time goes; many quiet guests go a few at a time."""
    if scope == GUESTS:
        more = actions.next_guests(store, now)
    else:
        store.timers.set(NIGHTLY, scope, rules.next_night(now, here()))
        more = actions.purge(store, now)
    if more:
        store.timers.set(NIGHTLY, GUESTS, now + A_BREATH)
