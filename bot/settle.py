"""Writes down what became of a delivery, with all that follows from it, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson

from bot.outcomes import Fate, Outcome
from handlers import late, quiet, secondway
from handlers.desk import WIPE, again, waits_until
from handlers.oversight.actions import unreachable
from handlers.room import Settled
from storage.records import Delivery, DeliveryState, Lane, Person
from storage.store import Store

FAILING = 2  # tries in vain, from which on a page is taken for one that does not arrive
# a day and a half of tries, half a minute apart; a crisis page is never given up
MOST_ATTEMPTS = 4000
STALE = Outcome(Fate.STALE, "stale")
UNWANTED = Outcome(Fate.STALE, "its reader pauses or takes no messages")


@dataclass(frozen=True, slots=True)
class Ended:
    """A delivery whose call is over. `message_id` is the number Telegram gave the message, if it did."""

    owed: Delivery
    outcome: Outcome
    message_id: int | None


def is_stale(owed: Delivery, now: datetime) -> bool:
    """Whether it may not leave any more: what it says is no longer true."""
    return owed.expires_at is not None and owed.expires_at <= now


def claimed(store: Store, now: datetime, most: int, hooks: Mapping[str, Settled]) -> list[Delivery]:
    """What is owed and held by nobody, in the words it may have now.

    What waited too long ends, and so does what its reader wants no longer; what waited into somebody's night goes
    on waiting.
    """
    found, news = [], late.News(store, now)
    for owed in store.deliveries.claim(now, most):
        if is_stale(owed, now):
            settle(Ended(owed, STALE, None), now, hooks, store)
        elif not late.is_news(owed):
            found.append(late.worded(store, owed, now))
        elif (until := _morning(store, owed, news.reader(owed), now)) is not None:
            store.deliveries.hold(owed.id, until)
        elif news.is_wanted(owed):
            found.append(news.worded(owed))
        else:
            settle(Ended(owed, UNWANTED, None), now, hooks, store)
            news.missed(owed)
    return found


def _morning(store: Store, owed: Delivery, to: Person | None, now: datetime) -> datetime | None:
    """When whoever this would ring for wakes; None where nobody sleeps, or it can't wait."""
    if to is None or not quiet.may_be_night(now):
        return None
    return waits_until(store, to, now, owed.lane)


class NotAlone(Exception):  # noqa: N818 - what it says
    """Somebody else had ended some of these deliveries before."""


def settle_all(batch: Sequence[Ended], now: datetime, hooks: Mapping[str, Settled], store: Store) -> None:
    """Writes down many at once. Raises NotAlone, or a room's error: then nothing holds and each goes alone."""
    arrived = [ended for ended in batch if ended.outcome.fate is Fate.DELIVERED]
    if store.deliveries.arrived([ended.owed.id for ended in arrived], now) != len(arrived):
        raise NotAlone
    for ended in arrived:
        _is_in_chat(store, ended)
    # rooms look at other cards of the batch too
    for ended in arrived:
        _tell_room(store, ended.owed, DeliveryState.DELIVERED, now, hooks)
    for ended in batch:
        if ended.outcome.fate is not Fate.DELIVERED:
            settle(ended, now, hooks, store)


def settle(ended: Ended, now: datetime, hooks: Mapping[str, Settled], store: Store) -> None:
    """Ends the delivery, or says when it is tried again. Ends it only once, whoever asks."""
    owed, outcome, fate = ended.owed, ended.outcome, ended.outcome.fate
    if fate in {Fate.RETRY, Fate.WAIT} and (owed.lane <= Lane.CRISIS or owed.attempts < MOST_ATTEMPTS):
        _try_again(store, owed, outcome, now)
    elif fate is Fate.DELIVERED:
        if store.deliveries.settle(owed.id, DeliveryState.DELIVERED, now):
            _is_in_chat(store, ended)
            _tell_room(store, owed, DeliveryState.DELIVERED, now, hooks)
        elif owed.card_id is not None and not owed.edits and ended.message_id is not None:
            # withdrawn while it was under way: whoever clears the chat must know its number
            store.cards.sent(owed.card_id, ended.message_id)
    elif owed.about == WIPE and fate in {Fate.VANISHED, Fate.REFUSED}:
        if store.deliveries.settle(owed.id, DeliveryState.SUPERSEDED, now, outcome.reason):
            _in_halves(store, owed, now)
    elif fate is Fate.VANISHED:
        _send_anew(store, owed, now)
    elif fate in {Fate.POINTLESS, Fate.STALE}:
        _superseded(store, owed, outcome, now, hooks)
    elif fate is Fate.MOVED and outcome.chat_id is not None:
        _follow(store, owed, outcome.chat_id, now)
    else:
        _undeliverable(store, owed, outcome, now, hooks)


