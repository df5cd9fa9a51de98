import json
from datetime import datetime
from itertools import count

import pytest

from handlers.callback import read
from handlers.preferences import actions, chat
from handlers.tongues import offered
from handlers.turn import Asked, Turn
from storage.engine import Archive
from storage.records import Person, Role
from storage.store import Store

_numbers = count(1)


def somebody(store: Store, now: datetime, *held: Role, hint: str = "tr-TR") -> Person:
    person = store.people.met(next(_numbers), hint, now)
    for role in held:
        store.people.grant(person.id, role, now)
    return store.people.get(person.id)


def chooses(store: Store, person: Person, code: str, now: datetime) -> Turn:
    asked = Asked(press=read(f"preferences:choose:{code}"), message_id=7)
    turn = Turn(store, person, now, asked)
    chat.choose(turn)
    return turn


async def test_choosing_a_language_says_home_in_it(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        amina = somebody(store, now, Role.PARENT)
        chooses(store, amina, "ar", now)
        assert store.people.get(amina.id).language == "ar"
        ticked, home = store.posted
        assert ticked.method == "editMessageText"
        assert "✅ العربية" in json.loads(ticked.body)["reply_markup"]["inline_keyboard"][1][0]["text"]
        assert "مرحبًا" in json.loads(home.body)["text"]
        assert "🆘" in json.loads(home.body)["reply_markup"]["keyboard"][0][0]["text"]

    await archive.write(story)


async def test_changing_it_later_brings_no_second_welcome(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        amina = somebody(store, now, Role.PARENT)
        store.people.speaks(amina.id, "ar")
        chooses(store, store.people.get(amina.id), "de", now)
        assert "Willkommen" not in store.posted[-1].body
        assert "Bei Not" in store.posted[-1].body

    await archive.write(story)


@pytest.mark.parametrize(
    ("held", "code"), [((), "en"), ((Role.PARENT,), "en"), ((Role.LEAD,), "tr"), ((), "xx"), ((), "")]
)
async def test_only_offered_languages_count(
    archive: Archive, now: datetime, held: tuple[Role, ...], code: str
) -> None:
    def story(store: Store) -> None:
        person = somebody(store, now, *held)
        assert actions.choose(store, code, by=person, now=now) is None
        turn = chooses(store, person, code, now)
        assert store.people.get(person.id).language is None
        assert turn.toast is not None
        assert len(store.posted) == 1

    await archive.write(story)


async def test_the_app_language_only_moves_to_the_front(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        guest, lead = somebody(store, now), somebody(store, now, Role.LEAD, hint="en-GB")
        assert offered(guest) == ["tr", "de", "ar"]
        assert offered(lead) == ["en", "de"]
        assert guest.language is None

    await archive.write(story)


@pytest.mark.parametrize("held", [(), (Role.PARENT,), (Role.CASEWORKER, Role.ON_CALL, Role.LEAD)])
async def test_help_names_the_red_button_first(
    archive: Archive, now: datetime, held: tuple[Role, ...]
) -> None:
    def story(store: Store) -> None:
        chat.explain(Turn(store, somebody(store, now, *held), now, Asked(text="/help")))
        assert json.loads(store.posted[0].body)["text"].startswith("🆘")

    await archive.write(story)


async def test_home_leaves_whatever_was_going_on(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        amina = somebody(store, now, Role.PARENT)
        store.dialogues.put(amina.id, "checkins", "note", {}, now)
        chat.menu(Turn(store, amina, now, Asked(text="/menu")))
        assert store.dialogues.of(amina.id, now) is None

    await archive.write(story)
