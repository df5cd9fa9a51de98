"""When a wish may go on, and when somebody is reminded of it: for whatever wish and whatever moment."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.forgetting import rules
from handlers.forgetting.rules import Block
from storage.records import Person, Request, RequestState

ASKED = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WISH = Request("r", "amina", "f", RequestState.ASKED, ASKED, None, None, None, None, None)
people = st.sampled_from(["amina", "omar", "klein", "weber"])
wishes = st.builds(
    lambda state, exported, by: replace(WISH, state=state, exported_at=exported, proposed_by=by),
    st.sampled_from(RequestState),
    st.sampled_from([None, ASKED]),
    people,
)
spans = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400))


def person(id: str) -> Person:
    return Person(id, 1, id, "tr", "tr", blocked=False)


@given(wishes, st.booleans(), st.booleans())
def test_nothing_is_proposed_before_the_file_has_it_nor_under_a_hold(
    wish: Request, held: bool, crying: bool
) -> None:
    block = rules.blocks_proposal(wish, held=held, crying=crying)
    free = wish.state is RequestState.ASKED and wish.exported_at is not None and not held and not crying
    assert (block is None) == free


@given(wishes, people, st.booleans(), st.booleans())
def test_only_a_second_person_grants_and_never_under_a_hold(
    wish: Request, by: str, held: bool, crying: bool
) -> None:
    block = rules.blocks_grant(wish, by, held=held, crying=crying)
    if block is None:
        assert wish.state is RequestState.PROPOSED
        assert wish.proposed_by != by
        assert not held
        assert not crying
    if wish.state is RequestState.PROPOSED and wish.proposed_by == by:
        assert block is Block.ALONE


@given(spans)
def test_reminders_come_after_twenty_days_after_thirty_and_then_daily(waited: timedelta) -> None:
    now = ASKED + waited
    next_at = rules.reminded_at(ASKED, now)
    assert now < next_at
    assert next_at <= max(now + timedelta(days=1), ASKED + timedelta(days=20), ASKED + timedelta(days=30))
    if waited < timedelta(days=20):
        assert next_at == ASKED + timedelta(days=20)
    assert rules.is_late(WISH, now) == (waited >= timedelta(days=30))


@given(st.sets(people))
def test_another_parent_is_never_taken_along(members: set[str]) -> None:
    takes = rules.takes_family(WISH, [person(id) for id in members])
    others = members - {WISH.person_id}
    if WISH.person_id in members and others:
        assert not takes
    else:
        assert takes