def _try_again(store: Store, owed: Delivery, outcome: Outcome, now: datetime) -> None:
    store.deliveries.retry(owed.id, now + timedelta(seconds=outcome.seconds), outcome.reason)
    if outcome.fate is Fate.RETRY and owed.attempts + 1 >= FAILING:
        secondway.failing(store, owed, now)


def _is_in_chat(store: Store, ended: Ended) -> None:
    owed = ended.owed
    if owed.card_id is not None and not owed.edits and ended.message_id is not None:
        store.cards.sent(owed.card_id, ended.message_id)


def _undeliverable(
    store: Store, owed: Delivery, outcome: Outcome, now: datetime, hooks: Mapping[str, Settled]
) -> None:
    if not store.deliveries.settle(owed.id, DeliveryState.UNDELIVERABLE, now, outcome.reason):
        return
    if owed.card_id is not None and not owed.edits:
        store.deliveries.supersede_edits(owed.card_id, now)
    if outcome.fate is Fate.BLOCKED and owed.person_id is not None:
        unreachable(store, store.people.get(owed.person_id), now)
    secondway.failing(store, owed, now)
    _tell_room(store, owed, DeliveryState.UNDELIVERABLE, now, hooks)


def _superseded(
    store: Store, owed: Delivery, outcome: Outcome, now: datetime, hooks: Mapping[str, Settled]
) -> None:
    """Nobody gets it. What is no longer true may have to be said in other words: its room decides."""
    if not store.deliveries.settle(owed.id, DeliveryState.SUPERSEDED, now, outcome.reason):
        return
    if outcome.fate is Fate.STALE:
        if owed.card_id is not None and not owed.edits:
            store.deliveries.supersede_edits(owed.card_id, now)
        _tell_room(store, owed, DeliveryState.SUPERSEDED, now, hooks)


def _tell_room(
    store: Store, owed: Delivery, state: DeliveryState, now: datetime, hooks: Mapping[str, Settled]
) -> None:
    hook = hooks.get(owed.about.partition(":")[0])
    if hook is not None:
        hook(store, owed, state, now)


def _send_anew(store: Store, owed: Delivery, now: datetime) -> None:
    if not store.deliveries.settle(owed.id, DeliveryState.SUPERSEDED, now, "the message is gone"):
        return
    card = store.cards.get(owed.card_id) if owed.card_id is not None else None
    if card is not None:
        store.cards.sent(card.id, None)
    body = again(store, card, orjson.loads(owed.body), now)
    to = store.people.known(owed.person_id) if owed.person_id is not None else None
    # a change makes no sound; a new message does, and waits for the morning
    wait = waits_until(store, to, now, owed.lane) if to is not None else None
    _post_again(store, owed, owed.chat_id, "sendMessage", body, now, edits=False, not_before=wait)


def _in_halves(store: Store, owed: Delivery, now: datetime) -> None:
    """One message that can't be deleted any more must not keep the others."""
    body = orjson.loads(owed.body)
    numbers = body.get("message_ids", [])
    half = len(numbers) // 2
    for some in (numbers[:half], numbers[half:]) if half else ():
        _post_again(store, owed, owed.chat_id, owed.method, body | {"message_ids": some}, now, edits=False)


def _follow(store: Store, owed: Delivery, chat_id: int, now: datetime) -> None:
    if not store.deliveries.settle(owed.id, DeliveryState.SUPERSEDED, now, "the chat moved"):
        return
    if owed.person_id is not None:
        store.people.moved(owed.person_id, chat_id)
    body = orjson.loads(owed.body) | {"chat_id": chat_id}
    _post_again(store, owed, chat_id, owed.method, body, now, edits=owed.edits)


def _post_again(
    store: Store,
    owed: Delivery,
    chat_id: int,
    method: str,
    body: Mapping[str, object],
    now: datetime,
    *,
    edits: bool,
    not_before: datetime | None = None,
) -> None:
    store.deliveries.post(
        owed.lane,
        chat_id,
        method,
        body,
        now,
        person_id=owed.person_id,
        card_id=owed.card_id,
        edits=edits,
        about=owed.about,
        not_before=not_before,
        expires_at=owed.expires_at,
        rank=owed.rank,
    )
