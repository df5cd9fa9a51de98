"""Command lists by scope and language, the order in which Telegram looks, and menu buttons."""

from typing import Any

import pytest

from bot.demo.telegram.world import World
from tests.demo.wire import Api


def named(name: str) -> list[dict[str, str]]:
    return [{"command": name, "description": "tut etwas"}]


async def test_the_most_particular_list_wins(api: Api, chat_id: int, world: World) -> None:
    account = world.accounts[chat_id]
    chat, private = {"type": "chat", "chat_id": chat_id}, {"type": "all_private_chats"}
    ladder: list[tuple[str, dict[str, Any]]] = [
        ("default", {}),
        ("default_tr", {"language_code": "tr"}),
        ("private", {"scope": private}),
        ("private_tr", {"scope": private, "language_code": "tr"}),
        ("chat", {"scope": chat}),
        ("chat_tr", {"scope": chat, "language_code": "tr"}),
    ]
    for name, place in ladder:
        assert await api.result("setMyCommands", commands=named(name), **place) is True
        assert world.menus.seen_by(account) == named(name)
    for name, place in reversed(ladder):
        assert world.menus.seen_by(account) == named(name)
        assert await api.result("deleteMyCommands", **place) is True
    assert world.menus.seen_by(account) == []


async def test_other_languages_and_chats_see_their_own(api: Api, chat_id: int, world: World) -> None:
    await api.result("setMyCommands", commands=named("tuerkisch"), language_code="tr")
    await api.result("setMyCommands", commands=named("alle"))
    german = world.account("Bernd", "de")
    assert world.menus.seen_by(world.accounts[chat_id]) == named("tuerkisch")
    assert world.menus.seen_by(german) == named("alle")


async def test_asking_for_a_list_does_not_look_further(api: Api, chat_id: int) -> None:
    await api.result("setMyCommands", commands=named("alle"))
    assert await api.result("getMyCommands", language_code="tr") == []
    assert await api.result("getMyCommands", scope={"type": "default"}) == named("alle")


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"commands": "{"}, "can't parse commands JSON object"),
        ({"commands": {}}, "expected an Array of BotCommand"),
        ({"commands": ["a"]}, "can't parse BotCommand: expected an Object"),
        ({"commands": [{"command": "a"}]}, "can't parse BotCommand: Can't find field \"description\""),
        ({"commands": [{"command": "/", "description": "x"}]}, "command must be non-empty"),
        ({"commands": [{"command": "a" * 33, "description": "x"}]}, "command length must not exceed 32"),
        ({"commands": [{"command": "a", "description": " "}]}, "command description must be non-empty"),
        (
            {"commands": [{"command": "a", "description": "x" * 257}]},
            "command description length must not exceed 256",
        ),
        ({"commands": [{"command": "Hilfe", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": named("a") * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": named("a"), "language_code": "deu"}, "invalid language code specified"),
        ({"commands": named("a"), "scope": "x"}, "can't parse BotCommandScope JSON object"),
        (
            {"commands": named("a"), "scope": []},
            "can't parse BotCommandScope: BotCommandScope must be an Object",
        ),
        (
            {"commands": named("a"), "scope": {"type": "x"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        (
            {"commands": named("a"), "scope": {"type": "chat"}},
            "can't parse BotCommandScope: Can't find field \"chat_id\"",
        ),
        ({"commands": named("a"), "scope": {"type": "chat", "chat_id": 4711}}, "chat not found"),
    ],
)
async def test_lists_that_are_refused(api: Api, params: dict[str, Any], complaint: str) -> None:
    assert await api.refused("setMyCommands", **params) == f"400 Bad Request: {complaint}"


async def test_a_slash_in_front_is_forgiven(api: Api) -> None:
    await api.result("setMyCommands", commands=[{"command": "/sos", "description": " Hilfe "}])
    assert await api.result("getMyCommands") == [{"command": "sos", "description": "Hilfe"}]


async def test_a_chat_s_own_menu_button_hides_the_common_one(api: Api, chat_id: int) -> None:
    page = {"type": "web_app", "text": "Plan", "web_app": {"url": "https://example.org/"}}
    await api.result("setChatMenuButton", menu_button={"type": "commands"})
    await api.result("setChatMenuButton", chat_id=chat_id, menu_button=page)
    assert await api.result("getChatMenuButton") == {"type": "commands"}
    assert await api.result("getChatMenuButton", chat_id=chat_id) == page
    await api.result("setChatMenuButton", chat_id=chat_id)
    assert await api.result("getChatMenuButton", chat_id=chat_id) == {"type": "commands"}


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"chat_id": 4711}, "user not found"),
        ({"menu_button": "{"}, "can't parse menu button JSON object"),
        ({"menu_button": []}, "can't parse menu button: MenuButton must be an Object"),
        ({"menu_button": {"type": "x"}}, "can't parse menu button: MenuButton has unsupported type"),
        (
            {"menu_button": {"type": "web_app", "text": "a", "web_app": {"url": "http://example.org"}}},
            "menu button Web App URL 'http://example.org' is invalid: Only HTTPS links are allowed",
        ),
    ],
)
async def test_menu_buttons_that_are_refused(api: Api, params: dict[str, Any], complaint: str) -> None:
    assert await api.refused("setChatMenuButton", **params) == f"400 Bad Request: {complaint}"
