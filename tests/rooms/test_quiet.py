"""Quiet hours and evenings: by the clocks in Köln, on both nights of the clock change, and after breaking the fast."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import evenings, quiet
from locales.zone import BERLIN
from storage.records import Person, ReminderKind, Role

PARENT = Person("p", 1, "Amina", "tr", "tr", blocked=False, roles=frozenset({Role.PARENT}))
STAFF = replace(PARENT, roles=frozenset({Role.CASEWORKER}))
SHIFTS = (date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31))

anybody = st.builds(
    lambda chosen, evening: replace(PARENT, quiet=chosen, evenings=evening),
    st.sampled_from([None, *quiet.CHOICES]),
    st.booleans(),
)
seconds = st.integers(0, 4 * 365 * 24 * 3600)
any_day = seconds.map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=n))
# the nights in which the clocks change, and the days around them
odd_nights = st.builds(
    lambda day, n: datetime.combine(day, time(0), UTC) + timedelta(seconds=n),
    st.sampled_from(SHIFTS),
    st.integers(-30 * 3600, 30 * 3600),
)
moments = any_day | odd_nights


def hour_of(at: datetime) -> float:
    wall = at.astimezone(BERLIN)
    return wall.hour + wall.minute / 60 + wall.second / 3600


@given(anybody, moments)
def test_quiet_ends_and_begins_at_full_hours_of_the_wall_clock(person: Person, now: datetime) -> None:
    hours = quiet.hours(person)
    ends, began, begins = (f(person, now) for f in (quiet.ends_at, quiet.began_at, quiet.begins_at))
    if hours is None:
        assert not quiet.is_quiet(person, now)
        assert (ends, began, begins) == (None, None, None)
        return
    assert quiet.is_quiet(person, now) == (hour_of(now) >= hours[0] or hour_of(now) < hours[1])
    assert (ends is None) == (began is None) == (not quiet.is_quiet(person, now))
    assert begins is not None
    assert now < begins <= now + timedelta(hours=25)
    assert hour_of(begins) == hours[0]
    if ends is not None and began is not None:
        assert began <= now < ends
        assert (hour_of(began), hour_of(ends)) == hours
        assert not quiet.is_quiet(person, ends)
        assert quiet.is_quiet(person, ends - timedelta(seconds=1))
        assert quiet.is_quiet(person, began)
        assert not quiet.is_quiet(person, began - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("day", "long"), [(date(2026, 3, 29), 9), (date(2026, 10, 25), 11), (date(2026, 11, 3), 10)]
)
def test_the_night_of_the_clock_change_is_an_hour_shorter_or_longer(day: date, long: int) -> None:
    midnight = datetime.combine(day, time(0, 30), BERLIN).astimezone(UTC)
    began, ends = quiet.began_at(PARENT, midnight), quiet.ends_at(PARENT, midnight)
    assert began is not None
    assert ends is not None
    assert ends - began == timedelta(hours=long)


def test_staff_have_quiet_hours_only_where_they_want_them() -> None:
    night = datetime(2026, 11, 24, 2, tzinfo=UTC)
    assert quiet.is_quiet(PARENT, night)
    assert not quiet.is_quiet(STAFF, night)
    assert quiet.is_quiet(replace(STAFF, quiet="22-6"), night)
    assert not quiet.is_quiet(replace(PARENT, quiet="off"), night)
    assert quiet.is_quiet(replace(PARENT, quiet="whatever an old version wrote"), night)


wishes = st.sampled_from(
    [frozenset[ReminderKind](), *map(frozenset, ([k] for k in ReminderKind)), evenings.BOTH]
)


@given(anybody, moments, wishes, st.integers(9, 19), st.timedeltas(timedelta(0), timedelta(days=9)))
def test_no_reminder_is_due_in_quiet_hours_or_late(
    person: Person, starts_at: datetime, kinds: frozenset[ReminderKind], hour: int, ahead: timedelta
) -> None:
    now = starts_at - ahead
    found = evenings.moments(person, starts_at, kinds, hour, now)
    assert set(found) <= kinds
    for kind, at in found.items():
        if at is None:  # left to the other one, which comes
            assert kind is ReminderKind.TWO_HOURS
            assert found[ReminderKind.DAY_BEFORE] is not None
        else:
            assert now < at < starts_at
            assert not quiet.is_quiet(person, at)
            assert evenings.covers(kind, at, starts_at) or kind is ReminderKind.TWO_HOURS


@given(anybody, moments, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_the_last_moment_to_remind_still_helps_and_wakes_nobody(
    person: Person, starts_at: datetime, ahead: timedelta
) -> None:
    now = starts_at - ahead
    at = evenings.at_last(person, starts_at, now)
    if at is not None:
        assert now < at <= starts_at - evenings.AT_LEAST
        assert not quiet.is_quiet(person, at)
        assert any(evenings.covers(kind, at, starts_at) for kind in ReminderKind)


@given(anybody, moments)
def test_two_hours_ahead_or_when_people_wake_or_before_they_sleep(
    person: Person, starts_at: datetime
) -> None:
    at, early = evenings.two_hours(person, starts_at)
    wanted = starts_at - timedelta(hours=2)
    if not quiet.is_quiet(person, wanted):
        assert not early
        assert wanted - quiet.BEFORE <= at <= wanted
    elif early:
        assert at == (quiet.began_at(person, wanted) or at) - quiet.BEFORE
    else:
        assert at == quiet.ends_at(person, wanted)
        assert starts_at - at >= timedelta(minutes=30)


@given(any_day.map(lambda at: at.date()))
def test_the_evening_is_half_past_seven_or_an_hour_after_sunset_in_ramadan(day: date) -> None:
    at = evenings.evening_of(day)
    if not evenings.in_ramadan(day):
        assert hour_of(at) == 19.5
    else:
        assert hour_of(at) >= 19.5
        assert at - evenings.MEAL >= evenings.sunset(evenings.KOELN, day, tzinfo=UTC)


def test_ramadan_is_where_the_calendar_of_umm_al_qura_has_it() -> None:
    fasting = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    fasting = [day for day in fasting if evenings.in_ramadan(day)]
    assert (fasting[0], fasting[-1]) == (date(2026, 2, 18), date(2026, 3, 19))
    assert not evenings.in_ramadan(date(2100, 1, 1))


def test_in_ramadan_the_evening_never_runs_into_quiet_hours() -> None:
    early = replace(PARENT, evenings=True, quiet="20-8")
    breakfast = datetime(2026, 3, 19, 9, tzinfo=UTC)
    at = evenings.day_before(early, breakfast, 17)
    assert at.astimezone(BERLIN).strftime("%d.%m. %H:%M") == "18.03. 19:41"
    summer = datetime(2047, 6, 30, 9, tzinfo=UTC)  # Ramadan has wandered into long days
    assert evenings.in_ramadan(date(2047, 6, 29))
    late = evenings.day_before(replace(early, quiet=None), summer, 17)
    assert late.astimezone(BERLIN).strftime("%d.%m. %H:%M") == "29.06. 20:50"


def test_each_person_leaves_on_what_they_want_of_what_the_agency_sends() -> None:
    both, day = evenings.BOTH, frozenset({ReminderKind.DAY_BEFORE})
    assert evenings.wanted(PARENT, both) == both
    assert evenings.wanted(PARENT, day) == day
    assert evenings.wanted(replace(PARENT, reminded="day_before"), both) == day
    assert evenings.wanted(replace(PARENT, reminded="two_hours"), day) == frozenset()
    assert evenings.wanted(replace(PARENT, reminded="none"), both) == frozenset()
