"""The queue is fair to Porz, nobody is overtaken within it, and the clock on the wall decides when a stay ends."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.places import rules
from handlers.places.rules import Standing
from storage.records import Hold, HoldState

BERLIN = ZoneInfo("Europe/Berlin")
THEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
# as people's clocks show it: two nights in which they jump, and any other
NIGHTS = (datetime(2026, 3, 28, 20), datetime(2026, 10, 24, 20))
near_a_jump = st.builds(
    lambda night, minutes: (night + timedelta(minutes=minutes)).replace(tzinfo=BERLIN).astimezone(UTC),
    st.sampled_from(NIGHTS),
    st.integers(-4000, 4000),
)
ever = st.datetimes(datetime(2025, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
moments = st.one_of(near_a_jump, ever)


def hold(
    state: HoldState = HoldState.WAITING, *, id: str = "h", porz: bool = False, asked_at: datetime = THEN
) -> Hold:
    return Hold(id, None, None, "p", porz, state, asked_at, None, None, None, None)


requests = st.lists(
    st.builds(
        lambda name, porz, minutes: hold(id=name, porz=porz, asked_at=THEN + timedelta(minutes=minutes)),
        st.uuids().map(str),
        st.booleans(),
        st.integers(0, 20),
    ),
    unique_by=lambda one: one.id,
)


@given(requests)
def test_porz_stands_before_all_others_and_nobody_is_overtaken_within(waiting: list[Hold]) -> None:
    queue = rules.queue(waiting)
    assert sorted(one.id for one in queue) == sorted(one.id for one in waiting)
    for before, after in pairwise(queue):
        assert before.from_porz >= after.from_porz
        if before.from_porz == after.from_porz:
            assert before.asked_at <= after.asked_at
    assert [rules.position(one, waiting) for one in queue] == list(range(1, len(queue) + 1))


@given(requests, st.randoms())
def test_the_order_does_not_depend_on_how_the_list_comes(waiting: list[Hold], chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(waiting)
    chance.shuffle(shuffled)
    assert rules.queue(shuffled) == rules.queue(waiting)


@given(requests, st.booleans())
def test_whoever_comes_later_never_moves_back_somebody_of_equal_rank(waiting: list[Hold], porz: bool) -> None:
    late = hold(id="late", porz=porz, asked_at=THEN + timedelta(hours=1))
    for one in waiting:
        if one.from_porz >= late.from_porz:
            assert rules.position(one, [*waiting, late]) == rules.position(one, waiting)


def test_nobody_waits_who_does_not_wait() -> None:
    assert rules.position(hold(id="x"), [hold(id="y")]) == 0


@given(st.sampled_from(HoldState), st.none() | moments, st.none() | moments, moments)
def test_a_place_is_free_only_when_it_is_over(
    state: HoldState, until: datetime | None, ended_at: datetime | None, now: datetime
) -> None:
    one = replace(hold(state), until=until, ended_at=ended_at)
    free = rules.standing(one, now) is Standing.FREE
    assert free == (ended_at is not None)
    assert rules.standing(None, now) is Standing.FREE


@pytest.mark.parametrize(
    ("until", "standing"),
    [(THEN, Standing.OVERDUE), (THEN + timedelta(seconds=1), Standing.TAKEN)],
)
def test_a_stay_is_overdue_from_its_end_on(until: datetime, standing: Standing) -> None:
    assert rules.standing(replace(hold(HoldState.TAKEN), until=until), THEN) is standing


@given(moments)
def test_every_day_on_offer_ends_ahead_in_the_morning_at_ten(now: datetime) -> None:
    days = rules.days(now, BERLIN)
    assert len(days) == rules.MOST_DAYS
    for n, day in enumerate(days, start=1):
        ends = rules.until(day.isoformat(), now, BERLIN)
        assert ends is not None
        assert now < ends
        local = ends.astimezone(BERLIN)
        assert (local.date(), local.hour, local.minute) == (day, 10, 0)
        assert (day - rules.tonight(now, BERLIN)).days == n


@given(moments)
def test_this_evening_is_ahead_or_not_on_offer(now: datetime) -> None:
    ends = rules.until(rules.TONIGHT, now, BERLIN)
    if ends is not None:
        assert timedelta(0) < ends - now <= timedelta(hours=15)
        assert ends.astimezone(BERLIN).hour == 20


def test_a_night_before_six_is_still_the_night_before() -> None:
    night = datetime(2026, 11, 24, 3, tzinfo=BERLIN)
    assert rules.days(night, BERLIN)[0] == date(2026, 11, 24)
    assert rules.days(night + timedelta(hours=4), BERLIN)[0] == date(2026, 11, 25)
    assert rules.this_evening(night, BERLIN) is None


@pytest.mark.parametrize("carried", ["", "x", "2026-11-23", "2026-11-24", "2027-11-24", "0001-01-01", "1"])
def test_a_button_of_another_time_names_no_moment(carried: str) -> None:
    assert rules.until(carried, THEN, BERLIN) is None


@given(moments, st.integers(-3000, 30 * 24 * 60))
def test_whoever_has_to_know_of_an_end_is_told_again_and_never_late(ends: datetime, minutes: int) -> None:
    now = ends - timedelta(minutes=minutes)
    told = rules.next_notice(ends, now, BERLIN)
    assert told > now
    assert told.astimezone(BERLIN).date() >= ends.astimezone(BERLIN).date()
    if now < ends:
        assert told <= ends
    else:
        assert told - now <= timedelta(hours=25)
        assert told.astimezone(BERLIN).hour == rules.MORNING.hour


def test_the_last_morning_the_end_and_each_morning_after() -> None:
    ends = datetime(2026, 11, 24, 10, tzinfo=BERLIN)
    now, told = ends - timedelta(days=3), []
    for _ in range(4):
        now = rules.next_notice(ends, now, BERLIN)
        told.append(now.astimezone(BERLIN).strftime("%d %H"))
    assert told == ["24 08", "24 10", "25 08", "26 08"]
