from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers import quiet
from handlers.practice import rules
from locales.zone import here
from storage.records import Pace, Person

PERSON = Person("p", 1, "Amina", "tr", "tr", blocked=False)
moments = st.datetimes(
    datetime(2026, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC), allow_imaginary=False
)
sleepers = st.sampled_from([Person("p", 1, "A", "de", "de", False, quiet=one) for one in quiet.CHOICES])


def wall(at: datetime) -> datetime:
    return at.astimezone(here())


@given(sleepers, st.sampled_from(Pace), moments)
def test_the_next_exercise_comes_on_another_day_and_in_no_quiet_hour(
    person: Person, pace: Pace, said: datetime
) -> None:
    at = rules.next_at(person, pace, said)
    assert 1 <= (wall(at).date() - wall(said).date()).days <= {Pace.DAILY: 1, Pace.WEEKLY: 6}.get(pace, 4)
    assert wall(at).hour == 10
    assert not quiet.is_quiet(person, at)


@given(moments)
def test_twice_a_week_is_mondays_and_thursdays(said: datetime) -> None:
    assert wall(rules.next_at(PERSON, Pace.TWICE_A_WEEK, said)).weekday() in (0, 3)


@given(sleepers, moments, st.integers(8, 20))
def test_we_ask_on_the_day_after_whatever_the_clocks_do(person: Person, given: datetime, hour: int) -> None:
    at = rules.asked_at(person, given, hour)
    assert (wall(at).date() - wall(given).date()).days == 1
    assert at > given
    assert not quiet.is_quiet(person, at)


@given(moments)
def test_tomorrow_is_the_same_hour_unless_the_clocks_skip_it(now: datetime) -> None:
    there = rules.tomorrow(now)
    assert there > now
    assert abs(there - now - timedelta(days=1)) <= timedelta(hours=1)


@given(st.integers(1, 99), st.data())
def test_the_bar_is_full_only_at_the_end(of: int, data: st.DataObject) -> None:
    done = data.draw(st.integers(0, of))
    drawn = rules.bar(done, of)
    assert len(drawn) == min(of, rules.CELLS)
    assert ("🟩" in drawn) == (done > 0)
    assert ("⬜" not in drawn) == (done == of)
