"""A wish never waits for good: it comes back in time, and it ends at the latest with the old time."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.calling import WORK, within
from handlers.moving import rules
from handlers.slots import is_working
from locales.zone import here
from storage.records import Appointment, AppointmentKind, AppointmentState, DayPart, Move, MoveState

BEGIN = datetime(2026, 11, 1, tzinfo=UTC)
moments = st.integers(0, 60 * 24 * 4).map(lambda n: BEGIN + n * timedelta(minutes=15))
maybe = st.none() | moments


@st.composite
def waiting(draw: st.DrawFn) -> tuple[Move, Appointment, datetime]:
    """An open wish for an appointment that is ahead, and a moment at which it is not too late for it yet."""
    now = draw(moments)
    starts_at = now + draw(st.integers(1, 40 * 24 * 4)) * timedelta(minutes=15)
    made = Appointment("a", "f", "c", AppointmentKind.OTHER, starts_at, "", AppointmentState.PLANNED, 1, None)
    slot, day = draw(maybe), None
    part = draw(st.sampled_from(DayPart)) if slot is None and draw(st.booleans()) else None
    if part is not None:
        day = draw(moments).date()
    offered = draw(maybe)
    state = MoveState.ASKED if offered is None else MoveState.OFFERED
    asked_at = now - draw(st.integers(0, 200)) * timedelta(hours=1)
    move = Move("m", "a", "f", "c", "p", state, slot, day, part, offered, asked_at, None, None)
    return move, made, now


@settings(deadline=None)
@given(waiting())
def test_it_ends_with_the_old_time_at_the_latest(drawn: tuple[Move, Appointment, datetime]) -> None:
    move, made, _ = drawn
    assert rules.lapses_at(move, made) <= made.starts_at


@settings(deadline=None)
@given(waiting())
def test_each_look_comes_later_than_the_one_before_and_none_after_it_is_too_late(
    drawn: tuple[Move, Appointment, datetime],
) -> None:
    move, made, now = drawn
    last = rules.lapses_at(move, made)
    if last <= now:
        assert rules.first_look(move, made, now) == last == rules.next_look(move, made, now)
        return
    at, looks = rules.first_look(move, made, now), 0
    assert now < at <= now + max(rules.PATIENCE, timedelta(days=6))
    while at < last:
        following = rules.next_look(move, made, at)
        assert at < following <= last
        at, looks = following, looks + 1
    assert at == last
    assert looks <= 60


@settings(deadline=None)
@given(waiting())
def test_nobody_is_woken_and_the_last_look_brings_a_call(drawn: tuple[Move, Appointment, datetime]) -> None:
    move, made, now = drawn
    last, seen = rules.lapses_at(move, made), list[datetime]()
    at = rules.first_look(move, made, now)
    while at < last:
        assert time(WORK[0]) <= at.astimezone(here()).time() <= time(WORK[1])
        seen.append(at)
        at = rules.next_look(move, made, at)
    assert rules.is_urgent(move, made, now) or seen
    assert not seen or rules.needs_call(move, made, seen[-1])
    in_time = last - rules.BEFORE
    if in_time > now and within(in_time, WORK) == in_time:
        assert seen[-1] == in_time


@pytest.mark.parametrize(
    ("asked", "starts", "looks"),
    [
        ("12-02 19:00", "12-03 08:00", ["12-02 20:00", "12-03 07:00"]),
        ("12-02 19:45", "12-03 08:00", ["12-03 07:00"]),
        ("12-02 19:00", "12-03 09:30", ["12-03 07:00"]),
        ("12-02 15:00", "12-03 06:30", ["12-02 20:00"]),
        ("12-02 21:00", "12-03 06:30", []),
        ("12-04 17:00", "12-07 08:00", ["12-04 20:00", "12-07 07:00"]),
        ("12-02 22:00", "12-04 23:30", ["12-04 07:00", "12-04 20:00"]),
    ],
)
def test_looks_that_would_come_at_night(asked: str, starts: str, looks: list[str]) -> None:
    now, starts_at = (datetime.fromisoformat(f"2026-{at}").replace(tzinfo=here()) for at in (asked, starts))
    made = Appointment("a", "f", "c", AppointmentKind.OTHER, starts_at, "", AppointmentState.PLANNED, 1, None)
    move = Move("m", "a", "f", "c", "p", MoveState.ASKED, None, None, None, None, now, None, None)
    found, at = [], rules.first_look(move, made, now)
    while at < starts_at:
        found.append(f"{at.astimezone(here()):%m-%d %H:%M}")
        at = rules.next_look(move, made, at)
    assert found == looks


@settings(deadline=None)
@given(waiting())
def test_nobody_is_asked_to_decide_on_a_day_off_unless_it_is_urgent(
    drawn: tuple[Move, Appointment, datetime],
) -> None:
    move, made, now = drawn
    for at in (rules.first_look(move, made, now), rules.next_look(move, made, now)):
        day = at.astimezone(here()).date()
        assert is_working(day) or rules.is_urgent(move, made, at)
