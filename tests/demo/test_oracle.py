"""The second opinion: it must approve of what is right and notice what is wrong."""

from typing import Any

import orjson
import pytest
from aiogram import Bot
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from bot.demo.telegram.world import World
from tests.demo.oracle import check
from tests.demo.pictures import png

BUTTON = {"text": "Ja", "callback_data": "ja"}
GOOD: dict[str, Any] = {"chat_id": 1, "text": "a"}


@pytest.mark.parametrize(
    ("method", "params", "complaint"),
    [
        ("sendMessage", {"text": "a"}, "chat_id"),
        ("sendMassage", GOOD, "no such method"),
        ("sendMessage", {**GOOD, "colour": "red"}, "unknown name colour"),
        (
            "sendMessage",
            {**GOOD, "link_preview_options": {"disabled": True}},
            "unknown name link_preview_options.",
        ),
        (
            "sendMessage",
            {**GOOD, "reply_markup": {"inline_keyboard": [[{**BUTTON, "colour": "red"}]]}},
            "unknown name reply_markup.inline_keyboard.colour",
        ),
        ("sendMessage", {**GOOD, "disable_notification": "perhaps"}, "disable_notification"),
        ("sendMessage", {**GOOD, "text": "🌹" * 2049}, "text has 4098 characters, 4096 are allowed"),
        ("sendPhoto", {"chat_id": 1, "photo": "x", "caption": "a" * 1025}, "caption has 1025"),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "a" * 201}, "text has 201"),
        (
            "sendMessage",
            {**GOOD, "reply_markup": {"inline_keyboard": [[{"text": "Ja", "callback_data": "ü" * 33}]]}},
            "has 66 bytes",
        ),
        ("sendMessage", {**GOOD, "reply_markup": {"inline_keyboard": [[{"text": "Ja"}]]}}, "has 0 actions"),
        (
            "sendMessage",
            {**GOOD, "reply_markup": {"inline_keyboard": [[{**BUTTON, "text": " "}]]}},
            "without a label",
        ),
        ("sendMessage", {**GOOD, "reply_markup": {"keyboard": [[{"text": "a"}] * 101]}}, "101 buttons"),
    ],
)
def test_it_notices(method: str, params: dict[str, Any], complaint: str) -> None:
    complaints = check(method, params)
    assert complaints
    assert complaint in complaints[0]


@pytest.mark.parametrize(
    "params",
    [
        GOOD,
        {"chat_id": "1", "text": "a", "disable_notification": "true"},
        {**GOOD, "text": "[kein JSON"},
        {**GOOD, "reply_markup": {"inline_keyboard": [[BUTTON]]}},
        {**GOOD, "reply_markup": orjson.dumps({"inline_keyboard": [[BUTTON]]}).decode()},
        {**GOOD, "reply_markup": {"keyboard": [[{"text": "Ja"}]], "resize_keyboard": True}},
        {**GOOD, "reply_markup": {"remove_keyboard": True}},
        {**GOOD, "entities": [{"type": "bold", "offset": 0, "length": 1}]},
    ],
)
def test_it_approves(params: dict[str, Any]) -> None:
    assert check("sendMessage", params) == []
    assert check("SENDMESSAGE", params) == []


async def test_it_approves_of_what_a_real_library_sent(bot: Bot, chat_id: int, world: World) -> None:
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Ja", callback_data="ja")]])
    preview = LinkPreviewOptions(is_disabled=True)
    await bot.send_message(chat_id, "a", reply_markup=markup, link_preview_options=preview)
    await bot.send_photo(chat_id, BufferedInputFile(png(9, 9), "a.png"), caption="b")
    await bot.get_updates(allowed_updates=["message"], timeout=0)
    assert len(world.requests) == 3
    assert [check(request.method, request.params) for request in world.requests] == [[], [], []]


async def test_it_knows_how_to_leave_and_how_to_answer_an_inline_query() -> None:
    button = {"text": "a", "start_parameter": "hallo"}
    answer = {"inline_query_id": "1", "results": [], "cache_time": 1, "is_personal": True, "button": button}
    assert check("answerInlineQuery", answer) == []
    assert check("leaveChat", {"chat_id": -5}) == []
    assert "results" in check("answerInlineQuery", {"inline_query_id": "1"})[0]
    assert (
        "unknown name button.colour"
        in check("answerInlineQuery", {**answer, "button": {**button, "colour": "red"}})[0]
    )
    assert (
        "start_parameter has"
        in check("answerInlineQuery", {**answer, "button": {**button, "start_parameter": "a b"}})[0]
    )
    assert "has 0 actions" in check("answerInlineQuery", {**answer, "button": {"text": "a"}})[0]
