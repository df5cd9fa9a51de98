"""Starts the demo on a free port and a Chromium to look at it with."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, web
from phones_page import CAST, Backstage, Opener, Show
from playwright.async_api import Browser, async_playwright

from bot.clock import WoundClock
from bot.demo.server import page_routes
from bot.demo.telegram.rules import Rules
from bot.demo.telegram.web import bot_api
from bot.demo.telegram.world import World

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
)

# These tests are about what is seen; how fast a bot may write is tested elsewhere.
UNHURRIED = Rules(per_second=None, per_chat_per_second=None)


def _chromium() -> str:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None and os.environ.get("CI"):
        pytest.fail("CI needs Chromium for the phones page: apt-get install chromium")
    if path is None:
        pytest.skip(
            "no Chromium on this machine, so the phones page stays untested: apt-get install chromium"
        )
    return path


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = _chromium()
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=FLAGS.split())
        yield chromium
        await chromium.close()


@asynccontextmanager
async def _served(app: web.Application) -> AsyncIterator[web.AppRunner]:
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield runner
    finally:
        await runner.cleanup()


def _cut(runner: web.AppRunner) -> None:
    """Breaks every connection there is; new ones are welcome."""
    assert runner.server
    for connection in runner.server.connections:
        connection.force_close()


def _stage(world: World) -> tuple[dict[str, int], Backstage]:
    backstage = Backstage(drawers={"outbox": [], "alarms": [], "journal": [], "timers": []})
    ids = {}
    for name, language, role, family in CAST:
        ids[name] = world.account(name, language_code=language).id
        entry = {"id": ids[name], "name": name, "language": language, "role": role, "family": family}
        backstage.cast.append(entry | {"dir": "rtl" if language == "ar" else "ltr"})
    return ids, backstage


@pytest_asyncio.fixture(loop_scope="session")
async def curtain(browser: Browser) -> AsyncIterator[Opener]:
    """Opens a show; `staged=False` leaves the demo's own API out. Every show must end without a complaint."""
    shows: list[Show] = []
    async with AsyncExitStack() as stack:

        async def lift(staged: bool = True, started: bool = True, **context: Any) -> Show:
            world = World(WoundClock(), rules=UNHURRIED)
            ids, backstage = _stage(world)
            app = bot_api(world)
            app.add_routes(page_routes() + (backstage.routes() if staged else []))
            runner = await stack.enter_async_context(_served(app))
            base = f"http://127.0.0.1:{runner.addresses[0][1]}"
            http = await stack.enter_async_context(ClientSession())
            window = await browser.new_context(**({"viewport": {"width": 1440, "height": 900}} | context))
            window.set_default_timeout(10_000)
            stack.push_async_callback(window.close)
            shows.append(
                Show(base, world, await window.new_page(), http, ids, backstage, partial(_cut, runner))
            )
            for name in ids if started else ():
                await shows[-1].types(name, "/start")
            await shows[-1].opens(messages=1 if started else 0)
            return shows[-1]

        yield lift
    assert [complaint for show in shows for complaint in show.complaints] == []


@pytest_asyncio.fixture(loop_scope="session")
async def show(curtain: Opener) -> Show:
    """The usual evening: four phones, all of which have met the bot."""
    return await curtain()
