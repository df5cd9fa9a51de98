"""The rule of escalation: whatever it leaves open is filled in, and who is wanted follows from it for any rule."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.crisis import rules
from handlers.crisis.policy import followed, policy_of
from storage.records import Alarm, AlarmState, Promise, Role

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
minutes = st.lists(st.integers(1, 120), min_size=1, max_size=9)
given_rules = st.fixed_dictionaries(
    {},
    optional={
        "minutes": minutes,
        "needed": st.lists(st.integers(1, 5), max_size=12),
        "remind_minutes": st.integers(1, 120),
        "forgotten_minutes": st.integers(1, 60),
        "join_minutes": st.integers(0, 600),
        "join": st.lists(st.sampled_from(["lead", "on_call"]), unique=True),
        "quiet": st.integers(0, 2),
        "second_seconds": st.integers(5, 120),
    },
)


def alarm(rule: dict[str, object], state: AlarmState, step: int = 1) -> Alarm:
    taker = "t" if state is AlarmState.TAKEN else None
    return Alarm("a", 1, "p", None, state, NOON, rule, step, 1, taker, None, 1)


@given(given_rules)
def test_what_is_frozen_leaves_nothing_open_and_freezes_only_once(rule: dict[str, object]) -> None:
    frozen = policy_of(rule)

    assert policy_of(frozen) == frozen
    assert followed(rule) == followed(frozen)
    assert len(frozen["needed"]) == len(frozen["minutes"]) > 0
    assert all(frozen[name] == value for name, value in rule.items() if name not in {"needed"})


def test_an_alarm_from_before_rules_had_many_parts_is_followed() -> None:
    rule = followed({"minutes": [5, 10]})

    assert (rule.wait(2), rule.wanted(2), rule.remind) == (timedelta(minutes=10), 1, timedelta(minutes=10))
    assert (rule.joins, rule.joins_after) == (frozenset({Role.LEAD}), timedelta(minutes=30))
    assert followed({"minutes": [5], "join_minutes": 0}).joins_after is None


@given(given_rules, st.integers(0, 12), st.integers(0, 9))
def test_as_many_are_wanted_as_the_rule_says_and_never_before_somebody_took_it(
    rule: dict[str, object], step: int, acknowledged: int
) -> None:
    taken = alarm(policy_of(rule), AlarmState.TAKEN, step)
    wanted = followed(rule).wanted(step)

    assert rules.still_wanted(taken, acknowledged) == max(0, wanted - acknowledged)
    assert rules.still_wanted(replace(taken, forgotten_at=NOON), acknowledged) == 0
    for state in (AlarmState.OPEN, AlarmState.ENDED):
        assert rules.still_wanted(alarm(policy_of(rule), state, step), acknowledged) == 0


@given(minutes, st.integers(0, 9), st.sets(st.integers(1, 9)))
def test_the_own_step_is_asked_to_join_first_and_then_any_on_which_somebody_is_willing(
    steps: list[int], at: int, willing: set[int]
) -> None:
    there = {step for step in willing if step <= len(steps)}
    chosen = rules.join_step({"minutes": steps}, at, there)

    assert (chosen is None) == (not there)
    assert chosen is None or chosen in there
    if at in there:
        assert chosen == at


@given(given_rules, st.integers(-30, 60))
def test_a_holder_is_asked_when_the_promised_call_is_due_else_after_the_rules_minutes(
    rule: dict[str, object], promised_in: int
) -> None:
    taken = alarm(policy_of(rule), AlarmState.TAKEN)
    due = NOON + timedelta(minutes=promised_in)
    promised = replace(taken, promise=Promise.CALLS_AT, promised_for=due)

    assert rules.remind_at(taken, NOON) == NOON + followed(rule).remind
    assert rules.remind_at(promised, NOON) == (due if due > NOON else NOON + followed(rule).remind)


@given(st.integers(0, 9), st.integers(0, 600))
def test_a_few_pages_come_alone_and_many_stand_in_one_list(lately: int, listed: int) -> None:
    assert rules.is_crowded(lately, listed) == (lately >= rules.ALONE or listed > rules.ALONE)
