"""An answer counts while the drill is open, and nobody is lost from the table."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from handlers.drills import rules
from handlers.drills.rules import Result
from storage.records import Drill, Probe

BERLIN = ZoneInfo("Europe/Berlin")
THEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ENDS = THEN + rules.OPEN
seconds = st.none() | st.integers(0, 3600).map(lambda s: THEN + timedelta(seconds=s))


def drill(ended_at: datetime | None = None) -> Drill:
    return Drill("d", "p", THEN, ENDS, ended_at)


def probe(answered_at: datetime | None = None, delivered_at: datetime | None = None, id: str = "q") -> Probe:
    return Probe(id, "p", "d", THEN, delivered_at, answered_at)


probes = st.lists(st.builds(probe, seconds, seconds, st.uuids().map(str)), unique_by=lambda one: one.id)


@given(seconds, seconds, st.none() | st.just(ENDS))
def test_each_test_alarm_has_one_result(
    answered_at: datetime | None, delivered_at: datetime | None, ended_at: datetime | None
) -> None:
    result = rules.result(probe(answered_at, delivered_at), drill(ended_at))
    assert (result in {Result.ANSWERED, Result.LATE}) == (answered_at is not None)
    if answered_at is not None:
        assert (result is Result.ANSWERED) == (answered_at <= ENDS)
    else:
        assert (result is Result.UNHEARD) == (delivered_at is not None)


@given(probes)
def test_the_table_has_everybody_once_and_whoever_is_silent_first(sent: list[Probe]) -> None:
    table = rules.in_order(sent, drill(ENDS))
    assert sorted(one.id for one in table) == sorted(one.id for one in sent)
    order = list(Result)
    ranks = [order.index(rules.result(one, drill(ENDS))) for one in table]
    assert ranks == sorted(ranks)
    assert rules.in_time(sent, drill(ENDS)) == ranks.count(order.index(Result.ANSWERED))


@given(st.integers(0, 10**6))
def test_minutes_and_seconds_add_up(passed: int) -> None:
    minutes, _, rest = rules.took(probe(THEN + timedelta(seconds=passed))).partition(":")
    assert int(minutes) * 60 + int(rest) == passed
    assert len(rest) == 2


def test_without_an_answer_nothing_took_any_time() -> None:
    assert rules.took(probe()) == ""


@given(st.datetimes(datetime(2025, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))
def test_the_next_drill_is_due_a_month_later_in_the_morning(done: datetime) -> None:
    due = rules.next_due(done, BERLIN)
    assert timedelta(days=29) < due - done < timedelta(days=31)
    assert due.astimezone(BERLIN).hour == 9
