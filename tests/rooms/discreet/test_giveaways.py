"""No push to a discreet parent tells whom it comes from: every screen of every room, in every language."""

import importlib
import pkgutil
from dataclasses import replace
from datetime import UTC, datetime

import orjson
import pytest

import handlers
from handlers import desk, menu, veil
from handlers.discreet import screens
from handlers.home import at_hand, home, keyboard
from handlers.links import introduce
from handlers.preferences.screens import more
from handlers.screen import Screen, words
from locales.languages import shipped
from locales.translator import voice
from storage.engine import Archive
from storage.records import Delivery, Lane, Person, Role
from storage.store import Store
from tests.giveaways import WORDS, giveaways

THEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ROOMS = [
    module.name
    for module in pkgutil.iter_modules(handlers.__path__)
    if module.ispkg and importlib.util.find_spec(f"handlers.{module.name}.screens")
]
LANGUAGES = pytest.mark.parametrize("language", shipped("families"))
SHOWN = ("text", "caption")


def for_families(room: str) -> list[Screen]:
    """The specimens that a parent may get to see."""
    introduce("PaenzPorzBot")
    made: list[Screen] = importlib.import_module(f"handlers.{room}.screens").specimens(THEN)
    return [shown for shown in made if {phrase.domain for phrase in shown.text} == {"families"}]


def a_discreet_parent(store: Store, language: str) -> Person:
    person = store.people.met(1, language, THEN)
    store.people.grant(person.id, Role.PARENT, THEN)
    store.people.speaks(person.id, language)
    store.people.set_discreet(person.id, True)
    return store.people.get(person.id)


def test_every_language_of_families_has_its_list() -> None:
    assert set(WORDS) == set(shipped("families"))


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "Ihr Eltern-Training"), ("tr", "Aile danışmanınız yazdı"), ("ar", "رسالة من العائلة")],
)
def test_what_gives_away_is_found(language: str, text: str) -> None:
    assert giveaways(language, text)


@LANGUAGES
@pytest.mark.parametrize("room", ROOMS)
async def test_what_is_pushed_says_nothing(archive: Archive, room: str, language: str) -> None:
    speak, shown = voice(language), for_families(room)
    allowed = {words(one, speak) for one in (veil.neutral("c"), at_hand_of(), *shown) if one.harmless}

    def post(store: Store) -> list[Delivery]:
        person = a_discreet_parent(store, language)
        for one in shown:
            for lane in (Lane.CRISIS, Lane.NEWS):
                desk.post(store, person, one, THEN, lane, always=True)
        return list(store.posted)

    pushed = await archive.write(post)
    assert {owed.method for owed in pushed} <= {"sendMessage"}
    texts = {orjson.loads(owed.body)["text"] for owed in pushed}
    assert texts <= allowed
    assert [found for text in texts for found in giveaways(language, text)] == []


def at_hand_of() -> Screen:
    return at_hand(Person("p", 1, "", None, "", blocked=False, roles=frozenset({Role.PARENT}), discreet=True))


@LANGUAGES
def test_home_keys_and_menu_say_nothing(language: str) -> None:
    speak = voice(language)
    parent = Person("p", 1, "", language, "", blocked=False, roles=frozenset({Role.PARENT}), discreet=True)
    guest = replace(parent, roles=frozenset())
    said = [words(home(person), speak) for person in (parent, guest)]
    said += [speak.say(label) for person in (parent, guest) for row in keyboard(person) for label in row]
    said += [entry["description"] for entry in menu.menu(menu.DISCREET, speak)]
    said += [words(shown, speak) for shown in standing(parent)]
    assert [found for text in said for found in giveaways(language, text)] == []
    assert all(any("🆘" in speak.say(label) for label in keyboard(one)[0]) for one in (parent, guest))


def standing(parent: Person) -> list[Screen]:
    """What stays in the chat as it was sent, for some hours."""
    plain = [screens.paused(), screens.resumed(), screens.display(parent), more(parent)]
    made = (screens.wipe_ask, screens.kept, screens.wiped, screens.blank, screens.gone)
    return plain + [shown(staff=False) for shown in made]
