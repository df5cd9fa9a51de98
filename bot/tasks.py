"""Work in the background that nobody forgets: every task is held, and its error is logged."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from bot.clock import ticks

log = logging.getLogger("paenz.tasks")


class Tasks:
    """The tasks of one part of the machine."""

    def __init__(self) -> None:
        self._held: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._held.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._held.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("task %s failed", task.get_name(), exc_info=error)

    async def finish(self, within: float) -> None:
        """Waits up to so many seconds for all to end by themselves, then cancels the rest."""
        end = ticks() + within
        while self._held and (rest := end - ticks()) > 0:  # what ends may have started something more
            await asyncio.wait(self._held, timeout=rest)
        await self.stop()

    async def stop(self) -> None:
        held = list(self._held)
        for task in held:
            task.cancel()
        await asyncio.gather(*held, return_exceptions=True)
