from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.incidents import rules
from handlers.incidents.rules import Standing
from storage.records import Incident

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
# as people's clocks show it: two nights in which they jump, and any other
NIGHTS = (datetime(2026, 3, 28, 20), datetime(2026, 10, 24, 20))
near_a_jump = st.builds(
    lambda night, minutes: (night + timedelta(minutes=minutes)).replace(tzinfo=BERLIN),
    st.sampled_from(NIGHTS),
    st.integers(-4000, 4000),
)
ever = st.datetimes(datetime(2025, 1, 1), datetime(2040, 1, 1), timezones=st.sampled_from([UTC, BERLIN]))
moments = st.one_of(near_a_jump, ever)
passed = st.timedeltas(timedelta(0), timedelta(days=40))


def incident(noticed_at: datetime, reported: bool = False, closed: bool = False) -> Incident:
    then = noticed_at + HOUR
    return Incident("i", 1, "x", noticed_at, "p", then if reported else None, then if closed else None)


def utc(at: datetime) -> datetime:
    """In UTC, where an hour more is always one hour later."""
    return at.astimezone(UTC)


@given(moments)
def test_72_hours_are_72_hours_in_every_night(noticed_at: datetime) -> None:
    assert (rules.deadline(noticed_at) - utc(noticed_at)) == timedelta(hours=72)
    assert rules.hours_left(noticed_at, utc(noticed_at)) == 72


def test_a_night_with_an_hour_more_ends_the_clock_an_hour_earlier_on_the_wall() -> None:
    noticed_at = datetime(2026, 10, 24, 12, tzinfo=BERLIN)
    assert rules.deadline(noticed_at).astimezone(BERLIN) == datetime(2026, 10, 27, 11, tzinfo=BERLIN)
    noticed_at = datetime(2026, 3, 28, 12, tzinfo=BERLIN)
    assert rules.deadline(noticed_at).astimezone(BERLIN) == datetime(2026, 3, 31, 13, tzinfo=BERLIN)


@given(moments, passed)
def test_what_is_left_and_what_is_over_never_both(noticed_at: datetime, later: timedelta) -> None:
    now = utc(noticed_at) + later
    left, over = rules.hours_left(noticed_at, now), rules.hours_over(noticed_at, now)
    assert left >= 0
    assert over >= 0
    assert not (left and over)
    assert left * HOUR <= max(timedelta(0), rules.deadline(noticed_at) - now) < (left + 1) * HOUR


@given(moments, passed)
def test_the_clock_runs_out_exactly_at_the_deadline(noticed_at: datetime, later: timedelta) -> None:
    now = utc(noticed_at) + later
    run_out = later >= timedelta(hours=72)
    assert rules.standing(incident(noticed_at), now) is (Standing.RUN_OUT if run_out else Standing.RUNNING)


@given(moments, passed)
def test_the_next_reminder_always_lies_ahead_and_never_far(noticed_at: datetime, later: timedelta) -> None:
    now = utc(noticed_at) + later
    mark = rules.next_mark(noticed_at, now)
    assert now < mark <= now + timedelta(hours=24)


@given(moments)
def test_reminders_come_at_24_48_66_and_72_hours_and_daily_after_that(noticed_at: datetime) -> None:
    now, marks = utc(noticed_at), []
    for _ in range(6):
        now = rules.next_mark(noticed_at, now)
        marks.append((now - utc(noticed_at)) // HOUR)
    assert marks == [24, 48, 66, 72, 96, 120]


@given(moments, passed, passed)
def test_a_clock_that_was_late_skips_and_never_repeats(
    noticed_at: datetime, one: timedelta, more: timedelta
) -> None:
    first = rules.next_mark(noticed_at, utc(noticed_at) + one)
    second = rules.next_mark(noticed_at, utc(noticed_at) + one + more)
    assert first <= second


@given(moments, passed, st.booleans(), st.booleans())
def test_closed_weighs_more_than_reported_and_both_more_than_the_clock(
    noticed_at: datetime, later: timedelta, reported: bool, closed: bool
) -> None:
    made = incident(noticed_at, reported, closed)
    held = rules.standing(made, utc(noticed_at) + later)
    assert (held is Standing.CLOSED) is closed
    assert (held is Standing.REPORTED) is (reported and not closed)
    assert rules.is_pending(made) is not (reported or closed)


@pytest.mark.parametrize(("carried", "hours"), [("0", 0), ("6", 6), ("24", 24)])
def test_a_tap_says_when_it_was_noticed(carried: str, hours: int) -> None:
    assert rules.noticed(carried) == timedelta(hours=hours)


@given(st.text(max_size=4).filter(lambda text: text not in {"0", "6", "24"}))
def test_anything_else_says_nothing(carried: str) -> None:
    assert rules.noticed(carried) is None


@given(moments)
def test_a_drill_is_a_second_tuesday_at_nine_in_each_quarter(now: datetime) -> None:
    drill = rules.next_drill(now, BERLIN)
    wall = drill.astimezone(BERLIN)
    assert drill > now
    assert (wall.weekday(), wall.hour, wall.minute) == (1, 9, 0)
    assert 8 <= wall.day <= 14
    assert wall.month in {1, 4, 7, 10}
    assert drill - utc(now) < timedelta(days=100)


def test_a_year_has_four_drills() -> None:
    now, days = datetime(2026, 12, 31, tzinfo=BERLIN), []
    for _ in range(4):
        now = rules.next_drill(now, BERLIN)
        days.append(now.astimezone(BERLIN).date())
    assert days == [date(2027, 1, 12), date(2027, 4, 13), date(2027, 7, 13), date(2027, 10, 12)]
