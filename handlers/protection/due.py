"""What time owes to a checklist: it is not forgotten while it is open."""

from datetime import datetime

from handlers.protection import actions, screens
from storage.store import Store


def remind(store: Store, concern_id: str, now: datetime) -> None:
    """Nobody has touched it for a day: whoever opened it and the leads hear of it, and again after another."""
    concern = store.concerns.get(concern_id)
    if concern is None or concern.closed_at is not None:
        return
    actions.tell(store, concern, (), screens.reminder(concern), now)
    actions.touched(store, concern, now)


def may_ask_again(store: Store, concern_id: str, now: datetime) -> None:
    """An hour is over: that the timer is gone is all there is to it."""
