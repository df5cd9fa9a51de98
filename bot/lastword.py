"""What is said from memory while the store does not answer: whom to call, and that nobody knows yet."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence

import orjson

from bot.clock import Clock, ticks
from bot.knock import Knock, knock
from bot.outcomes import backoff
from bot.tasks import Tasks
from bot.wire import Reply, Wire
from handlers.crisis.away import is_cry, unsaved
from handlers.crisis.numbers import DEFAULTS
from handlers.screen import as_new
from locales.languages import match
from locales.translator import voice
from storage.engine import Archive
from storage.records import CrisisNumber, RawUpdate

log = logging.getLogger("paenz.lastword")

PATIENCE = 2.0  # seconds that a cry may wait for the store before it is answered from memory
ONCE_IN = 60.0  # seconds between two such answers to one chat
TRIES = 6
AT_ONCE = 8
GAP = 0.05  # seconds between two calls, so that others' cries are not refused for our haste
REMEMBERED = 20_000
OVER = frozenset({400, 403, 404})


class WhenItHangs:
    """Says something once the store itself hangs. A long line before it is no trouble of the store's."""

    def __init__(self, archive: Archive, say: Callable[[], None]) -> None:
        self._archive, self._say = archive, say
        self._look_in(PATIENCE)

    def cancel(self) -> None:
        """The store has it."""
        self._next.cancel()

    def _look_in(self, seconds: float) -> None:
        self._next = asyncio.get_running_loop().call_later(seconds, self._look)

    def _look(self) -> None:
        rest = PATIENCE - self._archive.hangs_for
        if rest > 0:
            self._look_in(rest)
        else:
            self._say()


class LastWord:
    """Answers each cry once, straight over the wire: nothing here needs the store, and nothing is kept of it."""

    def __init__(self, wire: Wire, clock: Clock) -> None:
        self._wire, self._clock = wire, clock
        self._numbers: Sequence[CrisisNumber] = DEFAULTS
        self._tasks = Tasks()
        self._heard: dict[int, None] = {}  # in the order in which they were, so that the oldest go first
        self._waiting: set[int] = set()
        self._spoke_at: dict[int, float] = {}
        self._few = asyncio.Semaphore(AT_ONCE)
        self.said: list[tuple[int, int]] = []

    def learns(self, numbers: Sequence[CrisisNumber]) -> None:
        """Keeps the agency's numbers for when they can't be read any more."""
        self._numbers = numbers or DEFAULTS

    def hears(self, updates: Iterable[RawUpdate]) -> None:
        """Answers the cries among updates that could not be written down, or wait for the store."""
        for raw in updates:
            if raw.update_id not in self._heard:
                self._heard[raw.update_id] = None
                self._answer(knock(raw))
        while len(self._heard) > REMEMBERED:
            self._heard.pop(next(iter(self._heard)))

    def settled(self, update_id: int) -> None:
        """The store has it now: what is still to be said from memory would not be true any more."""
        self._waiting.discard(update_id)

    async def stop(self, within: float = 1.0) -> None:
        """Lets what is being said be said, for so many seconds."""
        await self._tasks.finish(within)

    def _answer(self, came: Knock) -> None:
        if not came.private or not is_cry(came.text or came.caption, came.carried):
            return
        now = ticks()
        if now - self._spoke_at.get(came.whose, now - ONCE_IN) < ONCE_IN:
            return
        self._spoke_at = {who: at for who, at in self._spoke_at.items() if now - at < ONCE_IN}
        self._spoke_at[came.whose] = now
        self._waiting.add(came.raw.update_id)
        log.error("update %s is a cry and can't be stored: it is answered from memory", came.raw.update_id)
        self._tasks.start(self._say(came), "last word")

    async def _say(self, came: Knock) -> None:
        """Tries for a while, as long as it is true."""
        method, said = as_new(unsaved(self._numbers, self._clock.now()), voice(match(came.language)))
        body = orjson.dumps({"chat_id": came.whose} | said)
        for attempt in range(TRIES):
            async with self._few:
                if came.raw.update_id not in self._waiting:
                    return None
                reply = await self._wire.call(method, body)
                await asyncio.sleep(GAP)
            if reply.ok or reply.status in OVER:
                return self._spoken(came, reply)
            await asyncio.sleep(backoff(attempt, 0.5))
        return None

    def _spoken(self, came: Knock, reply: Reply) -> None:
        self._waiting.discard(came.raw.update_id)
        number = reply.result.get("message_id") if isinstance(reply.result, dict) else None
        if type(number) is int:
            self.said.append((came.whose, number))

    def take_said(self) -> list[tuple[int, int]]:
        """Chats and numbers of what was said, for whoever clears chats; once."""
        said, self.said = self.said, []
        return said
