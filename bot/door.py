"""Every update passes here: once, one person at a time, and nobody leaves without an answer."""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from typing import Any

from sqlalchemy.exc import OperationalError
from telegram import Update

from bot.clock import Clock
from bot.outcomes import backoff
from bot.tasks import Tasks
from bot.visit import Visit
from bot.wire import Wire, parsed
from handlers.oversight.actions import parked
from handlers.room import Handler
from storage.engine import Archive
from storage.records import RawUpdate
from storage.store import Store

log = logging.getLogger("paenz.door")

TRIES = 3


class Door:
    """Keeps each chat's updates in order and different chats' side by side."""

    def __init__(self, archive: Archive, wire: Wire, clock: Clock, handlers: Sequence[Handler]) -> None:
        self._archive, self._wire, self._clock, self._handlers = archive, wire, clock, handlers
        self._queues: dict[int, deque[RawUpdate]] = {}
        self._tasks = Tasks()
        self.waiting = 0

    def admit(self, updates: Sequence[RawUpdate]) -> None:
        """Takes updates that are safely stored."""
        for raw in updates:
            whose = chat_of(raw)
            self.waiting += 1
            if whose in self._queues:
                self._queues[whose].append(raw)
            else:
                self._queues[whose] = deque([raw])
                self._tasks.start(self._serve(whose), "serve")

    async def recover(self) -> None:
        """Takes in what an earlier run had confirmed to Telegram and not dealt with."""
        self.admit(await self._archive.read(lambda store: store.updates.waiting()))

    async def stop(self, within: float) -> None:
        """Deals with what waits, for so many seconds; the rest stays stored for the next start."""
        await self._tasks.finish(within)

    async def _serve(self, whose: int) -> None:
        queue = self._queues[whose]
        try:
            while queue:
                await self._until_dealt_with(queue.popleft())
                self.waiting -= 1
        finally:
            self.waiting -= len(queue)
            del self._queues[whose]

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
            except OperationalError as error:
                # the store is unwell, not the update: it stays first in line until the store is back
                failures += 1
                log.error("update %s waits for the store: %s", raw.update_id, type(error.orig).__name__)  # noqa: TRY400 - the statement may hold names
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
            if tries == TRIES:  # whoever can't even be told of it must not keep the line waiting for ever
                sender = chat_of(raw)
                parked(store, raw.update_id, self._clock.now(), sender if 0 < sender < 2**63 else None)

        await self._archive.write(write)

    async def _meet(self, raw: RawUpdate) -> None:
        update = Update.de_json(lightened(parsed(raw.raw)), None)
        visit = Visit(self._archive, self._wire, self._clock, update, self._tasks)
        if not is_private(update):
            return await visit.leave()
        for handler in self._handlers:
            match = handler.check_update(update)
            if match is not None and match is not False:
                return await handler.handle_update(update, _NOBODY, match, visit)
        return await visit.leave()


# python-telegram-bot hands its Application through to the context; our visits need none
_NOBODY: Any = None


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


def chat_of(raw: RawUpdate) -> int:
    """Whose turn an update is: the sender's id. What has none stands in a line of its own."""
    try:
        update = parsed(raw.raw)
        for kind in ("callback_query", "message", "edited_message", "my_chat_member"):
            if kind in update:
                return int(update[kind]["from"]["id"])
    except (ValueError, KeyError, TypeError, OverflowError):
        pass
    return -1
