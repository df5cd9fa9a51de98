"""Prints a certificate, in a process of its own: python -m bot.certificate < what.json > paper.pdf

The letters are those that matplotlib brings along; Arabic is shaped and set from right to left.
"""

import json
import os
import resource
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

MOST_SECONDS = 15
FONT = "DejaVu"
FACES = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
SIDE, WIDE, TALL = 25.0, 210.0, 297.0  # millimetres
ACROSS = WIDE - 2 * SIDE
SIGN_AT, LINE = TALL - 45.0, 75.0
MOST_TOPICS = 40
INK, GREY, GREEN = (34, 34, 34), (102, 102, 102), (0, 120, 90)
DIRECTIONS = dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))  # code points


@dataclass(frozen=True, slots=True)
class Topic:
    """One session: its day, what it was about, and whether the parent was there."""

    day: str
    topic: str
    came: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language; `words` are its texts by name."""

    language: str
    rtl: bool
    words: Mapping[str, str]
    topics: Sequence[Topic]


def read(given: Mapping[str, Any]) -> list[Page]:
    """The pages a message carries. Raises KeyError, TypeError or ValueError for anything else."""
    return [_page(page) for page in given["pages"]]


def _page(given: Mapping[str, Any]) -> Page:
    words = {name: _plain(value) for name, value in given.items() if isinstance(value, str)}
    topics = [Topic(_plain(one["day"]), _plain(one["topic"]), bool(one["came"])) for one in given["sessions"]]
    return Page(str(given["language"]), bool(given["rtl"]), words, topics[:MOST_TOPICS])


def _plain(text: str) -> str:
    """Without the marks for a chat's direction: on paper every entry has a place of its own."""
    return str(text).translate(DIRECTIONS)


def printed(pages: Sequence[Page]) -> bytes:
    """The certificate as PDF, a sheet of A4 for each page."""
    paper = FPDF(format="A4")
    paper.set_margin(SIDE)
    paper.set_auto_page_break(False)
    paper.set_title(pages[0].words["title"])
    paper.set_lang(pages[0].language)
    for style, file in FACES.items():
        paper.add_font(FONT, style, fonts() / file)
    for page in pages:
        paper.add_page()
        _Sheet(paper, page).fill()
    return bytes(paper.output())


def fonts() -> Path:
    """Where matplotlib keeps its fonts. Looked up without importing it, which takes long."""
    found = find_spec("matplotlib")
    if found is None or not found.submodule_search_locations:
        raise LookupError("matplotlib brings the letters")
    return Path(found.submodule_search_locations[0]) / "mpl-data" / "fonts" / "ttf"


