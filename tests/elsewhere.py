"""A server that is not ours, on loopback: it answers as a test wants."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

Answers = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def a_server(answers: Answers) -> AsyncIterator[str]:
    """The address of a calendar on a server that answers everything so."""
    app = web.Application()
    app.router.add_route("*", "/{any:.*}", answers)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/calendar.ics"
    finally:
        await runner.cleanup()
