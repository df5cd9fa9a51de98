"""Draws timelines, weeks and rates, in a process of its own: python -m bot.pictures < what.json > picture.png

Importing what draws takes a second, and nobody who cries for help may wait for that.
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matplotlib.axes import Axes

from bot.canvas import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    PAPER,
    PINK,
    RED,
    SIDE,
    SKY,
    WIDE,
    as_png,
    sheet_of,
    words,
)
from bot.plans import rates_drawn, week_drawn
from bot.timeline import Row, Timeline, apart, labelled, places, read

HEAD, ROW, FOOT, LEGEND_ROW = 1.45, 0.95, 1.15, 0.42
LEAST = 7.6  # never wider than tall
BESIDE = 0.26  # inches between two marks of a row
ROOM_FOR_TIME = 0.13  # of the width
MOST_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Look:
    """How a mark looks: its shape and its colour tell it apart, each without the other."""

    shape: str
    colour: str
    size: float = 15.0
    hollow: bool = False


THIN = frozenset({"x", "1"})  # shapes that are lines alone
LOOKS = {
    "raised": Look("^", RED, 17),
    "repeated": Look("^", RED, 16, hollow=True),
    "paged": Look("o", ORANGE, 14),
    "delivered": Look("o", SKY, 12, hollow=True),
    "undelivered": Look("X", RED, 16, hollow=True),
    "nobody": Look("X", INK, 16),
    "seen": Look("D", BLUE, 12),
    "taken": Look("s", GREEN, 17),
    "joined": Look("P", GREEN, 16),
    "taken_over": Look("s", GREEN, 15, hollow=True),
    "promised": Look(">", PINK, 16),
    "passed_on": Look("<", ORANGE, 15, hollow=True),
    "reminded": Look("h", ORANGE, 15, hollow=True),
    "forgotten": Look("x", RED),
    "left": Look("p", GREY, 15, hollow=True),
    "second_way": Look("p", PINK, 15),
    "wrote": Look("d", GREY),
    "answered": Look("*", GREEN, 20),
    "wished": Look("1", GREY, 19),
    "safe": Look("v", GREEN, 15),
    "withdrawn": Look("v", GREY, 14, hollow=True),
    "ended": Look("8", INK, 18),
}
OTHER = Look(".", GREY)


def drawn(timeline: Timeline) -> bytes:
    """The picture as PNG, taller than wide: a head, a line for each person, the times, and what the marks mean."""
    around = HEAD + FOOT + LEGEND_ROW * ((len(timeline.legend) + 1) // 2)
    each = max(ROW, (LEAST - around) / max(len(timeline.rows), 1))
    tall = around + each * len(timeline.rows)
    figure, sheet = sheet_of(tall)
    words(sheet, SIDE, 0.52, timeline.title, 24, weight="bold")
    words(sheet, SIDE, 1.05, timeline.subtitle, 15, colour=GREY)
    placed = places((mark.at for row in timeline.rows for mark in row.marks), BESIDE / _across())
    bottom = HEAD + each * len(timeline.rows)
    _times(sheet, timeline, placed, bottom)
    for number, row in enumerate(timeline.rows):
        _row(sheet, row, {at: SIDE + place * _across() for at, place in placed.items()}, HEAD + each * number)
    words(sheet, SIDE, bottom + 0.62, timeline.note, 12, colour=GREY)
    _legend(sheet, timeline, bottom + FOOT)
    return as_png(figure)


def _across() -> float:
    return WIDE - 2 * SIDE


def _times(sheet: Axes, timeline: Timeline, placed: dict[datetime, float], bottom: float) -> None:
    for moment in labelled(placed, ROOM_FOR_TIME):
        x = SIDE + placed[moment] * _across()
        sheet.plot([x, x], [HEAD, bottom + 0.08], color=PALE, linewidth=1.2, zorder=0)
        words(sheet, x, bottom + 0.26, f"{moment.astimezone(timeline.zone):%H:%M}", 14, side="center")


def _row(sheet: Axes, row: Row, at: dict[datetime, float], top: float) -> None:
    line = top + 0.62
    words(sheet, SIDE, top + 0.22, row.label, 15)
    sheet.plot([SIDE, WIDE - SIDE], [line, line], color=PALE, linewidth=3, zorder=1, solid_capstyle="round")
    wanted = [(at[mark.at] - SIDE) / _across() for mark in row.marks]
    for mark, place in zip(row.marks, apart(wanted, BESIDE / _across()), strict=True):
        _draw(sheet, LOOKS.get(mark.what, OTHER), SIDE + place * _across(), line)


def _draw(sheet: Axes, look: Look, x: float, y: float) -> None:
    sheet.plot(
        [x],
        [y],
        marker=look.shape,
        markersize=look.size,
        markerfacecolor=PAPER if look.hollow else look.colour,
        markeredgecolor=look.colour,
        markeredgewidth=2.6 if look.hollow or look.shape in THIN else 0.8,
        linestyle="none",
        zorder=3,
        clip_on=False,
    )


def _legend(sheet: Axes, timeline: Timeline, top: float) -> None:
    for number, (what, means) in enumerate(timeline.legend):
        x, y = SIDE + (number % 2) * _across() / 2, top + (number // 2) * LEGEND_ROW
        _draw(sheet, LOOKS.get(what, OTHER), x + 0.1, y)
        words(sheet, x + 0.38, y, means, 14)


def timeline_drawn(given: dict[str, Any]) -> bytes:
    return drawn(read(given))


DRAWS: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "timeline": timeline_drawn,
    "week": week_drawn,
    "rates": rates_drawn,
}


def main() -> int:
    """Reads what to draw from standard input and writes the picture to standard output."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    ((what, given),) = json.load(sys.stdin).items()
    picture = DRAWS[what](given)
    sys.stdout.buffer.write(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
