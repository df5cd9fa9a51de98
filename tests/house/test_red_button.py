"""The red button is on every keyboard of everybody, first in every menu, and heard from every conversation."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, combinations, product

import pytest

from handlers import house
from handlers.home import home, keyboard
from handlers.menu import COMMANDS, DISCREET
from handlers.screen import words
from locales.languages import shipped
from locales.translator import voice
from storage.records import STAFF, Person, Role
from storage.store import Store
from tests.house.test_screens import rooms, specimens
from tests.stage import Stage

SOMEBODY = Person("p" * 16, 1, "M", None, "de", blocked=False)
DIALOGUES = sorted((room.name, step) for room in house.ROOMS for step in room.dialogues)
SIGN = "🆘"


def everybody() -> Iterator[Person]:
    """With every set of roles, discreet or not, pausing or not."""
    held = chain.from_iterable(combinations(Role, n) for n in range(len(Role) + 1))
    for roles, discreet, paused in product(held, (True, False), (True, False)):
        yield replace(SOMEBODY, roles=frozenset(roles), discreet=discreet, paused=paused)


@pytest.mark.parametrize("code", sorted({*shipped("families"), *shipped("staff")}))
def test_nobody_has_a_keyboard_without_it(code: str) -> None:
    speak = voice(code)
    for person in everybody():
        labels = [speak.say(label) for row in keyboard(person) for label in row]
        assert any(SIGN in label for label in labels), person
        assert home(person).keyboard == keyboard(person)


def test_no_keyboard_takes_the_chat_away() -> None:
    for person in everybody():
        rows = keyboard(person)
        everything = {Role.CASEWORKER, Role.ON_CALL, Role.LEAD} <= person.roles
        several = len(person.roles & STAFF) > 1 and Role.CASEWORKER in person.roles
        assert len(rows) <= (7 if everything else 6 if several else 4), person
        assert all(len(row) <= 2 for row in rows), person


@pytest.mark.parametrize("room", rooms())
def test_no_room_shows_a_keyboard_without_it(room: str) -> None:
    for shown in (one for one in specimens(room) if one.keyboard):
        labels = [voice("de").say(label) for row in shown.keyboard for label in row]
        assert any(SIGN in label for label in labels), words(shown, voice("de"))


@pytest.mark.parametrize("commands", [COMMANDS, DISCREET])
def test_it_is_the_first_in_every_menu(commands: tuple[tuple[str, object], ...]) -> None:
    assert commands[0][0] == "sos"


@pytest.mark.parametrize("cry", ["🆘 Hilfe", "🆘 Önemli", "/sos", "yardım"])
async def test_it_is_heard_in_the_middle_of_every_conversation(stage: Stage, cry: str) -> None:
    amina = stage.stranger("Amina", "tr")
    await amina.types("/start")
    await stage.quiet()
    now = stage.clock.now()
    for room, step in DIALOGUES:
        await amina.reads_everything()

        def begin(store: Store, room: str = room, step: str = step) -> None:
            person = store.people.by_telegram(amina.account.id)
            assert person is not None
            store.dialogues.put(person.id, room, step, {}, now)

        await stage.machine.archive.write(begin)
        await amina.types(cry)
        await amina.sees("116 016")
    await amina.reads_everything()
