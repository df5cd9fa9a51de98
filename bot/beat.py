"""The heartbeat: looks once a second what time owes. It holds no truth itself."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.dispatch import Dispatcher
from bot.pulse import feel
from handlers import reminding
from handlers.room import Due
from storage.engine import Archive
from storage.records import Timer
from storage.store import Store

log = logging.getLogger("paenz.beat")

AGAIN_AFTER = timedelta(seconds=10)
AT_A_LOOK = 10  # few, so that an alarm's timer soon overtakes what else is due
AWAY = timedelta(minutes=10)  # a gap between two beats after which somebody should hear of it
NOTED_EVERY = timedelta(minutes=1)


class Beat:
    """Calls each room for its due timers; a timer that fails is put off and never lost.

    Each beat that comes to its end leaves a sign in the file `pulse`, for whoever watches from outside.
    """

    def __init__(
        self,
        archive: Archive,
        clock: Clock,
        dispatcher: Dispatcher,
        due: Mapping[str, Due],
        pulse: Path | None = None,
    ) -> None:
        self._archive, self._clock, self._dispatcher, self._due = archive, clock, dispatcher, due
        self._pulse = pulse
        self._last: datetime | None = None
        self._noted_at: datetime | None = None
        self._one_at_a_time = asyncio.Lock()
        # the default grace of one second would drop a late beat; ours only ever come together
        self._scheduler = AsyncIOScheduler(job_defaults={"misfire_grace_time": None, "coalesce": True})

    def start(self) -> None:
        self._scheduler.add_job(self.tick, "interval", seconds=1, max_instances=1)
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """All that is due now, alarms first; then what the outbox may try again."""
        async with self._one_at_a_time:
            try:
                await self._wakes()
                while timers := await self._due_now():
                    # in one commit, in their order; each holds or fails alone
                    await asyncio.gather(*map(self._fire, timers))
                await self._dispatcher.claim()
                await self._note()
                if self._pulse is not None:
                    feel(self._pulse, self._clock.now())
            except Exception:
                log.exception("the beat missed; the next comes in a second")

    async def _wakes(self) -> None:
        """After a gap, whatever made it, it is found out what that meant."""
        last, now = self._last, self._clock.now()
        if last is None:
            last = await self._archive.read(reminding.last_beat)
        if last is not None and now - last > AWAY:
            since = last
            await self._archive.write(lambda store: reminding.was_away(store, since, now))
        self._last = now

    async def _note(self) -> None:
        """What the store knows of the last beat tells after a start how long nobody was at work."""
        now = self._clock.now()
        if self._noted_at is None or now - self._noted_at >= NOTED_EVERY:
            await self._archive.write(lambda store: reminding.beats(store, now))
            self._noted_at = now

    async def _due_now(self) -> list[Timer]:
        """The next few that are due. While many reminders wait to leave, those behind them stay timers."""
        now, all_kinds = self._clock.now(), not self._dispatcher.crowded
        return await self._archive.read(lambda store: store.timers.due(now, AT_A_LOOK, ranked=all_kinds))

    async def _fire(self, timer: Timer) -> None:
        try:
            await self._archive.write(lambda store: self._act(store, timer))
        except Exception:
            log.exception("timer %s failed and is put off", timer.kind)
            until = self._clock.now() + AGAIN_AFTER
            await self._archive.write(lambda store: store.timers.put_off(timer, until))

    def _act(self, store: Store, timer: Timer) -> None:
        if store.timers.due_at(timer.kind, timer.scope) != timer.due_at:
            return  # moved or dropped since we looked: whoever did that has won
        store.timers.drop(timer.kind, timer.scope)
        self._due[timer.kind](store, timer.scope, self._clock.now())
