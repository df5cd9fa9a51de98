"""The answers of a server in trouble: none, half of one, or somebody else's."""

import asyncio
import socket
import struct

from aiohttp import web

_PAGE = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>"
_LOOK_EVERY = 0.5  # seconds between looks whether the other side has hung up


async def wait(closing: asyncio.Event, seconds: float) -> None:
    """Waits some real seconds, less when the server closes."""
    try:
        await asyncio.wait_for(closing.wait(), seconds)
    except TimeoutError:
        return


def truncated(whole: web.Response) -> web.Response:
    """An answer whose JSON ends in the middle."""
    body = whole.body if isinstance(whole.body, bytes) else b"{}"
    return web.Response(body=body[: len(body) // 2], status=whole.status, content_type="application/json")


async def instead_of_an_answer(request: web.Request, mode: str, closing: asyncio.Event) -> web.Response:
    """A page of somebody in between, endless silence, or a connection reset."""
    if mode == "html":
        return web.Response(text=_PAGE, status=502, content_type="text/html")
    if mode == "drop":
        while not closing.is_set() and request.transport is not None and not request.transport.is_closing():
            await wait(closing, _LOOK_EVERY)
    _reset(request)
    return web.Response()


def _reset(request: web.Request) -> None:
    transport = request.transport
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    if connection is not None:
        # No lingering: the other side sees a reset rather than an orderly end.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
