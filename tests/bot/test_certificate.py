"""A certificate is printed in both languages, letters joined and set in their direction, on one sheet for each."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import orjson
import pytest

from bot.clock import SystemClock, ticks
from bot.demo.telegram.world import World
from bot.drawing import Easel
from bot.wire import Wire, has_to_draw
from handlers.courses import paper
from handlers.screen import Paper, Screen, as_new
from locales.phrase import F
from locales.translator import voice
from storage.records import Course, CourseState, Session
from tests import paperwork
from tests.stage import HURRIED, served

THEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
COURSE = Course("c", "o", "s", "toddlers", "P", None, THEN, 90, 8, True, ("de",), CourseState.OPEN, THEN)
NAME = "Amina Yılmaz-Şahin أمينة"


def wanted(*codes: str, sessions: int = 8, name: str = NAME) -> dict[str, Any]:
    days = [Session(str(n), "o", "s", THEN + timedelta(weeks=n), "P", "c", n + 1) for n in range(sessions)]
    shared = {"agency": "Der Sommerberg", "name": name, "place": "Bonner Straße, 24.11.2026"}
    pages = [{**shared, **paper.page(voice(code), COURSE, days, {"0", "2"})} for code in codes]
    return {"paper": {"pages": pages}}


async def read(given: dict[str, Any]) -> list[list[paperwork.Glyph]]:
    made = await Easel().drawn(given)
    assert made is not None
    assert made.startswith(b"%PDF-")
    assert len(made) < 200_000
    return paperwork.pages(made)


async def test_every_entry_stands_on_its_page_in_its_language() -> None:
    german, turkish, arabic = await read(wanted("de", "tr", "ar"))
    lines = paperwork.lines(german)
    assert {"Teilnahme-Bescheinigung", "Alltag mit kleinen Kindern", "Besuchte Treffen:2 von 8"} <= set(lines)
    assert "24.11.2026Zusammen spielen" in lines
    assert any(line.startswith("Amina Yılmaz-Şahin") for line in lines)
    assert "Katılım Belgesi" in paperwork.lines(turkish)
    lines = paperwork.lines(arabic, rtl=True)
    assert {"شهادة مشاركة", "الحياة اليومية مع الأطفال الصغار", "اللقاءات التي تم حضورها:2 من 8"} <= set(
        lines
    )


async def test_arabic_letters_are_joined_wherever_they_stand() -> None:
    """Joined letters have other glyphs than single ones: each shape has a code of its own in the file."""
    german, arabic = await read(wanted("de", "ar", name="ننن"))
    for page in (german, arabic):
        name = [glyph for glyph in page if glyph.text == "ن"][:3]
        widths = {round(b.x - a.x, 2) for a, b in pairwise(name)}
        assert len(name) == 3
        assert len(widths) == 2, "beginning, middle and end of a word differ"


@pytest.mark.parametrize("code", ["de", "ar"])
async def test_forty_sessions_leave_room_for_the_signature(code: str) -> None:
    (page,) = await read(wanted(code, sessions=40))
    lines = paperwork.lines(page, rtl=code == "ar")
    below = ("Ort, Datum", "Unterschrift") if code == "de" else ("المكان والتاريخ", "التوقيع")
    assert all(words in lines[-1] for words in below)
    assert min(glyph.y for glyph in page) > 70
    assert len({round(glyph.y) for glyph in page}) > 45


@pytest.mark.parametrize(
    "wrong", [{"paper": {}}, {"paper": {"pages": []}}, {"paper": {"pages": [{}]}}, {"paper": 1}]
)
async def test_what_can_not_be_printed_is_no_paper(wrong: Any) -> None:
    assert await Easel().drawn(wrong) is None


async def test_a_paper_is_printed_within_seconds() -> None:
    began = ticks()
    await read(wanted("de", "ar"))
    assert ticks() - began < 40


async def test_the_wire_uploads_it_under_its_name() -> None:
    world = World(SystemClock(), rules=HURRIED, seed=1)
    chat = world.account("Amina", "ar")
    chat.started = True
    shown = Screen(
        (F("courses.certificate", title="X"),),
        paper=Paper("2026-11-24.pdf", wanted("de", "ar")["paper"]),
        to_keep=True,
    )
    method, body = as_new(shown, voice("ar"))
    said = orjson.dumps({"chat_id": chat.id, **body}).decode()
    assert has_to_draw(method, said)
    async with served(world) as address:
        wire = Wire(address, world.token)
        await wire.draws_ahead(said)
        reply = await wire.call(method, said)
        assert reply.ok, reply
        broken = orjson.dumps({"chat_id": chat.id, "document": {"paper": {}, "name": "x.pdf"}}).decode()
        refused = await wire.call(method, broken)
        assert (refused.ok, refused.status) == (False, 400)
        await wire.close()
    document = chat.messages[reply.result["message_id"]].body["document"]
    assert document["file_name"] == "2026-11-24.pdf"
    assert document["mime_type"] == "application/pdf"
    file = world.media.get(document["file_id"])
    assert file is not None
    assert len(paperwork.pages(file.content)) == 2
