"""Turning short notices on and off for one person, wherever that is decided."""

from datetime import datetime
from typing import Any

from handlers import desk, veil
from handlers.menu import DISCREET, menu
from storage.records import Lane, Person
from storage.store import Store


def turn_on(store: Store, person: Person, now: datetime) -> None:
    """From now on this person gets short notices, and a menu that gives nothing away."""
    store.people.set_discreet(person.id, True)
    veil.watch(store, person, now)
    _menu(store, person, now, "setMyCommands", {"commands": menu(DISCREET, desk.voice_of(person))})


def turn_off(store: Store, person: Person, now: datetime) -> None:
    """Everything is as for everybody else; what is held back can still be opened."""
    store.people.set_discreet(person.id, False)
    store.timers.drop(veil.SWEEP, person.id)
    _menu(store, person, now, "deleteMyCommands", {})


def _menu(store: Store, person: Person, now: datetime, method: str, body: dict[str, Any]) -> None:
    chat = person.telegram_id
    scope = {"scope": {"type": "chat", "chat_id": chat}}
    store.deliveries.post(Lane.NEWS, chat, method, body | scope, now, person_id=person.id, about=desk.WIPE)
