"""How a room speaks: every message to anybody is a delivery, posted in the transaction that caused it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from handlers import consenting, proofs, quiet, veil
from handlers.home import KEYBOARD, at_hand
from handlers.screen import Screen, as_edit, as_new
from locales.languages import match
from locales.translator import Voice, voice
from storage.records import Card, Lane, Person, Purpose, Wish
from storage.store import Store

SILENT = {"disable_notification": True}
WIPE = "wipe"  # what takes away; nothing follows when it fails
ALWAYS = "always"  # what a card is about that reaches also those who pause, whenever it leaves


@dataclass(frozen=True, slots=True)
class Leaves:
    """When a message may leave: not before, not from then on any more, and in which order within its lane."""

    not_before: datetime | None = None
    expires_at: datetime | None = None
    rank: int = 0


AT_ONCE = Leaves()


def voice_of(person: Person) -> Voice:
    """The person's chosen language, else the one their app is set to, else German."""
    return voice(person.language or match(person.hint))


def post(
    store: Store,
    to: Person,
    shown: Screen,
    now: datetime,
    lane: Lane,
    about: str = "",
    *,
    always: bool = False,
    direct: bool = False,
    expires_at: datetime | None = None,
    rank: int = 0,
) -> Card:
    """Sends a new message. What it is `about` finds the card again when that thing changes.

    News for a parent who pauses or has not said yes to messages are a card that is never sent, unless
    `always`; in somebody's quiet hours they wait for the morning. A discreet person gets a line that says
    nothing, unless it answers what they just pressed or typed (`direct`); so do members of staff who have shown
    no code today. From `expires_at` on it does not leave any more, `rank` orders what leaves in one lane.
    """
    card = store.cards.add(to.id, about or (KEYBOARD if shown.keyboard else ALWAYS if always else ""), now)
    if not (always or passes(store, to, lane)):
        return card
    leaves = Leaves(None if direct else waits_until(store, to, now, lane), expires_at, rank)
    if _waits_for_code(store, to, shown, now, lane):
        veil.hold(store, card.id, to, *as_new(shown, voice_of(to)), now)
        _send(store, card, to, *as_new(veil.locked(card.id), voice_of(to)), now, lane, leaves)
    elif to.discreet:
        _post_discreetly(store, card, to, shown, now, lane, leaves, direct=direct)
    else:
        _send(store, card, to, *as_new(shown, voice_of(to)), now, lane, leaves)
    return card


def waits_until(store: Store, to: Person, now: datetime, lane: Lane) -> datetime | None:
    """Until when what would ring in this lane waits for this person to wake; None where it need not.

    Whoever has called for help is awake: nothing that may be about it is held.
    """
    until = quiet.ends_at(to, now) if lane >= Lane.NEWS else None
    return None if until is None or store.alarms.current_of(to.id) is not None else until


def passes(store: Store, to: Person, lane: Lane) -> bool:
    """Whether this person wants what leaves in this lane: news only if they do not pause and have said yes."""
    if lane < Lane.NEWS:
        return True
    return not to.paused and consenting.has(store, to, Purpose.CONTACT)


def must_not_ring(store: Store, to: Person) -> bool:
    """Whether this person has called for help and somebody is there who must not hear it."""
    alarm = store.alarms.current_of(to.id)
    return alarm is not None and alarm.wish is Wish.SILENT


def _waits_for_code(store: Store, to: Person, shown: Screen, now: datetime, lane: Lane) -> bool:
    """News for staff may name a family; what is urgent names nobody."""
    news = to.is_staff and lane >= Lane.NEWS and not shown.harmless
    return news and not proofs.is_open(store, to, now)


def _send(
    store: Store,
    card: Card,
    to: Person,
    method: str,
    body: dict[str, Any],
    now: datetime,
    lane: Lane,
    leaves: Leaves = AT_ONCE,
) -> None:
    silent = SILENT if lane is not Lane.PAGE and must_not_ring(store, to) else {}
    store.deliveries.post(
        lane,
        to.telegram_id,
        method,
        {"chat_id": to.telegram_id} | body | silent,
        now,
        person_id=to.id,
        card_id=card.id,
        about=card.about,
        not_before=leaves.not_before,
        expires_at=leaves.expires_at,
        rank=leaves.rank,
    )


def _post_discreetly(
    store: Store,
    card: Card,
    to: Person,
    shown: Screen,
    now: datetime,
    lane: Lane,
    leaves: Leaves,
    *,
    direct: bool,
) -> None:
    veil.watch(store, to, now)
    method, body = as_new(shown, voice_of(to))
    silent = SILENT if direct else {}
    if shown.harmless:
        return _send(store, card, to, method, body | silent, now, lane, leaves)
    if shown.keyboard and lane is not Lane.CRISIS:
        _hand_keyboard(store, to, now, lane, anew=not direct)
        body.pop("reply_markup")
    veil.hold(store, card.id, to, method, body, now)
    if not direct:
        return _send(store, card, to, *as_new(veil.neutral(card.id), voice_of(to)), now, lane, leaves)
    veil.stays_open(store, card.id, now, lane)
    if veil.Held(method, body).folds:
        body = veil.foldable(body, card.id, voice_of(to))
    return _send(store, card, to, method, body | silent, now, lane, leaves)


def _hand_keyboard(store: Store, to: Person, now: datetime, lane: Lane, *, anew: bool) -> None:
    """The keys stay below a line that says nothing, since they can't stay below what folds."""
    if anew or store.cards.in_chat(to.id, KEYBOARD) is None:
        post(store, to, at_hand(to), now, lane, direct=True)


