"""Who is paged next, what the parent reads, and which numbers answer: for any policy and any hour."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.crisis import calling, rules
from storage.records import Alarm, AlarmState, CrisisNumber, Page

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
minutes = st.lists(st.integers(1, 120), min_size=1, max_size=9)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


def alarm(state: AlarmState = AlarmState.OPEN, step: int = 1, lap: int = 1) -> Alarm:
    taker = "t" if state is AlarmState.TAKEN else None
    policy = {"minutes": [5, 5]}
    return Alarm("a", 1, "p", None, state, NOON, policy, step, lap, taker, None, 1)


@given(minutes, st.data())
def test_every_staffed_step_is_paged_once_a_round_in_order(steps: list[int], data: st.DataObject) -> None:
    staffed = data.draw(st.sets(st.integers(1, len(steps)), min_size=1))
    policy, at, lap, paged = {"minutes": steps}, 0, 0, []
    for _ in range(3 * len(staffed)):
        chosen = rules.next_page(policy, at, lap, staffed)
        assert chosen is not None
        assert chosen.wait == timedelta(minutes=steps[chosen.step - 1])
        at, lap = chosen.step, chosen.round
        paged.append((lap, at))

    assert paged == [(n, step) for n in (1, 2, 3) for step in sorted(staffed)]


@given(minutes, st.integers(0, 9), st.integers(0, 50))
def test_without_anybody_on_duty_nobody_is_chosen(steps: list[int], at: int, lap: int) -> None:
    assert rules.next_page({"minutes": steps}, at, lap, set()) is None


@given(minutes, st.integers(-3, 99))
def test_everybody_on_duty_stands_on_a_step_of_the_policy(steps: list[int], assigned: int) -> None:
    assert 1 <= rules.steps_of({"minutes": steps}, assigned) <= len(steps)


@given(moments)
def test_hours_are_kept_to_the_minute(at: datetime) -> None:
    weekday, inside = at.weekday() < 5, time(9) <= at.time() < time(17)

    assert calling.is_open_now("mo-fr 09:00-17:00", at) == (weekday and inside)
    assert calling.is_open_now("always", at)
    assert not calling.is_open_now("", at)


@given(moments)
def test_spans_add_up(at: datetime) -> None:
    early, late = "mo-fr 09:00-17:00", "tu,th 09:00-19:00"

    both = calling.is_open_now(f"{early}; {late}", at)

    assert both == (calling.is_open_now(early, at) or calling.is_open_now(late, at))


@given(
    st.lists(st.tuples(st.booleans(), st.booleans(), st.sampled_from(["always", "", "su 00:00-00:01"]))),
    moments,
)
def test_families_see_only_numbers_that_answer(shape: list[tuple[bool, bool, str]], at: datetime) -> None:
    numbers = [
        CrisisNumber(str(n), "police", hours, n, first=first, staff_only=staff, confirmed_on=None)
        for n, (first, staff, hours) in enumerate(shape)
    ]

    shown = calling.for_families(numbers, at, first_only=False)
    at_first = calling.for_families(numbers, at, first_only=True)

    assert all(calling.is_open_now(number.hours, at) and not number.staff_only for number in shown)
    assert at_first == [number for number in shown if number.first]


@given(st.integers(0, 3600))
def test_leads_are_rung_every_few_minutes(seconds: int) -> None:
    later = NOON + timedelta(seconds=seconds)

    assert rules.rings_again(None, later)
    assert rules.rings_again(Page("l", 0, NOON, delivered=True), later) == (
        later - NOON >= rules.RING_LEADS_EVERY
    )


@given(st.integers(0, 72))
def test_an_open_alarm_always_listens(hours: int) -> None:
    later = NOON + timedelta(hours=hours)

    assert rules.still_listens(alarm(), later)
    assert rules.still_listens(alarm(AlarmState.TAKEN), later) == (hours < 24)
