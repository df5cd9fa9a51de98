"""A family, its parents and their caseworker, who press buttons without a network."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from telegram.ext import CallbackQueryHandler

from handlers import consenting, house
from handlers.callback import read
from handlers.refusal import Refusal
from handlers.room import Act, Room
from handlers.turn import Asked, Turn
from storage.engine import Archive
from storage.records import Family, Person, Purpose, Role
from storage.settings import CODES_ASKED
from storage.store import Store
from tests.phones import plain

WIZARD = 70


@dataclass
class Cast:
    """Everybody, and what they were sent: the bodies of deliveries, by person id."""

    archive: Archive
    room: Room
    caseworker: Person
    family: Family
    parents: list[Person]
    sent: list[Any] = field(default_factory=list)

    async def does(self, person: Person, act: Act, now: datetime, **asked: Any) -> Turn:
        """The act in a turn of its own; a refusal undoes it and comes out as it does at the door."""

        def job(store: Store) -> Turn:
            turn = Turn(store, person, now, Asked(**asked))
            act(turn)
            self.sent += store.posted
            return turn

        return await self.archive.write(job)

    async def presses(self, person: Person, carried: str, now: datetime, message_id: int = WIZARD) -> Turn:
        act = await act_of(self.room, carried)
        return await self.does(person, act, now, press=read(carried), message_id=message_id, query_id="q")

    async def refused(self, person: Person, carried: str, now: datetime) -> str:
        """The key of the friendly no."""
        try:
            await self.presses(person, carried, now)
        except Refusal as no:
            return no.phrase.key
        raise AssertionError(f"{carried} was not refused")

    async def falls_due(self, now: datetime) -> None:
        """What the heartbeat does for this room's timers."""

        def job(store: Store) -> None:
            for timer in store.timers.due(now):
                if timer.kind in self.room.due:
                    store.timers.drop(timer.kind, timer.scope)
                    self.room.due[timer.kind](store, timer.scope, now)
            self.sent += store.posted

        await self.archive.write(job)

    async def arrives(self, owed: Any, message_id: int) -> None:
        """The message is on the phone, under this number."""
        await self.archive.write(lambda store: store.cards.sent(owed.card_id, message_id))

    def read(self, person: Person) -> list[Any]:
        """What this person was sent since the last look."""
        theirs = [owed for owed in self.sent if owed.person_id == person.id]
        self.sent = [owed for owed in self.sent if owed.person_id != person.id]
        return theirs

    async def timers(self) -> dict[str, list[datetime]]:
        found: dict[str, list[datetime]] = {}
        for timer in await self.archive.read(lambda store: store.timers.ahead(999)):
            found.setdefault(timer.kind, []).append(timer.due_at)
        return found

    async def acts(self) -> list[str]:
        lines = await self.archive.read(lambda store: store.journal.newest(99))
        return [str(line["act"]) for line in reversed(lines)]


async def gathered(archive: Archive, room: Room, now: datetime, tongues: tuple[str, ...]) -> Cast:
    """A caseworker with one family whose parents speak these languages."""

    def job(store: Store) -> tuple[Person, Family, list[Person]]:
        store.settings.put(CODES_ASKED, "off")
        caseworker = person(store, 1, "Frau Koch", "de", Role.CASEWORKER, now)
        family = store.families.add("Yılmaz", caseworker.id, now)
        parents = [person(store, 10 + n, f"Elter {n}", t, Role.PARENT, now) for n, t in enumerate(tongues)]
        for parent in parents:
            store.families.join(family.id, parent.id)
            version = consenting.VERSIONS[Purpose.CONTACT]
            store.consents.give(parent.id, Purpose.CONTACT, version, "", parent.language or "de", now)
        store.agency.put_sites(
            [{"id": "b", "name": "Bonner Straße", "address": "Bonner Str. 1", "places": 9}]
        )
        return caseworker, family, parents

    caseworker, family, parents = await archive.write(job)
    return Cast(archive, room, caseworker, family, parents)


def person(store: Store, telegram_id: int, name: str, language: str, role: Role, now: datetime) -> Person:
    met = store.people.met(telegram_id, language, now)
    store.people.rename(met.id, name)
    store.people.speaks(met.id, language)
    store.people.grant(met.id, role, now)
    return store.people.get(met.id)


async def act_of(room: Room, carried: str) -> Act:
    """The act that its room's handler would run for a button. Raises AssertionError when nobody hears it."""
    heard: list[Act] = []

    async def run(act: Act) -> None:
        heard.append(act)

    update: Any = SimpleNamespace(callback_query=SimpleNamespace(data=carried))
    name = carried.partition(":")[0]
    owner = next((other for other in house.ROOMS if other.name == name != room.name), room)
    for handler in owner.handlers:
        if isinstance(handler, CallbackQueryHandler) and answers(handler, carried):
            await handler.callback(update, SimpleNamespace(run=run))  # type: ignore[arg-type]
    assert len(heard) == 1, f"{carried} is answered {len(heard)} times"
    return heard[0]


def answers(handler: CallbackQueryHandler[Any, Any], carried: str) -> bool:
    pattern = handler.pattern
    assert isinstance(pattern, Callable)  # type: ignore[arg-type]
    return bool(pattern(carried))  # type: ignore[operator]


def buttons(owed: Any) -> list[dict[str, str]]:
    keys = json.loads(owed.body).get("reply_markup", {})
    return [button for row in keys.get("inline_keyboard", []) for button in row]


def carried(owed: Any, label: str) -> str:
    """What the button with this label carries, else the one with this in its label."""
    exact = [button["callback_data"] for button in buttons(owed) if label == plain(button["text"])]
    part = [button["callback_data"] for button in buttons(owed) if label in plain(button["text"])]
    found = exact or part
    assert found, f"no {label} among {[button['text'] for button in buttons(owed)]}"
    return found[0]


def text(owed: Any) -> str:
    return plain(json.loads(owed.body)["text"])
