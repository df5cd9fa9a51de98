"""What becomes of each message: nothing is tried that Telegram refuses, nothing is forgotten."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.discreet.rules import MOST_BLANKED, Message, cleared, goes_at, next_look, ripe

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TWO_DAYS = timedelta(hours=48)
DAY = timedelta(hours=24)
AGES = st.timedeltas(timedelta(0), timedelta(days=30))
CHATS = st.lists(
    st.builds(
        lambda number, age, ours, veiled, stands: Message(number, NOW - age, ours, veiled, stands),
        st.integers(1, 10**9),
        AGES,
        st.booleans(),
        st.booleans(),
        st.booleans(),
    ),
    max_size=150,
    unique_by=lambda message: message.number,
)


@given(CHATS)
def test_each_message_has_exactly_one_fate(chat: list[Message]) -> None:
    done = cleared(chat, NOW)
    fates = [*done.deleted, *done.blanked, *done.left]
    assert sorted(fates) == sorted(message.number for message in chat)


@given(CHATS)
def test_nothing_is_deleted_that_is_too_old_and_nothing_young_is_left(chat: list[Message]) -> None:
    done, by_number = cleared(chat, NOW), {message.number: message for message in chat}
    assert all(NOW - by_number[number].at < TWO_DAYS for number in done.deleted)
    margin = TWO_DAYS - timedelta(minutes=10)
    assert all(NOW - by_number[number].at >= margin for number in (*done.blanked, *done.left))


@given(CHATS)
def test_only_our_own_words_are_blanked_the_newest_first(chat: list[Message]) -> None:
    done, by_number = cleared(chat, NOW), {message.number: message for message in chat}
    assert all(by_number[number].ours for number in done.blanked)
    assert len(done.blanked) <= MOST_BLANKED
    ours_left = [number for number in done.left if by_number[number].ours]
    assert not ours_left or (len(done.blanked) == MOST_BLANKED and max(ours_left) < min(done.blanked))


@given(CHATS)
def test_what_goes_by_itself_goes_while_it_still_can(chat: list[Message]) -> None:
    for message in chat:
        at = goes_at(message)
        assert message.stands if at is None else DAY <= at - message.at < timedelta(hours=47)


@given(CHATS)
def test_all_but_the_keyboard_and_what_says_nothing_is_gone_after_a_day(chat: list[Message]) -> None:
    left = [message for message in chat if message not in ripe(chat, NOW)]
    assert all(one.stands or one.veiled or NOW - one.at < DAY for one in left)


@given(CHATS)
def test_it_looks_again_before_anything_is_late(chat: list[Message]) -> None:
    look = next_look(chat, NOW)
    assert NOW < look <= NOW + DAY
    coming = [goes_at(message) for message in chat if message not in ripe(chat, NOW)]
    assert all(at is None or look <= at for at in coming)


def test_looking_at_every_moment_nothing_ever_gets_too_old() -> None:
    """Messages come all the time; whenever it looked, each was deleted within a day and some minutes."""
    chat, now, look, number = [Message(1, NOW, ours=True, stands=True)], NOW, NOW + DAY, 1
    for _ in range(400):
        now += timedelta(minutes=37)
        number += 1
        chat.append(Message(number, now, ours=bool(number % 2), veiled=number % 6 == 0))
        if now >= look:
            chat = [message for message in chat if message not in ripe(chat, now)]
            look = next_look(chat, now)
        oldest = min(message.at for message in chat if not message.stands)
        assert now - oldest < timedelta(hours=47)
