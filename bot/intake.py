"""Fetches updates from Telegram and confirms them only once they are written down."""

import asyncio
import json
import logging
import zlib
from collections.abc import Sequence
from functools import partial
from typing import Any, Protocol

from bot.clock import Clock
from bot.lastword import LastWord, WhenItHangs
from bot.outcomes import backoff
from bot.wire import Reply, Wire
from storage.engine import Archive
from storage.records import RawUpdate

log = logging.getLogger("paenz.intake")

LONG_POLL = 25
BATCH = 100
WANTED = ["message", "edited_message", "callback_query", "my_chat_member", "inline_query"]
MOST_WAITING = 5000
STORE_AWAY = 3.0  # seconds at most between two looks while the store is unwell: others may be crying


class Door(Protocol):
    """Whoever deals with updates that have been written down."""

    @property
    def waiting(self) -> int: ...

    def admit(self, updates: Sequence[RawUpdate]) -> None: ...


class Intake:
    """Our own long poll: persist, commit, and only then move the offset."""

    def __init__(
        self, archive: Archive, wire: Wire, clock: Clock, door: Door, last_word: LastWord | None = None
    ) -> None:
        self._archive, self._wire, self._clock, self._door = archive, wire, clock, door
        self._last_word = last_word or LastWord(wire, clock)
        self._offset: int | None = None
        self._failures = 0

    async def run(self) -> None:
        """Polls until cancelled. A dead line, a second bot or a full disk only makes it wait."""
        while True:
            if self._door.waiting > MOST_WAITING:
                await asyncio.sleep(0.1)  # Telegram keeps for us what we do not fetch yet
                continue
            reply = await self._poll()
            if reply.ok and await self._keep(reply.result):
                self._failures = 0
            else:
                await self._pause(reply)

    async def _poll(self) -> Reply:
        asked: dict[str, Any] = {"timeout": LONG_POLL, "limit": BATCH, "allowed_updates": WANTED}
        if self._offset is not None:
            asked["offset"] = self._offset
        return await self._wire.call("getUpdates", json.dumps(asked), seconds=LONG_POLL + 10)

    async def _keep(self, updates: Any) -> bool:
        """True once the whole batch is committed; the next poll then confirms it."""
        if not isinstance(updates, list):
            return False
        if not updates:
            return True
        raws = [as_raw(update) for update in updates]
        batch = [(raw.update_id, raw.raw, sender_of(one)) for raw, one in zip(raws, updates, strict=True)]
        now = self._clock.now()
        waits = WhenItHangs(self._archive, partial(self._last_word.hears, raws))
        try:
            fresh = await self._archive.write(lambda store: store.updates.keep(batch, now))
        except Exception:
            log.exception("updates could not be written down; Telegram keeps them until they can")
            self._last_word.hears(raws)
            return False
        finally:
            waits.cancel()
        # the last of this very batch and no high-water mark: the numbers may start anew after a quiet week
        confirmed = [number for number, *_ in batch if number >= 0]
        self._offset = confirmed[-1] + 1 if confirmed else self._offset
        self._door.admit(fresh)
        return bool(confirmed)

    async def _pause(self, reply: Reply) -> None:
        self._failures += 1
        if reply.status == 409:
            log.error("another bot polls with our token, or a webhook is set: %s", reply.description)
        elif reply.status in {401, 404}:
            log.error("Telegram does not know our token; see PAENZ_TOKEN")
        elif not reply.ok:
            log.warning("no updates: status %s", reply.status)
        pause = backoff(self._failures, 0.5)
        await asyncio.sleep(min(pause, STORE_AWAY) if reply.ok else pause)


def as_raw(update: Any) -> RawUpdate:
    """An update as it came, with its number."""
    return RawUpdate(update_id(update), json.dumps(update), 0)


def update_id(update: Any) -> int:
    """Telegram's number; for something that has none, a number below zero made of what it says."""
    given = update.get("update_id") if isinstance(update, dict) else None
    if isinstance(given, int) and not isinstance(given, bool) and 0 <= given < 2**62:
        return given
    return -1 - zlib.crc32(json.dumps(update).encode())


def sender_of(update: Any) -> int:
    """The Telegram id of whoever sent it; 0 where nobody can be made out."""
    parts = update.values() if isinstance(update, dict) else ()
    for part in parts:
        account = part.get("from") if isinstance(part, dict) else None
        id = account.get("id") if isinstance(account, dict) else None
        if isinstance(id, int):
            return id
    return 0
