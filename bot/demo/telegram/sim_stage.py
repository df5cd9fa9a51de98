"""Everything around the phones: accounts, the clock, faults, the transcript and the event stream."""

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import orjson
from aiohttp import web

from bot.demo.telegram.errors import ApiError
from bot.demo.telegram.messages import Account, Json
from bot.demo.telegram.world import World, iso

if TYPE_CHECKING:
    from bot.demo.telegram.web import Wind

_STILL_HERE_EVERY = 15.0  # real seconds between signs of life, so that browsers and proxies keep the stream
_SECONDS_IN_A_CENTURY = 3_200_000_000


class Stage:
    """The handlers that concern no single chat."""

    def __init__(self, world: World, wind: "Wind") -> None:
        self.world = world
        self.wind = wind
        self._closing = asyncio.Event()

    async def close(self, app: web.Application) -> None:
        """Ends the event streams."""
        self._closing.set()

    async def state(self, request: web.Request) -> Json:
        """Who is there, what time it is, what is going wrong."""
        rules = self.world.rules
        return {
            "now": iso(self.world.seconds()),
            "bot": {"username": self.world.bot["username"], "name": self.world.bot["first_name"]},
            "accounts": [account_shown(account) for account in self.world.accounts.values()],
            "faults": self.world.faults.shown(),
            "rates": {"per_second": rules.per_second, "per_chat_per_second": rules.per_chat_per_second},
        }

    async def account(self, request: web.Request) -> Json:
        """Adds an account."""
        body = orjson.loads(await request.read())
        id_ = body.get("id")
        account = self.world.account(
            str(body["name"]), body.get("language_code"), None if id_ is None else int(id_)
        )
        return account_shown(account)

    async def clock(self, request: web.Request) -> Json:
        """Winds the clock forward."""
        seconds = float(orjson.loads(await request.read())["forward_seconds"])
        if not 0 <= seconds <= _SECONDS_IN_A_CENTURY:
            raise ApiError(400, "Bad Request: forward_seconds must be between 0 and a hundred years")
        await self.wind(timedelta(seconds=seconds))
        return dict(self.world.told_time())

    async def faults(self, request: web.Request) -> Json:
        """Replaces the faults in force."""
        body = orjson.loads(await request.read())
        if "seed" in body:
            self.world.faults.seed(int(body["seed"]))
        taken = ("methods", "seconds", "chat_id", "acted", "delay", "retry_after")
        more = {name: body[name] for name in taken if body.get(name) is not None}
        self.world.faults.set(str(body["mode"]), float(body.get("share", 1.0)), **more)
        return self.world.faults.shown()

    async def requests(self, request: web.Request) -> list[Json]:
        """The transcript after a running number."""
        after = int(request.query.get("after", "0"))
        return [entry.shown() for entry in self.world.requests.after(after)]

    async def ignored(self, request: web.Request) -> list[Json]:
        """Names Telegram would have passed over."""
        return [{"method": sight.method, "name": sight.name} for sight in self.world.ignored]

    async def media(self, request: web.Request) -> web.StreamResponse:
        """A photo or document the bot sent."""
        file = self.world.media.get(request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound(text="no such file")
        # What a bot sends is shown, never run: a page cannot be smuggled in as a document.
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return web.Response(body=file.content, headers={**headers, "Content-Type": file.content_type})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-Sent Events until the page or the server goes."""
        answer = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        watcher = self.world.hub.watch()
        try:
            await answer.prepare(request)
            await answer.write(b": welcome\n\n")
            while not self._closing.is_set():
                await answer.write(await self._next(watcher.next))
        except ConnectionError:
            return answer
        finally:
            self.world.hub.leave(watcher)
        return answer

    async def _next(self, news: Any) -> bytes:
        waiting = asyncio.ensure_future(news())
        closing = asyncio.ensure_future(self._closing.wait())
        try:
            await asyncio.wait({waiting, closing}, timeout=_STILL_HERE_EVERY, return_when="FIRST_COMPLETED")
            if not waiting.done():
                return b": still here\n\n"
            kind, what = waiting.result()
            return f"event: {kind}\ndata: {orjson.dumps(what).decode()}\n\n".encode()
        finally:
            waiting.cancel()
            closing.cancel()


def account_shown(account: Account) -> Json:
    """An account as the sim API lists it."""
    shape: Json = {"id": account.id, "first_name": account.first_name, "language_code": account.language_code}
    return shape | {"color": account.color}
