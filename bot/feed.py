"""Serves the private calendar feeds: one word, one calendar; the same answer to everything else, and no log of it."""

import asyncio
import logging
import re
from functools import partial
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network

from aiohttp import ETag, web

from bot.bucket import Allowance, Buckets
from bot.clock import Clock, ticks
from bot.config import FeedPlace
from bot.outcomes import backoff
from bot.ringing import in_thread
from bot.unwell import UNWELL, why
from handlers.calendars.feed import opened
from storage.calendars import FEED_URL
from storage.engine import Archive
from storage.store import Store

log = logging.getLogger("paenz.feed")
_mute = logging.getLogger("paenz.feed.mute")  # aiohttp would quote what it was asked
_mute.disabled = True

WORD = re.compile(r"/([A-Za-z0-9_-]{43})\.ics")
ASKS = frozenset({"GET", "HEAD"})
OFTEN = Allowance(at_once=60, per_second=1.0)  # of one address; a proxy's counts for all behind it
AT_ONCE, WRITTEN_AT_ONCE = 64, 2  # connections, and calendars written out
LASTS = 60.0  # seconds that a connection may live
HEADERS = {
    "Cache-Control": "private, no-cache",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Server": "paenz",
}


class Feed:
    """Listens from the start of `run` until it is cancelled. What it needs to know it reads from the store."""

    def __init__(self, archive: Archive, clock: Clock, place: FeedPlace | None) -> None:
        self._archive, self._clock, self._place = archive, clock, place
        self._often = Buckets(OFTEN)
        self._writing = asyncio.Semaphore(WRITTEN_AT_ONCE)

    async def run(self) -> None:
        """Where no place is set it only says so in the store. A port that is taken is tried again."""
        failures = 0
        while True:
            try:
                if self._place is None:
                    return await self._is_at("")
                await self._serve(self._place)
            except UNWELL as error:
                log.error("the feed waits for the store: %s", why(error))  # noqa: TRY400 - as why() says
            except OSError as error:
                log.error("the feed can't listen: %s", error.strerror)  # noqa: TRY400 - one line says it
            failures += 1
            await asyncio.sleep(backoff(failures, 0.5))

    async def _serve(self, place: FeedPlace) -> None:
        app = web.Application(client_max_size=1024)
        app.router.add_route("*", "/{any:.*}", self._answer)
        runner = web.AppRunner(app, access_log=None, logger=_mute, shutdown_timeout=1.0)
        await runner.setup()
        try:
            listening = await asyncio.get_running_loop().create_server(_few(runner), place.host, place.port)
            async with listening:
                host, port = listening.sockets[0].getsockname()[:2]
                await self._is_at(place.url or f"http://{host}:{port}")
                await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    async def _is_at(self, url: str) -> None:
        def act(store: Store) -> None:
            if store.settings.get(FEED_URL) != url:
                store.settings.put(FEED_URL, url)

        await self._archive.write(act)

    async def _answer(self, request: web.Request) -> web.Response:
        if not self._often.take(_whence(request.remote), ticks()):
            return web.Response(status=429, headers=HEADERS | {"Retry-After": "60"})
        try:
            content = await self._content(request)
        except Exception as error:
            log.error("a feed could not be read: %s", type(error).__name__)  # noqa: TRY400 - its text may tell
            return web.Response(status=503, headers=HEADERS)
        if content is None:
            return web.Response(status=404, headers=HEADERS)
        mark = sha256(content).hexdigest()[:32]
        tag = {"ETag": f'"{mark}"'}
        if any(one in {ETag(mark), ETag(mark, is_weak=True)} for one in request.if_none_match or ()):
            return web.Response(status=304, headers=HEADERS | tag)
        return web.Response(
            body=content, content_type="text/calendar", charset="utf-8", headers=HEADERS | tag
        )

    async def _content(self, request: web.Request) -> bytes | None:
        asked = WORD.fullmatch(request.rel_url.raw_path) if request.method in ASKS else None
        if asked is None or request.query_string:
            return None
        found = await self._archive.read(partial(opened, word=asked[1], now=self._clock.now()))
        if found is None:
            return None
        async with self._writing:
            return await in_thread(found.content, "feed")


class _Shut(asyncio.Protocol):
    """Hangs up at once."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()


class _few:  # noqa: N801 - reads as a word where it stands
    """So many connections and no more, none for long: whoever holds them open must not take the bot's own."""

    def __init__(self, runner: web.AppRunner) -> None:
        self._runner = runner

    def __call__(self) -> asyncio.BaseProtocol:
        server = self._runner.server
        if server is None or len(server.connections) >= AT_ONCE:
            return _Shut()
        handler = server()
        asyncio.get_running_loop().call_later(LASTS, handler.force_close)
        return handler


def _whence(remote: str | None) -> str:
    """Whose requests are counted together: an IPv6 connection has a whole net of addresses."""
    try:
        at = ip_address((remote or "").partition("%")[0])
    except ValueError:
        return ""
    return str(ip_network((at, 64), strict=False)) if isinstance(at, IPv6Address) else str(at)
