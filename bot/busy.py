"""Looks at the calendars in which caseworkers are busy: rows say which is due, and nobody waits for a slow one."""

import asyncio
import json
import logging
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.drawing import HANDED_ON
from bot.fetching import NotRead, fetched
from bot.outcomes import backoff
from bot.tasks import Tasks
from bot.unwell import UNWELL, why
from handlers.calendars import actions
from handlers.calendars.rules import BUSY_AHEAD
from locales.zone import here
from storage.calendars import Look
from storage.engine import Archive
from storage.records import Span

log = logging.getLogger("paenz.busy")

HOUSE = Path(__file__).parents[1]
LOOK_EVERY = 1.0  # seconds
AT_ONCE = 2
SECONDS = 40.0  # until a calendar must have been understood


class Busy:
    """Fetches and reads what is due, a few at a time; what it led to is one transaction."""

    def __init__(self, archive: Archive, clock: Clock, seconds: float = SECONDS) -> None:
        self._archive, self._clock, self._seconds = archive, clock, seconds
        self._tasks = Tasks()
        self._under_way = 0

    async def run(self) -> None:
        """Looks until cancelled, and then leaves nothing behind."""
        failures = 0
        try:
            while True:
                try:
                    await self.look()
                    failures = 0
                except UNWELL as error:
                    failures += 1
                    log.error("calendars wait for the store: %s", why(error))  # noqa: TRY400 - as why() says
                except Exception:
                    failures += 1
                    log.exception("looking at calendars failed, and goes on")
                await asyncio.sleep(LOOK_EVERY if not failures else backoff(failures, 0.5))
        finally:
            await self._tasks.stop()

    async def look(self) -> None:
        """Starts with whatever is due, as far as there is room."""
        now, room = self._clock.now(), AT_ONCE - self._under_way
        if room <= 0 or not await self._archive.read(lambda store: store.calendars.is_due(now)):
            return
        on_this_machine = await self._archive.read(actions.is_here)
        for one in await self._archive.write(partial(actions.to_look_at, now=now, most=room)):
            self._under_way += 1
            self._tasks.start(self._look_at(one, here=on_this_machine), "calendar")

    async def _look_at(self, one: Look, *, here: bool) -> None:
        found: list[Span] | str
        try:
            found = await read(await fetched(one.url, here=here), self._clock.now(), self._seconds)
        except NotRead as error:
            found = error.code
            log.warning("a calendar could not be read: %s", error.code)
        finally:
            self._under_way -= 1
        now = self._clock.now()
        await self._archive.write(partial(actions.looked, look=one, found=found, now=now))


async def read(calendar: bytes, now: datetime, seconds: float = SECONDS) -> list[Span]:
    """The busy times in a calendar, understood in a process of its own. Raises NotRead."""
    asked = {"since": now.timestamp(), "until": (now + BUSY_AHEAD).timestamp(), "zone": here().key}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.busytimes"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=HOUSE,
        env={name: os.environ[name] for name in HANDED_ON if name in os.environ},
    )
    try:
        async with asyncio.timeout(seconds):
            said, _ = await process.communicate(json.dumps(asked).encode() + b"\n" + calendar)
    except TimeoutError:
        raise NotRead("too_slow") from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    answer: dict[str, Any] = json.loads(said) if process.returncode == 0 else {"why": "too_slow"}
    if "why" in answer:
        raise NotRead(str(answer["why"]))
    return [Span(*(datetime.fromtimestamp(at, UTC) for at in span)) for span in answer["spans"]]
