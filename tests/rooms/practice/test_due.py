from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from handlers import consenting
from handlers.practice import actions, due
from handlers.practice.actions import ASK, NEXT
from handlers.practising import BEGIN
from locales import syllabi
from storage.engine import Archive
from storage.records import Family, Person, PracticeState, Purpose, Role
from storage.store import Store
from tests.rooms.courses.test_actions_of_courses import DAYS, comes, course_of
from tests.rooms.practice.test_states import household


def is_blocked(store: Store, amina: Person, now: datetime) -> None:
    store.people.set_blocked(amina.id, True)


def has_left(store: Store, amina: Person, now: datetime) -> None:
    store.connection.exec_driver_sql("DELETE FROM members WHERE person_id = ?", (amina.id,))


def wants_no_messages(store: Store, amina: Person, now: datetime) -> None:
    store.consents.revoke(amina.id, Purpose.CONTACT, now)


@pytest.mark.parametrize("away", [is_blocked, has_left, wants_no_messages])
async def test_whoever_is_away_gets_nothing_and_keeps_the_place(
    archive: Archive, now: datetime, away: Callable[[Store, Person, datetime], None]
) -> None:
    def story(store: Store) -> None:
        _, amina, _ = household(store, now)
        (practice,) = store.practices.of_person(amina.id)
        away(store, amina, now)
        store.take_posted()

        due.next_one(store, practice.id, now + timedelta(days=3))

        (after,) = store.practices.of_person(amina.id)
        assert (after.step, after.state) == (practice.step, PracticeState.RESTING)
        assert store.posted == []
        assert [store.timers.due_at(kind, practice.id) for kind in (ASK, NEXT)] == [None, None]

    await archive.write(story)


async def test_a_pause_puts_it_off_from_day_to_day(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        _, amina, _ = household(store, now)
        (practice,) = store.practices.of_person(amina.id)
        store.people.pause(amina.id, now)
        store.take_posted()

        due.next_one(store, practice.id, now)

        assert store.posted == []
        assert store.practices.of_person(amina.id) == [practice]
        assert store.timers.due_at(NEXT, practice.id) == now + timedelta(days=1)

    await archive.write(story)


async def test_a_broken_file_puts_it_off_and_once_mended_it_goes_on(
    archive: Archive, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def story(store: Store) -> None:
        _, amina, _ = household(store, now)
        (practice,) = store.practices.of_person(amina.id)
        store.take_posted()
        with monkeypatch.context() as broken:
            broken.setattr(syllabi, "_shelf", dict)
            due.next_one(store, practice.id, now)
        assert store.posted == []
        assert store.practices.of_person(amina.id) == [practice]
        assert store.timers.due_at(NEXT, practice.id) == now + timedelta(days=1)

        due.next_one(store, practice.id, now + timedelta(days=1))
        (sent,) = store.practices.of_person(amina.id)
        assert sent.state is PracticeState.SENT
        assert len(store.take_posted()) == 1
        with monkeypatch.context() as broken:
            broken.setattr(syllabi, "_shelf", dict)
            due.ask(store, practice.id, now + timedelta(days=2))
        assert store.practices.of_person(amina.id) == [sent]
        assert store.timers.due_at(ASK, practice.id) == now + timedelta(days=3)

    await archive.write(story)


async def test_a_file_broken_when_a_session_ends_costs_nobody_the_exercises(
    archive: Archive, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def story(store: Store) -> None:
        course, _, (family,) = course_of(store, now, 1)
        comes(store, course, family, now)
        consented(store, family, now)
        over = DAYS[-1] + timedelta(hours=2)
        with monkeypatch.context() as broken:
            broken.setattr(syllabi, "_shelf", dict)
            due.begin(store, course.id, over)
        assert store.practices.of_family(family.id) == []
        assert store.timers.due_at(BEGIN, course.id) == over + timedelta(days=1)

        due.begin(store, course.id, over + timedelta(days=1))
        assert len(store.practices.of_family(family.id)) == 1

    await archive.write(story)


def consented(store: Store, family: Family, now: datetime) -> None:
    for parent in store.people.of_family(family.id):
        consenting.give(store, parent, Purpose.CONTACT, now)


async def test_what_was_forgotten_is_due_no_more(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        household(store, now)
        store.take_posted()
        for act in (due.ask, due.next_one, due.begin):
            act(store, "gone", now)
        assert store.posted == []

    await archive.write(story)


async def test_two_at_once_move_it_by_one(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        _, amina, _ = household(store, now)
        (seen,) = store.practices.of_person(amina.id)
        assert actions.hand_out(store, seen, amina, now, amina.id, 0) is not None
        assert actions.hand_out(store, seen, amina, now, amina.id, 0) is None
        assert actions.hand_out(store, seen, amina, now, amina.id, 1) is None
        with pytest.raises(ValueError, match="never goes back"):
            store.practices.advance(store.practices.of_person(amina.id)[0], PracticeState.SENT, now, step=-1)

    await archive.write(story)


async def test_a_question_is_told_once_and_stands_on_the_call_list(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        klein, amina, _ = household(store, now)
        (practice,) = store.practices.of_person(amina.id)
        store.take_posted()

        for _ in range(3):
            told = actions.question(store, practice, by=amina, now=now)
            assert told == klein

        assert len([one for one in store.posted if one.person_id == klein.id]) == 1
        assert len(store.calls.open_of(klein.id, now)) == 1
        assert Role.CASEWORKER in klein.roles

    await archive.write(story)
