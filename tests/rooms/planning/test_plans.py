"""What a draft comes to: pure rules."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.calendar import Draft, clashes
from handlers.feasts import feast
from handlers.planning import rules
from handlers.refusal import Refusal
from locales.languages import LANGUAGES, SOURCE
from locales.zone import BERLIN
from storage.records import AppointmentKind, Person, Span

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ahead = st.integers(1, 180).map(lambda n: NOW.date() + timedelta(days=n))
drafts = st.builds(
    lambda day, hour, minute, kind, length, times: Draft(
        "k", kind=kind, day=day, hour=hour, minute=minute, length=length, times=times, place="P"
    ),
    ahead,
    st.integers(7, 20),
    st.sampled_from((0, 15, 30, 45)),
    st.sampled_from(AppointmentKind),
    st.sampled_from((0, *rules.LENGTHS)),
    st.sampled_from(rules.TIMES),
)
spans = st.builds(
    lambda at, long: Span(NOW + timedelta(minutes=at), NOW + timedelta(minutes=at + long)),
    st.integers(0, 200 * 24 * 60),
    st.integers(1, 600),
)


@given(drafts, st.lists(spans, max_size=5))
def test_a_plan_says_all_that_one_should_know(draft: Draft, taken: list[Span]) -> None:
    plan = rules.plan_of(draft, NOW, lambda at: taken)
    walls = [at.astimezone(BERLIN) for at in plan.moments]
    assert len(walls) == draft.times
    assert plan.appointment.starts_at == plan.moments[0]
    assert plan.appointment.minutes == draft.minutes > 0
    assert {wall.time() for wall in walls} == {walls[0].time()}
    assert {(after.date() - before.date()).days % 7 for before in walls for after in walls} == {0}
    on_feasts = [wall.date() for wall in walls if feast(wall.date())]
    assert list(plan.feasts) == on_feasts
    assert draft.times == 1 or not on_feasts
    assert all(feast(day) for day in plan.left_out)
    assert draft.day is not None
    assert draft.day in ({wall.date() for wall in walls} | set(plan.left_out))
    clashing = [one for at in plan.moments for one in clashes(taken, at, draft.minutes)]
    assert list(plan.clashing) == clashing


def test_a_day_gone_by_is_no_plan() -> None:
    late = Draft("k", kind="doctor", day=date(2026, 11, 24), hour=9, minute=45, place="P")
    with pytest.raises(Refusal):
        rules.moments_of(late, NOW)


@given(st.lists(st.sampled_from([*LANGUAGES, "xx"])))
def test_an_interpreter_is_offered_for_each_language_once_and_the_familys_first(read: list[str]) -> None:
    offered = rules.tongues(read)
    assert sorted(offered) == sorted(code for code in LANGUAGES if code != SOURCE)
    theirs = [code for code in dict.fromkeys(read) if code in LANGUAGES and code != SOURCE]
    assert offered[: len(theirs)] == theirs


def parent(id: str, **has: bool) -> Person:
    return Person(id, 1, id, "tr", "tr", has.pop("blocked", False), **has)  # type: ignore[arg-type]


def test_whoever_sleeps_now_is_told_of_and_nobody_twice() -> None:
    night = NOW.replace(hour=22)
    people = [parent("a"), parent("b", paused=True), parent("c", blocked=True)]
    assert [one.id for one, _ in rules.asleep(people, night)] == ["a"]
    assert rules.asleep(people, NOW) == []


def test_only_those_are_asked_whom_it_is_for() -> None:
    people = [parent("a"), parent("b")]
    assert rules.asked(Draft("k"), people) == people
    assert rules.asked(Draft("k", only_for="b"), people) == people[1:]
    assert rules.asked(Draft("k", only_for="x"), people) == []