def change(
    store: Store, card: Card, to: Person, shown: Screen, now: datetime, lane: Lane, *, direct: bool = False
) -> None:
    """Changes a message in place; an earlier change that has not left yet is dropped for this one.

    What was never sent, or is no longer in the chat, has nothing to change.
    """
    if card.message_id is None and not store.deliveries.is_owed(card.id):
        return _gone(store, card, to, shown, now, lane)
    if lane >= Lane.NEWS and not consenting.has(store, to, Purpose.CONTACT):
        return None
    if _waits_for_code(store, to, shown, now, lane):
        veil.hold(store, card.id, to, *as_new(shown, voice_of(to)), now)
        return _edit(store, card, to, *as_edit(veil.locked(card.id), voice_of(to)), now, lane)
    method, body = as_edit(shown, voice_of(to))
    if not to.discreet:
        return _edit(store, card, to, method, body, now, lane)
    return _change_discreetly(store, card, to, shown, now, lane, direct=direct)


def _gone(store: Store, card: Card, to: Person, shown: Screen, now: datetime, lane: Lane) -> None:
    """Whoever called for help and cleared the chat learns all the same what becomes of it."""
    if lane is Lane.CRISIS and not to.is_staff and not to.blocked:
        store.cards.retire(card.id)
        post(store, to, shown, now, lane, card.about)


def _change_discreetly(
    store: Store, card: Card, to: Person, shown: Screen, now: datetime, lane: Lane, *, direct: bool
) -> None:
    if shown.harmless:
        veil.release(store, card.id)
        return _edit(store, card, to, *as_edit(shown, voice_of(to)), now, lane)
    known = store.covers.get(card.id) is not None
    method, body = as_new(shown, voice_of(to))
    veil.hold(store, card.id, to, method, body, now)
    if direct:
        veil.stays_open(store, card.id, now, lane)
    if veil.is_open(store, card.id):  # what others do shows, and leaves it open no longer
        method, body = as_edit(shown, voice_of(to))
        _edit(store, card, to, method, veil.foldable(body, card.id, voice_of(to)), now, lane)
    elif not known:
        _edit(store, card, to, *as_edit(veil.neutral(card.id), voice_of(to)), now, lane)
    return None


def _edit(
    store: Store, card: Card, to: Person, method: str, body: dict[str, Any], now: datetime, lane: Lane
) -> None:
    if card.message_id is None and _reworded(store, card, to, body, now):
        return
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


def _reworded(store: Store, card: Card, to: Person, edit: dict[str, Any], now: datetime) -> bool:
    """A message that still waits for the morning says in it what holds by then, and is not changed at once."""
    owed = store.deliveries.held(card.id, now)
    if owed is None or owed.method != "sendMessage":
        return False
    silent = {name: True for name in SILENT if name in orjson.loads(owed.body)}
    said = {"chat_id": to.telegram_id, "protect_content": True} | edit | silent
    store.deliveries.supersede_edits(card.id, now)  # they would say later what was so before
    store.deliveries.reword(owed, owed.method, said)
    return True


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
            person = store.people.known(card.person_id)
            if person is not None:  # whoever can't be read has no address
                change(store, card, person, shown(person), now, lane)


def show(
    store: Store, to: Person, message_id: int, shown: Screen, now: datetime, lane: Lane = Lane.ANSWER
) -> None:
    """Changes the very message whose button was pressed."""
    card = store.cards.shown_at(to.id, message_id) if to.discreet else None
    if card is not None:
        return change(store, card, to, shown, now, lane, direct=True)
    method, body = as_edit(shown, voice_of(to))
    place = {"chat_id": to.telegram_id, "message_id": message_id}
    store.deliveries.post(lane, to.telegram_id, method, place | body, now, person_id=to.id)
    return None


def open_card(store: Store, card: Card, to: Person, now: datetime, lane: Lane = Lane.ANSWER) -> bool:
    """Shows the true message in place of the line that says nothing; False when there is none any more."""
    held = veil.held(store, card.id)
    if held is None:
        return False
    if held.method != "sendMessage":
        _send(store, store.cards.add(to.id, "", now), to, held.method, held.body, now, lane)
        return True
    body = {name: value for name, value in held.body.items() if name != "protect_content"}
    if to.discreet:
        veil.stays_open(store, card.id, now, lane)
        body = veil.foldable(body, card.id, voice_of(to))
    _edit(store, card, to, "editMessageText", body, now, lane)
    return True


def fold(store: Store, card: Card, to: Person, now: datetime, lane: Lane = Lane.ANSWER) -> None:
    """Hides the true message again."""
    store.timers.drop(veil.FOLD, card.id)
    _edit(store, card, to, *as_edit(veil.neutral(card.id), voice_of(to)), now, lane)


def again(store: Store, card: Card | None, edit: dict[str, Any], now: datetime) -> dict[str, Any]:
    """What is sent as a new message when the one to change is gone; a discreet person's says nothing."""
    body = {name: value for name, value in edit.items() if name != "message_id"} | {"protect_content": True}
    to = store.people.get(card.person_id) if card is not None else None
    silent = SILENT if to is not None and must_not_ring(store, to) else {}
    if card is None or to is None or not to.discreet:
        return body | silent
    if store.covers.get(card.id) is None:
        veil.hold(store, card.id, to, "sendMessage", body, now)
    store.timers.drop(veil.FOLD, card.id)
    return {"chat_id": to.telegram_id} | as_new(veil.neutral(card.id), voice_of(to))[1] | silent
