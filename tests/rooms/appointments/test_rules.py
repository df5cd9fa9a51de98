"""What always holds for appointments."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers import appointment_rules
from handlers.reminders import rules
from handlers.reminding import DAY_BEFORE, TWO_HOURS
from locales.zone import BERLIN
from storage.records import Answer, Appointment, AppointmentKind, AppointmentState, Card, Person

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


@given(moments, gaps, states, st.sampled_from([DAY_BEFORE, TWO_HOURS]))
def test_no_reminder_lies_about_when_it_is(
    now: datetime, gap: timedelta, state: AppointmentState, kind: str
) -> None:
    one = appointment(now + gap, state)
    when = rules.reminder(kind, one, now)
    if when in rules.SENT_AS:
        assert one.state is AppointmentState.PLANNED
        assert one.starts_at > now
    if when is rules.Reminder.TODAY:
        assert now.astimezone(BERLIN).date() == one.starts_at.astimezone(BERLIN).date()
    if when is rules.Reminder.TOMORROW:
        assert now.astimezone(BERLIN).date() < one.starts_at.astimezone(BERLIN).date()
    if kind == DAY_BEFORE and when in rules.SENT_AS:
        assert now < one.starts_at - timedelta(hours=2)


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(Answer)))
def test_nobody_who_said_no_is_reminded(answers: dict[str, Answer]) -> None:
    parents = [Person(id, 1, "", None, "", False) for id in "abcdef"]
    reminded = {parent.id for parent in rules.reminded(parents, answers)}
    assert reminded == {id for id in "abcdef" if answers.get(id, Answer.YES) is Answer.YES}


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.none() | st.integers(1, 9)), max_size=20),
    st.none() | st.integers(1, 9),
)
def test_the_cards_that_follow_are_few_and_never_the_pressed_one(
    kept: list[tuple[str, int | None]], pressed: int | None
) -> None:
    cards = [Card(str(n), who, "appointment:a", message) for n, (who, message) in enumerate(kept)]
    following = appointment_rules.to_follow(cards, "a", pressed, "b")
    assert {card.person_id for card in following} <= {"a", "b"}
    assert all(card.message_id != pressed for card in following if card.person_id == "a" and pressed)
    assert len(following) <= 2 * appointment_rules.NEWEST
    newest = [card for card in cards if card.person_id == "b"][-1:]
    assert set(newest) <= set(following)


@given(st.lists(st.text(), max_size=4))
def test_any_button_can_be_read(parts: list[str]) -> None:
    id, revision = appointment_rules.carried(parts)
    assert id == (parts[0] if parts else "")
    assert revision >= -1
