"""A course's file grows or shrinks while people stand in it, and exercises are left out: what they read stays true."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from handlers import desk
from handlers.callback import press, read
from handlers.practice import actions, chat, seen
from handlers.practice.actions import NEXT
from handlers.screen import Screen
from handlers.screen import words as words_of
from handlers.turn import Asked, Turn
from locales import syllabi
from storage.engine import Archive
from storage.records import Family, Person, Practice, PracticeState, Practised, Purpose
from storage.store import Store
from tests.rooms.practice.test_states import VERBS, household

OF = 8  # exercises of the training flat
YES, BIT, NO = Practised.YES, Practised.BIT, Practised.NO
Long = Callable[[int], None]


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> Long:
    """Makes the course's file as long as this."""
    full = syllabi._shelf()["own_flat"]

    def change(count: int) -> None:
        cut = {code: replace(one, exercises=(one.exercises * 2)[:count]) for code, one in full.items()}
        monkeypatch.setattr(syllabi, "_shelf", lambda: {"own_flat": cut})

    return change


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Screen]:
    """Every screen that a press brought, the newest at the end."""
    found: list[Screen] = []
    monkeypatch.setattr(Turn, "show", lambda _, shown, **__: found.append(shown))
    return found


@dataclass
class Course:
    """A mother's way through the exercises of the training flat."""

    store: Store
    shown: list[Screen]
    now: datetime

    def __post_init__(self) -> None:
        self.klein, self.amina, self.family = household(self.store, self.now)
        self.store.take_posted()

    @property
    def place(self) -> Practice:
        (found,) = self.store.practices.of_person(self.amina.id)
        return found

    def presses(self, word: str, *last: int | str) -> str:
        """Returns what she reads then, with the buttons below it."""
        self.now += timedelta(minutes=10)
        asked = Asked(press=read(press("practice", word, self.place.id, *last)), message_id=7)
        VERBS[word](Turn(self.store, self.amina, self.now, asked))
        return self.words

    def answers(self, *said: Practised) -> str:
        """One exercise after the other at once; after a no the next one. Returns what she reads at the end."""
        for one in said:
            step = self.place.step
            self.presses("now", step)
            self.presses("did", step, one)
            if one is NO:
                self.presses("skip", step)
        return self.words

    @property
    def words(self) -> str:
        voice = desk.voice_of(self.amina)
        below = [[voice.say(one.label) for one in row] for row in self.shown[-1].buttons]
        return f"{words_of(self.shown[-1], voice)}\n{below}"


async def test_whoever_was_done_goes_on_with_what_was_added(
    archive: Archive, now: datetime, shown: list[Screen], long: Long
) -> None:
    def story(store: Store) -> None:
        course = Course(store, shown, now)
        assert "Herzlichen Glückwunsch" in course.answers(*[YES] * OF)

        long(OF + 2)

        place = course.presses("open")
        assert "Übung 9 von 10\n🟩🟩🟩🟩🟩🟩⬜⬜" in place
        assert "▶️ Weiter" in place
        assert "kommt" not in place  # nothing comes by itself before she goes on
        assert course.presses("pause") == place
        assert "Ihre Übung 9 von 10" in course.presses("now", OF)
        assert course.place.state is PracticeState.SENT
        assert "Geschafft: 9 von 10" in course.presses("did", OF, YES)
        assert "Übungen: 10\n🟩🟩🟩🟩🟩🟩🟩🟩" in course.answers(BIT)
        assert "🎉" in course.presses("now", OF + 2)

    await archive.write(story)


async def test_a_caseworker_gives_what_was_added(
    archive: Archive, now: datetime, shown: list[Screen], long: Long
) -> None:
    def story(store: Store) -> None:
        course = Course(store, shown, now)
        course.answers(*[YES] * OF)
        assert not given(store, course)

        long(OF + 2)

        assert "Übung 9 von 10, ruht" in standing(store, course.klein, course.family)
        assert given(store, course)
        assert (course.place.step, course.place.state) == (OF, PracticeState.WAITING)
        assert store.timers.due_at(NEXT, course.place.id) is not None
        assert [one.person_id for one in store.take_posted()] == [course.amina.id]
        assert not given(store, course)

    await archive.write(story)


async def test_who_wants_no_messages_is_given_nothing_that_was_added(
    archive: Archive, now: datetime, shown: list[Screen], long: Long
) -> None:
    def story(store: Store) -> None:
        course = Course(store, shown, now)
        course.answers(*[YES] * OF)
        store.consents.revoke(course.amina.id, Purpose.CONTACT, course.now)
        long(OF + 2)

        assert not given(store, course)
        assert course.place.state is PracticeState.DONE

    await archive.write(story)


def given(store: Store, course: Course) -> bool:
    """Whether the caseworker reads that somebody was given something."""
    asked = Asked(press=read(press("practice", "give", course.family.id, "own_flat")), message_id=7)
    turn = Turn(store, course.klein, course.now, asked)
    chat.give(turn)
    return turn.toast is not None and desk.voice_of(course.klein).say(turn.toast) == "🎯 Gegeben"


def standing(store: Store, klein: Person, family: Family) -> str:
    return words_of(seen.family(family, actions.family_of(store, family)), desk.voice_of(klein))


async def test_only_what_was_done_is_called_done(
    archive: Archive, now: datetime, shown: list[Screen]
) -> None:
    def story(store: Store) -> None:
        course = Course(store, shown, now)
        assert "Ihre Übung 7 von 8" in course.answers(*[NO] * 6)
        assert "Geschafft: 1 von 8\n🟩⬜⬜⬜⬜⬜⬜⬜" in course.presses("did", 6, BIT)
        assert "Übung 8 von 8" in course.presses("open")

    await archive.write(story)


@pytest.mark.parametrize(
    ("said", "reads", "not_so"),
    [
        ([YES, BIT] * 4, "Herzlichen Glückwunsch", "Geschafft"),
        ([NO] * 7 + [YES], "Das waren alle Übungen.\n\n✅ Geschafft: 1 von 8", "Glückwunsch"),
        ([YES] * 7 + [NO], "Das waren alle Übungen.\n\n✅ Geschafft: 7 von 8", "Sie sind am Ziel"),
        ([NO] * 8, "Das waren alle Übungen.", "Geschafft"),
    ],
)
async def test_the_end_claims_no_more_than_was_done(
    archive: Archive, now: datetime, shown: list[Screen], said: list[Practised], reads: str, not_so: str
) -> None:
    def story(store: Store) -> None:
        course = Course(store, shown, now)
        for words in (course.answers(*said), course.presses("open")):
            assert reads in words
            assert not_so not in words
        assert course.place.state is PracticeState.DONE

    await archive.write(story)


@pytest.mark.parametrize("left", [0, 4, 6])
async def test_a_pause_in_a_file_that_was_made_shorter_says_that_it_is_over(
    archive: Archive, now: datetime, shown: list[Screen], long: Long, left: int
) -> None:
    def story(store: Store) -> None:
        course = Course(store, shown, now)
        course.answers(*[YES] * 6)
        course.presses("now", 6)

        long(left)

        words = course.presses("pause")
        assert "von 6" not in words
        assert "▶️" not in words
        assert words == course.presses("open")

    await archive.write(story)
