"""The short way for the calls we make all day: aiohttp's connections and parser, without a session's generality."""

import asyncio
from functools import cache

import aiohttp
from aiohttp.connector import Connection
from aiohttp.http import HttpProcessingError
from yarl import URL

HURT = (aiohttp.ClientError, HttpProcessingError, TimeoutError, OSError)
INTERIM = range(102, 200)
UNHURRIED = aiohttp.ClientTimeout(total=None)


class Line:
    """POSTs JSON below one address; the heads of requests are written once for each method.

    A session builds every request anew, with redirects, cookies, authorisation and tracing in mind: that
    was two thirds of a call's work. aiohttp has no public way to leave it out; its version is pinned.
    """

    def __init__(self, base: str, session: aiohttp.ClientSession) -> None:
        connector = session.connector
        if connector is None:
            raise ValueError("a closed session has no connections")
        self._base = URL(base)
        self._connector = connector
        # names the place to connect to; it is never sent
        self._place = aiohttp.ClientRequest(
            "POST", self._base, loop=asyncio.get_running_loop(), session=session
        )
        self._head = cache(self._written_head)

    def _written_head(self, method: str) -> bytes:
        path, host = (self._base / method).raw_path, self._base.host_port_subcomponent
        return (
            f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: "
        ).encode()

    async def post(self, method: str, body: bytes, seconds: float) -> tuple[int, bytes]:
        """The HTTP status and the body of the answer. Raises one of HURT for what the net does."""
        async with asyncio.timeout(seconds):
            connection = await self._connector.connect(self._place, [], UNHURRIED)
            try:
                answer = await self._exchange(
                    connection, b"%b%d\r\n\r\n%b" % (self._head(method), len(body), body)
                )
            except BaseException:
                connection.close()  # its answer may still come, and must not meet the next request
                raise
            connection.release()
            return answer

    @staticmethod
    async def _exchange(connection: Connection, request: bytes) -> tuple[int, bytes]:
        protocol = connection.protocol
        if protocol is None or protocol.transport is None:
            raise aiohttp.ServerDisconnectedError
        protocol.set_response_params(read_until_eof=True)
        protocol.transport.write(request)
        message, payload = await protocol.read()
        while message.code in INTERIM or message.code == 100:
            message, payload = await protocol.read()
        return message.code, await payload.read()
