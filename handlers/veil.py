"""Discreet messages: a line that says nothing, the true message behind 👁, and when it folds again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import orjson

from handlers.callback import press
from handlers.screen import Button, Screen
from locales.phrase import F, S
from locales.translator import Voice
from storage.records import Card, Lane, Person
from storage.store import Store

FOLD = "discreet.fold"
SWEEP = "discreet.sweep"
STAYS_OPEN = timedelta(minutes=5)
# whoever waits for help must see what becomes of it
STAYS_OPEN_IN_CRISIS = timedelta(minutes=60)
KEPT = timedelta(hours=24)

Body = dict[str, Any]
Line: TypeAlias = Callable[[str], Screen]  # what stands in place of a card's true message, by the card's id


@dataclass(frozen=True, slots=True)
class Held:
    """What a card truly says: the method that sends it and its parameters, the chat left out."""

    method: str
    body: Body

    @property
    def folds(self) -> bool:
        """Whether it can be shown and hidden again in one and the same message."""
        return self.method == "sendMessage" and "keyboard" not in self.body.get("reply_markup", {})


def neutral(card_id: str) -> Screen:
    """All that a lock screen may show, and the way to the true message."""
    look = Button(F("discreet.open.button"), press("discreet", "open", card_id))
    return Screen((F("discreet.news"),), ((look,),), harmless=True)


def locked(card_id: str) -> Screen:
    """All that members of staff are shown of news before a code."""
    look = Button(S("login.news.button"), press("discreet", "open", card_id))
    return Screen((S("login.news"),), ((look,),), harmless=True)


def foldable(body: Body, card_id: str, voice: Voice) -> Body:
    """The message with a button that hides it at once."""
    hide = {
        "text": voice.say(F("discreet.fold.button")),
        "callback_data": press("discreet", "fold", card_id),
    }
    rows = body.get("reply_markup", {}).get("inline_keyboard", [])
    return {**body, "reply_markup": {"inline_keyboard": [*rows, [hide]]}}


def hold(store: Store, card_id: str, to: Person, method: str, body: Body, now: datetime) -> None:
    """Keeps what the card truly says, for when its reader asks."""
    said = orjson.dumps({"method": method, "body": body}).decode()
    store.covers.put(card_id, to.id, said, now)


def held(store: Store, card_id: str) -> Held | None:
    """What the card truly says; None when nothing is held back, or no longer."""
    said = store.covers.get(card_id)
    return None if said is None else Held(**orjson.loads(said))


def is_open(store: Store, card_id: str) -> bool:
    """Whether the true message stands in the chat now."""
    return store.timers.due_at(FOLD, card_id) is not None


def stays_open(store: Store, card_id: str, now: datetime, lane: Lane) -> None:
    """The card folds by itself some time from now."""
    span = STAYS_OPEN_IN_CRISIS if lane <= Lane.CRISIS else STAYS_OPEN
    store.timers.set(FOLD, card_id, now + span)


def release(store: Store, card_id: str) -> None:
    """Nothing is held back any more."""
    store.timers.drop(FOLD, card_id)
    store.covers.drop(card_id)


def forget(store: Store, card: Card) -> None:
    """The card's message is gone from the chat: nothing opens, folds or follows it any more."""
    release(store, card.id)
    store.cards.sent(card.id, None)


def watch(store: Store, to: Person, now: datetime) -> None:
    """What a discreet person has in the chat is cleared a day after it came, from now on."""
    if store.timers.due_at(SWEEP, to.id) is None:
        store.timers.set(SWEEP, to.id, now + KEPT)
