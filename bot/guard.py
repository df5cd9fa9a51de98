"""Starts the auditor beside the bot and sees to it that there is one: the watcher is watched too."""

import asyncio
import logging
import os
import sys
from contextlib import suppress
from pathlib import Path

from bot.auditor import EVERY
from bot.clock import ticks
from bot.outcomes import backoff
from bot.pulse import felt

log = logging.getLogger("paenz.guard")

SECRETS = ("PAENZ_TOKEN", "PAENZ_TOKEN_FILE")  # the auditor never speaks to Telegram
LOOK_EVERY = 1.0
ENDS_WITHIN = 5.0
LIVED_WELL = 300.0
LONGEST_ROUND = 60.0  # on top of the pause between two

Process = asyncio.subprocess.Process


class Guard:
    """Keeps one auditor at work: `paenz audit` in a process of its own. `sign` is what each of its rounds touches."""

    def __init__(self, sign: Path, every: float = EVERY) -> None:
        self._sign, self._every = sign, every
        self._process: Process | None = None

    async def run(self) -> None:
        """Starts it again whenever it has died or stands still, until cancelled."""
        failures = 0
        try:
            while True:
                begun = ticks()
                self._process = await self._started()
                code = await self._watched(self._process)
                failures = 0 if ticks() - begun > LIVED_WELL else failures + 1
                log.error("the auditor ended with code %s and is started again", code)
                await asyncio.sleep(backoff(failures, 0.5))
        finally:
            await self._ended()

    async def _started(self) -> Process:
        words = ("audit", "--every", str(self._every), "--parent", str(os.getpid()))
        environment = {name: value for name, value in os.environ.items() if name not in SECRETS}
        return await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", *words, env=environment)

    async def _watched(self, process: Process) -> int:
        """Waits until it ends, or ends it when it makes no rounds any more; its exit code.

        That its sign changes is all that counts: what time stands in it hangs on the machine's clock.
        """
        seen, since = felt(self._sign), ticks()
        while process.returncode is None:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await process.wait()
            if (sign := felt(self._sign)) != seen:
                seen, since = sign, ticks()
            if ticks() - since > self._every + LONGEST_ROUND:
                process.kill()
                await process.wait()
        return process.returncode

    async def _ended(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            process.terminate()
            try:
                async with asyncio.timeout(ENDS_WITHIN):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()
