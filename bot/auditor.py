"""The auditor's rounds: looks every minute, tells the operator what is wrong once, and beats only while all is well."""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import aiohttp

from bot.audit import Found, What
from bot.clock import Clock
from bot.pulse import feel
from bot.ringing import NotRung, in_thread, ring

log = logging.getLogger("paenz.audit")

EVERY = 60.0  # seconds
AGAIN = 5.0  # what is wrong only in passing is gone by then
PATIENCE = 30.0
BEAT_WITHIN = 10.0

Look = Callable[[datetime], list[Found]]
Tell = Callable[[str], Awaitable[None]]


@dataclass
class Auditor:
    """`look` finds what is wrong, `tell` reaches the operator, `beat` an outside watcher who misses it.

    `tell` and `beat` may raise NotRung. Each round leaves the sign `round_made`, a good one `well` too.
    """

    look: Look
    clock: Clock
    well: Path
    round_made: Path
    tell: Tell | None = None
    beat: Callable[[], Awaitable[None]] | None = None
    again: float = AGAIN
    told: set[Found] = field(default_factory=set)

    async def run(self, every: float, parent: int | None = None) -> None:
        """Rounds until cancelled. Where `parent` was our parent and is gone, one round more and no beat."""
        while not await _gone_within(every, parent):
            await self.round()
        await asyncio.sleep(every)
        await self._speak(await self.found())

    async def round(self) -> list[Found]:
        """One round; what was wrong."""
        found = await self.found()
        _leave(self.round_made, self.clock.now())
        await self._speak(found)
        if not found:
            _leave(self.well, self.clock.now())
            await self._beat()
        return found

    async def found(self) -> list[Found]:
        """What is wrong, and still is a few seconds later."""
        first = await self._looked()
        if not first:
            return []
        await asyncio.sleep(self.again)
        second = await self._looked()
        return [one for one in second if one in first]

    async def _looked(self) -> list[Found]:
        now = self.clock.now()
        try:
            async with asyncio.timeout(PATIENCE):
                return await in_thread(lambda: self.look(now), "look")
        except TimeoutError:
            return [Found(What.STORE, "no answer")]

    async def _speak(self, found: Collection[Found]) -> None:
        """Each finding is told once, and that all is well again once; what could not be told is told later."""
        new = [one for one in found if one not in self.told]
        for one in new:
            log.error("%s", one)
        if new and await self._told("; ".join(map(str, new))):
            self.told |= set(new)
        if found:
            self.told &= set(found)
        elif self.told and await self._told("all is well again"):
            log.warning("all is well again")
            self.told.clear()

    async def _told(self, what: str) -> bool:
        if self.tell is None:
            return True
        try:
            await self.tell(f"Pänz: {what}")
        except NotRung as error:
            log.error("the operator could not be told: %s", error)  # noqa: TRY400 - the text says all
            return False
        return True

    async def _beat(self) -> None:
        if self.beat is not None:
            try:
                await self.beat()
            except NotRung as error:
                log.error("the beat did not get through: %s", error)  # noqa: TRY400 - the text says all


def teller(address: str) -> Tell:
    """Rings the operator. Their address is no stranger's: it may lead to this very machine."""
    return lambda text: ring(address, text, here=True)


async def beat_at(url: str) -> None:
    """Tells an outside watcher that all is well. Raises NotRung."""
    try:
        limit = aiohttp.ClientTimeout(total=BEAT_WITHIN)
        async with aiohttp.ClientSession(timeout=limit) as session, session.get(url) as answer:
            status = answer.status
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        raise NotRung(type(error).__name__) from None
    if status >= 300:  # redirects are followed; what is left is a refusal
        raise NotRung(f"answered {status}")


async def _gone_within(seconds: float, parent: int | None) -> bool:
    """Waits so long. True as soon as the parent is another one."""
    left = seconds
    while left > 0:
        if parent is not None and os.getppid() != parent:
            return True
        await asyncio.sleep(min(left, 1.0))
        left -= 1.0
    return False


def _leave(sign: Path, now: datetime) -> None:
    try:
        feel(sign, now)
    except OSError as error:
        log.error("no sign can be left beside the store: %s", error.strerror)  # noqa: TRY400 - one line says all
