"""A pager on loopback: what is rung beside Telegram arrives here, as ntfy or plain JSON."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from bot.clock import ticks
from storage.settings import RINGS_HERE
from storage.store import Store
from tests.phones import Phone
from tests.stage import Stage

PATIENCE = 5.0


@dataclass
class Pager:
    """All who are rung here, by the topic or path of their address."""

    port: int = 0
    status: int = 200
    delay: float = 0.0
    heard: list[tuple[str, str]] = field(default_factory=list)
    asked: int = 0

    def address(self, whose: str) -> str:
        """An address as somebody would type it."""
        return f"ntfy://127.0.0.1:{self.port}/{whose}"

    def told(self, whose: str) -> list[str]:
        return [text for topic, text in self.heard if topic == whose]

    async def rings(self, whose: str, within: float = PATIENCE) -> str:
        """Waits for the next message to this topic; its text."""
        before, end = len(self.told(whose)), ticks() + within
        while len(self.told(whose)) == before:
            if ticks() > end:
                raise AssertionError(f"{whose} was never rung; heard: {self.heard}")
            await asyncio.sleep(0.02)
        return self.told(whose)[-1]

    async def heard_by(self, whose: str, times: int = 1, within: float = PATIENCE) -> list[str]:
        """Waits until this topic has been rung so often."""
        end = ticks() + within
        while len(self.told(whose)) < times:
            if ticks() > end:
                raise AssertionError(f"{whose} was rung {len(self.told(whose))} times; heard: {self.heard}")
            await asyncio.sleep(0.02)
        return self.told(whose)

    async def stays_silent(self, for_: float = 1.2) -> None:
        """Nothing new within so many real seconds; the sender looks twice a second."""
        before = len(self.heard)
        await asyncio.sleep(for_)
        assert self.heard[before:] == []

    async def answer(self, request: web.Request) -> web.Response:
        self.asked += 1
        said = await request.json() if request.can_read_body else {}
        await asyncio.sleep(self.delay)
        if self.status == 200:
            self.heard.append((said.get("topic") or request.path.strip("/"), str(said.get("message", ""))))
        return web.json_response({"id": "x"}, status=self.status)


@asynccontextmanager
async def paging() -> AsyncIterator[Pager]:
    """A pager for as long as a test needs it."""
    pager = Pager()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", pager.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    pager.port = runner.addresses[0][1]
    try:
        yield pager
    finally:
        await runner.cleanup()


async def rings_here(stage: Stage) -> None:
    """The stage's second ways may lead to this machine."""
    await stage.machine.archive.write(lambda store: store.settings.put(RINGS_HERE, "on"))


async def carries(stage: Stage, phone: Phone, pager: Pager, whose: str) -> None:
    """This person has a confirmed second way: a pager with this topic."""
    await rings_here(stage)
    now = stage.clock.now()

    def add(store: Store) -> None:
        person = store.people.by_telegram(phone.account.id)
        assert person is not None
        store.second_ways.confirm(store.second_ways.add(person.id, pager.address(whose), now).id, now)

    await stage.machine.archive.write(add)
