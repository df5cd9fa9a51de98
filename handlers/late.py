"""An answer that comes late is news: a discreet person may long have put down the phone, or given it away."""

from datetime import datetime, timedelta

import orjson

from handlers import veil
from handlers.desk import voice_of
from handlers.screen import as_edit, as_new
from storage.records import Delivery, Lane, Person
from storage.store import Store

LATE = timedelta(minutes=2)


def worded(store: Store, owed: Delivery, now: datetime) -> Delivery:
    """What was just claimed, as it may leave now: for a discreet person a line that says nothing if it is late.

    In crisis it is late once the answer would have been folded away: whoever waits for help must see it.
    """
    to = _discreet_reader(store, owed)
    if owed.card_id is None or to is None:
        return owed
    if owed.edits:
        return owed if veil.is_open(store, owed.card_id) else _hushed(store, owed, owed.card_id, to)
    since = store.deliveries.posted_at(owed.id)
    patience = veil.STAYS_OPEN_IN_CRISIS if owed.lane <= Lane.CRISIS else LATE
    if since is None or now - since <= patience:
        return owed
    store.timers.drop(veil.FOLD, owed.card_id)  # nothing stands open: what changes it says nothing either
    return _hushed(store, owed, owed.card_id, to)


def _discreet_reader(store: Store, owed: Delivery) -> Person | None:
    """Whom the card holds something back from others for; None where nothing is held back."""
    if owed.card_id is None or owed.person_id is None or not store.covers.holds(owed.card_id):
        return None
    to = store.people.known(owed.person_id)
    return to if to is not None and to.discreet else None


def _hushed(store: Store, owed: Delivery, card_id: str, to: Person) -> Delivery:
    shape = as_edit if owed.edits else as_new
    method, said = shape(veil.neutral(card_id), voice_of(to))
    given = orjson.loads(owed.body)
    place = {name: given[name] for name in ("chat_id", "message_id", "disable_notification") if name in given}
    return store.deliveries.reword(owed, method, place | said)
