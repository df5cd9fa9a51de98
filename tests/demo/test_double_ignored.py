"""What Telegram would pass over in silence is written down here."""

from typing import Any

import pytest

from bot.demo.telegram.world import World
from tests.demo.wire import Api

BUTTON = {"text": "Ja", "callback_data": "ja"}


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"disable_notifications": True}, ["disable_notifications"]),
        ({"disable_notification": True, "link_preview_options": {"is_disabled": True}}, []),
        ({"link_preview_options": {"disabled": True}}, ["link_preview_options.disabled"]),
        ({"reply_markup": {"inline_keyboards": [[BUTTON]]}}, ["reply_markup.inline_keyboards"]),
        (
            {"reply_markup": {"inline_keyboard": [[BUTTON]], "resize_keyboard": True}},
            ["reply_markup.resize_keyboard"],
        ),
        (
            {"reply_markup": {"inline_keyboard": [[{**BUTTON, "url": "https://example.org"}]]}},
            ["reply_markup.inline_keyboard.callback_data"],
        ),
        (
            {"reply_markup": {"inline_keyboard": [[{**BUTTON, "colour": "red"}]]}},
            ["reply_markup.inline_keyboard.colour"],
        ),
        ({"reply_markup": {"keyboard": [[BUTTON]]}}, ["reply_markup.keyboard.callback_data"]),
        ({"reply_markup": {"keyboard": [["Ja"]], "resize": True}}, ["reply_markup.resize"]),
        ({"entities": [{"type": "bold", "offset": 0, "length": 1, "lenght": 2}]}, ["entities.lenght"]),
        ({"entities": {}}, ["entities"]),
        ({"parse_mode": "HTML", "entities": []}, ["entities (beside parse_mode)"]),
        ({"reply_parameters": {"message_id": 1, "quotes": "x"}}, ["reply_parameters.quotes"]),
        ({"message_thread_id": 3}, ["message_thread_id (not modelled here)"]),
    ],
)
async def test_names_nobody_reads(
    api: Api, chat_id: int, world: World, params: dict[str, Any], names: list[str]
) -> None:
    await api.result("sendMessage", chat_id=chat_id, text="a", **params)
    assert [(sight.method, sight.name) for sight in world.ignored] == [
        ("sendMessage", name) for name in names
    ]
    listed = await api.raw("GET", "/sim/ignored")
    assert listed.body["list"] == [{"method": "sendMessage", "name": name} for name in names]


async def test_polling_commands_and_menus_are_watched_too(api: Api, chat_id: int, world: World) -> None:
    await api.result("getUpdates", ofset=3, allowed_updates=["mesage"])
    await api.result("setMyCommands", commands=[{"command": "a", "description": "b", "icon": "c"}], lang="de")
    await api.result("setChatMenuButton", menu_button={"type": "commands", "label": "x"})
    assert {sight.name for sight in world.ignored} == {
        "ofset",
        "allowed_updates: mesage",
        "commands.icon",
        "lang",
        "menu_button.label",
    }


async def test_refused_requests_are_watched_too_and_each_name_is_listed_once(api: Api, world: World) -> None:
    for _ in range(3):
        await api.refused("sendMessage", chat_id=4711, text="a", colour="red")
    assert [sight.name for sight in world.ignored] == ["colour"]
