"""Fetches what lies at an address that somebody typed: nowhere it must not lead, not too much, not for too long."""

import socket

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.ringing import in_thread
from handlers.addresses import may_be_spoken_to
from handlers.calendars.rules import NotUnderstood, web

MOST = 2_000_000  # bytes
PIECE = 65_536
TURNS = 5  # redirects that are followed
PATIENCE = aiohttp.ClientTimeout(total=20, sock_connect=8, sock_read=10)
MOVED = frozenset({301, 302, 303, 307, 308})
ASKING = {"Accept": "text/calendar", "Accept-Encoding": "identity", "User-Agent": "Paenz"}


class NotRead(Exception):  # noqa: N818 - what it says
    """It could not be read; `code` says why in one word that names no address."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Allowed(AbstractResolver):
    """Finds the numbers of a name, and gives out none where one of them must not be spoken to."""

    def __init__(self, *, here: bool) -> None:
        self._here = here

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await in_thread(lambda: _numbers(host, port, family, here=self._here), "resolve")
        return [
            ResolveResult(hostname=host, host=number, port=port, family=kind, proto=0, flags=0)
            for kind, number in found
        ]

    async def close(self) -> None:
        """Nothing is held."""


def _numbers(host: str, port: int, family: int, *, here: bool) -> list[tuple[int, str]]:
    lines = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)
    found = list(dict.fromkeys((int(line[0]), str(line[4][0])) for line in lines))
    _require(bool(found) and all(may_be_spoken_to(number, here=here) for _, number in found))
    return found


async def fetched(address: str, *, here: bool = False) -> bytes:
    """What lies there. `here` lets addresses of this machine in. Raises NotRead."""
    connector = aiohttp.TCPConnector(resolver=_Allowed(here=here), use_dns_cache=False, force_close=True)
    session = aiohttp.ClientSession(
        connector=connector,
        timeout=PATIENCE,
        headers=ASKING,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
    )
    try:
        async with session:
            return await _followed(session, URL(address), here=here)
    except (aiohttp.ClientError, OSError, TimeoutError):
        raise NotRead("no_answer") from None
    except (ValueError, NotUnderstood):  # an address that is none, such as one that a redirect names
        raise NotRead("elsewhere") from None


async def _followed(session: aiohttp.ClientSession, url: URL, *, here: bool) -> bytes:
    for _ in range(TURNS + 1):
        url = web(url, here=here)
        _require(_may_be_asked(url, here=here))
        async with session.get(url, allow_redirects=False) as reply:
            if reply.status not in MOVED:
                return await _body(reply)
            url = url.join(URL(reply.headers.get("Location", "")))
    raise NotRead("refused")


def _may_be_asked(url: URL, *, here: bool) -> bool:
    """A number is never looked up, so nobody else asks about it; a name is asked about as it is looked up."""
    try:
        return may_be_spoken_to(url.host or "", here=here)
    except ValueError:
        return True


async def _body(reply: aiohttp.ClientResponse) -> bytes:
    if reply.status != 200 or reply.headers.get("Content-Encoding", "identity") != "identity":
        raise NotRead("refused")
    if (reply.content_length or 0) > MOST:
        raise NotRead("too_big")
    body = bytearray()
    async for piece in reply.content.iter_chunked(PIECE):
        body += piece
        if len(body) > MOST:
            raise NotRead("too_big")
    return bytes(body)


def _require(allowed: bool) -> None:
    if not allowed:
        raise NotRead("elsewhere")
