"""What is listened for in a flood is what the crisis room hears, no more and no less."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.flood import is_cry
from bot.knock import knock
from handlers import house
from handlers.crisis.screens import FAMILY_KEYS, STAFF_KEYS
from locales.languages import shipped
from locales.sos import sos_words
from locales.translator import voice
from storage.records import RawUpdate

AMINA = {"id": 7, "is_bot": False, "first_name": "Amina"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Amina"}
BUTTONS = sorted(
    voice(code).say(key)
    for rows in (FAMILY_KEYS, STAFF_KEYS)
    for row in rows
    for key in row
    for code in shipped(key.domain)
)
TYPED = [
    *BUTTONS,
    *sorted(sos_words()),
    "🆘",
    "/sos",
    "/SOS@PaenzPorzBot now",
    "/alarm",
    "Hallo",
    "/start",
    "/menu",
    "",
]
VERBS = ("help", "mistake", "take", "pass", "over", "end", "write", "open", "dance")


def message(kind: str, **said: Any) -> dict[str, Any]:
    return {kind: {"message_id": 1, "date": 1, "from": AMINA, "chat": PRIVATE, **said}}


def both(update: dict[str, Any]) -> tuple[bool, bool]:
    """What the flood takes it for, and whether the crisis room would hear it."""
    whole = {"update_id": 1, **update}
    made = Update.de_json(json.loads(json.dumps(whole)), None)
    heard = any(handler.check_update(made) not in (None, False) for handler in house.urgent())
    return is_cry(knock(RawUpdate(1, json.dumps(whole), 0)), house.urgent()), heard


@pytest.mark.parametrize("text", TYPED)
@pytest.mark.parametrize("kind", ["message", "edited_message"])
@pytest.mark.parametrize("where", ["text", "caption"])
def test_of_everything_typed(text: str, kind: str, where: str) -> None:
    taken_for, heard = both(message(kind, **{where: text}))
    assert taken_for is heard


@pytest.mark.parametrize("text", [*BUTTONS, "/sos", "/alarm", "🆘"])
def test_every_crisis_button_and_command_is_a_cry(text: str) -> None:
    assert both(message("message", text=text)) == (True, True)


@pytest.mark.parametrize(
    "carried", [*(f"crisis:{verb}:a" for verb in VERBS), "crisis", "", ":", "appointments:yes:a"]
)
def test_of_presses(carried: str) -> None:
    query = {"id": "1", "from": AMINA, "chat_instance": "1", "data": carried}
    taken_for, heard = both({"callback_query": query})
    assert taken_for is heard
    assert heard is (carried.count(":") == 2 and carried.startswith("crisis:") and "dance" not in carried)


@given(
    st.text(max_size=40)
    | st.sampled_from(sorted(sos_words())).flatmap(lambda word: st.just(f"  {word.upper()}!!"))
)
def test_of_anything(text: str) -> None:
    taken_for, heard = both(message("message", text=text))
    assert taken_for is heard


@pytest.mark.parametrize("sent", [{"sticker": {}}, {"photo": []}])
def test_pictures_without_words_are_no_cry(sent: dict[str, Any]) -> None:
    update = message("message", **sent)
    assert not is_cry(knock(RawUpdate(1, json.dumps({"update_id": 1, **update}), 0)), house.urgent())
