"""How a room speaks: every message to anybody is a delivery, posted in the transaction that caused it."""

from collections.abc import Callable
from datetime import datetime

from handlers.screen import Screen, as_edit, as_new
from locales.languages import match
from locales.translator import Voice, voice
from storage.records import Card, Lane, Person
from storage.store import Store


def voice_of(person: Person) -> Voice:
    """The person's chosen language, else the one their app is set to, else German."""
    return voice(person.language or match(person.hint))


def post(store: Store, to: Person, shown: Screen, now: datetime, lane: Lane, about: str = "") -> Card:
    """Sends a new message. What it is `about` finds the card again when that thing changes."""
    card = store.cards.add(to.id, about, now)
    method, body = as_new(shown, voice_of(to))
    chat = {"chat_id": to.telegram_id}
    store.deliveries.post(
        lane, to.telegram_id, method, chat | body, now, person_id=to.id, card_id=card.id, about=about
    )
    return card


def change(store: Store, card: Card, to: Person, shown: Screen, now: datetime, lane: Lane) -> None:
    """Changes a message in place; an earlier change that has not left yet is dropped for this one."""
    method, body = as_edit(shown, voice_of(to))
    place = {"chat_id": to.telegram_id} | ({"message_id": card.message_id} if card.message_id else {})
    store.deliveries.post(
        lane,
        to.telegram_id,
        method,
        place | body,
        now,
        person_id=to.id,
        card_id=card.id,
        edits=True,
        about=card.about,
    )


def change_all(
    store: Store,
    about: str,
    shown: Callable[[Person], Screen],
    now: datetime,
    lane: Lane = Lane.NEWS,
    but: Person | None = None,
) -> None:
    """Changes every card about a thing, for each person in their own language."""
    for card in store.cards.about(about):
        if but is None or card.person_id != but.id:
            person = store.people.get(card.person_id)
            change(store, card, person, shown(person), now, lane)
