"""Draws the timeline of an alarm, in a process of its own: python -m bot.pictures < what.json > picture.png

Importing what draws takes a second, and nobody who cries for help may wait for that.
"""

import io
import json
import os
import resource
import sys
from dataclasses import dataclass
from datetime import datetime

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.timeline import Row, Timeline, apart, labelled, places, read

DOTS = 150  # to the inch: 1080 across, as many as a phone has
WIDE, SIDE = 7.2, 0.5  # inches
HEAD, ROW, FOOT, LEGEND_ROW = 1.45, 0.95, 1.15, 0.42
LEAST = 7.6  # never wider than tall
BESIDE = 0.26  # inches between two marks of a row
ROOM_FOR_TIME = 0.13  # of the width
INK, GREY, PALE, PAPER = "#222222", "#666666", "#d8d2c8", "#fdfbf7"
MOST_SECONDS = 15
FONT = "DejaVu Sans"


@dataclass(frozen=True, slots=True)
class Look:
    """How a mark looks: its shape and its colour tell it apart, each without the other."""

    shape: str
    colour: str
    size: float = 15.0
    hollow: bool = False


_RED, _ORANGE, _SKY, _BLUE = "#d55e00", "#e69f00", "#56b4e9", "#0072b2"
_GREEN, _PINK = "#009e73", "#cc79a7"
THIN = frozenset({"x", "1"})  # shapes that are lines alone
LOOKS = {
    "raised": Look("^", _RED, 17),
    "repeated": Look("^", _RED, 16, hollow=True),
    "paged": Look("o", _ORANGE, 14),
    "delivered": Look("o", _SKY, 12, hollow=True),
    "undelivered": Look("X", _RED, 16, hollow=True),
    "nobody": Look("X", INK, 16),
    "seen": Look("D", _BLUE, 12),
    "taken": Look("s", _GREEN, 17),
    "joined": Look("P", _GREEN, 16),
    "taken_over": Look("s", _GREEN, 15, hollow=True),
    "promised": Look(">", _PINK, 16),
    "passed_on": Look("<", _ORANGE, 15, hollow=True),
    "reminded": Look("h", _ORANGE, 15, hollow=True),
    "forgotten": Look("x", _RED),
    "left": Look("p", GREY, 15, hollow=True),
    "second_way": Look("p", _PINK, 15),
    "wrote": Look("d", GREY),
    "answered": Look("*", _GREEN, 20),
    "wished": Look("1", GREY, 19),
    "safe": Look("v", _GREEN, 15),
    "withdrawn": Look("v", GREY, 14, hollow=True),
    "ended": Look("8", INK, 18),
}
OTHER = Look(".", GREY)


def drawn(timeline: Timeline) -> bytes:
    """The picture as PNG, taller than wide: a head, a line for each person, the times, and what the marks mean."""
    around = HEAD + FOOT + LEGEND_ROW * ((len(timeline.legend) + 1) // 2)
    each = max(ROW, (LEAST - around) / max(len(timeline.rows), 1))
    tall = around + each * len(timeline.rows)
    figure = Figure(figsize=(WIDE, tall), dpi=DOTS, facecolor=PAPER)
    FigureCanvasAgg(figure)
    sheet = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDE), ylim=(tall, 0))
    sheet.set_axis_off()
    _words(sheet, SIDE, 0.52, timeline.title, 24, weight="bold")
    _words(sheet, SIDE, 1.05, timeline.subtitle, 15, colour=GREY)
    placed = places((mark.at for row in timeline.rows for mark in row.marks), BESIDE / _across())
    bottom = HEAD + each * len(timeline.rows)
    _times(sheet, timeline, placed, bottom)
    for number, row in enumerate(timeline.rows):
        _row(sheet, row, {at: SIDE + place * _across() for at, place in placed.items()}, HEAD + each * number)
    _words(sheet, SIDE, bottom + 0.62, timeline.note, 12, colour=GREY)
    _legend(sheet, timeline, bottom + FOOT)
    made = io.BytesIO()
    figure.savefig(made, format="png")
    return made.getvalue()


def _across() -> float:
    return WIDE - 2 * SIDE


def _times(sheet: Axes, timeline: Timeline, placed: dict[datetime, float], bottom: float) -> None:
    for moment in labelled(placed, ROOM_FOR_TIME):
        x = SIDE + placed[moment] * _across()
        sheet.plot([x, x], [HEAD, bottom + 0.08], color=PALE, linewidth=1.2, zorder=0)
        _words(sheet, x, bottom + 0.26, f"{moment.astimezone(timeline.zone):%H:%M}", 14, side="center")


def _row(sheet: Axes, row: Row, at: dict[datetime, float], top: float) -> None:
    line = top + 0.62
    _words(sheet, SIDE, top + 0.22, row.label, 15)
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
        _words(sheet, x + 0.38, y, means, 14)


def _words(
    sheet: Axes,
    x: float,
    y: float,
    said: str,
    size: float,
    *,
    colour: str = INK,
    weight: str = "normal",
    side: str = "left",
) -> None:
    # a name with dollar signs is a name and no formula
    sheet.text(
        x,
        y,
        said,
        fontsize=size,
        color=colour,
        fontweight=weight,
        family=FONT,
        ha=side,
        va="center",
        parse_math=False,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.5},
    )


def main() -> int:
    """Reads what to draw from standard input and writes the picture to standard output."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    picture = drawn(read(json.load(sys.stdin)["timeline"]))
    sys.stdout.buffer.write(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
