"""Paper, ink and letters: what all pictures are drawn with."""

import io

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

DOTS = 150  # to the inch: 1080 across, as many as a phone has
WIDE, SIDE = 7.2, 0.5  # inches
INK, GREY, PALE, PAPER = "#222222", "#666666", "#d8d2c8", "#fdfbf7"
RED, ORANGE, SKY, BLUE, GREEN, PINK = "#d55e00", "#e69f00", "#56b4e9", "#0072b2", "#009e73", "#cc79a7"
FONT = "DejaVu Sans"


def sheet_of(tall: float) -> tuple[Figure, Axes]:
    """An empty sheet so many inches tall; its axes count inches from the upper left corner."""
    figure = Figure(figsize=(WIDE, tall), dpi=DOTS, facecolor=PAPER)
    FigureCanvasAgg(figure)
    sheet = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDE), ylim=(tall, 0))
    sheet.set_axis_off()
    return figure, sheet


def as_png(figure: Figure) -> bytes:
    made = io.BytesIO()
    figure.savefig(made, format="png")
    return made.getvalue()


def words(
    sheet: Axes,
    x: float,
    y: float,
    said: str,
    size: float,
    *,
    colour: str = INK,
    weight: str = "normal",
    side: str = "left",
    paper: str | None = PAPER,
) -> None:
    """One line of words, its middle at this height; `paper` is what lies under it, None for nothing."""
    under = {"facecolor": paper, "edgecolor": "none", "pad": 1.5} if paper else None
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
        bbox=under,
    )
