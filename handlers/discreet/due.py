"""What time does: true messages fold, old ones are cleared, a last line vanishes."""

from datetime import datetime, timedelta

from handlers import clearing, desk, veil
from handlers.discreet import actions
from handlers.home import KEYBOARD, at_hand
from storage.records import Card, Lane, Person
from storage.store import Store

SOON = timedelta(minutes=1)


def fold(store: Store, scope: str, now: datetime) -> None:
    """The true message has stood open long enough."""
    card = _there(store, scope, veil.FOLD, now)
    held = veil.held(store, scope) if card else None
    if card is None or held is None:
        return
    person = store.people.get(card.person_id)
    if held.folds and person.discreet:
        desk.fold(store, card, person, now, Lane.NEWS)
    elif person.discreet:
        _take_away(store, card, person, now)


def _take_away(store: Store, card: Card, person: Person, now: datetime) -> None:
    """What can't be folded goes; the keys it held go on standing below a line that says nothing."""
    if card.about == KEYBOARD:
        desk.post(store, person, at_hand(person), now, Lane.ANSWER, direct=True)
    clearing.cards(store, person, [card], now)


def sweep(store: Store, scope: str, now: datetime) -> None:
    """Clears what is a day old, as long as the person wants it so."""
    person = store.people.get(scope)
    if person.discreet:
        store.timers.set(veil.SWEEP, scope, actions.sweep(store, person, now))


def vanish(store: Store, scope: str, now: datetime) -> None:
    """A line has been read."""
    card = _there(store, scope, actions.VANISH, now)
    if card is not None:
        _take_away(store, card, store.people.get(card.person_id), now)


def _there(store: Store, scope: str, kind: str, now: datetime) -> Card | None:
    """The card, if its message is in the chat; while it is still on its way, the timer is set again."""
    card = store.cards.get(scope)
    if card is not None and card.message_id is None and store.deliveries.is_owed(scope):
        store.timers.set(kind, scope, now + SOON)
    return card if card is not None and card.message_id is not None else None
