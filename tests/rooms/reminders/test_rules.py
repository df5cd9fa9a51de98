"""What becomes of a reminder whose time has come: never after its time, never in quiet hours, never untrue words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers import evenings, quiet
from handlers.reminders import rules
from locales.zone import BERLIN
from storage.records import (
    Answer,
    Appointment,
    AppointmentKind,
    AppointmentState,
    Person,
    Reminder,
    ReminderKind,
    ReminderState,
)
from storage.reminders import Tallied

NOW = datetime(2026, 10, 20, tzinfo=UTC)
PARENT = Person("p", 1, "Amina", "tr", "tr", blocked=False)
moments = st.integers(0, 14 * 24 * 60).map(lambda n: NOW + timedelta(minutes=n))
gaps = st.integers(-120, 24 * 60).map(lambda n: timedelta(minutes=n))
people = st.builds(
    lambda chosen, blocked, paused: replace(PARENT, quiet=chosen, blocked=blocked, paused=paused),
    st.sampled_from([None, *quiet.CHOICES]),
    *[st.sampled_from([False, False, False, True])] * 2,
)
states = st.sampled_from(AppointmentState)
answers = st.sampled_from([None, *Answer])


def appointment(starts_at: datetime, state: AppointmentState = AppointmentState.PLANNED) -> Appointment:
    return Appointment("a", "f", "c", AppointmentKind.DOCTOR, starts_at, "", state, 1, None)


def two_hours(state: ReminderState, due_at: datetime) -> Reminder:
    return Reminder("r", "a", "p", ReminderKind.TWO_HOURS, due_at, state, None, settled_at=None)


others = st.none() | st.builds(
    lambda state, gap: (state, gap),
    st.sampled_from(ReminderState),
    st.timedeltas(-evenings.AHEAD, evenings.AHEAD),
)


@given(st.sampled_from(ReminderKind), moments, gaps, states, people, answers, st.booleans(), others)
def test_every_due_reminder_has_one_right_end(
    kind: ReminderKind,
    now: datetime,
    gap: timedelta,
    state: AppointmentState,
    person: Person,
    answer: Answer | None,
    consents: bool,
    other: tuple[ReminderState, timedelta] | None,
) -> None:
    one = appointment(now + gap, state)
    second = two_hours(other[0], one.starts_at - evenings.AHEAD + other[1]) if other else None
    found = rules.fate(kind, one, rules.Reader(person, answer, consents, second), now)
    match found:
        case rules.Drop(reason):
            assert reason in rules.REASONS
        case rules.Wait(until):
            assert now < until <= one.starts_at - evenings.AT_LEAST
            assert not quiet.is_quiet(person, until)
        case rules.Send(when, expires_at):
            assert state is AppointmentState.PLANNED
            assert consents
            assert (person.blocked, person.paused) == (False, False)
            assert not quiet.is_quiet(person, now)
            assert answer not in {Answer.NO, Answer.MOVE}
            assert now < expires_at <= one.starts_at
            last = expires_at - timedelta(seconds=1)
            assert not quiet.is_quiet(person, last)
            assert is_true(when, one.starts_at, now)
            assert is_true(when, one.starts_at, last)


def is_true(when: rules.When, starts_at: datetime, at: datetime) -> bool:
    """Whether these words hold when they are read at this moment."""
    days = (starts_at.astimezone(BERLIN).date() - at.astimezone(BERLIN).date()).days
    match when:
        case rules.When.TOMORROW:
            return days == 1
        case rules.When.TODAY:
            return days == 0
        case rules.When.SOON:
            return at < starts_at <= at + evenings.AHEAD


@given(moments, st.timedeltas(timedelta(minutes=1), timedelta(hours=2)))
def test_of_two_reminders_that_are_both_late_one_comes(now: datetime, ahead: timedelta) -> None:
    one = appointment(now + ahead)
    reader = rules.Reader(replace(PARENT, quiet="off"))
    owed = two_hours(ReminderState.OWED, one.starts_at - evenings.AHEAD)
    day = rules.fate(ReminderKind.DAY_BEFORE, one, replace(reader, two_hours=owed), now)
    assert day == rules.Drop(rules.OVERTAKEN)
    assert isinstance(rules.fate(ReminderKind.TWO_HOURS, one, reader, now), rules.Send)


@given(moments, st.timedeltas(timedelta(minutes=1), timedelta(hours=2)))
def test_whoever_wants_only_the_day_before_is_reminded_late_rather_than_never(
    now: datetime, ahead: timedelta
) -> None:
    reader = rules.Reader(replace(PARENT, quiet="off"))
    found = rules.fate(ReminderKind.DAY_BEFORE, appointment(now + ahead), reader, now)
    assert isinstance(found, rules.Send)
    assert found.when is rules.When.SOON


def test_what_a_time_away_meant_is_counted_for_each_caseworker() -> None:
    late = Tallied("koch", ReminderState.DELIVERED, NOW - timedelta(hours=1), NOW + timedelta(minutes=1))
    in_time = replace(late, first_due_at=NOW, settled_at=NOW + timedelta(seconds=1))
    dropped = replace(late, state=ReminderState.DROPPED)
    before = replace(dropped, settled_at=NOW - timedelta(minutes=1))
    owed = replace(late, state=ReminderState.OWED, settled_at=None)
    weber = replace(late, caseworker_id="weber")
    found = rules.became([late, late, in_time, dropped, before, owed, weber], NOW)
    assert found == {"koch": (2, 1), "weber": (1, 0)}
    assert rules.became([in_time, before, owed], NOW) == {}
