"""What somebody typed is fetched with care: not from everywhere, not too much, not for too long."""

import asyncio

import aiohttp
import pytest
from aiohttp import web

from bot import fetching
from bot.busy import read
from bot.clock import WoundClock, ticks
from bot.fetching import NotRead, fetched
from tests.elsewhere import Answers, a_server

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"


async def why_not(address: str, *, here: bool = True) -> str:
    with pytest.raises(NotRead) as caught:
        await fetched(address, here=here)
    assert str(caught.value) == caught.value.code
    return caught.value.code


def leads_to(address: str, status: int = 302) -> Answers:
    async def answers(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, headers={"Location": address})

    return answers


async def gives(request: web.Request) -> web.StreamResponse:
    return web.Response(body=CALENDAR, content_type="text/calendar")


async def test_a_calendar_is_fetched_and_one_turn_is_followed() -> None:
    async with a_server(gives) as address, a_server(leads_to(address)) as other:
        assert await fetched(address, here=True) == CALENDAR
        assert await fetched(other, here=True) == CALENDAR


async def test_nobody_but_the_demo_and_the_tests_looks_at_this_machine() -> None:
    async with a_server(gives) as address:
        assert await why_not(address.replace("http:", "https:"), here=False) == "elsewhere"
        assert await why_not(address, here=False) == "elsewhere"
    assert await why_not("https://localhost:1/", here=False) == "elsewhere"
    assert await why_not("https://[::1]:1/", here=False) == "elsewhere"


@pytest.mark.parametrize("status", sorted(fetching.MOVED))
@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/",
        "https://169.254.169.254/latest/",
        "https://[fe80::1]/",
        "https://[::ffff:169.254.169.254]/",
        "https://100.100.100.200/",
        "https://224.0.0.1/",
        "https://0.0.0.0/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "https://name:word@127.0.0.1/",
        "https://[broken",
    ],
)
async def test_no_turn_is_followed_to_where_nobody_may_look(status: int, address: str) -> None:
    async with a_server(leads_to(address, status)) as there:
        assert await why_not(there) == "elsewhere"


async def test_who_sends_us_round_in_circles_is_left() -> None:
    turns = []

    async def round_again(request: web.Request) -> web.StreamResponse:
        turns.append(request.path)
        raise web.HTTPFound("/again")

    async with a_server(round_again) as address:
        assert await why_not(address) == "refused"
    assert len(turns) == fetching.TURNS + 1


async def test_a_calendar_without_end_is_left_in_time() -> None:
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        reply = web.StreamResponse()
        await reply.prepare(request)
        while True:
            await reply.write(b"x" * 100_000)
            sent += 100_000

    async with a_server(endless) as address:
        assert await why_not(address) == "too_big"
    assert sent < 20 * fetching.MOST


async def test_a_length_that_is_said_is_believed() -> None:
    async def huge(request: web.Request) -> web.StreamResponse:
        return web.Response(body=b"x" * (fetching.MOST + 1))

    async with a_server(huge) as address:
        assert await why_not(address) == "too_big"


async def test_what_is_packed_is_not_unpacked() -> None:
    async def packed(request: web.Request) -> web.StreamResponse:
        assert request.headers["Accept-Encoding"] == "identity"
        return web.Response(body=b"\x1f\x8b" + bytes(100), headers={"Content-Encoding": "gzip"})

    async with a_server(packed) as address:
        assert await why_not(address) == "refused"


async def test_who_never_answers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PATIENCE", aiohttp.ClientTimeout(total=0.3))

    async def sleeps(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(5)
        return web.Response()

    begun = ticks()
    async with a_server(sleeps) as address:
        assert await why_not(address) == "no_answer"
    assert ticks() - begun < 4


@pytest.mark.parametrize("status", [204, 401, 403, 404, 500])
async def test_a_calendar_that_is_not_given_out_is_named_so(status: int) -> None:
    async def refuses(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status)

    async with a_server(refuses) as address:
        assert await why_not(address) == "refused"


async def test_nobody_there_is_no_answer() -> None:
    async with a_server(gives) as address:
        gone = address
    assert await why_not(gone) == "no_answer"


async def test_a_calendar_that_takes_too_long_to_read_is_given_up() -> None:
    begun = ticks()
    with pytest.raises(NotRead, match="too_slow"):
        await read(CALENDAR, WoundClock().now(), seconds=0.01)
    assert ticks() - begun < 5


@pytest.mark.parametrize("content", [b"", b"<html>", b"\x00\xff" * 5000, b"BEGIN:VEVENT\r\nEND:VEVENT\r\n"])
async def test_what_is_no_calendar_is_named_so(content: bytes) -> None:
    with pytest.raises(NotRead, match="no_calendar"):
        await read(content, WoundClock().now())
