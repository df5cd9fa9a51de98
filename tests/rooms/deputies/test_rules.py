"""Days of standing in: whole days in Köln, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.deputies import rules
from locales.zone import here
from storage.records import Deputy

MOMENTS = st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2028, 1, 1), timezones=st.just(UTC))


def deputy(starts_at: datetime, ends_at: datetime) -> Deputy:
    return Deputy("d", "c", "p", starts_at, ends_at, "c")


@given(MOMENTS, st.integers(0, rules.FIRST_DAYS - 1), st.data())
def test_it_covers_every_minute_of_its_days_and_none_after(
    now: datetime, ahead: int, draw: st.DataObject
) -> None:
    first = rules.first_days(now)[ahead]
    last = draw.draw(st.sampled_from(rules.last_days(first)))
    starts_at, ends_at = rules.span(first, last, now)
    assert starts_at >= now
    assert starts_at < ends_at
    begins, ends = starts_at.astimezone(here()), ends_at.astimezone(here())
    assert begins.date() == max(first, now.astimezone(here()).date())
    assert (ends.date(), ends.time()) == (last + timedelta(days=1), datetime.min.time())
    assert rules.last_day(deputy(starts_at, ends_at)) == last


@given(MOMENTS, st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
def test_overlaps_are_found_both_ways(now: datetime, a: int, long: int, b: int, wide: int) -> None:
    one = deputy(now + timedelta(days=a), now + timedelta(days=a + long))
    other = deputy(now + timedelta(days=b), now + timedelta(days=b + wide))
    shared = any(one.starts_at <= now + timedelta(days=n) < one.ends_at for n in range(b, b + wide))
    assert rules.overlaps([one], "p", other.starts_at, other.ends_at) == shared
    assert rules.overlaps([other], "p", one.starts_at, one.ends_at) == shared
    assert not rules.overlaps([one], "somebody else", other.starts_at, other.ends_at)


def test_days_to_choose_from_are_in_order_and_each_once() -> None:
    days = rules.last_days(date(2026, 3, 20))
    assert days == sorted(set(days))
