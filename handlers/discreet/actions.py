"""Turning short notices on and off, clearing a chat, pausing and coming back."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from handlers import clearing, cover, desk, veil
from handlers.calendar import come_back
from handlers.discreet import rules, screens
from handlers.discreet.rules import Cleared, Message
from handlers.home import KEYBOARD
from handlers.screen import as_edit
from storage.records import Card, Family, Lane, Person
from storage.store import Store

VANISH = "discreet.vanish"
READ_FOR = timedelta(minutes=2)


def turn(store: Store, person: Person, now: datetime, *, on: bool) -> Person:
    """The person with short notices turned on or off."""
    if on:
        cover.turn_on(store, person, now)
        # what is older than a day goes at once
        store.timers.set(veil.SWEEP, person.id, now)
    else:
        cover.turn_off(store, person, now)
    _note(store, person, "discreet.on" if on else "discreet.off", now)
    return store.people.get(person.id)


def wipe(store: Store, person: Person, now: datetime) -> Cleared:
    """Clears the whole chat, as far as Telegram lets us. What was queued to change there leaves no more."""
    cards = store.cards.chat_of(person.id)
    done = rules.cleared([*_ours(store, cards), *_theirs(store, person)], now)
    _clear(store, person, [card for card, _ in cards], done, now, Lane.ANSWER)
    store.traces.drop(person.id, now)
    store.dialogues.drop(person.id)
    _note(store, person, "chat.cleared", now)
    return done


def sweep(store: Store, person: Person, now: datetime) -> datetime:
    """Clears what a discreet person has had for a day; when to look again."""
    cards = store.cards.chat_of(person.id)
    ours = _ours(store, cards)
    messages = [*ours, *_theirs(store, person)]
    ripe = rules.ripe(messages, now)
    _clear(store, person, [card for card, _ in cards], rules.cleared(ripe, now), now, Lane.BROADCAST)
    store.traces.drop(person.id, now - veil.KEPT)
    return rules.next_look(messages, now)


def _ours(store: Store, cards: Sequence[tuple[Card, datetime]]) -> list[Message]:
    """Our messages; the newest one that holds the keyboard, and says nothing, is marked to stay."""
    holding = [card for card, _ in cards if card.about == KEYBOARD and veil.held(store, card.id) is None]
    stands = holding[-1].id if holding else ""
    return [
        Message(
            card.message_id,
            at,
            ours=True,
            veiled=veil.held(store, card.id) is not None and not veil.is_open(store, card.id),
            stands=card.id == stands,
        )
        for card, at in cards
        if card.message_id is not None
    ]


def _theirs(store: Store, person: Person) -> list[Message]:
    return [Message(number, at, ours=False) for number, at in store.traces.of(person.id)]


def _clear(
    store: Store, person: Person, cards: Iterable[Card], done: Cleared, now: datetime, lane: Lane
) -> None:
    gone = {*done.deleted, *done.blanked}
    for card in [card for card in cards if card.message_id in gone]:
        store.deliveries.withdraw_card(card.id, now)
        veil.forget(store, card)
    clearing.messages(store, person, done.deleted, now, lane)
    method, empty = as_edit(screens.blank(staff=person.is_staff), desk.voice_of(person))
    chat = person.telegram_id
    for number in done.blanked:
        body = {"chat_id": chat, "message_id": number, **empty}
        store.deliveries.post(lane, chat, method, body, now, person_id=person.id, about=desk.WIPE)


def pause(store: Store, person: Person, now: datetime) -> None:
    """Nothing but crisis and answers from now on; the caseworker is told. Twice is as good as once."""
    if person.paused:
        return
    store.people.pause(person.id, now)
    _note(store, person, "pause.begun", now)
    _tell(store, person, now, paused=True)


def resume(store: Store, person: Person, now: datetime) -> None:
    """Everything current is owed; the caseworker is told."""
    since = store.people.paused_since(person.id)
    if since is None:
        return
    store.people.pause(person.id, None)
    come_back(store, person, since, now)
    _note(store, person, "pause.ended", now)
    _tell(store, person, now, paused=False)


def _tell(store: Store, person: Person, now: datetime, *, paused: bool) -> None:
    family = store.families.of_person(person.id)
    if family is not None:
        caseworker = store.people.get(family.caseworker_id)
        shown = screens.told(person, family, paused=paused)
        desk.post(store, caseworker, shown, now, Lane.NEWS, f"person:{person.id}")


def _note(store: Store, person: Person, act: str, now: datetime) -> None:
    family: Family | None = store.families.of_person(person.id)
    store.journal.write(now, person.id, act, f"person:{person.id}", family.id if family else None)
