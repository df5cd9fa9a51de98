"""What always holds for parent training."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.training import rules
from storage.records import (
    Answer,
    Appointment,
    AppointmentKind,
    AppointmentState,
    Offer,
    OfferKind,
    Session,
)

AT = datetime(2026, 11, 26, 13, 30, tzinfo=UTC)
KIND = AppointmentKind.PARENT_TRAINING_SESSION
SESSION = Session("s", "o", "c", AT, "")
states = st.sampled_from(AppointmentState)


@given(st.dictionaries(st.none() | st.sampled_from(Answer), st.integers(0, 99)))
def test_nobody_is_counted_twice_or_not_at_all(tally: dict[Answer | None, int]) -> None:
    said = rules.counts(tally)
    assert said.yes + said.no + said.move + said.open == sum(tally.values())
    assert said.open == tally.get(None, 0) + tally.get(Answer.UNCLEAR, 0)


@given(st.lists(st.sampled_from(OfferKind), max_size=20), st.sets(st.integers(0, 19)))
def test_only_parent_training_and_own_families_offers_are_planned_for(
    kinds: list[OfferKind], enrolled: set[int]
) -> None:
    offers = [Offer(str(n), "s", kind) for n, kind in enumerate(kinds)]
    chosen = rules.offered(offers, {str(n) for n in enrolled})
    for n, offer in enumerate(offers):
        assert (offer in chosen) == (offer.kind is OfferKind.PARENT_TRAINING or n in enrolled)


@given(st.lists(states, max_size=5), st.timedeltas(timedelta(days=-3), timedelta(days=3)))
def test_a_session_stands_as_long_as_one_family_may_come(
    given_states: list[AppointmentState], late: timedelta
) -> None:
    now = AT + late
    invited = [Appointment("a", "f", "c", KIND, AT, "", state, 1, "s") for state in given_states]
    how = rules.standing(SESSION, invited, now)
    assert (how is rules.Standing.CANCELLED) == (AppointmentState.PLANNED not in given_states)
    if how is not rules.Standing.CANCELLED:
        assert (how is rules.Standing.OVER) == (now >= AT)
