"""Columns of hours: what overlaps stands side by side, and what is drawn is a picture of a phone's width."""

import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drawing import SIGNATURE, Easel
from bot.plans import Block, beside, rates_drawn, week_drawn

spans = st.tuples(st.integers(0, 1300), st.integers(15, 300))


@given(st.lists(spans, max_size=14))
def test_no_two_blocks_lie_on_each_other(some: list[tuple[int, int]]) -> None:
    placed = beside([Block(at, at + long, (), "open") for at, long in some])
    assert len(placed) == len(some)
    for one in placed:
        assert 0 <= one.lane < one.lanes
        for other in placed:
            if one is not other and one.begins < other.ends and other.begins < one.ends:
                assert one.lanes == other.lanes
                assert one.lane != other.lane


def block(at: int, state: str = "open", label: str = "Ahorn $x^2$") -> dict[str, Any]:
    return {"begins": at, "minutes": 60, "time": "09:00", "label": label, "kind": "Beratung", "state": state}


WEEK = {
    "title": "🗓 Woche",
    "columns": [{"label": f"Tag {n}", "blocks": [block(540), block(570, "move")]} for n in range(7)],
    "legend": [["open", "offen"], ["move", "andere Zeit"]],
}
RATES = {
    "title": "📈 Nicht gekommen",
    "months": ["10.2026", "11.2026"],
    "lines": [{"label": "Beratung", "points": [[0, 0.5, 4], [1, 0.25, 8]]}],
    "note": "Zum Lernen",
}


def width(png: bytes) -> int:
    assert png.startswith(SIGNATURE)
    return int(struct.unpack(">I", png[16:20])[0])


def test_a_week_a_day_and_rates_are_pictures_as_wide_as_a_phone() -> None:
    assert width(week_drawn(WEEK)) == 1080
    assert width(week_drawn({**WEEK, "columns": [{"label": "Tag", "blocks": []}]})) == 1080
    assert width(rates_drawn(RATES)) == 1080


def test_what_is_no_plan_is_refused() -> None:
    with pytest.raises(KeyError):
        week_drawn({"title": "x"})


async def test_they_are_drawn_in_a_process_of_their_own() -> None:
    easel = Easel(30)
    for wanted in ({"week": WEEK}, {"rates": RATES}):
        drawn = await easel.drawn(wanted)
        assert drawn is not None
        assert width(drawn) == 1080
    assert await Easel(30).drawn({"elsewhere": {}}) is None
