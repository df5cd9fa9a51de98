"""The papers as they come out of a printer: nothing sticks out of the sheet, and every sheet says what it is."""

import re
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from bot.papers import operator
from tests.printing import EMPTY, FULL, pages

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WITHIN = {"width": 672, "height": 950}  # what A4 leaves between the margins, in pixels of a 96th of an inch
PHONE = {"width": 360, "height": 740}
FEW_SHEETS = {"index": 1, "letter": 1, "info": 2, "incidents": 3, "processors": 3, "dpia": 12, "records": 36}
MEDIA_BOX = re.compile(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]")
A4 = (595, 842)

STICKS_OUT = """() => {
  const width = document.documentElement.clientWidth, found = [];
  const out = box => box.width && (box.left < -0.5 || box.right > width + 0.5);
  for (const one of document.body.querySelectorAll("*"))
    for (const box of one.getClientRects())
      if (out(box)) found.push(`${one.tagName} ${box.left} ${box.right} ${one.textContent.slice(0, 40)}`);
  for (const cell of document.querySelectorAll("th, td"))
    if (cell.scrollWidth > cell.clientWidth + 1) found.push(`too much in a cell: ${cell.textContent.slice(0, 60)}`);
  return found;
}"""
PALE = """() => {
  const light = colour => colour.match(/\\d+/g).slice(0, 3).map(Number).reduce((a, b) => a + b) / 3;
  const found = [];
  for (const one of document.body.querySelectorAll("*")) {
    const look = getComputedStyle(one);
    if (light(look.color) > 90) found.push(`${one.tagName} ${look.color}`);
  }
  return found;
}"""
LONG = operator.Operator(
    operator=operator.Itself(**dict.fromkeys(("name", "contact", "address", "law"), "Gesamtverband" * 15)),
    officer=operator.Named(name="w" * 200, contact="datenschutz@" + "x" * 180),
    host=operator.Host(name="h" * 200, place="p" * 200, contract="c" * 200),
    bound=(operator.Bound(name="b" * 200, task="t" * 200),),
)
STATES = {
    "filled": FULL,
    "empty": EMPTY,
    "english": replace(FULL, language="en"),
    "long": replace(FULL, operator=LONG),
}


@pytest.fixture(params=STATES)
def printed(request: pytest.FixtureRequest, tmp_path: Path) -> list[Path]:
    """Every paper of a state as a file."""
    for file, page in pages(STATES[request.param]).items():
        (tmp_path / file).write_text(page, encoding="utf-8")
    return sorted(tmp_path.glob("*.html"))


async def opened(browser: Browser, size: dict[str, int]) -> Page:
    page = await browser.new_page(viewport=size)  # type: ignore[arg-type]
    await page.emulate_media(media="print" if size == WITHIN else "screen")
    return page


@pytest.mark.parametrize("size", [WITHIN, PHONE], ids=["sheet", "phone"])
async def test_nothing_sticks_out_of_the_sheet_nor_of_a_small_screen(
    browser: Browser, printed: list[Path], size: dict[str, int]
) -> None:
    page = await opened(browser, size)
    found = {}
    for file in printed:
        await page.goto(file.as_uri())
        found[file.name] = await page.evaluate(STICKS_OUT)
    await page.close()
    assert {name: sticking for name, sticking in found.items() if sticking} == {}


async def test_text_is_dark_on_white(browser: Browser, tmp_path: Path) -> None:
    page = await opened(browser, WITHIN)
    await page.emulate_media(media="print", color_scheme="dark")
    for file, written in pages(EMPTY).items():
        (tmp_path / file).write_text(written, encoding="utf-8")
        await page.goto((tmp_path / file).as_uri())
        assert await page.evaluate(PALE) == [], file
        white = await page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert white == "rgb(255, 255, 255)", file
    await page.close()


async def test_each_paper_is_printed_on_few_sheets_of_a4(browser: Browser, tmp_path: Path) -> None:
    page = await opened(browser, WITHIN)
    for file, written in pages(FULL).items():
        (tmp_path / file).write_text(written, encoding="utf-8")
        await page.goto((tmp_path / file).as_uri())
        sheets = _sheets(await page.pdf(prefer_css_page_size=True))
        most = FEW_SHEETS[re.split(r"[-.]", file)[0]]
        assert 0 < len(sheets) <= most, f"{file}: {len(sheets)}"
        assert set(sheets) == {A4}, file
    await page.close()


def _sheets(pdf: bytes) -> list[tuple[int, int]]:
    """The size of each sheet in whole points; they may stand in compressed parts of the file."""
    parts = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            parts.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return [(round(float(w)), round(float(h))) for part in parts for w, h in MEDIA_BOX.findall(part)]
