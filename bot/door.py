"""Every update passes here: once, one person at a time, and nobody leaves without an answer."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from telegram import Update

from bot.bucket import Allowance, Buckets
from bot.clock import Clock, ticks
from bot.flood import Flood, is_cry
from bot.knock import Knock, knock
from bot.lastword import LastWord, WhenItHangs
from bot.line import TOGETHER, Line
from bot.outcomes import backoff
from bot.outside import Outside
from bot.tasks import Tasks
from bot.unwell import UNWELL, why
from bot.visit import Visit
from bot.wire import Wire, parsed
from handlers import house
from handlers.oversight.actions import parked
from handlers.room import Handler
from storage.engine import Archive
from storage.records import RawUpdate
from storage.store import Store

log = logging.getLogger("paenz.door")

TRIES = 3
# whoever comes to help reads a flood in pieces this many seconds apart, so that others' pages fit between them
BREATH = 2.0


class Door:
    """Keeps each chat's updates in order and different chats' side by side; a flood never holds up a cry."""

    def __init__(
        self,
        archive: Archive,
        wire: Wire,
        clock: Clock,
        handlers: Sequence[Handler],
        last_word: LastWord | None = None,
    ) -> None:
        self._archive, self._wire, self._clock, self._handlers = archive, wire, clock, handlers
        self._lines: dict[int, Line] = {}
        self._tasks = Tasks()
        self._flood = Flood(archive, wire, clock, self._tasks)
        self._outside = Outside(archive, wire, clock, self._tasks)
        self._urgent = house.urgent()
        self.last_word = last_word or LastWord(wire, clock)
        self._patience: dict[int, WhenItHangs] = {}
        self.waiting = 0
        self.allow(Allowance())

    def allow(self, allowance: Allowance) -> None:
        """How much each person may send from now on.

        Messages are measured by the time Telegram got them: whoever wrote much while we were away has
        flooded nobody. Presses and inline queries have no such time, so theirs is when they come in.
        """
        self._messages, self._presses = Buckets(allowance), Buckets(allowance)

    def admit(self, updates: Sequence[RawUpdate]) -> None:
        """Takes updates that are safely stored."""
        for raw in updates:
            came = knock(raw)
            self.waiting += 1
            self._wait_for_the_store(raw)
            line = self._lines.get(came.whose)
            if line is None:
                line = self._lines[came.whose] = Line()
                self._tasks.start(self._serve(came.whose, line), "serve")
            self._stand_in(line, came)

    def _wait_for_the_store(self, raw: RawUpdate) -> None:
        say = partial(self.last_word.hears, (raw,))
        self._patience[raw.update_id] = WhenItHangs(self._archive, say)

    def _dealt_with(self, knocks: Sequence[Knock]) -> None:
        self.waiting -= len(knocks)
        for came in knocks:
            waits = self._patience.pop(came.raw.update_id, None)
            if waits is not None:
                waits.cancel()
            self.last_word.settled(came.raw.update_id)
        if self.last_word.said:
            self._tasks.start(self._remembers(self.last_word.take_said()), "remember")

    async def _remembers(self, said: Sequence[tuple[int, int]]) -> None:
        """What was said from memory can be cleared like everything else."""
        await self._archive.write(lambda store: _trace(store, said, self._clock.now()))

    def _stand_in(self, line: Line, came: Knock) -> None:
        buckets, now = self._messages, came.sent_at
        if now is None:
            buckets, now = self._presses, ticks()
        whose = (came.whose, came.counts)
        if not (came.counts or came.kind == "inline_query") or buckets.take(whose, now):
            line.stands_in(came)
        elif came.counts and is_cry(came, self._urgent):
            line.cries_out(came)
        else:
            line.over.append(came)
            line.tell = (came.counts and buckets.begins(whose)) or line.tell

    async def recover(self) -> None:
        """Takes in what an earlier run had confirmed to Telegram and not dealt with."""
        self.admit(await self._archive.write(lambda store: store.updates.recovered()))

    async def stop(self, within: float) -> None:
        """Deals with what waits, for so many seconds; the rest stays stored for the next start."""
        for line in self._lines.values():
            line.hurries()
        await self._tasks.finish(within)
        for waits in self._patience.values():
            waits.cancel()
        await self.last_word.stop()

    async def _serve(self, whose: int, line: Line) -> None:
        try:
            while len(line):
                together = line.next()
                if together:
                    await self._hear(together)
                else:
                    await self._end_flood(line)
        finally:
            self.waiting -= len(line)
            del self._lines[whose]

    async def _hear(self, together: Sequence[Knock]) -> None:
        """The first of them, and with it the others that say the same."""
        first, *same = together
        await self._until_dealt_with(first.raw)
        if same:
            await self._together(same, lambda: self._flood.repeats(same))
        self._dealt_with(together)

    async def _end_flood(self, line: Line) -> None:
        tell, line.tell = line.tell, False
        together = line.too_much()
        heard = await self._together(together, lambda: self._flood.ends(together, tell=tell))
        self._dealt_with(together)
        if heard and len(line.over) < TOGETHER:
            await line.breathes(BREATH)

    async def _together(self, knocks: Sequence[Knock], act: Callable[[], Awaitable[bool]]) -> bool:
        failures = 0
        while True:
            try:
                return await act()
            except UNWELL as error:
                failures += 1
                log.error("%s updates wait for the store: %s", len(knocks), why(error))  # noqa: TRY400 - the statement may hold names
                await asyncio.sleep(backoff(failures, 0.5))
            except Exception:
                log.exception("%s updates can't be ended together: each by itself", len(knocks))
                for came in knocks:
                    await self._until_dealt_with(came.raw)
                return False

    async def _until_dealt_with(self, raw: RawUpdate) -> None:
        tries, failures, reason = raw.tries, 0, ""
        while True:
            try:
                if not reason:
                    return await self._meet(raw)
                await self._failed(raw, tries, reason)
                if tries >= TRIES:
                    return None
                await asyncio.sleep(
                    backoff(tries, 0.5)
                )  # what failed may need a moment, such as a bot just started
                reason = ""
            except UNWELL as error:
                # the store is unwell, not the update: it stays first in line until the store is back
                failures += 1
                log.error("update %s waits for the store: %s", raw.update_id, why(error))  # noqa: TRY400 - the statement may hold names
                self.last_word.hears((raw,))
                await asyncio.sleep(backoff(failures, 0.5))
            except Exception as error:
                tries += 1
                reason = type(error).__name__
                log.exception("update %s failed, try %s", raw.update_id, tries)
                if tries > 2 * TRIES:
                    return None  # not even that it failed can be written down: it waits for the next start

    async def _failed(self, raw: RawUpdate, tries: int, reason: str) -> None:
        def write(store: Store) -> None:
            store.updates.failed(raw.update_id, reason)
            if tries >= TRIES:
                store.updates.park(raw.update_id, reason)
            if TRIES <= tries <= TRIES + 1:  # nobody can be told at all: even that must not hold up the line
                sender = knock(raw).whose
                known = tries == TRIES and 0 < sender < 2**63  # where that failed, the leads at least
                parked(store, raw.update_id, self._clock.now(), sender if known else None)

        await self._archive.write(write)

    async def _meet(self, raw: RawUpdate) -> None:
        update = _made(raw)
        if not is_private(update):
            return await self._outside.meet(update)
        visit = Visit(self._archive, self._wire, self._clock, update, self._tasks)
        for handler in self._handlers:
            match = handler.check_update(update)
            if match is not None and match is not False:
                return await handler.handle_update(update, _NOBODY, match, visit)
        return await visit.leave()


def _trace(store: Store, said: Sequence[tuple[int, int]], now: datetime) -> None:
    for telegram_id, number in said:
        person = store.people.by_telegram(telegram_id)
        if person is not None:
            store.traces.add(person.id, number, now)


# python-telegram-bot hands its Application through to the context; our visits need none
_NOBODY: Any = None


def _made(raw: RawUpdate) -> Update:
    return Update.de_json(lightened(parsed(raw.raw)), None)


def is_private(update: Update) -> bool:
    chat = update.effective_chat
    return update.effective_user is not None and chat is not None and chat.type == "private"


def lightened(update: Any) -> Any:
    """Of the message whose button was pressed only where it stands: nobody reads its text and keys again."""
    match update:
        case {"callback_query": {"message": {"message_id": _, "date": _, "chat": _} as shown} as query}:
            place = {part: shown[part] for part in ("message_id", "date", "chat")}
            return update | {"callback_query": query | {"message": place}}
    return update
