"""Pictures are drawn in a process of their own: valid ones in time, and none at all when something is wrong."""

import asyncio
import struct
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from bot.clock import SystemClock, ticks
from bot.demo.telegram.world import World
from bot.drawing import SIGNATURE, Easel
from bot.wire import Wire, has_to_draw
from handlers.alarms import screens
from handlers.alarms.actions import Sheet
from handlers.alarms.rules import BOT, PERSON, Entry
from handlers.screen import as_new
from locales.translator import voice
from storage.records import Alarm, AlarmState, Happening
from tests.stage import HURRIED, served

THEN = datetime(2026, 11, 24, 2, 12, tzinfo=UTC)
ALARM = Alarm("a" * 16, 412, "p" * 16, None, AlarmState.ENDED, THEN, {"minutes": [5]}, 1, 1, None, None, 1)
# a name that would be a formula, one in another script, and one that is too long
NAMES = {"k" * 16: "Frau $x^2$ Koch", "l" * 16: "د. ليلى", "m" * 16: "M" * 40}


def sheet(minutes: int = 50) -> Sheet:
    everybody = [PERSON, BOT, *NAMES]
    log = [
        Entry(THEN + timedelta(minutes=minutes * n / 21), what, everybody[n % len(everybody)], 1 + n % 2)
        for n, what in enumerate(Happening)
    ]
    return Sheet(ALARM, log, NAMES, 0, False)


def wanted(language: str = "de", minutes: int = 50) -> dict[str, Any]:
    return {"timeline": screens.timeline(sheet(minutes), voice(language))}


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        (said,) = struct.unpack(">I", png[at + 8 + length : at + 12 + length])
        assert zlib.crc32(kind + body) == said
        yield kind, body
        at += 12 + length


def size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG, every part of which has been checked."""
    assert png.startswith(SIGNATURE)
    parts = list(chunks(png))
    assert parts[-1] == (b"IEND", b"")
    pixels = zlib.decompress(b"".join(body for kind, body in parts if kind == b"IDAT"))
    wide, tall = struct.unpack(">II", parts[0][1][:8])
    assert len(pixels) == tall * (1 + 4 * wide)
    assert len(set(pixels)) > 20
    return wide, tall


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("minutes", [0, 50, 3000])
async def test_a_picture_is_a_png_for_a_phone_and_drawn_in_time(language: str, minutes: int) -> None:
    began = ticks()
    png = await Easel().drawn(wanted(language, minutes))
    assert ticks() - began < 10
    assert png is not None
    wide, tall = size(png)
    assert wide == 1080
    assert wide < tall < 2.5 * wide
    assert len(png) < 1_000_000


@pytest.mark.parametrize("wrong", [{}, {"timeline": {}}, {"timeline": {"rows": "x"}}, []])
async def test_what_can_not_be_drawn_is_no_picture(wrong: Any) -> None:
    assert await Easel().drawn(wrong) is None


async def test_a_drawing_that_takes_too_long_is_given_up_and_its_process_ends() -> None:
    began = ticks()
    assert await Easel(seconds=0.05).drawn(wanted()) is None
    assert ticks() - began < 5


async def test_the_loop_goes_on_while_a_picture_is_drawn() -> None:
    drawing = asyncio.ensure_future(Easel().drawn(wanted()))
    longest, last = 0.0, ticks()
    while not drawing.done():
        await asyncio.sleep(0.005)
        longest, last = max(longest, ticks() - last), ticks()
    assert await drawing is not None
    assert longest < 0.5


async def test_what_was_drawn_ahead_is_taken_and_not_drawn_again() -> None:
    easel = Easel()
    await easel.ahead(wanted())
    began = ticks()
    assert await easel.drawn(wanted()) is not None
    assert ticks() - began < 0.05


async def test_the_wire_uploads_it_and_refuses_what_can_not_be_drawn() -> None:
    world = World(SystemClock(), rules=HURRIED, seed=1)
    chat = world.account("Koch", "de")
    chat.started = True
    method, body = as_new(screens.picture(sheet(), voice("de")), voice("de"))
    said = orjson.dumps({"chat_id": chat.id, **body}).decode()
    assert has_to_draw(method, said)
    assert not has_to_draw("sendMessage", said)
    async with served(world) as address:
        wire = Wire(address, world.token)
        reply = await wire.call(method, said)
        assert reply.ok, reply
        assert reply.result["photo"][-1]["width"] == 1080
        assert chat.messages[reply.result["message_id"]].protected
        wire._easel = Easel(program="bot.no_such_pictures")
        refused = await wire.call(method, said)
        assert (refused.ok, refused.status) == (False, 400)
        await wire.close()
    assert len(chat.messages) == 1
