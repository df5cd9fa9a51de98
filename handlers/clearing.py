"""Takes messages out of a chat again: what somebody may no longer see must not stand there."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from handlers import desk, veil
from handlers.screen import as_edit, screen
from locales.phrase import S
from storage.records import Card, Lane, Person
from storage.store import Store

AT_ONCE = 100  # messages in one call
STILL_DELETABLE = timedelta(hours=47)  # Telegram refuses after 48


def messages(
    store: Store, person: Person, numbers: Iterable[int], now: datetime, lane: Lane = Lane.ANSWER
) -> None:
    """Owes the deletion of these messages in the person's chat; those that are gone already do no harm."""
    wanted, chat = list(numbers), person.telegram_id
    for at in range(0, len(wanted), AT_ONCE):
        body = {"chat_id": chat, "message_ids": wanted[at : at + AT_ONCE]}
        store.deliveries.post(lane, chat, "deleteMessages", body, now, person_id=person.id, about=desk.WIPE)


def cards(store: Store, person: Person, shown: Iterable[Card], now: datetime) -> None:
    """Takes this person's among the cards away: nothing queued for them leaves, and none follows any more."""
    mine = [card for card in shown if card.person_id == person.id]
    messages(store, person, [card.message_id for card in mine if card.message_id], now)
    for card in mine:
        _let_go(store, card, now)


def away(store: Store, person: Person, shown: Sequence[tuple[Card, datetime]], now: datetime) -> None:
    """Takes these cards of a member of staff away with their messages; too old ones are emptied instead."""
    old = [card.message_id for card, at in shown if now - at >= STILL_DELETABLE and card.message_id]
    cards(store, person, (card for card, at in shown if now - at < STILL_DELETABLE), now)
    empty(store, person, old, now)
    for card in (card for card, at in shown if now - at >= STILL_DELETABLE):
        _let_go(store, card, now)


def empty(store: Store, person: Person, numbers: Iterable[int], now: datetime) -> None:
    """Owes that nothing stands any more in these messages of a member of staff, however old they are."""
    method, body = as_edit(screen(S("forgetting.emptied")), desk.voice_of(person))
    chat = person.telegram_id
    for number in numbers:
        place = {"chat_id": chat, "message_id": number}
        store.deliveries.post(
            Lane.NEWS, chat, method, place | body, now, person_id=person.id, about=desk.WIPE
        )


def unsent(store: Store, person: Person, is_theirs: Callable[[str], bool], now: datetime) -> None:
    """What is still queued for this person about those things does not leave, nor do lists they had asked for."""

    def unwanted(about: str, lane: Lane, at: datetime) -> bool:
        return is_theirs(about) or (not about and lane is Lane.ANSWER and at < now)

    for id in store.deliveries.withdraw_if(person.id, unwanted, now):
        card = store.cards.get(id)
        if card is not None:
            _let_go(store, card, now)


def _let_go(store: Store, card: Card, now: datetime) -> None:
    store.deliveries.withdraw_card(card.id, now)
    store.cards.retire(card.id)
    veil.forget(store, card)


def chat(store: Store, person: Person, now: datetime, but: str = "", before: datetime | None = None) -> int:
    """Takes away what we wrote to this person in the last 47 hours, except what is about `but…`; how many.

    Where `before` is given, only what was posted earlier.
    """
    stands = [
        card
        for card, at in store.cards.chat_of(person.id)
        if now - at < STILL_DELETABLE
        and (before is None or at < before)
        and not (but and card.about.startswith(but))
    ]
    cards(store, person, stands, now)
    return len(stands)
