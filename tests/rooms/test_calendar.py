"""Wall times of Köln, reminder times, and what may be typed or carried."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import calendar
from handlers.calendar import Draft
from handlers.refusal import Refusal
from handlers.reminding import DAY_BEFORE, TWO_HOURS, reminder_times
from locales.zone import BERLIN
from storage.records import Site

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
    offered = calendar.days(now)
    today = now.astimezone(BERLIN).date()
    assert len(offered) in (13, 14)
    assert all(today <= day < today + timedelta(days=14) for day in offered)
    for hour in calendar.hours(offered[0], now):
        quarters = calendar.minutes(offered[0], hour, now)
        assert quarters
        for minute in quarters:
            found = calendar.moment(offered[0], hour, minute)
            assert found is not None
            assert found > now


@given(moments, st.timedeltas(timedelta(minutes=1), timedelta(days=20)))
def test_reminders_come_before_the_appointment_and_never_in_the_past(now: datetime, gap: timedelta) -> None:
    starts_at = now + gap
    found = reminder_times(starts_at, now)
    assert all(now < due_at < starts_at for due_at in found.values())
    assert found.get(TWO_HOURS) == (starts_at - timedelta(hours=2) if gap > timedelta(hours=2) else None)
    if DAY_BEFORE in found:
        wall = found[DAY_BEFORE].astimezone(BERLIN)
        assert (wall.hour, wall.minute) == (17, 0)
        assert wall.date() + timedelta(days=1) == starts_at.astimezone(BERLIN).date()


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


@given(st.none() | days, st.none() | st.integers(0, 23), st.text(max_size=5))
def test_a_draft_survives_its_dialogue(day: date | None, hour: int | None, place: str) -> None:
    draft = Draft("k", 7, "family", "doctor", day, hour, None, place)
    assert Draft.of(draft.content()) == draft


def test_a_site_is_named_so_that_people_find_it() -> None:
    assert calendar.place_of(Site("a", "Büro Poll", "Weg 1, Köln", 0)) == "Büro Poll, Weg 1, Köln"
    assert calendar.place_of(Site("a", "Weg 1", "Weg 1, Köln", 0)) == "Weg 1, Köln"
    assert calendar.place_of(Site("a", "Büro Poll", "", 0)) == "Büro Poll"
