"""When it is asked who came, and how long it may be noted."""

from datetime import UTC, datetime, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers import attending
from handlers.slots import is_working
from locales.zone import here
from storage.records import Appointment, AppointmentKind, AppointmentState

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)


def visit(starts_at: datetime, state: AppointmentState = AppointmentState.PLANNED) -> Appointment:
    return Appointment("a", "f", "c", AppointmentKind.DOCTOR, starts_at, "", state, 1, None)


@settings(deadline=None)  # the calendar of holidays is made for a year at a time
@given(moments)
@example(datetime(2026, 12, 24, 12, tzinfo=UTC))  # the next working day is a Monday
@example(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
def test_it_is_asked_on_a_working_day_soon_after_the_end(ended_at: datetime) -> None:
    at = attending.asked_at(ended_at)
    wall = at.astimezone(here())
    assert at >= ended_at
    assert is_working(wall.date())
    assert (wall.hour, wall.minute) in {(17, 30), (9, 0)}
    between = (ended_at.astimezone(here()).date() + timedelta(days=n) for n in range(1, 9))
    skipped = [day for day in between if day < wall.date() and is_working(day)]
    assert skipped == []


@settings(deadline=None)  # the calendar of holidays is made for a year at a time
@given(moments)
def test_later_is_the_evening_of_the_next_working_day(now: datetime) -> None:
    wall = attending.next_evening(now).astimezone(here())
    assert (wall.hour, wall.minute) == (17, 30)
    assert wall.date() > now.astimezone(here()).date()
    assert is_working(wall.date())


def test_it_may_be_noted_from_the_beginning_for_fourteen_days() -> None:
    one = visit(TUESDAY)
    last = one.ends_at + timedelta(days=14)
    ahead, behind = TUESDAY - timedelta(seconds=1), last + timedelta(seconds=1)
    moments = (ahead, TUESDAY, last, behind)
    assert [attending.may_note(one, now) for now in moments] == [False, True, True, False]
    assert not attending.may_note(visit(TUESDAY, AppointmentState.CANCELLED), TUESDAY)
