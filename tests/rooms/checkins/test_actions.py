import json
from datetime import datetime, timedelta

import pytest

from handlers import consenting
from handlers.callback import read
from handlers.checkins import actions, chat
from handlers.refusal import Refusal
from handlers.turn import Asked, Turn
from storage.engine import Archive
from storage.records import Family, Lane, Mood, Person, Purpose, Role
from storage.store import Store

CASEWORKER, PARENT, OTHER, GUEST = 1, 2, 3, 4


def somebody(store: Store, telegram_id: int, now: datetime, *held: Role) -> Person:
    person = store.people.met(telegram_id, "de", now)
    store.people.rename(person.id, f"Nummer {telegram_id}")
    for role in held:
        store.people.grant(person.id, role, now)
    return store.people.get(person.id)


def a_parent(store: Store, now: datetime) -> tuple[Person, Family]:
    caseworker = somebody(store, CASEWORKER, now, Role.CASEWORKER)
    family = store.families.add("Ahorn 12", caseworker.id, now)
    parent = somebody(store, PARENT, now, Role.PARENT)
    store.families.join(family.id, parent.id)
    consenting.give(store, parent, Purpose.CHECKINS, now)
    return parent, family


def told(store: Store, telegram_id: int) -> list[str]:
    return [delivery.body for delivery in store.posted if delivery.chat_id == telegram_id]


def pressed(store: Store, person: Person, carried: str, now: datetime) -> Turn:
    return Turn(store, person, now, Asked(press=read(carried), message_id=7))


def typed(store: Store, person: Person, text: str, now: datetime) -> Turn:
    return Turn(store, person, now, Asked(text=text))


async def test_a_bad_mood_reaches_the_caseworker_at_once(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        parent, _ = a_parent(store, now)
        taken = actions.check_in(store, Mood.BAD, by=parent, now=now)
        (message,) = [d for d in store.posted if d.chat_id == CASEWORKER]
        assert message.lane is Lane.NEWS
        assert "Ahorn 12" in message.body
        assert f"checkins:open:{taken.id}" in message.body

    await archive.write(story)


@pytest.mark.parametrize("mood", [Mood.GOOD, Mood.SO_SO])
async def test_other_moods_wait_in_the_list(archive: Archive, now: datetime, mood: Mood) -> None:
    def story(store: Store) -> None:
        parent, family = a_parent(store, now)
        taken = actions.check_in(store, mood, by=parent, now=now)
        assert told(store, CASEWORKER) == []
        (entry,) = actions.newest(store, by=store.people.get(family.caseworker_id), now=now)
        assert (entry.taken, entry.family) == (taken, family)

    await archive.write(story)


async def test_an_impatient_finger_checks_in_once(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        parent, _ = a_parent(store, now)
        first = actions.check_in(store, Mood.BAD, by=parent, now=now)
        again = actions.check_in(store, Mood.BAD, by=parent, now=now + timedelta(seconds=2))
        later = actions.check_in(store, Mood.BAD, by=parent, now=now + timedelta(minutes=2))
        assert first == again != later
        assert len(told(store, CASEWORKER)) == 2

    await archive.write(story)


async def test_a_typed_face_counts_as_well(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        parent, _ = a_parent(store, now)
        chat.typed_face(typed(store, parent, "😟", now))
        assert len(told(store, CASEWORKER)) == 1
        assert "crisis:help" in told(store, PARENT)[0]

    await archive.write(story)


async def test_a_note_is_kept_and_announced_but_not_quoted(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        parent, _ = a_parent(store, now)
        taken = actions.check_in(store, Mood.BAD, by=parent, now=now)
        chat.note(typed(store, parent, "Ich schlafe schlecht", now + timedelta(minutes=5)))
        kept = store.checkins.get(taken.id)
        assert kept is not None
        assert kept.note == "Ich schlafe schlecht"
        assert len(told(store, CASEWORKER)) == 2
        assert "schlafe" not in "".join(told(store, CASEWORKER))
        assert store.dialogues.of(parent.id, now) is None

    await archive.write(story)


async def test_words_of_the_evening_are_not_the_mornings_note(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        parent, _ = a_parent(store, now)
        taken = actions.check_in(store, Mood.GOOD, by=parent, now=now)
        chat.note(typed(store, parent, "Kann ich morgen später kommen?", now + timedelta(hours=8)))
        kept = store.checkins.get(taken.id)
        assert kept is not None
        assert kept.note == ""
        assert len(told(store, PARENT)) == 1

    await archive.write(story)


@pytest.mark.parametrize("text", ["x" * 501, "\u200f \n"])
async def test_a_note_that_does_not_fit_may_be_tried_again(
    archive: Archive, now: datetime, text: str
) -> None:
    def story(store: Store) -> None:
        parent, _ = a_parent(store, now)
        actions.check_in(store, Mood.GOOD, by=parent, now=now)
        with pytest.raises(Refusal):
            chat.note(typed(store, parent, text, now))
        chat.note(typed(store, parent, "x" * 500, now))
        assert store.dialogues.of(parent.id, now) is None

    await archive.write(story)


async def test_no_note_ends_the_conversation(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        parent, _ = a_parent(store, now)
        taken = actions.check_in(store, Mood.GOOD, by=parent, now=now)
        chat.done(pressed(store, parent, f"checkins:done:{taken.id}", now))
        assert store.dialogues.of(parent.id, now) is None
        assert json.loads(told(store, PARENT)[0])["message_id"] == 7

    await archive.write(story)


async def test_an_old_button_leaves_a_newer_conversation_alone(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        parent, _ = a_parent(store, now)
        taken = actions.check_in(store, Mood.GOOD, by=parent, now=now)
        store.dialogues.put(parent.id, "appointments", "wish", {}, now)
        chat.done(pressed(store, parent, f"checkins:done:{taken.id}", now))
        assert store.dialogues.of(parent.id, now) is not None

    await archive.write(story)


async def test_only_the_familys_caseworker_reads_it(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        parent, family = a_parent(store, now)
        taken = actions.check_in(store, Mood.BAD, by=parent, now=now)
        entry = actions.read(store, taken.id, by=store.people.get(family.caseworker_id), now=now)
        assert entry is not None
        other = somebody(store, OTHER, now, Role.CASEWORKER)
        with pytest.raises(Refusal):
            actions.read(store, taken.id, by=other, now=now)
        with pytest.raises(Refusal):
            chat.open_entry(pressed(store, parent, f"checkins:open:{taken.id}", now))

    await archive.write(story)


async def test_a_guest_gets_a_friendly_no_in_their_own_words(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        guest = somebody(store, GUEST, now)
        for act in (chat.menu, chat.typed_face):
            with pytest.raises(Refusal) as no:
                act(typed(store, guest, "🙂", now))
            assert no.value.phrase.key == "refusal.not_paired"
        assert store.posted == []

    await archive.write(story)


async def test_the_list_tells_of_notes_but_keeps_them_shut(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        parent, family = a_parent(store, now)
        for minute in range(12):
            at = now + timedelta(minutes=2 * minute)
            actions.check_in(store, Mood.GOOD, by=parent, now=at)
        actions.add_note(store, "Alles gut", by=parent, now=at)
        caseworker = store.people.get(family.caseworker_id)
        chat.menu(typed(store, caseworker, "💬", at))
        (body,) = told(store, CASEWORKER)
        assert "Alles gut" not in body
        assert json.loads(body)["text"].count("Ahorn 12") == 10
        assert len(json.loads(body)["reply_markup"]["inline_keyboard"]) == 1

    await archive.write(story)
