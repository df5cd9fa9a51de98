"""Drains the outbox of the second way. Its death is nobody's: it starts again, and the log says so."""

import asyncio
import logging
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.outcomes import backoff
from bot.ringing import NotRung, ring
from bot.tasks import Tasks
from bot.unwell import UNWELL, why
from handlers import secondway
from handlers.second.actions import test_failed
from storage.engine import Archive
from storage.records import DeliveryState, Ring
from storage.store import Store

log = logging.getLogger("paenz.second")

LOOK_EVERY = 0.5  # seconds
AT_ONCE = 8
LONGEST_WAIT = 60.0
FIRST_WAIT = 2.0
TRIES_OF_A_TEST = 3

Call = tuple[Ring, str]  # what is owed, and the address


class Second:
    """Rings those whom Telegram does not reach, a few at a time, each again until it got through or is in vain."""

    def __init__(self, archive: Archive, clock: Clock) -> None:
        self._archive, self._clock = archive, clock
        self._tasks = Tasks()
        self._under_way = 0
        self._here = False

    async def run(self) -> None:
        """Looks until cancelled."""
        failures = 0
        while True:
            try:
                await self.look()
                failures = 0
            except UNWELL as error:
                failures += 1
                log.error("the second way waits for the store: %s", why(error))  # noqa: TRY400 - as why() says
            except Exception:
                failures += 1
                log.exception("the second way failed, and goes on")
            await asyncio.sleep(LOOK_EVERY if not failures else backoff(failures, 0.5))

    async def look(self) -> None:
        """Starts every ring that is due, as far as there is room."""
        now, room = self._clock.now(), AT_ONCE - self._under_way
        if room <= 0 or not await self._archive.read(lambda store: store.rings.waits(now)):
            return
        self._here = await self._archive.read(lambda store: store.settings.rings_here)
        for owed, address in await self._archive.write(partial(claimed, now=now, most=room)):
            self._under_way += 1
            self._tasks.start(self._ring(owed, address), "ring")

    async def _ring(self, owed: Ring, address: str) -> None:
        try:
            reason = await self._tried(owed, address)
            now = self._clock.now()
            await self._archive.write(partial(settle, owed=owed, reason=reason, now=now))
        finally:
            self._under_way -= 1  # what could not be written down is claimed again when its lease is over

    async def _tried(self, owed: Ring, address: str) -> str | None:
        try:
            await ring(address, owed.text, here=self._here)
        except NotRung as error:
            log.warning("ring %s, try %s: %s", owed.id, owed.attempts + 1, error)
            return str(error)
        log.info("ring %s got through", owed.id)
        return None

    async def stop(self) -> None:
        await self._tasks.stop()


def claimed(store: Store, now: datetime, most: int) -> list[Call]:
    """What is to be rung now. What no longer waits for anybody, or leads nowhere any more, ends here."""
    calls: list[Call] = []
    for owed in store.rings.claim(now, most):
        way = store.second_ways.readable(owed.way_id)
        if way is None:
            store.rings.settle(owed, DeliveryState.UNDELIVERABLE, now, "its key is gone")
        elif not secondway.still_waits(store, owed, way):
            store.rings.settle(owed, DeliveryState.SUPERSEDED, now, "nobody is waited for")
        else:
            calls.append((owed, way.address))
    return calls


def settle(store: Store, owed: Ring, reason: str | None, now: datetime) -> None:
    """It got through (no reason), is tried again, or was a test that did not get through."""
    way = store.second_ways.readable(owed.way_id)
    is_test = way is not None and secondway.is_test(owed, way)
    if reason is None:
        store.rings.heard(owed, now)
    elif is_test and owed.attempts + 1 >= TRIES_OF_A_TEST:
        if store.rings.settle(owed, DeliveryState.UNDELIVERABLE, now, reason):
            test_failed(store, owed, now)
    else:
        wait = min(FIRST_WAIT * 2 ** min(owed.attempts, 10), LONGEST_WAIT)
        store.rings.retry(owed, now + timedelta(seconds=wait), reason)
