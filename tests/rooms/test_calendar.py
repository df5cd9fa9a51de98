"""Wall times of Köln, months, series, what is in the way, and what may be typed or carried."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import bringing, calendar
from handlers.calendar import Draft
from handlers.feasts import FEASTS, feast, of_month
from handlers.grid import weeks
from handlers.refusal import Refusal
from handlers.taken import busy_hours, busy_quarters
from locales.zone import BERLIN
from storage.records import Site, Span

days = st.dates(date(2026, 1, 1), date(2030, 1, 1))
moments = st.integers(0, 4 * 365 * 24 * 60).map(
    lambda count: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=count)
)


@given(days, st.integers(0, 23), st.integers(0, 59))
def test_a_moment_shows_the_wall_time_it_was_made_of(day: date, hour: int, minute: int) -> None:
    found = calendar.moment(day, hour, minute)
    if found is not None:
        wall = found.astimezone(BERLIN)
        assert (wall.date(), wall.hour, wall.minute) == (day, hour, minute)


def test_an_hour_that_the_clocks_skip_does_not_exist() -> None:
    skipped = date(2027, 3, 28)
    assert calendar.moment(skipped, 2, 30) is None
    assert calendar.moment(skipped, 3, 0) == datetime(2027, 3, 28, 1, tzinfo=UTC)
    with pytest.raises(Refusal) as no:
        Draft("k", day=skipped, hour=2, minute=30).starts_at(datetime(2027, 3, 1, tzinfo=UTC))
    assert no.value.phrase.key == "calendar.gap"


def test_of_an_hour_that_comes_twice_the_first_counts() -> None:
    assert calendar.moment(date(2026, 10, 25), 2, 30) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(moments)
def test_only_what_lies_ahead_is_offered(now: datetime) -> None:
    today = now.astimezone(BERLIN).date()
    pages = calendar.months(now)
    assert len(pages) == 7
    assert pages[0] == today.replace(day=1)
    assert all(page.day == 1 for page in pages)
    assert pages == sorted(set(pages))
    for day in (today, today + timedelta(days=1), pages[-1]):
        for hour in calendar.hours(day, now):
            quarters = calendar.minutes(day, hour, now)
            assert quarters
            assert all((at := calendar.moment(day, hour, one)) and at > now for one in quarters)
    assert not calendar.may_be_picked(today - timedelta(days=1), now)
    assert calendar.may_be_picked(today + timedelta(days=1), now)
    assert calendar.may_be_picked(pages[-1], now)
    assert not calendar.may_be_picked(pages[-1] + timedelta(days=31), now)


@given(moments)
def test_the_page_that_is_shown_first_has_a_day_to_pick(now: datetime) -> None:
    first = calendar.first_page(now)
    assert any(
        day.month == first.month and calendar.may_be_picked(day, now)
        for day in (first + timedelta(days=n) for n in range(31))
    )


hours_of_day = st.integers(7, 20)


@given(
    days, hours_of_day, st.sampled_from(calendar.QUARTERS), st.integers(1, 12), st.sets(st.integers(0, 30))
)
def test_a_series_keeps_weekday_and_wall_time_and_never_meets_a_holiday(
    day: date, hour: int, minute: int, n: int, weeks_off: set[int]
) -> None:
    first = calendar.moment(day, hour, minute)
    assert first is not None
    off = {day + timedelta(weeks=week) for week in weeks_off}
    series = calendar.weekly(first, n, off)
    walls = [at.astimezone(BERLIN) for at in series]
    assert len(series) == n
    assert all(before < after for before, after in pairwise(series))
    assert {wall.weekday() for wall in walls} == {day.weekday()}
    assert {(wall.hour, wall.minute) for wall in walls} == {(hour, minute)}
    assert not off & {wall.date() for wall in walls}
    named = calendar.left_out(first, series)
    assert set(named) <= off
    between = (walls[-1].date() - day).days // 7 + 1
    assert len(named) + n == between


@given(days, hours_of_day, st.integers(1, 10))
def test_a_series_leaves_out_the_holidays_there_are(day: date, hour: int, n: int) -> None:
    first = calendar.moment(day, hour, 0)
    assert first is not None
    for at in calendar.weekly(first, n, FEASTS):
        assert feast(at.astimezone(BERLIN).date()) is None


def test_a_series_that_never_comes_to_its_end_is_refused() -> None:
    first = calendar.moment(date(2026, 11, 26), 9, 0)
    assert first is not None
    always = {date(2026, 11, 26) + timedelta(weeks=n) for n in range(600)}
    with pytest.raises(ValueError, match="too long"):
        calendar.weekly(first, 1, always)


def test_a_week_whose_time_the_clocks_skip_is_left_out() -> None:
    sunday = calendar.moment(date(2027, 3, 21), 2, 30)
    assert sunday is not None
    found = [at.astimezone(BERLIN) for at in calendar.weekly(sunday, 2, set())]
    assert [(at.day, at.month, at.hour) for at in found] == [(21, 3, 2), (4, 4, 2)]


spans = st.builds(
    lambda at, long: Span(at, at + timedelta(minutes=long)), moments, st.integers(1, 3 * 24 * 60)
)


@given(spans, moments, st.integers(1, 480))
def test_a_clash_is_told_when_there_is_one_minute_of_both(span: Span, at: datetime, long: int) -> None:
    own = Span(at, at + timedelta(minutes=long))
    both = min(span.ends_at, own.ends_at) - max(span.starts_at, own.starts_at)
    assert bool(calendar.clashes([span], at, long)) == (both > timedelta())


@given(spans)
def test_a_day_is_marked_when_some_of_it_is_taken(span: Span) -> None:
    marked = calendar.days_taken([span])
    around = span.starts_at.astimezone(BERLIN).date() - timedelta(days=1)
    for day in (around + timedelta(days=n) for n in range(6)):
        midnight = calendar.whole(day)
        touched = midnight.starts_at < span.ends_at and midnight.ends_at > span.starts_at
        assert (day in marked) == touched


@given(days)
def test_a_month_shows_each_of_its_days_once_and_under_its_weekday(day: date) -> None:
    first = day.replace(day=1)
    shown = weeks(first, first)
    assert all(len(week) == 7 for week in shown)
    assert all(one is None or one.weekday() == at for week in shown for at, one in enumerate(week))
    every = [one for week in shown for one in week if one]
    assert every == sorted(set(every))
    assert (every[0], (every[-1] + timedelta(days=1)).day) == (first, 1)
    later = [one for week in weeks(first, day) for one in week if one]
    assert set(later) <= set(every)
    assert {one for one in every if one >= day} <= set(later)


@given(spans, hours_of_day)
def test_an_hour_is_marked_as_its_quarters_are(span: Span, hour: int) -> None:
    day = span.starts_at.astimezone(BERLIN).date()
    busy = busy_hours(day, [hour], [span])
    quarters = busy_quarters(day, hour, [span])
    assert (hour in busy.full) == (len(quarters) == 4)
    assert (hour in busy.partly) == (0 < len(quarters) < 4)


def test_christmas_has_its_german_names() -> None:
    assert of_month(date(2026, 12, 1)) == {
        date(2026, 12, 25): "Erster Weihnachtstag",
        date(2026, 12, 26): "Zweiter Weihnachtstag",
    }
    assert feast(date(2026, 6, 4)) == "Fronleichnam"  # not everywhere in Germany
    assert feast(date(2026, 6, 5)) is None
    assert date(2027, 11, 1) in FEASTS
    assert "2027-11-01" not in FEASTS


@given(st.lists(st.sampled_from(bringing.WORDS), max_size=30))
def test_things_are_ticked_in_order_and_never_too_many(taps: list[str]) -> None:
    chosen: tuple[str, ...] = ()
    for word in taps:
        after = bringing.toggled(chosen, word)
        if after is None:
            assert len(chosen) == bringing.MOST
            assert word not in chosen
            continue
        assert set(after) ^ set(chosen) == {word}
        assert list(after) == [one for one in bringing.WORDS if one in after]
        chosen = after
    assert bringing.toggled(chosen, "knife") is None


@given(st.text(max_size=60), st.integers(2, 40))
def test_a_brief_text_fits_its_button(text: str, most: int) -> None:
    short = calendar.brief(text, most)
    assert len(short.encode("utf-16-le", "surrogatepass")) // 2 <= most
    assert short == text or short.endswith("…")


@given(st.text(max_size=12))
def test_whatever_a_button_carries_is_read_or_left(carried: str) -> None:
    number, day = calendar.a_number(carried), calendar.a_day(carried)
    assert number is None or int(carried) == number >= 0
    assert day is None or isinstance(day, date)


@given(
    st.none() | days,
    st.none() | st.integers(0, 23),
    st.text(max_size=5),
    st.lists(st.sampled_from(bringing.WORDS), max_size=3),
)
def test_a_draft_survives_its_dialogue(
    day: date | None, hour: int | None, place: str, bring: list[str]
) -> None:
    draft = Draft("k", 7, "family", "doctor", day, hour, None, place, bring=tuple(bring), times=6)
    assert Draft.of(json.loads(json.dumps(draft.content()))) == draft


def test_each_kind_takes_as_long_as_is_usual_unless_somebody_says_otherwise() -> None:
    assert Draft("k", kind="doctor").minutes == 60
    assert Draft("k", kind="help_plan_meeting").minutes == 90
    assert Draft("k", kind="help_plan_meeting", length=30).minutes == 30


def test_a_site_is_named_so_that_people_find_it() -> None:
    assert calendar.place_of(Site("a", "Büro Poll", "Weg 1, Köln", 0)) == "Büro Poll, Weg 1, Köln"
    assert calendar.place_of(Site("a", "Weg 1", "Weg 1, Köln", 0)) == "Weg 1, Köln"
    assert calendar.place_of(Site("a", "Büro Poll", "", 0)) == "Büro Poll"
