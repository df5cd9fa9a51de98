"""Our time never goes back, whatever somebody does to the machine's clock."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import TOLERANCE, SystemClock, WoundClock, _Steady, wall
from bot.pulse import BotsClock, feel, felt

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(-(10**8), 10**8))))
def test_as_much_passes_as_really_passed_or_the_wall_says_more(moves: list[tuple[int, int]]) -> None:
    steady, shown, ticks = _Steady(), BEGIN, 0.0
    last = steady.steadied(shown, ticks)
    for passed, jump in moves:
        ticks += passed
        shown += timedelta(seconds=passed + jump)
        now = steady.steadied(shown, ticks)
        assert now == max(shown, last + timedelta(seconds=passed))
        last = now


def test_the_system_s_clock_runs_and_never_back() -> None:
    clock = SystemClock()
    seen = [clock.now() for _ in range(1000)]
    assert seen == sorted(seen)
    assert abs(wall() - seen[-1]) < SECOND


def test_hands_set_back_are_told_once_and_time_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    clock = WoundClock()
    begun = clock.now()
    clock.set_back(HOUR)
    for _ in range(3):
        assert timedelta(0) <= clock.forward(timedelta(minutes=1)) - begun < timedelta(minutes=3, seconds=1)
    assert sum("set back by" in line for line in caplog.messages) == 1
    assert begun - clock.started_anew().now() > HOUR - timedelta(minutes=4)


def test_winding_back_is_refused() -> None:
    with pytest.raises(ValueError, match="forward"):
        WoundClock().forward(-SECOND)


@pytest.mark.parametrize(
    ("ahead", "seen"), [(HOUR, HOUR), (TOLERANCE / 2, timedelta(0)), (-HOUR, timedelta(0))]
)
def test_whoever_watches_a_bot_reads_its_time(tmp_path: Path, ahead: timedelta, seen: timedelta) -> None:
    sign = tmp_path / "pulse"
    assert abs(BotsClock(sign).now() - wall()) < SECOND
    feel(sign, wall() + ahead)
    assert abs(BotsClock(sign).now() - wall() - seen) < SECOND


def test_a_sign_says_to_the_moment_when_it_was_left(tmp_path: Path) -> None:
    sign = tmp_path / "pulse"
    feel(sign, BEGIN)
    assert felt(sign) == BEGIN
    sign.unlink()
    assert felt(sign) is None
