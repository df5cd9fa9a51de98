"""Draws a caseworker's day or week as columns of hours, and how often nobody came as lines over months."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

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

HEAD, LABELS, FOOT, LEGEND_ROW = 0.85, 0.45, 0.35, 0.4
HOUR = 0.78  # inches
EARLIEST, LATEST = 8, 18  # hours that are always drawn
GUTTER = 0.62
LEAST_BLOCK = 0.62
# colour and sign each say it without the other
STATES = {
    "confirmed": (GREEN, "✔"),
    "open": (ORANGE, "…"),
    "declined": (GREY, "✘"),
    "missed": (GREY, "–"),
    "move": (BLUE, "↻"),
    "unclear": (RED, "?"),
}
NOT_TAKEN = ("declined", "missed")
LINES = (BLUE, RED, GREEN, PINK, ORANGE, SKY, INK, GREY)
SHAPES = ("o", "s", "^", "D", "v", "P", "X", "*")


@dataclass(frozen=True, slots=True)
class Block:
    """One appointment: minutes since midnight, how long, and which of how many beside each other it is."""

    begins: int
    ends: int
    lines: tuple[str, ...]
    state: str
    lane: int = 0
    lanes: int = 1


def beside(blocks: Sequence[Block]) -> list[Block]:
    """Blocks that overlap get lanes of their own, and all that hang together are equally wide. Pure."""
    placed: list[Block] = []
    group: list[Block] = []
    ends: list[int] = []
    for block in sorted(blocks, key=lambda one: (one.begins, one.ends)):
        if group and block.begins >= max(one.ends for one in group):
            placed += _as_wide(group, len(ends))
            group, ends = [], []
        lane = next((n for n, until in enumerate(ends) if until <= block.begins), len(ends))
        ends[lane : lane + 1] = [block.ends]
        group.append(Block(block.begins, block.ends, block.lines, block.state, lane))
    return placed + _as_wide(group, len(ends))


def _as_wide(group: Sequence[Block], lanes: int) -> list[Block]:
    return [Block(one.begins, one.ends, one.lines, one.state, one.lane, lanes) for one in group]


def week_drawn(given: dict[str, Any]) -> bytes:
    """The picture as PNG. Raises KeyError, TypeError or ValueError for what is no plan."""
    columns = [
        (str(one["label"]), beside([_block(each) for each in one["blocks"]])) for one in given["columns"]
    ]
    every = [block for _, blocks in columns for block in blocks]
    first = min([EARLIEST, *(block.begins // 60 for block in every)])
    last = max([LATEST, *(-(-block.ends // 60) for block in every)])
    top = HEAD + LABELS
    bottom = top + (last - first) * HOUR
    legend = given["legend"]
    figure, sheet = sheet_of(bottom + FOOT + LEGEND_ROW * ((len(legend) + 1) // 2) + 0.15)
    words(sheet, SIDE / 2, 0.45, str(given["title"]).lstrip("📅🗓 "), 22, weight="bold")
    _hours(sheet, first, last, top)
    across = (WIDE - SIDE / 2 - GUTTER) / len(columns)
    for number, (label, blocks) in enumerate(columns):
        left = GUTTER + number * across
        words(sheet, left + across / 2, HEAD + 0.2, label, 11 if len(columns) > 5 else 13, side="center")
        sheet.plot([left, left], [top, bottom], color=PALE, linewidth=0.8, zorder=0)
        for block in blocks:
            _put(sheet, block, left, across, top - first * HOUR)
    for number, (state, means) in enumerate(legend):
        colour, sign = STATES.get(str(state), (INK, "·"))
        x, y = SIDE + (number % 2) * WIDE / 2, bottom + FOOT + (number // 2) * LEGEND_ROW
        words(sheet, x, y, sign, 15, colour=colour, weight="bold", side="center")
        words(sheet, x + 0.25, y, str(means), 13)
    return as_png(figure)


def _block(given: dict[str, Any]) -> Block:
    begins, minutes = int(given["begins"]), int(given["minutes"])
    return Block(
        begins,
        min(begins + max(minutes, 15), 24 * 60),
        (str(given["time"]), str(given["label"]), str(given["kind"])),
        str(given["state"]),
    )


def _hours(sheet: Axes, first: int, last: int, top: float) -> None:
    for hour in range(first, last + 1):
        y = top + (hour - first) * HOUR
        sheet.plot([GUTTER, WIDE - SIDE / 2], [y, y], color=PALE, linewidth=0.8, zorder=0)
        words(sheet, GUTTER - 0.12, y, f"{hour}", 11, colour=GREY, side="right")


def _put(sheet: Axes, block: Block, left: float, across: float, noon: float) -> None:
    colour, sign = STATES.get(block.state, (INK, "·"))
    wide = across / block.lanes - 0.06
    x = left + 0.03 + block.lane * across / block.lanes
    y, tall = (
        noon + block.begins / 60 * HOUR,
        max((block.ends - block.begins) / 60 * HOUR, LEAST_BLOCK) - 0.04,
    )
    sheet.add_patch(
        FancyBboxPatch(
            (x, y + 0.02),
            wide,
            tall,
            boxstyle="round,pad=0,rounding_size=0.06",
            facecolor=PAPER,
            edgecolor=colour,
            linewidth=2,
            linestyle="--" if block.state in NOT_TAKEN else "-",
            zorder=2,
        )
    )
    size = 11 if wide > 2 else 9 if wide > 0.8 else 7
    most = max(3, int(wide * 72 / (size * 0.62)))
    step = size * 1.35 / 72
    fits = max(1, int((tall - 0.04) / step))
    for number, line in enumerate((f"{sign} {block.lines[0]}", *filter(None, block.lines[1:]))[:fits]):
        shown = line if number == 0 or len(line) <= most else line[: most - 1] + "…"
        weight = "bold" if number == 0 else "normal"
        words(
            sheet,
            x + 0.06,
            y + 0.06 + step * (number + 0.5),
            shown,
            size,
            colour=colour if number == 0 else INK,
            weight=weight,
            paper=None,
        )


def rates_drawn(given: dict[str, Any]) -> bytes:
    """The picture as PNG: a line for each kind, its points the larger the more were noted."""
    months, lines = [str(one) for one in given["months"]], list(given["lines"])
    top, tall = 1.0, 4.6
    legend = top + tall + 0.75
    figure, sheet = sheet_of(legend + LEGEND_ROW * len(lines) + 0.7)
    words(sheet, SIDE, 0.45, str(given["title"]).lstrip("📈 "), 20, weight="bold")
    highest = _scale(max([0.0, *(point[1] for line in lines for point in line["points"])]))
    left, across = SIDE + 0.45, WIDE - 2 * SIDE - 0.6
    for part in range(5):
        y = top + tall - tall * part / 4
        sheet.plot([left, left + across], [y, y], color=PALE, linewidth=0.8, zorder=0)
        words(sheet, left - 0.1, y, f"{100 * highest * part / 4:.0f} %", 11, colour=GREY, side="right")
    at = [left + across * n / max(len(months) - 1, 1) for n in range(len(months))]
    for x, month in zip(at, months, strict=True):
        words(sheet, x, top + tall + 0.28, month, 11, colour=GREY, side="center")
    for number, line in enumerate(lines):
        colour, shape = LINES[number % len(LINES)], SHAPES[number % len(SHAPES)]
        xs = [at[int(point[0])] for point in line["points"]]
        ys = [top + tall - tall * point[1] / highest for point in line["points"]]
        sheet.plot(xs, ys, color=colour, linewidth=2, zorder=3, clip_on=False)
        noted = [int(point[2]) for point in line["points"]]
        sizes = [(4 + 2.5 * min(many, 20) ** 0.5) ** 2 for many in noted]
        sheet.scatter(xs, ys, sizes, color=colour, marker=shape, alpha=0.85, zorder=4, clip_on=False)
        y = legend + number * LEGEND_ROW
        sheet.plot([SIDE + 0.1], [y], color=colour, marker=shape, markersize=11)
        words(sheet, SIDE + 0.35, y, f"{line['label']} (n = {sum(noted)})", 13)
    words(sheet, SIDE, legend + LEGEND_ROW * len(lines) + 0.2, str(given["note"]), 11, colour=GREY)
    return as_png(figure)


def _scale(highest: float) -> float:
    """The share at the top of the plot: four even steps of a round size hold the highest."""
    return next(4 * step for step in (0.05, 0.1, 0.15, 0.2, 0.25) if 4 * step >= highest or step == 0.25)
