from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.journal import rules
from storage.journal import Line

BERLIN = ZoneInfo("Europe/Berlin")
days = st.dates(date(2025, 1, 1), date(2040, 1, 1))
moments = st.datetimes(datetime(2025, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))


@given(days)
def test_days_lie_side_by_side(day: date) -> None:
    begins, ends = rules.bounds(day, BERLIN)
    assert ends == rules.bounds(day + timedelta(days=1), BERLIN)[0]
    assert begins.astimezone(BERLIN).date() == day
    assert (ends - timedelta(seconds=1)).astimezone(BERLIN).date() == day


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 24), 24)]
)
def test_some_days_are_shorter(day: date, hours: int) -> None:
    begins, ends = rules.bounds(day, BERLIN)
    assert ends - begins == timedelta(hours=hours)


@given(moments)
def test_the_next_look_is_at_ten_past_four_within_a_day(now: datetime) -> None:
    night = rules.next_night(now, BERLIN)
    assert night.astimezone(BERLIN).time() == time(4, 10)
    assert now < night <= now + timedelta(hours=25)


@given(st.lists(moments, max_size=20).map(lambda found: sorted(found, reverse=True)))
def test_lines_are_told_by_day_and_none_is_lost(at: list[datetime]) -> None:
    lines = [Line(n, moment, "p", "a", "s", None) for n, moment in enumerate(at)]
    told = rules.by_day(lines, BERLIN)
    assert [line for _, of_day in told for line in of_day] == lines
    shown = [day.astimezone(BERLIN).date() for day, _ in told]
    assert all(one > other for one, other in pairwise(shown))


@given(st.text("abc.", max_size=12), st.sets(st.sampled_from(["a", "a.b", "a.b.c", "b"])))
def test_the_longest_known_beginning_counts(act: str, known: set[str]) -> None:
    found = rules.known_act(act, known)
    fitting = {one for one in known if act == one or act.startswith(f"{one}.")}
    assert found == (max(fitting, key=len) if fitting else None)


@pytest.mark.parametrize(
    ("subject", "id"), [("person:abc", "abc"), ("family:abc", None), ("person:", None), ("", None)]
)
def test_whom_a_line_is_about(subject: str, id: str | None) -> None:
    assert rules.person_in(subject) == id
