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
    name_commands(store, person, now)


def turn_off(store: Store, person: Person, now: datetime) -> None:
    """Everything is as for everybody else; what is held back can still be opened."""
    store.people.set_discreet(person.id, False)
    store.timers.drop(veil.SWEEP, person.id)
    _owe(store, person, now, "deleteMyCommands", {})


def name_commands(store: Store, person: Person, now: datetime) -> None:
    """The menu of this one chat, in the person's language."""
    _owe(store, person, now, "setMyCommands", {"commands": menu(DISCREET, desk.voice_of(person))})


def _owe(store: Store, person: Person, now: datetime, method: str, body: dict[str, Any]) -> None:
    chat = person.telegram_id
    said = {**body, "scope": {"type": "chat", "chat_id": chat}}
    store.deliveries.post(Lane.NEWS, chat, method, said, now, person_id=person.id, about=desk.WIPE)
