"""The pace: never more calls in any second than Telegram allows, and a crisis takes the next slot."""

import heapq
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.throttle import REST, SPARED_FOR_CRISIS, Pace

WINDOW = 1.0


@dataclass
class Line:
    """A line with any latency: when each call is counted at the server, and when its answer is back."""

    pace: Pace
    counted: list[float] = field(default_factory=list)
    under_way: list[tuple[float, float]] = field(default_factory=list)

    def start(self, now: float, there: float, back: float) -> None:
        self.pace.took()
        self.counted.append(now + there)
        heapq.heappush(self.under_way, (now + there + back, now))

    def pass_time(self, until: float) -> None:
        while self.under_way and self.under_way[0][0] <= until:
            answered_at, _ = heapq.heappop(self.under_way)
            self.pace.answered(answered_at)

    def fullest_second(self) -> int:
        times = sorted(self.counted)
        most = first = 0
        for last, at in enumerate(times):
            while times[first] <= at - WINDOW:
                first += 1
            most = max(most, last - first + 1)
        return most


LATENCY = st.one_of(st.just(0.0), st.floats(0.0, 0.2), st.floats(0.0, 5.0))


@settings(deadline=None, max_examples=150)
@given(
    st.integers(2, 40),
    st.lists(st.tuples(st.booleans(), LATENCY, LATENCY, st.floats(0, 0.3)), min_size=1, max_size=250),
)
def test_no_second_at_the_server_ever_holds_more_than_the_limit(
    limit: int, calls: list[tuple[bool, float, float, float]]
) -> None:
    line = Line(Pace(per_second=limit))
    now = 0.0
    for crisis, there, back, idle in calls:
        now += idle
        line.pass_time(now)
        now = _until_free(line, now, crisis)
        line.start(now, there, back)
    assert line.fullest_second() <= limit


def _until_free(line: Line, now: float, crisis: bool) -> float:
    while (free_at := line.pace.free_at(now, crisis=crisis)) != now:
        now = line.under_way[0][0] if free_at is None else free_at
        line.pass_time(now)
    return now


class Traffic(RuleBasedStateMachine):
    """Calls, answers, floods and time in any order."""

    LIMIT = 5

    def __init__(self) -> None:
        super().__init__()
        self.line = Line(Pace(per_second=self.LIMIT))
        self.now = 100.0
        self.held_until = 0.0

    @rule(seconds=st.floats(0, 2))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds
        self.line.pass_time(self.now)

    @rule(crisis=st.booleans(), there=LATENCY, back=LATENCY)
    def call(self, crisis: bool, there: float, back: float) -> None:
        free_at = self.line.pace.free_at(self.now, crisis=crisis)
        assert free_at is None or free_at >= self.now
        if free_at == self.now:
            assert crisis or self.now >= self.held_until
            self.line.start(self.now, there, back)

    @rule(seconds=st.floats(0.1, 5))
    def flood(self, seconds: float) -> None:
        self.line.pace.hold(self.now + seconds)
        self.held_until = max(self.held_until, self.now + seconds)

    @precondition(lambda self: not self.line.under_way)
    @rule()
    def whoever_looks_again_when_told_finds_a_slot(self) -> None:
        at = self.now
        for _ in range(3):  # a hold ends, then the slots rest, then there is room
            free_at = self.line.pace.free_at(at, crisis=False)
            assert free_at is not None
            if free_at == at:
                break
            at = free_at
        else:
            raise AssertionError(f"still no slot at {at}")
        self.now = at

    @invariant()
    def a_crisis_never_waits_when_others_need_not(self) -> None:
        if self.line.pace.free_at(self.now, crisis=False) == self.now:
            assert self.line.pace.free_at(self.now, crisis=True) == self.now

    @invariant()
    def the_server_never_complains(self) -> None:
        assert self.line.fullest_second() <= self.LIMIT


TestTraffic = Traffic.TestCase
TestTraffic.settings = settings(deadline=None, max_examples=60, stateful_step_count=60)


def test_a_crisis_finds_a_slot_when_bulk_has_taken_all_it_may() -> None:
    pace = Pace(per_second=30)
    started = 0
    while pace.free_at(0.0, crisis=False) == 0.0:
        pace.took()
        started += 1
    assert started == 30 - SPARED_FOR_CRISIS
    assert pace.free_at(0.0, crisis=True) == 0.0
    pace.took()
    assert pace.free_at(0.0, crisis=True) is None


def test_a_slot_rests_after_its_answer_and_not_after_its_start() -> None:
    pace = Pace(per_second=2)
    pace.took()
    assert pace.free_at(0.0, crisis=False) is None
    pace.answered(7.0)
    assert pace.free_at(7.0, crisis=False) == pytest.approx(7.0 + REST)
    assert pace.free_at(7.0 + REST, crisis=False) == 7.0 + REST


def test_a_hold_stops_all_but_a_crisis() -> None:
    pace = Pace()
    pace.hold(20.0)
    pace.hold(5.0)
    assert pace.free_at(3.0, crisis=False) == 20.0
    assert pace.free_at(3.0, crisis=True) == 3.0
    assert pace.free_at(20.0, crisis=False) == 20.0


def test_without_a_rate_only_the_calls_under_way_count() -> None:
    pace = Pace(per_second=None, at_once=3)
    for _ in range(3):
        assert pace.free_at(0.0, crisis=False) == 0.0
        pace.took()
    assert pace.free_at(0.0, crisis=True) is None
    pace.answered(0.5)
    assert pace.free_at(0.5, crisis=False) == 0.5


def test_the_smallest_rate_lets_ordinary_calls_through_too() -> None:
    pace = Pace(per_second=1)
    assert pace.free_at(0.0, crisis=False) == 0.0
