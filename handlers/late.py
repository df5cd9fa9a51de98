"""What waited is looked at once more before it leaves: who pauses, reads under cover or owes a code may be new.

An answer that comes late is news: a discreet person may long have put down the phone, or given it away.
"""

from datetime import datetime, timedelta

import orjson

from handlers import desk, proofs, veil
from handlers.desk import voice_of
from handlers.screen import Screen, as_edit, as_new
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
        return owed if veil.is_open(store, owed.card_id) else _says(store, owed, to, veil.neutral)
    since = store.deliveries.posted_at(owed.id)
    patience = veil.STAYS_OPEN_IN_CRISIS if owed.lane <= Lane.CRISIS else LATE
    if since is None or now - since <= patience:
        return owed
    store.timers.drop(veil.FOLD, owed.card_id)  # nothing stands open: what changes it says nothing either
    return _says(store, owed, to, veil.neutral)


def is_news(owed: Delivery) -> bool:
    """Whether this is a new message that answers nothing and is no help."""
    return owed.lane >= Lane.NEWS and not owed.edits and owed.method.startswith("send")


class News:
    """Messages that waited for the morning or in an outage, at the moment at which they may leave.

    For one moment: what decides is read once for each person, however much waits for them.
    """

    def __init__(self, store: Store, now: datetime) -> None:
        self._store, self._now = store, now
        self._known: dict[str, Person | None] = {}
        self._wants: dict[str, bool] = {}
        self._locked: dict[str, bool] = {}

    def reader(self, owed: Delivery) -> Person | None:
        """Whom it is for; None for a chat without a person, and for whoever can't be read any more."""
        id = owed.person_id
        if id is not None and id not in self._known:
            self._known[id] = self._store.people.known(id)
        return self._known[id] if id is not None else None

    def is_wanted(self, owed: Delivery) -> bool:
        """Whether its reader still wants what they are not asked about: not in a pause, nor without their yes."""
        to = self.reader(owed)
        if to is None or owed.card_id is None or owed.about == desk.ALWAYS:
            return True
        if to.id not in self._wants:
            self._wants[to.id] = desk.passes(self._store, to, owed.lane)
        return self._wants[to.id]

    def missed(self, owed: Delivery) -> None:
        """Its card is as if it had been posted only now, to somebody who wants none: never sent, told afterwards."""
        card = self._store.cards.get(owed.card_id) if owed.card_id is not None else None
        if card is not None:
            veil.release(self._store, card.id)
            self._store.cards.retire(card.id)
            if card.about:
                self._store.cards.add(card.person_id, card.about, self._now)

    def worded(self, owed: Delivery) -> Delivery:
        """As it may leave now: what others must not read is held back, and a line that says nothing leaves."""
        to = self.reader(owed)
        if owed.card_id is None or to is None:
            return owed
        if self._owes_code(to):
            return _covered(self._store, owed, to, veil.locked, self._now)
        return _covered(self._store, owed, to, veil.neutral, self._now) if to.discreet else owed

    def _owes_code(self, to: Person) -> bool:
        if to.id not in self._locked:
            self._locked[to.id] = to.is_staff and not proofs.is_open(self._store, to, self._now)
        return self._locked[to.id]


def _covered(store: Store, owed: Delivery, to: Person, line: veil.Line, now: datetime) -> Delivery:
    card_id = owed.card_id or ""
    if not store.covers.holds(card_id):
        veil.hold(store, card_id, to, owed.method, _to_be_held(owed, to), now)
        if to.discreet:
            veil.watch(store, to, now)
    store.timers.drop(veil.FOLD, card_id)
    return _says(store, owed, to, line)


def _to_be_held(owed: Delivery, to: Person) -> veil.Body:
    """The message without its place; a discreet person's keys stay below another, since they can't fold."""
    body: veil.Body = orjson.loads(owed.body)
    keys = "keyboard" in body.get("reply_markup", {}) and to.discreet
    left_out = {"chat_id", "disable_notification"} | ({"reply_markup"} if keys else set())
    return {name: value for name, value in body.items() if name not in left_out}


def _discreet_reader(store: Store, owed: Delivery) -> Person | None:
    """Whom the card holds something back from others for; None where nothing is held back."""
    if owed.card_id is None or owed.person_id is None or not store.covers.holds(owed.card_id):
        return None
    to = store.people.known(owed.person_id)
    return to if to is not None and to.discreet else None


def _says(store: Store, owed: Delivery, to: Person, line: veil.Line) -> Delivery:
    shown: Screen = line(owed.card_id or "")
    shape = as_edit if owed.edits else as_new
    method, said = shape(shown, voice_of(to))
    given = orjson.loads(owed.body)
    place = {name: given[name] for name in ("chat_id", "message_id", "disable_notification") if name in given}
    if owed.method == method and given == place | said:
        return owed
    return store.deliveries.reword(owed, method, place | said)
