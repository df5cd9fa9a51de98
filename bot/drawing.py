"""Has pictures drawn by a process of their own, one at a time, and never waits for one for long."""

import asyncio
import contextlib
import logging
import os
import sys
from collections import OrderedDict
from pathlib import Path
from typing import Any

import orjson

log = logging.getLogger("paenz.drawing")

HOUSE = Path(__file__).parents[1]
SECONDS = 10.0
KEPT = 8  # pictures that wait for their turn to leave
BIGGEST = 5_000_000  # bytes
SIGNATURE = b"\x89PNG\r\n\x1a\n"
PRINTED = b"%PDF-"
PRINTER = "bot.certificate"
PATIENT = 4  # times as long: nobody looks at the clock while a paper is printed
HANDED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "MPLCONFIGDIR", "SSL_CERT_FILE", "PYTHONPATH")


class Easel:
    """Draws pictures and prints papers. What was made ahead waits here for the call that takes it."""

    def __init__(self, seconds: float = SECONDS, program: str = "bot.pictures") -> None:
        self._seconds, self._program = seconds, program
        self._free = asyncio.Semaphore(1)
        self._waiting: OrderedDict[bytes, bytes | None] = OrderedDict()

    async def ahead(self, wanted: Any) -> None:
        """Draws it now, for `drawn` to take: what is owed to the same chat need not wait for the drawing."""
        self._waiting[orjson.dumps(wanted)] = await self._draw(wanted)
        while len(self._waiting) > KEPT:
            self._waiting.popitem(last=False)

    async def drawn(self, wanted: Any) -> bytes | None:
        """The picture as PNG, or the paper as PDF; None when it can't be made, or not within the time."""
        key = orjson.dumps(wanted)
        return self._waiting.pop(key) if key in self._waiting else await self._draw(wanted)

    async def _draw(self, wanted: Any) -> bytes | None:
        paper = isinstance(wanted, dict) and "paper" in wanted
        program = PRINTER if paper else self._program
        async with self._free:
            try:
                process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", program),
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=asyncio.subprocess.DEVNULL,
                    cwd=HOUSE,
                    env=_surroundings(),
                )
            except OSError as error:
                log.warning("no picture: %s", type(error).__name__)
                return None
            within = self._seconds * (PATIENT if paper else 1)
            made = await self._taken(process, orjson.dumps(wanted), within)
        if made is None or made.startswith(PRINTED if paper else SIGNATURE):
            return made
        log.warning("no picture: something else was made")
        return None

    async def _taken(self, process: asyncio.subprocess.Process, wanted: bytes, within: float) -> bytes | None:
        try:
            async with asyncio.timeout(within):
                picture, _ = await process.communicate(wanted)
        except TimeoutError:
            log.warning("no picture within %s s", within)
            return None
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if process.returncode == 0 and len(picture) <= BIGGEST:
            return picture
        log.warning("no picture: the drawing ended with %s", process.returncode)
        return None


def _surroundings() -> dict[str, str]:
    """No secret of ours, and no threads that would take the processors from whoever is paged."""
    handed = {name: os.environ[name] for name in HANDED_ON if name in os.environ}
    return handed | {"MPLBACKEND": "Agg", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
