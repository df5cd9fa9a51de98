"""The last words to somebody who is being forgotten, and what is taken out of chats.

They leave after the person's row is gone. So they are nobody's deliveries: the chat's number is sealed with the
house's key, and forgotten as soon as Telegram has answered.
"""

from datetime import datetime, timedelta
from typing import Any

from handlers import clearing, desk
from handlers.clearing import AT_ONCE, STILL_DELETABLE
from handlers.forgetting import screens
from handlers.screen import as_new
from storage.erasure import Erased
from storage.records import Delivery, DeliveryState, Lane, Person, Role
from storage.store import Store

FAREWELL = "farewell"
SWEEP = "forgetting.sweep"
SWEPT_AFTER = timedelta(days=2)


def say_goodbye(store: Store, person: Person, now: datetime) -> None:
    """Owes the clearing of the chat, as far as Telegram lets us, and one last neutral message."""
    store.deliveries.withdraw(person.id, now)
    shown = [card.message_id for card, at in store.cards.chat_of(person.id) if now - at < STILL_DELETABLE]
    written = [number for number, at in store.traces.of(person.id) if now - at < STILL_DELETABLE]
    numbers = [*(number for number in shown if number is not None), *written]
    for at in range(0, len(numbers), AT_ONCE):
        _owe(store, person.telegram_id, "deleteMessages", {"message_ids": numbers[at : at + AT_ONCE]}, now)
    method, body = as_new(screens.farewell(discreet=person.discreet), desk.voice_of(person))
    _owe(store, person.telegram_id, method, body, now)
    store.timers.set(SWEEP, "", now + SWEPT_AFTER)


def _owe(store: Store, chat: int, method: str, body: dict[str, Any], now: datetime) -> None:
    store.deliveries.post(Lane.ANSWER, chat, method, {"chat_id": chat} | body, now, about=FAREWELL)


def said(store: Store, owed: Delivery, state: DeliveryState, now: datetime) -> None:
    """Telegram has answered: that there was such a chat is forgotten too."""
    store.deliveries.forget(FAREWELL)


def sweep(store: Store, scope: str, now: datetime) -> None:
    """What ended without an answer goes as well; what is still under way is looked at again."""
    if store.deliveries.forget(FAREWELL):
        store.timers.set(SWEEP, scope, now + SWEPT_AFTER)


def clear_others(store: Store, erased: Erased, now: datetime) -> None:
    """What colleagues were shown about them is taken out of their chats, or emptied where it is too old."""
    for person_id in {person_id for person_id, _, _ in erased.left_in_chats}:
        theirs = [(number, at) for whose, number, at in erased.left_in_chats if whose == person_id]
        person = store.people.get(person_id)
        young = [number for number, at in theirs if now - at < STILL_DELETABLE]
        clearing.messages(store, person, young, now)
        clearing.empty(store, person, (number for number, _ in theirs if number not in young), now)


def clear_menus(store: Store, person: Person, now: datetime) -> None:
    """Lists and news that are about nothing we could look up may name them too: they leave, or are emptied."""
    shown = store.cards.chat_of(person.id)
    clearing.away(store, person, [(card, at) for card, at in shown if not card.about], now)


def onlookers(store: Store) -> list[Person]:
    """Who may have had them on a list without working with them: whoever leads, or answers cries for help."""
    return [person for role in (Role.LEAD, Role.ON_CALL) for person in store.people.with_role(role)]
