"""What always holds for appointments."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers import appointment_rules
from storage.records import Appointment, AppointmentKind, AppointmentState, Card

minutes = st.integers(0, 4 * 365 * 24 * 60)
moments = minutes.map(lambda count: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=count))
gaps = st.timedeltas(timedelta(days=-3), timedelta(days=3))
states = st.sampled_from(AppointmentState)


def appointment(starts_at: datetime, state: AppointmentState, revision: int = 1) -> Appointment:
    return Appointment("a", "f", "c", AppointmentKind.OTHER, starts_at, "", state, revision, None)


@given(moments, gaps, states, st.integers(1, 3), st.integers(-1, 3))
def test_a_button_holds_only_for_what_it_was_shown_with(
    now: datetime, gap: timedelta, state: AppointmentState, revision: int, seen: int
) -> None:
    one = appointment(now + gap, state, revision)
    may = appointment_rules.may_change(one, seen, now)
    assert may == (state is AppointmentState.PLANNED and gap > timedelta(0) and seen == revision)


@given(moments, gaps, states)
def test_one_is_late_only_around_the_start(now: datetime, gap: timedelta, state: AppointmentState) -> None:
    may = appointment_rules.may_be_late(appointment(now + gap, state), now)
    around = timedelta(hours=-1) <= gap <= timedelta(hours=3)
    assert may == (state is AppointmentState.PLANNED and around)


kept = st.lists(st.tuples(st.sampled_from("abc"), st.none() | st.integers(1, 9)), max_size=70)


@given(kept, st.frozensets(st.sampled_from("abc")))
def test_what_changes_for_good_changes_all_that_anybody_concerned_can_look_at(
    shown: list[tuple[str, int | None]], concerned: frozenset[str]
) -> None:
    cards = [Card(str(n), who, "appointment:a", message) for n, (who, message) in enumerate(shown)]
    changing = appointment_rules.standing_in_chats(cards, concerned)
    for who in "abc":
        theirs = [card for card in cards if card.person_id == who]
        newest = theirs[-appointment_rules.MOST_CHANGED :] if who in concerned else []
        assert [card for card in changing if card.person_id == who] == newest
    assert changing == sorted(changing, key=lambda card: int(card.id))


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.none() | st.integers(1, 9)), max_size=20),
    st.none() | st.integers(1, 9),
)
def test_the_cards_that_follow_are_few_and_never_the_pressed_one(
    kept: list[tuple[str, int | None]], pressed: int | None
) -> None:
    cards = [Card(str(n), who, "appointment:a", message) for n, (who, message) in enumerate(kept)]
    following = appointment_rules.to_follow(cards, "a", pressed, "b", "c", "a")
    assert {card.person_id for card in following} <= {"a", "b", "c"}
    assert len({card.id for card in following}) == len(following)
    assert all(card.message_id != pressed for card in following if card.person_id == "a" and pressed)
    assert len(following) <= 3 * appointment_rules.NEWEST
    for other in "bc":
        newest = [card for card in cards if card.person_id == other][-1:]
        assert set(newest) <= set(following)
    assert not any(card.person_id == "c" for card in appointment_rules.to_follow(cards, "a", pressed, "b"))


@given(st.lists(st.text(), max_size=4))
def test_any_button_can_be_read(parts: list[str]) -> None:
    id, revision = appointment_rules.carried(parts)
    assert id == (parts[0] if parts else "")
    assert revision >= -1
