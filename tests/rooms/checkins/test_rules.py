from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Chat, Message, Update

from handlers.checkins import room
from handlers.checkins.rules import (
    FACES,
    NOTE_WITHIN,
    SAME_WITHIN,
    is_repeat,
    mood_of,
    needs_someone,
    takes_note,
)
from storage.records import CheckIn, Mood

AT = datetime(2026, 11, 19, 9, tzinfo=UTC)
moods = st.sampled_from(Mood)


def taken(mood: Mood) -> CheckIn:
    return CheckIn("k", "p", "f", mood, "", AT)


@given(moods, st.integers(1, 5), st.sampled_from(["", " ", "\n", "\ufe0f"]))
def test_a_face_counts_alone_or_repeated(mood: Mood, times: int, between: str) -> None:
    assert mood_of(between.join([FACES[mood]] * times) + between) is mood


@given(st.text())
def test_whatever_holds_more_than_a_face_is_no_check_in(text: str) -> None:
    assert mood_of(f"🙂{text}a") is None


@pytest.mark.parametrize("text", ["", " ", "🙂😟", "🆘", "😟 Hilfe", "😀"])
def test_these_are_no_check_ins(text: str) -> None:
    assert mood_of(text) is None


@given(moods, moods, st.timedeltas(timedelta(0), timedelta(days=1)))
def test_only_the_same_mood_soon_after_is_a_repeat(first: Mood, second: Mood, later: timedelta) -> None:
    assert is_repeat(taken(first), second, AT + later) == (first is second and later < SAME_WITHIN)


@given(moods, st.timedeltas(timedelta(0), timedelta(days=1)))
def test_a_note_belongs_to_the_hour_after(mood: Mood, later: timedelta) -> None:
    assert takes_note(taken(mood), AT + later) == (later < NOTE_WITHIN)


def test_only_a_bad_mood_calls_somebody() -> None:
    assert [mood for mood in Mood if needs_someone(mood)] == [Mood.BAD]


@pytest.mark.parametrize(
    ("text", "heard"), [("😟", True), ("🙂🙂", True), ("😟 Hilfe", False), (None, False)]
)
def test_the_room_hears_bare_faces(text: str | None, heard: bool) -> None:
    chat_of_parent = Chat(1, "private")
    update = Update(1, message=Message(1, AT, chat_of_parent, text=text))
    assert any(bool(handler.check_update(update)) for handler in room.handlers) is heard
