"""Stands in while the store can't be opened: cries are answered from memory, and nothing is confirmed to Telegram."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.intake import BATCH, LONG_POLL, WANTED, as_raw
from bot.lastword import LastWord
from bot.outcomes import backoff
from bot.tasks import Tasks
from bot.wire import Reply, Wire

log = logging.getLogger("paenz.standin")

TRY_EVERY = 10.0
BREATH = 2.0  # what is not confirmed is handed out again at once


class StandIn:
    """Fetches without an offset, so that Telegram keeps everything for when the store is back.

    Telegram hands out the oldest hundred updates only: a cry behind a hundred others is not heard before then.
    """

    def __init__(self, wire: Wire, last_word: LastWord) -> None:
        self._wire, self._last_word = wire, last_word
        self._conflict = False

    async def until(self, opens: Callable[[bool], Awaitable[bool]], ended: asyncio.Event) -> bool:
        """True once the store opens, which is tried every ten seconds; False when somebody ends it all.

        `opens` is told whether somebody else polls with our token.
        """
        tasks = Tasks()
        tasks.start(self._listens(), "stand in")
        try:
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout(TRY_EVERY):
                        await ended.wait()
                if ended.is_set():
                    return False
                if await opens(self._conflict):
                    return True
        finally:
            await tasks.stop()

    async def _listens(self) -> None:
        asked = json.dumps({"timeout": LONG_POLL, "limit": BATCH, "allowed_updates": WANTED})
        failures = 0
        while True:
            reply = await self._wire.call("getUpdates", asked, seconds=LONG_POLL + 10)
            if reply.ok and isinstance(reply.result, list):
                failures = 0
                self._last_word.hears(map(as_raw, reply.result))
                await asyncio.sleep(BREATH if reply.result else 0.0)
            else:
                failures += 1
                self._notes(reply)
                await asyncio.sleep(backoff(failures, 0.5))

    def _notes(self, reply: Reply) -> None:
        self._conflict = self._conflict or reply.status == 409
        log.error("no updates while the store is away: status %s", reply.status)
