"""Weekly shifts as moments: nobody is lost and nobody doubled, in either of the two nights."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rota import rules
from locales.zone import here
from tests.rooms.rota.weeks import (
    AUTUMN,
    MINUTE,
    NIGHTS,
    SPRING,
    clock,
    instants,
    minutes_of_day,
    pattern,
    shift,
)

HOUR = timedelta(hours=1)
MOMENTS = st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2028, 1, 1), timezones=st.just(UTC))


def made(day: date, begins: str, ends: str) -> rules.Span:
    """The one shift of a weekly pattern that begins on this day."""
    (span,) = rules.spans(pattern(day, begins, ends), day, day)
    return span


@pytest.mark.parametrize(("night", "hours"), [(SPRING, 7), (AUTUMN, 9), (SPRING - timedelta(days=7), 8)])
def test_a_night_shift_is_as_long_as_the_night_really_is(night: date, hours: int) -> None:
    span = made(night - timedelta(days=1), "22:00", "06:00")
    assert span.ends_at - span.starts_at == hours * HOUR
    begins, ends = (at.astimezone(here()) for at in (span.starts_at, span.ends_at))
    assert (begins.time(), ends.time()) == (time(22), time(6))


@given(
    st.sampled_from(NIGHTS),
    st.integers(-2, 1),
    st.lists(minutes_of_day, min_size=2, max_size=7, unique=True),
)
def test_shifts_that_meet_on_the_clock_hold_every_minute_exactly_once(
    night: date, offset: int, turns: list[int]
) -> None:
    """However a day is cut, a whole week of it around the change leaves nothing out and nothing twice."""
    cut = sorted(turns)
    first = night + timedelta(days=offset - 3)
    week = [first + timedelta(days=n) for n in range(7)]
    spans = sorted(
        (span.starts_at, span.ends_at)
        for at, until in zip(cut, [*cut[1:], cut[0]], strict=True)
        for day in week
        for span in rules.spans(pattern(day, clock(at), clock(until)), day, day)
    )
    assert all(one[1] == other[0] for one, other in pairwise(spans))
    assert all(start < end for start, end in spans)


@pytest.mark.parametrize("night", NIGHTS)
def test_three_shifts_a_day_cover_each_minute_of_the_night_once(night: date) -> None:
    cut = (("00:00", "08:00"), ("08:00", "16:00"), ("16:00", "00:00"))
    spans = [
        span
        for begins, ends in cut
        for n in (-1, 0, 1)
        for span in rules.spans(
            pattern(night + timedelta(days=n), begins, ends), *(2 * (night + timedelta(days=n),))
        )
    ]
    for at in instants(night, 24 * 60):
        assert sum(span.starts_at <= at < span.ends_at for span in spans) == 1, at


@given(st.sampled_from(NIGHTS), minutes_of_day, minutes_of_day)
def test_later_on_the_clock_is_never_earlier_in_truth(night: date, one: int, other: int) -> None:
    first, second = (
        rules.moment(night, time.fromisoformat(clock(minute))) for minute in sorted((one, other))
    )
    assert first <= second


def test_a_time_that_the_clocks_skip_is_the_moment_of_the_change() -> None:
    change = datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    assert rules.moment(SPRING, time(2, 30)) == change
    assert rules.moment(SPRING, time(2, 0)) == change
    assert rules.moment(SPRING, time(3, 0)) == change
    assert list(rules.spans(pattern(SPRING, "02:00", "03:00"), SPRING, SPRING)) == []


def test_a_time_that_comes_twice_is_the_first() -> None:
    assert rules.moment(AUTUMN, time(2, 30)) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    late = made(AUTUMN, "02:30", "06:00")
    assert late.ends_at - late.starts_at == timedelta(hours=4, minutes=30)


@given(MOMENTS, minutes_of_day, minutes_of_day, st.integers(0, 6))
def test_a_pattern_makes_its_weekday_alone_and_only_between_its_days(
    now: datetime, begins: int, ends: int, weekday: int
) -> None:
    first = now.date()
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    one = pattern(day, clock(begins), clock(ends))
    spans = list(rules.spans(one, first, first + timedelta(weeks=8)))
    assert {span.day.weekday() for span in spans} <= {weekday}
    assert all(first <= span.day <= first + timedelta(weeks=8) for span in spans)
    assert len(spans) >= 8


@pytest.mark.parametrize(
    ("typed", "found"),
    [("7", time(7)), ("07:30", time(7, 30)), ("22.15", time(22, 15)), (" 0:00 ", time(0))],
)
def test_times_are_read_as_people_type_them(typed: str, found: time) -> None:
    assert rules.clock_time(typed) == found


@given(st.text(max_size=8))
def test_anything_typed_is_a_time_or_nothing(typed: str) -> None:
    found = rules.clock_time(typed)
    assert found is None or isinstance(found, time)


@pytest.mark.parametrize("typed", ["", "24", "7:5", "25:00", "12:60", "²", "7:³0", "-1", "1:2:3"])
def test_what_is_no_time_is_none(typed: str) -> None:
    assert rules.clock_time(typed) is None


@given(MOMENTS)
def test_the_patterns_are_gone_through_every_night(now: datetime) -> None:
    following = rules.next_making(now)
    assert now < following <= now + timedelta(hours=25)
    assert following.astimezone(here()).time() == time(3, 30)


@given(MOMENTS)
def test_gaps_are_looked_for_two_weeks_ahead(now: datetime) -> None:
    until = rules.horizon(now)
    assert timedelta(days=14) <= until - now <= timedelta(days=16)
    assert until.astimezone(here()).time() == time(0)


@given(MOMENTS, st.integers(2, 60 * 24 * 10))
def test_whoever_was_never_tested_is_asked_an_hour_before_the_shift_at_the_latest(
    now: datetime, ahead: int
) -> None:
    """However often one is asked, the last time comes at most an hour before the shift begins."""
    begins = now + ahead * MINUTE
    coming = [shift(begins, begins + 8 * HOUR)]
    at, asked = now, []
    while at < begins:
        asked.append(at)
        at = rules.next_probe(at, holds_now=False, ahead=coming)
    assert begins - asked[-1] <= HOUR
    assert len(asked) <= 2 + ahead // (60 * 12) + 2


@given(MOMENTS)
def test_by_night_nobody_is_asked_who_has_no_shift_then(now: datetime) -> None:
    assert not rules.is_night(rules.next_probe(now, holds_now=False, ahead=[]))


@given(MOMENTS)
def test_whoever_holds_the_phone_untested_is_asked_every_hour(now: datetime) -> None:
    assert rules.next_probe(now, holds_now=True, ahead=[]) == now + HOUR
