"""The machine's parts one by one, over the real double: for tests that need to hold them in their hands."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import OperationalError

from bot.clock import WoundClock, ticks
from bot.demo.telegram.hand import Hand
from bot.demo.telegram.transcript import Request
from bot.demo.telegram.world import World
from bot.dispatch import Dispatcher
from bot.tasks import Tasks
from bot.throttle import Pace
from bot.wire import Wire
from handlers import house
from storage.engine import Archive
from storage.records import Lane, Person
from storage.settings import CODES_ASKED
from storage.store import Store
from tests.stage import HURRIED, served

LOCKED = OperationalError("BEGIN IMMEDIATE", None, Exception("database is locked"))


async def until(come: Callable[[], Any], within: float = 8.0) -> None:
    """Waits until something has come true. Raises TimeoutError."""
    async with asyncio.timeout(within):
        while not await _said(come()):
            await asyncio.sleep(0.005)


async def _said(answer: Any) -> Any:
    return await answer if isinstance(answer, Awaitable) else answer


@dataclass
class Office:
    """A dispatcher at work on a store, a double, and the people it writes to."""

    world: World
    address: str
    archive: Archive
    clock: WoundClock
    wire: Wire
    dispatcher: Dispatcher
    tasks: Tasks = field(default_factory=Tasks)

    async def person(self, name: str = "Amina", language: str = "de") -> tuple[Hand, Person]:
        """Somebody who has started the bot, in the double and in the store."""
        account = self.world.account(name, language)
        account.started = True
        now = self.clock.now()
        met = await self.archive.write(lambda store: store.people.met(account.id, language, now))
        return Hand(self.world, account), met

    async def owes(self, to: Person, text: str, lane: Lane = Lane.ANSWER, about: str = "a:b") -> str:
        """Owes a message; returns its card."""
        now = self.clock.now()

        def post(store: Store) -> str:
            card = store.cards.add(to.id, about, now)
            body = {"chat_id": to.telegram_id, "text": text}
            store.deliveries.post(
                lane, to.telegram_id, "sendMessage", body, now, person_id=to.id, card_id=card.id, about=about
            )
            return card.id

        return await self.archive.write(post)

    async def changes(self, card_id: str, to: Person, text: str, lane: Lane = Lane.ANSWER) -> None:
        """Owes a change of a card, as the desk does."""
        now = self.clock.now()

        def post(store: Store) -> None:
            card = store.cards.get(card_id)
            assert card is not None
            place: dict[str, Any] = {"chat_id": to.telegram_id, "text": text}
            if card.message_id:
                place["message_id"] = card.message_id
            store.deliveries.post(
                lane,
                to.telegram_id,
                "editMessageText",
                place,
                now,
                person_id=to.id,
                card_id=card.id,
                edits=True,
                about="a:b",
            )

        await self.archive.write(post)

    async def rows(self) -> list[dict[str, Any]]:
        """All deliveries, oldest first."""
        return (await self.archive.read(lambda store: store.deliveries.newest(10_000)))[::-1]

    async def states(self) -> list[str]:
        return [row["state"] for row in await self.rows()]

    async def drained(self, within: float = 8.0) -> None:
        """Waits until nothing is owed any more."""

        async def nothing_owed() -> bool:
            return "queued" not in await self.states()

        await until(nothing_owed, within)

    def asked(self, method: str) -> list[Request]:
        return [line for line in self.world.requests if line.method == method]


def texts(hand: Hand) -> list[str]:
    """What the bot's messages on this phone say now."""
    return [message.words for message in hand.account.messages.values() if message.from_bot]


def brisk() -> Pace:
    return Pace(per_second=None, per_chat_gap=0.0)


@asynccontextmanager
async def at_work(
    archive: Archive, world: World | None = None, pace: Pace | None = None
) -> AsyncIterator[Office]:
    """A dispatcher that runs, stopped and closed in the end."""
    clock = WoundClock()
    world = world or World(clock, rules=HURRIED, seed=1)
    # what staff are told is read here without a code
    await archive.write(lambda store: store.settings.put(CODES_ASKED, "off"))
    async with served(world) as address:
        wire = Wire(address, world.token)
        dispatcher = Dispatcher(archive, wire, clock, house.settled(), pace or brisk())
        office = Office(world, address, archive, clock, wire, dispatcher)
        office.tasks.start(dispatcher.run(), "dispatch")
        try:
            yield office
        finally:
            await office.tasks.stop()
            await dispatcher.stop(2.0)
            await wire.close()


class Moody:
    """An archive that refuses to commit as often as it is told to, then works again."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.refusals = 0
        self.error: Exception = LOCKED
        self.refused = 0

    async def write(self, job: Callable[[Store], Any]) -> Any:
        if self.refusals > 0:
            self.refusals -= 1
            self.refused += 1
            raise self.error
        return await self._archive.write(job)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._archive, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "on_posted":
            self._archive.on_posted = value
        else:
            super().__setattr__(name, value)


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self._began = ticks()

    @property
    def seconds(self) -> float:
        return ticks() - self._began