class _Sheet:
    """One page on the paper, from above to below."""

    def __init__(self, paper: FPDF, page: Page) -> None:
        self._paper, self._page = paper, page
        # the script is left to be found piece by piece: a name may be written in two
        paper.set_text_shaping(True, direction="rtl" if page.rtl else "ltr", language=page.language)
        self._side = Align.R if page.rtl else Align.L

    def fill(self) -> None:
        words = self._page.words
        self._say(words["agency"], 12, colour=GREY, align=Align.C)
        self._gap(12)
        self._say(words["title"], 26, style="B", align=Align.C)
        self._gap(10)
        self._say(words["for"], 12, colour=GREY, align=Align.C)
        self._say(words["name"], 20, style="B", align=Align.C)
        self._gap(4)
        self._say(words["took_part"], 12, colour=GREY, align=Align.C)
        self._say(words["course"], 16, style="B", align=Align.C)
        self._gap(8)
        self._pair(words["when"], words["period"])
        self._pair(words["how_many"], words["count"])
        self._gap(6)
        self._topics()
        self._signature()

    def _gap(self, height: float) -> None:
        self._paper.set_y(self._paper.get_y() + height)

    def _say(
        self,
        text: str,
        size: float,
        *,
        style: str = "",
        colour: tuple[int, int, int] = INK,
        align: Align | None = None,
        at: tuple[float, float] | None = None,
    ) -> None:
        """Some lines of text across the sheet, or across the width given with its place."""
        left, width = at or (SIDE, ACROSS)
        self._paper.set_font(FONT, style, size)
        self._paper.set_text_color(*colour)
        self._paper.set_x(left)
        self._paper.multi_cell(
            width, size * 0.52, text, align=align or self._side, new_x=XPos.LEFT, new_y=YPos.NEXT
        )

    def _pair(self, label: str, value: str) -> None:
        top, narrow = self._paper.get_y(), 50.0
        wide = ACROSS - narrow
        first, second = (SIDE + wide, SIDE) if self._page.rtl else (SIDE, SIDE + narrow)
        self._say(label, 12, colour=GREY, at=(first, narrow))
        below = self._paper.get_y()
        self._paper.set_y(top)
        self._say(value, 12, style="B", at=(second, wide))
        self._paper.set_y(max(below, self._paper.get_y()) + 2)

    def _topics(self) -> None:
        """Smaller where there are many, so that the line for the signature keeps its place."""
        topics = self._page.topics
        self._say(self._page.words["topics"], 12, colour=GREY)
        self._gap(2)
        room = SIGN_AT - 22 - self._paper.get_y()
        each = min(8.0, room / max(1, len(topics)))
        for one in topics:
            self._topic(one, each)
        self._gap(2)
        self._mark(self._left_of_mark(), self._paper.get_y(), 3.0)
        wide = ACROSS - 8
        self._say(self._page.words["was_there"], 9, colour=GREY, at=(self._beside_mark(wide), wide))

    def _topic(self, one: Topic, each: float) -> None:
        top, size, day = self._paper.get_y(), min(11.0, each * 1.45), 26.0
        colour = INK if one.came else GREY
        if one.came:
            self._mark(self._left_of_mark(), top + each * 0.12, min(4.0, each * 0.6))
        rest = ACROSS - 8 - day
        if self._page.rtl:
            days, topics = WIDE - SIDE - 8 - day, SIDE
        else:
            days, topics = SIDE + 8, SIDE + 8 + day
        self._say(one.day, size, colour=colour, at=(days, day))
        self._paper.set_y(top)
        self._say(one.topic, size, colour=colour, at=(topics, rest))
        self._paper.set_y(top + each)

    def _left_of_mark(self) -> float:
        return WIDE - SIDE - 5 if self._page.rtl else SIDE

    def _beside_mark(self, wide: float) -> float:
        return SIDE if self._page.rtl else WIDE - SIDE - wide

    def _mark(self, x: float, y: float, size: float) -> None:
        """A tick, drawn: no letter can be missing from a font."""
        self._paper.set_draw_color(*GREEN)
        self._paper.set_line_width(0.7)
        low = (x + size * 0.4, y + size)
        self._paper.line(x, y + size * 0.55, *low)
        self._paper.line(*low, x + size, y + size * 0.1)

    def _signature(self) -> None:
        words, rtl = self._page.words, self._page.rtl
        places = ("place", "where"), ("", "signature")
        for n, (above, below) in enumerate(places):
            left = (n == 0) is not rtl
            x = SIDE if left else WIDE - SIDE - LINE
            self._paper.set_y(SIGN_AT - 7)
            if above:
                self._say(words[above], 11, at=(x, LINE))
            self._paper.set_draw_color(*INK)
            self._paper.set_line_width(0.3)
            self._paper.line(x, SIGN_AT, x + LINE, SIGN_AT)
            self._paper.set_y(SIGN_AT + 1)
            self._say(words[below], 9, colour=GREY, at=(x, LINE))


def main() -> int:
    """Reads what to print from standard input and writes the paper to standard output."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    sys.stdout.buffer.write(printed(read(json.load(sys.stdin)["paper"])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
