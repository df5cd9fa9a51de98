"""Where the marks of a timeline stand: in the order of time, each to be seen, however long an alarm went on. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from math import sqrt
from typing import Any
from zoneinfo import ZoneInfo

MOST_ROWS = 14
MOST_IN_ROW = 20
# what may be left out where there are too many: it comes again and again while nobody answers
REPEATED = frozenset({"paged", "delivered", "second_way", "undelivered"})


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened: when, and what as a word of the alarm's log."""

    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Row:
    """One person's line."""

    label: str
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is drawn. All words are in the reader's language already; `legend` says what each mark means."""

    title: str
    subtitle: str
    note: str
    rows: Sequence[Row]
    legend: Sequence[tuple[str, str]]
    zone: ZoneInfo


def read(given: dict[str, Any]) -> Timeline:
    """The timeline that a message carries. Raises KeyError, TypeError or ValueError for anything else."""
    rows = [
        Row(
            str(row["label"]),
            fewer([Mark(datetime.fromisoformat(at), str(what)) for at, what in row["marks"]]),
        )
        for row in given["rows"]
    ]
    legend = [(str(what), str(means)) for what, means in given["legend"]]
    return Timeline(
        title=str(given["title"]),
        subtitle=str(given["subtitle"]),
        note=str(given["note"]),
        rows=[*rows[:MOST_ROWS], *([Row(f"… +{more}", [])] if (more := len(rows) - MOST_ROWS) > 0 else [])],
        legend=legend,
        zone=ZoneInfo(given["zone"]),
    )


def fewer(marks: Sequence[Mark], most: int = MOST_IN_ROW) -> list[Mark]:
    """The marks in order of time; of too many, the repeated ones in the middle are left out first."""
    kept = sorted(marks, key=lambda mark: mark.at)
    while len(kept) > most:
        spare = [n for n, mark in enumerate(kept) if mark.what in REPEATED] or list(range(len(kept)))
        del kept[spare[len(spare) // 2]]
    return kept


def places(moments: Iterable[datetime], gap: float) -> dict[datetime, float]:
    """A place from 0 to 1 for each moment, in order and at least `gap` apart if there is room.

    Long waits are drawn shorter than they were: a place follows the square root of the seconds.
    """
    times = sorted(set(moments))
    if len(times) < 2:
        return dict.fromkeys(times, 0.0)
    steps = [sqrt((later - sooner).total_seconds()) for sooner, later in pairwise(times)]
    whole, at = sum(steps), 0.0
    wanted = [0.0]
    for step in steps:
        at += step
        wanted.append(at / whole)
    return dict(zip(times, apart(wanted, gap), strict=True))


def apart(wanted: Sequence[float], gap: float) -> list[float]:
    """The places, given in order from 0 to 1, moved until each is `gap` from the next, or as far as there is room."""
    if len(wanted) < 2:
        return list(wanted)
    gap = min(gap, 1 / (len(wanted) - 1))
    placed = list(wanted)
    for n in range(1, len(placed)):
        placed[n] = max(placed[n], placed[n - 1] + gap)
    placed[-1] = min(placed[-1], 1.0)
    for n in range(len(placed) - 2, -1, -1):
        placed[n] = max(0.0, min(placed[n], placed[n + 1] - gap))
    return placed


def labelled(placed: dict[datetime, float], room: float) -> list[datetime]:
    """The moments whose time is written below the axis: the last, and of the others as many as there is room for."""
    moments = sorted(placed, key=placed.__getitem__)
    if not moments:
        return []
    last, shown = moments[-1], moments[:1]
    for moment in moments[1:-1]:
        if placed[moment] - placed[shown[-1]] >= room and placed[last] - placed[moment] >= room:
            shown.append(moment)
    if placed[last] - placed[shown[-1]] >= room:
        shown.append(last)
    return shown
