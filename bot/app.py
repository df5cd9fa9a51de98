"""The composition root: puts the machine together, starts it, and stops it without losing anything."""

import asyncio
import fcntl
import gc
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from telegram import Bot
from telegram.error import TelegramError

from bot.beat import Beat
from bot.busy import Busy
from bot.clock import TOLERANCE, Clock, SystemClock
from bot.config import FeedPlace
from bot.dispatch import Dispatcher
from bot.door import Door
from bot.feed import Feed
from bot.greeting import introduce
from bot.intake import Intake
from bot.lastword import LastWord
from bot.outcomes import backoff
from bot.pulse import feel, felt, pulse_of
from bot.second import Second
from bot.tasks import Tasks
from bot.throttle import Pace
from bot.wire import AiohttpRequest, Wire
from handlers import house
from handlers.crisis.numbers import known
from locales import courses
from locales.translator import preload
from storage.engine import Archive, database_path
from storage.file import StoreError
from storage.keyring import Keyring, Keys
from storage.migrate import upgrade
from storage.store import Store

log = logging.getLogger("paenz.app")

FINISH_WITHIN = 10.0


class AlreadyRunning(Exception):  # noqa: N818 - said to the operator as it stands
    """Another process holds this store."""


@dataclass
class Machine:
    """One running bot."""

    archive: Archive
    wire: Wire
    clock: Clock
    dispatcher: Dispatcher
    door: Door
    beat: Beat
    second: Second
    tasks: Tasks
    pulse: Path | None = None
    vital: list[asyncio.Task[None]] = field(default_factory=list)

    async def works_until(self, ended: asyncio.Event) -> bool:
        """Waits for the end. False when a part without which the bot is deaf or mute died first."""
        told = asyncio.ensure_future(ended.wait())
        await asyncio.wait([told, *self.vital], return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        return ended.is_set()

    async def until(self, come: Callable[[], Awaitable[bool]], within: float = 20.0) -> None:
        """Waits until something has come true, looking again and again. Raises TimeoutError."""
        async with asyncio.timeout(within):
            while not await come():  # noqa: ASYNC110 - what comes true rings no bell
                await asyncio.sleep(0.02)

    async def settle_down(self, within: float = 5.0) -> None:
        """Waits until nothing is under way any more: for the demo's clock and the stories."""
        async with asyncio.timeout(within):
            while self.door.waiting or not self.dispatcher.idle:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.005)


@asynccontextmanager
async def running(
    api_url: str,
    token: str,
    store: str,
    keys: Keys,
    clock: Clock | None = None,
    pace: Pace | None = None,
    last_word: LastWord | None = None,
    feed: FeedPlace | None = None,
) -> AsyncIterator[Machine]:
    """A bot at work from entry to exit. Raises AlreadyRunning when another holds the store.

    `api_url` is a Bot API server, `store` a SQLAlchemy URL, `keys` what opens it; all as in the settings.
    `last_word` has stood in until now, and knows what it has said. `feed` is where calendars are subscribed to.
    Raises KeyFileError and StoreError when the store can't be opened, or can't be trusted.
    """
    with holding(database_path(store)):
        archive = await whole(store, Keyring(keys))
        preload()
        courses.syllabi()  # read now as well: a slip in one is told in the log, and keeps nobody from us
        wire = Wire(api_url, token)
        machine = build(archive, wire, clock or SystemClock(), pace, pulse_of(store), last_word)
        try:
            await start(machine, token, api_url)
            machine.tasks.start(Feed(archive, machine.clock, feed).run(), "feed")
            yield machine
        finally:
            await stop(machine)


async def whole(store: str, keyring: Keyring) -> Archive:
    """The store, brought up to date, after every page of it has been looked at. Raises StoreError."""
    upgrade(store, keyring)
    archive = await Archive.open(store, keyring)
    damage = await archive.damage()
    if damage:
        await archive.close()
        raise StoreError(f"the store is damaged ({damage[0]}); see paenz restore")
    return archive


def build(
    archive: Archive,
    wire: Wire,
    clock: Clock,
    pace: Pace | None,
    pulse: Path | None = None,
    last_word: LastWord | None = None,
) -> Machine:
    dispatcher = Dispatcher(archive, wire, clock, house.settled(), pace)
    door = Door(archive, wire, clock, house.handlers(), last_word)
    dispatcher.answers_to_come = lambda: door.waiting > 0
    beat = Beat(archive, clock, dispatcher, house.due(), pulse)
    return Machine(archive, wire, clock, dispatcher, door, beat, Second(archive, clock), Tasks(), pulse)


async def start(machine: Machine, token: str, api_url: str) -> None:
    """First what an earlier run left, then the world."""
    await _opens(machine)
    machine.vital.append(machine.tasks.start(machine.dispatcher.run(), "dispatch"))
    await machine.dispatcher.claim()
    machine.door.last_word.learns(await machine.archive.read(known))
    await machine.door.recover()
    machine.beat.start()
    machine.tasks.start(machine.second.run(), "second way")
    machine.tasks.start(Busy(machine.archive, machine.clock).run(), "calendars")
    intake = Intake(machine.archive, machine.wire, machine.clock, machine.door, machine.door.last_word)
    machine.vital.append(machine.tasks.start(intake.run(), "intake"))
    bot = Bot(token, base_url=f"{api_url}/bot", request=AiohttpRequest(machine.wire))
    machine.tasks.start(_meet_telegram(bot), "meet Telegram")


async def _opens(machine: Machine) -> None:
    """The last beat of an earlier run says what time it was; where it is earlier now, the clock was set back."""
    now = machine.clock.now()
    last = felt(machine.pulse) if machine.pulse is not None else None
    back = last - now if last is not None and last - now > TOLERANCE else None

    def act(store: Store) -> None:
        if back is not None:
            moved = store.set_back.happened(now, back)
            log.warning(
                "the clock was set back by %s: %s timers of crisis go on with what was left", back, moved
            )
        house.opens(store, now)

    await machine.archive.write(act)
    if machine.pulse is not None and back is not None:
        with suppress(OSError):
            feel(machine.pulse, now)  # what was brought back once is not brought back again


async def _meet_telegram(bot: Bot) -> None:
    """Learns the bot's own name and shows its menus; nobody who needs help waits for that."""
    failures = 0
    while True:
        try:
            return await introduce(bot)
        except TelegramError as error:
            failures += 1
            log.warning("Telegram is not there yet: %s", type(error).__name__)
            await asyncio.sleep(backoff(failures, 0.5))


async def stop(machine: Machine) -> None:
    """No new updates; what is under way may end; what is left stays stored for the next start."""
    machine.beat.stop()
    await machine.tasks.stop()
    await machine.second.stop()
    await machine.door.stop(FINISH_WITHIN)
    await machine.dispatcher.stop(FINISH_WITHIN)
    await machine.wire.close()
    await machine.archive.close()
    machine.archive.vault.keyring.close()


class holding:  # noqa: N801 - reads as a word where it stands
    """The right to be the only bot on a store, for as long as the process lives."""

    def __init__(self, database: str) -> None:
        Path(database).parent.mkdir(parents=True, exist_ok=True)
        self._path = f"{database}.lock"
        self._file: int | None = None

    def __enter__(self) -> None:
        self._file = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._file)
            raise AlreadyRunning("another Pänz is at work on this store") from None

    def __exit__(self, *reason: object) -> None:
        if self._file is not None:
            os.close(self._file)


def keep_what_is_loaded() -> None:
    """Once for each process: the libraries just loaded are never garbage, so nobody looks through them again.

    Looking through them over and over took a fifth of the work under load, in pauses a press could feel.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
