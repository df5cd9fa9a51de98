"""Where marks stand: in order, apart from each other, and never outside the picture."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.timeline import MOST_IN_ROW, MOST_ROWS, REPEATED, Mark, apart, fewer, labelled, places, read

THEN = datetime(2026, 11, 24, 2, 12, tzinfo=UTC)
moments = st.lists(st.integers(0, 400_000).map(lambda n: THEN + timedelta(seconds=n)), max_size=60)
NEARLY = 1e-9


@given(st.lists(st.floats(0, 1), max_size=60).map(sorted), st.floats(0.001, 0.3))
def test_marks_keep_their_order_and_their_distance_and_stay_inside(wanted: list[float], gap: float) -> None:
    placed = apart(wanted, gap)
    assert len(placed) == len(wanted)
    assert all(-NEARLY <= place <= 1 + NEARLY for place in placed)
    room = min(gap, 1 / max(len(wanted) - 1, 1))
    assert all(later - sooner >= room - 1e-6 for sooner, later in pairwise(placed))


def test_marks_that_have_room_stay_where_they_are() -> None:
    assert apart([0.0, 0.5, 1.0], 0.2) == [0.0, 0.5, 1.0]


@given(moments, st.floats(0.01, 0.2))
def test_what_came_later_stands_further_on(times: list[datetime], gap: float) -> None:
    placed = places(times, gap)
    assert set(placed) == set(times)
    assert all(placed[sooner] < placed[later] for sooner, later in pairwise(sorted(placed)))


@given(moments)
def test_times_below_the_axis_do_not_run_into_each_other(times: list[datetime]) -> None:
    placed = places(times, 0.04)
    shown = labelled(placed, 0.13)
    assert set(shown) <= set(placed)
    assert all(placed[later] - placed[sooner] >= 0.13 - NEARLY for sooner, later in pairwise(shown))
    assert bool(shown) == bool(times)


marks = st.builds(
    Mark, st.sampled_from([THEN, THEN + timedelta(1)]), st.sampled_from([*REPEATED, "taken", "ended"])
)


@given(st.lists(marks, max_size=90))
def test_of_too_many_marks_the_repeated_go_first(given_marks: list[Mark]) -> None:
    kept = fewer(given_marks)
    telling = [mark for mark in given_marks if mark.what not in REPEATED]
    assert len(kept) <= MOST_IN_ROW
    if len(telling) <= MOST_IN_ROW:
        assert [mark for mark in kept if mark.what not in REPEATED] == sorted(telling, key=lambda one: one.at)


def test_rows_that_do_not_fit_are_counted_and_not_kept_secret() -> None:
    rows = [{"label": f"{n}", "marks": [(THEN.isoformat(), "paged")]} for n in range(MOST_ROWS + 3)]
    said = {"title": "a", "subtitle": "b", "note": "c", "zone": "Europe/Berlin", "legend": []}
    timeline = read({**said, "rows": rows})
    assert len(timeline.rows) == MOST_ROWS + 1
    assert timeline.rows[-1].label == "… +3"


@pytest.mark.parametrize("wrong", [{}, {"rows": 1}, {"rows": [{"label": "x", "marks": [["soon", "paged"]]}]}])
def test_what_is_no_timeline_is_not_drawn(wrong: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        read(wrong)
