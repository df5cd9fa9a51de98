"""Whatever is pressed and whenever: a place never goes back, one exercise at a time, and nothing owed is lost."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers import consenting
from handlers.callback import press, read
from handlers.practice import actions, chat, due
from handlers.practice.actions import ASK, NEXT
from handlers.turn import Asked, Turn
from locales import courses
from storage.engine import Archive
from storage.practices import STANDING
from storage.records import Family, Pace, Person, Practice, PracticeState, Practised, Purpose, Role
from storage.store import Store

WORDS = ("now", "skip", "did", "pause", "paces", "pace", "open", "give", "days", "away", "restart", "lost")
steps = st.lists(
    st.tuples(st.sampled_from(WORDS), st.integers(0, 9), st.sampled_from(Practised)), max_size=30
)
VERBS = {"now": chat.now, "skip": chat.skip, "did": chat.did, "pause": chat.pause}
VERBS |= {"paces": chat.paces, "pace": chat.pace, "open": chat.look}


def household(store: Store, now: datetime) -> tuple[Person, Person, Family]:
    klein, amina = (store.people.met(n, "de", now) for n in (1, 2))
    store.people.grant(klein.id, Role.CASEWORKER, now)
    store.people.grant(amina.id, Role.PARENT, now)
    family = store.families.add("Linde", klein.id, now)
    store.families.join(family.id, amina.id)
    amina, klein = store.people.get(amina.id), store.people.get(klein.id)
    consenting.give(store, amina, Purpose.CONTACT, now)
    actions.give(store, family, "own_flat", by=klein, now=now)
    return klein, amina, family


def presses(
    store: Store, person: Person, seen: Practice, word: str, n: int, said: Practised, now: datetime
) -> None:
    """A button, fresh or of some exercise ago."""
    old = max(0, seen.step - n // 4)
    last = {"pace": [list(Pace)[n % 3]], "did": [old, said], "now": [old], "skip": [old]}.get(word, [])
    turn = Turn(store, person, now, Asked(press=read(press("practice", word, seen.id, *last)), message_id=7))
    VERBS[word](turn)


def pass_time(store: Store, until: datetime) -> int:
    """All that falls due happens in its order; returns how many exercises came."""
    came = 0
    while ready := [one for one in store.timers.due(until) if one.kind in (ASK, NEXT)]:
        first = min(ready, key=lambda one: one.due_at)
        before = store.practices.get(first.scope)
        store.timers.drop(first.kind, first.scope)
        {ASK: due.ask, NEXT: due.next_one}[first.kind](store, first.scope, first.due_at)
        after = store.practices.get(first.scope)
        assert before is not None
        assert after is not None
        came += after.state is PracticeState.SENT and after != before
        assert came <= 1, "nobody did the one before"
    return came


def wrong(store: Store, practice: Practice) -> list[str]:
    timers = {kind: store.timers.due_at(kind, practice.id) for kind in (ASK, NEXT)}
    owed = [kind for kind, at in timers.items() if at is not None]
    right = {PracticeState.WAITING: [NEXT], PracticeState.SENT: [ASK], PracticeState.ASKED: [ASK]}
    found = [] if owed == right.get(practice.state, []) else [f"{practice.state} is owed {owed}"]
    if practice.state in STANDING and owed:
        found.append("what rests is owed nothing")
    course = courses.syllabus(practice.syllabus)
    assert course is not None
    if (practice.step >= course.exercises) != (practice.state is PracticeState.DONE):
        found.append(f"{practice.state} at {practice.step}")
    return found


class _Over(Exception):  # noqa: N818 - the story is over, and nothing of it is kept
    pass


async def test_whatever_is_pressed_and_whenever(archive: Archive, now: datetime) -> None:
    drawn: list[list[tuple[str, int, Practised]]] = []

    @settings(max_examples=60, deadline=None, database=None)
    @given(steps)
    def draw(story: list[tuple[str, int, Practised]]) -> None:
        drawn.append(story)

    draw()
    for story in drawn:

        def tell(store: Store, story: list[tuple[str, int, Practised]] = story) -> None:
            _plays(store, now, story)
            raise _Over

        with pytest.raises(_Over):
            await archive.write(tell)


def _plays(store: Store, at: datetime, story: list[tuple[str, int, Practised]]) -> None:
    klein, amina, family = household(store, at)
    (practice,) = store.practices.of_person(amina.id)
    for word, n, said in story:
        at += timedelta(minutes=7)
        if word in VERBS:
            presses(store, amina, practice, word, n, said, at)
        elif word == "give":
            actions.give(store, family, "own_flat", by=klein, now=at)
        elif word in ("days", "away"):
            at += timedelta(days=n if word == "days" else n * 10)
            pass_time(store, at)
        else:
            if word == "lost":
                store.timers.drop(NEXT, practice.id)
                store.timers.drop(ASK, practice.id)
            due.opens(store, at)
        (after,) = store.practices.of_person(amina.id)
        assert after.step >= practice.step
        assert wrong(store, after) == []
        practice = after
