"""Gaps, counted minute by minute: what is found is empty, and what is empty is found."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.rota import coverage
from handlers.rota.coverage import Gap
from storage.records import Shift
from tests.rooms.rota.weeks import by_hand, shift

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SPAN = 48  # hours that are looked at
SITES = (None, "goethe", "bonner")
shifts = st.lists(
    st.builds(
        lambda start, long, step, site: shift(
            NOW + start * HOUR, NOW + (start + long) * HOUR, "k", site, step
        ),
        st.integers(-10, SPAN + 5),
        st.integers(1, 30),
        st.integers(1, 4),
        st.sampled_from(SITES),
    ),
    max_size=12,
)


def holds(one: Shift, place: str | None, step: int, last: int, at: datetime) -> bool:
    """Written anew, hour by hour."""
    there = one.site_id is None or one.site_id == place
    return there and min(one.step, last) == step and one.starts_at <= at < one.ends_at


@given(shifts, st.integers(1, 3))
def test_each_hour_is_a_gap_exactly_when_nobody_holds_it(held: list[Shift], last: int) -> None:
    steps = dict.fromkeys(SITES, last)
    found = coverage.gaps(held, [], steps, NOW, NOW + SPAN * HOUR)
    for hour in range(SPAN):
        at = NOW + hour * HOUR
        for place in SITES:
            for step in range(1, last + 1):
                told = any(
                    gap.step == step and gap.site_id in {place, None} and gap.starts_at <= at < gap.ends_at
                    for gap in found
                )
                empty = not any(holds(one, place, step, last, at) for one in held)
                everywhere = not any(holds(one, None, step, last, at) for one in held)
                assert told == (empty or everywhere), (hour, place, step)


def test_whoever_went_on_by_hand_is_taken_to_stay() -> None:
    found = coverage.gaps([], [by_hand("koch", NOW)], {None: 2}, NOW, NOW + HOUR)
    assert found == [Gap(NOW, NOW + HOUR, 2, None)]


def test_only_sites_with_shifts_of_their_own_are_looked_at_alone() -> None:
    own = [shift(NOW, NOW + HOUR, "k", "goethe")]
    assert coverage.places([], ["goethe", "bonner"]) == [None]
    assert coverage.places(own, ["goethe", "bonner"]) == [None, "goethe"]
    assert coverage.places(own, ["goethe"]) == ["goethe"]


@given(shifts, shifts)
def test_filling_a_gap_is_never_news_and_an_emptied_shift_always_is(
    held: list[Shift], more: list[Shift]
) -> None:
    until, steps = NOW + SPAN * HOUR, {None: 1}
    before = coverage.gaps(held, [], steps, NOW, until)
    after = coverage.gaps([*held, *more], [], steps, NOW, until)
    assert coverage.news(after, before, until) == []
    grown = bool(coverage.news(before, after, until))
    assert grown == (before != after)


@given(shifts, st.integers(1, 24))
def test_an_hour_later_nothing_is_news_but_what_comes_into_view(held: list[Shift], later: int) -> None:
    until, steps = NOW + SPAN * HOUR, {None: 1}
    known = coverage.gaps(held, [], steps, NOW, until)
    now = NOW + later * HOUR
    found = coverage.aged(coverage.gaps(held, [], steps, now, until + later * HOUR), known, now)
    for gap in coverage.news(found, known, until):
        assert gap.starts_at >= until
    assert all(gap.starts_at <= now or gap in found for gap in found)


def test_a_gap_that_is_open_keeps_its_beginning() -> None:
    known = [Gap(NOW, NOW + 3 * HOUR, 1, None)]
    later = NOW + HOUR
    assert coverage.aged([Gap(later, NOW + 3 * HOUR, 1, None)], known, later) == known
    other = Gap(later, NOW + 3 * HOUR, 2, None)
    assert coverage.aged([other], known, later) == [other]


def test_a_lasting_gap_rings_once_although_the_days_go_on() -> None:
    known = [Gap(NOW, NOW + 2 * HOUR, 1, None)]
    grown = [Gap(NOW, NOW + 5 * HOUR, 1, None)]
    assert coverage.news(grown, known, NOW + 2 * HOUR) == []
    assert coverage.news([Gap(NOW + 2 * HOUR, NOW + 5 * HOUR, 1, None)], known, NOW + 2 * HOUR) == []
    far = [Gap(NOW + 4 * HOUR, NOW + 5 * HOUR, 1, None)]
    assert coverage.news(far, known, NOW + 2 * HOUR) == far
