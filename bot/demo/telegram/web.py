"""The double as an HTTP server: the Bot API at /bot<token>/<method>, the phones' side at /sim/…"""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import orjson
from aiohttp import web

from bot.demo.telegram import mischief, sim
from bot.demo.telegram.call import Call, Told, leading_integer
from bot.demo.telegram.errors import ApiError
from bot.demo.telegram.faults import Fault
from bot.demo.telegram.methods import METHODS, perform
from bot.demo.telegram.reading import read_call
from bot.demo.telegram.world import World
from bot.tasks import Tasks

Wind = Callable[[timedelta], Awaitable[object]]

_TOKEN = re.compile(r"[1-9]\d{0,19}:[A-Za-z0-9_-]{1,60}")
_BIGGEST_REQUEST = 52 * 1024 * 1024


def bot_api(world: World, wind: Wind | None = None) -> web.Application:
    """The application for one world. `wind` moves everybody's clock on, by default the world's own."""
    app = web.Application(client_max_size=_BIGGEST_REQUEST)
    desk = Desk(world)
    app.router.add_route("*", "/bot{token:[^/]*}/{method:[^/]*}", desk.serve)
    sim.add_routes(app, world, wind)
    app.cleanup_ctx.append(desk.postman)
    app.on_shutdown.append(desk.close)
    return app


class Desk:
    """Receives requests of bots and answers them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.closing = asyncio.Event()
        world.webhook.on_reply = self._webhook_reply

    async def postman(self, app: web.Application) -> AsyncIterator[None]:
        """Runs the webhook's postman as long as the application."""
        tasks = Tasks()
        tasks.start(self.world.webhook.run(), "webhook of the double")
        yield
        await tasks.stop()

    async def close(self, app: web.Application) -> None:
        """Lets go of everybody who is still waiting for an answer."""
        self.closing.set()
        self.world.updates.interrupt()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One request of a bot."""
        if self.closing.is_set():
            # A bot that polls again while the server goes down would keep it from going.
            return await mischief.instead_of_an_answer(request, "down", self.closing)
        shown = request.match_info["method"]
        method = shown.lower()
        try:
            self._admit(request.match_info["token"], method)
            call = await read_call(request, method)
        except ApiError as refusal:
            self.world.requests.write(shown, {}, refusal.code, refusal.description)
            return refused(refusal)
        fault = self.world.faults.strikes(method, leading_integer(call.text("chat_id")))
        if fault is not None:
            return await self._misbehave(request, shown, call, fault)
        return await self._answer(shown, call)

    def _admit(self, token: str, method: str) -> None:
        if token != self.world.token:
            raise ApiError(401, "Unauthorized") if _TOKEN.fullmatch(token) else ApiError(404, "Not Found")
        if method not in METHODS:
            raise ApiError(404, "Not Found")

    async def _answer(self, shown: str, call: Call) -> web.Response:
        try:
            body = await self._act(call)
        except ApiError as refusal:
            self._note(shown, call, refusal)
            return refused(refusal)
        self._note(shown, call)
        return web.Response(body=body, content_type="application/json")

    async def _act(self, call: Call) -> bytes:
        if call.method == "getupdates":
            call.ignored.extend(name for name in call.params if name not in _POLLING)
            return b'{"ok":true,"result":' + await self.world.updates.fetch(call) + b"}"
        result = perform(self.world, call)
        if isinstance(result, Told):
            return orjson.dumps({"ok": True, "result": result.result, "description": result.description})
        return orjson.dumps({"ok": True, "result": result})

    def _note(self, shown: str, call: Call, refusal: ApiError | None = None, status: int = 200) -> None:
        if refusal is not None:
            self.world.requests.write(shown, call.shown(), refusal.code, refusal.description)
        else:
            self.world.requests.write(shown, call.shown(), status)
        if call.ignored:
            self.world.requests.note_ignored(shown, call.ignored)

    async def _misbehave(
        self, request: web.Request, shown: str, call: Call, fault: Fault
    ) -> web.StreamResponse:
        if fault.mode == "slow":
            await mischief.wait(self.closing, fault.delay)
            return await self._answer(shown, call)
        if fault.mode == "truncated":
            return mischief.truncated(await self._answer(shown, call))
        refusal = fault.refusal()
        if refusal is not None:
            self._note(shown, call, refusal)
            return refused(refusal)
        if fault.acted:
            await self._answer(shown, call)
        else:
            self._note(shown, call, status=502 if fault.mode == "html" else 0)
        return await mischief.instead_of_an_answer(request, fault.mode, self.closing)

    def _webhook_reply(self, call: Call) -> None:
        try:
            perform(self.world, call) if call.method in METHODS else None
        except ApiError as refusal:
            self._note(call.method, call, refusal)
        else:
            self._note(call.method, call)


_POLLING = frozenset({"offset", "limit", "timeout", "allowed_updates"})


def refused(refusal: ApiError) -> web.Response:
    """An error answer, with the Retry-After header where there is something to wait for."""
    answer = web.Response(
        body=orjson.dumps(refusal.body()), status=refusal.code, content_type="application/json"
    )
    if refusal.parameters and "retry_after" in refusal.parameters:
        answer.headers["Retry-After"] = str(refusal.parameters["retry_after"])
    return answer
