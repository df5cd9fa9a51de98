"""What holds for courses, without a store."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.courses import rules
from handlers.courses.rules import Presence, Standing
from storage.records import Course, CourseState, Seat, SeatState, Session

THEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
COURSE = Course("c", "o", "s", "x", "P", None, THEN, 90, 8, True, ("de",), CourseState.OPEN, THEN)
SESSIONS = [
    Session(str(n), "o", "s", THEN + timedelta(weeks=n), "P", "c", n + 1, THEN if n == 2 else None)
    for n in range(4)
]


def seat(family: int, state: SeatState) -> Seat:
    return Seat("c", str(family), state, THEN)


@given(st.lists(st.sampled_from(list(SeatState)), max_size=30))
def test_every_family_is_counted_once(states: list[SeatState]) -> None:
    seats = [seat(n, state) for n, state in enumerate(states)]
    said = rules.counts(seats)
    assert said.taken + said.waiting + said.declined + said.open == len(seats)
    places = [rules.in_line(seats, one.family_id) for one in seats if one.state is SeatState.WAITING]
    assert places == list(range(1, said.waiting + 1))
    assert all(not rules.in_line(seats, one.family_id) for one in seats if one.state is not SeatState.WAITING)


def test_a_cancelled_day_is_not_ahead_and_does_not_end_the_course() -> None:
    now = THEN + timedelta(weeks=1, hours=1)
    assert [one.number for one in rules.ahead(SESSIONS, now)] == [4]
    assert [one.number for one in rules.held(SESSIONS, now)] == [1, 2]
    assert rules.ends_at(COURSE, SESSIONS) == THEN + timedelta(weeks=3, minutes=90)
    assert rules.ends_at(COURSE, SESSIONS[:3]) == THEN + timedelta(weeks=1, minutes=90)
    assert rules.ends_at(COURSE, SESSIONS[2:3]) is None


def test_how_a_course_stands() -> None:
    assert rules.standing(COURSE, SESSIONS, THEN) is Standing.OPEN
    assert rules.standing(COURSE, SESSIONS, THEN + timedelta(weeks=3)) is Standing.OVER
    assert rules.standing(replace(COURSE, state=CourseState.CANCELLED), SESSIONS, THEN) is Standing.CANCELLED


def test_doors_open_an_hour_before_and_never_for_what_is_off() -> None:
    at = SESSIONS[1].starts_at
    assert not rules.may_note(SESSIONS[1], at - timedelta(minutes=61))
    assert rules.may_note(SESSIONS[1], at - timedelta(minutes=60))
    assert rules.may_note(SESSIONS[1], at + timedelta(days=30))
    assert not rules.may_note(SESSIONS[2], at + timedelta(days=30))


def test_one_tap_says_here_and_another_not_here() -> None:
    assert rules.next_mark(None) is True
    assert rules.next_mark(True) is False
    assert rules.next_mark(False) is True


@given(st.integers(0, 40), st.integers(1, 40))
def test_a_certificate_is_offered_from_half_of_the_sessions_on(attended: int, sessions: int) -> None:
    assert rules.earned(attended, sessions) == (attended > 0 and attended >= sessions / 2)


def test_the_rate_counts_what_is_noted_alone() -> None:
    assert rules.rate({}) is None
    assert rules.rate({"a": Presence(open=5)}) is None
    assert rules.rate({"a": Presence(3, 1, 5), "b": Presence(0, 2)}) == 50
    assert rules.presence([True, False, None, True]) == Presence(2, 1, 1)


def test_one_parent_who_reads_it_is_enough() -> None:
    assert rules.reads(["ar", "tr"], ("tr",))
    assert not rules.reads(["ar"], ("de", "tr"))
    assert not rules.reads([], ("de",))
