"""The bucket: as much at once as allowed, then by the second; each flood begins once; the quiet are forgotten."""

from hypothesis import given
from hypothesis import strategies as st

from bot.bucket import MANY, Allowance, Buckets

THREE = Allowance(at_once=3, per_second=1.0)
MOMENTS = st.lists(st.floats(0, 5, allow_nan=False), max_size=200)


@given(MOMENTS)
def test_nobody_gets_more_than_the_bucket_and_what_flowed_in(gaps: list[float]) -> None:
    buckets, now, taken = Buckets(THREE), 0.0, 0
    for gap in gaps:
        now += gap
        taken += buckets.take("a", now)
    assert taken <= THREE.at_once + now * THREE.per_second + 1e-6


@given(MOMENTS)
def test_nobody_slow_enough_is_ever_refused(gaps: list[float]) -> None:
    buckets, now = Buckets(THREE), 0.0
    for gap in gaps:
        now += max(gap, 1.0)
        assert buckets.take("a", now)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 2, allow_nan=False)), max_size=100))
def test_a_flood_takes_nothing_from_others(steps: list[tuple[str, float]]) -> None:
    together, alone, now = Buckets(THREE), Buckets(THREE), 0.0
    for whose, gap in steps:
        now += gap
        got = together.take(whose, now)
        assert whose == "b" or got == alone.take(whose, now)


def test_a_flood_begins_once_and_ends_when_the_bucket_is_full_again() -> None:
    buckets = Buckets(THREE)
    told = 0
    for _ in range(100):
        if not buckets.take("a", 10.0):
            told += buckets.begins("a")
    assert told == 1
    assert buckets.take("a", 11.0)
    assert not buckets.take("a", 11.0)
    assert not buckets.begins("a")
    assert [buckets.take("a", 20.0) for _ in range(4)] == [True, True, True, False]
    assert buckets.begins("a")


def test_a_clock_that_goes_back_gives_and_takes_nothing() -> None:
    buckets = Buckets(THREE)
    assert [buckets.take("a", 100.0) for _ in range(3)] == [True] * 3
    assert not buckets.take("a", 40.0)
    assert not buckets.take("a", 100.5)
    assert buckets.take("a", 101.0)


def test_the_quiet_are_forgotten() -> None:
    buckets = Buckets(THREE)
    for person in range(50 * MANY):
        buckets.take(
            person, person / 100
        )  # a hundred newcomers a second: three hundred are not full again yet
    assert len(buckets) <= 2 * MANY


def test_a_newcomer_is_counted_even_while_others_are_forgotten() -> None:
    buckets = Buckets(THREE)
    for person in range(MANY):
        buckets.take(person, 0.0)
    assert [buckets.take("new", 99.0) for _ in range(4)] == [True, True, True, False]
