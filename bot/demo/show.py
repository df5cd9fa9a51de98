"""The show: a local Telegram, the real bot, the cast and the phones page, all on one loopback address."""

import asyncio
import signal
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import orjson
from aiohttp import web
from rich.console import Console

from bot import agency
from bot.app import Machine, running
from bot.clock import WoundClock
from bot.config import FeedPlace
from bot.demo.drawers import drawers
from bot.demo.pager import Pager
from bot.demo.people import Company
from bot.demo.server import page_routes
from bot.demo.telegram.web import bot_api
from bot.demo.telegram.world import World
from bot.demo.winding import wind
from storage.keyring import Keys, opened
from storage.records import Role

T = TypeVar("T")
SAMPLE = Path(__file__).parent / "agency.toml"
HOST = "127.0.0.1"


class Show:
    """What the page asks of the demo beyond Telegram itself."""

    def __init__(self, clock: WoundClock, pager: Pager) -> None:
        self.clock, self.pager = clock, pager
        self.machine: Machine | None = None
        self.company: Company | None = None

    async def wind(self, by: timedelta) -> None:
        if self.machine is not None:
            await wind(self.machine, self.clock, by)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/demo/cast", self._cast),
            web.get("/demo/drawers", self._drawers),
            web.post("/demo/phones", self._add_phone),
            *self.pager.routes(),
        ]

    async def _cast(self, _: web.Request) -> web.Response:
        company = self._open(self.company)
        return _json([part.shown(company.account(id)) for id, part in company.cast.items()])

    async def _drawers(self, _: web.Request) -> web.Response:
        behind = await self._open(self.machine).archive.read(drawers)
        return _json(behind | {"pager": self.pager.heard()})

    async def _add_phone(self, request: web.Request) -> web.Response:
        asked = await request.json()
        try:
            role = Role(asked.get("role", "parent"))
            return _json(await self._open(self.company).add(str(asked["language"]), role))
        except (KeyError, ValueError):
            raise web.HTTPBadRequest(text="Which language, and which role?") from None

    def _open(self, part: T | None) -> T:
        if part is None:
            raise web.HTTPServiceUnavailable(text="The curtain is still down.")
        return part


def _json(content: object) -> web.Response:
    return web.Response(body=orjson.dumps(content), content_type="application/json")


async def show(port: int) -> None:
    """Plays until Ctrl-C. Raises OSError when the port is taken."""
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    with tempfile.TemporaryDirectory(prefix="paenz-demo-") as folder:
        await _play(port, folder, ended)


async def _play(port: int, folder: str, ended: asyncio.Event) -> None:
    clock = WoundClock()
    address = f"http://{HOST}:{port}"
    pager = Pager(clock, address)
    world, staged = World(clock), Show(clock, pager)
    app = bot_api(world, staged.wind)
    app.add_routes([*page_routes(), *staged.routes()])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port).start()
        keys = Keys.within(Path(folder) / "keys")
        opened(keys).close()
        store = f"sqlite:///{folder}/demo.db"
        feed = FeedPlace(HOST, 0, "")
        async with running(address, world.token, store, keys, clock, feed=feed) as staged.machine:
            with Console(stderr=True).status("The cast is coming in …"):
                company = Company(world, staged.machine, clock, pager)
                await company.open(agency.read(SAMPLE))
                staged.company = company
            print(f"Pänz is on stage: open {address}\nCtrl-C ends the show; nothing is kept.", flush=True)
            await ended.wait()
    finally:
        await runner.cleanup()
