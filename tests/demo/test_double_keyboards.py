"""Reply markup: every refusal in Telegram's words, and what Telegram keeps of a keyboard."""

from typing import Any

import pytest

from bot.demo.telegram.hand import Hand
from bot.demo.telegram.world import World
from tests.demo.wire import Api


def inline(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


def data(bytes_: int) -> dict[str, Any]:
    return {"text": "x", "callback_data": "d" * bytes_}


FAULTS: list[tuple[Any, str]] = [
    ("{", "can't parse reply keyboard markup JSON object"),
    ("[]", "object expected as reply markup"),
    ({"inline_keyboard": {}}, 'field "inline_keyboard" must be of type Array'),
    (
        {"inline_keyboard": [data(1)]},
        'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    ({"keyboard": ["a"]}, 'field "keyboard" must be an Array of Arrays'),
    (inline("Ja"), "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
    (inline({"callback_data": "x"}), "can't parse inline keyboard button: Can't find field \"text\""),
    (
        inline({"text": "Ja"}),
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        inline({"text": "Ja", "callback_data": ""}),
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        inline({"text": "Ja", "callback_data": None}),
        'can\'t parse inline keyboard button: Field "callback_data" must be of type String',
    ),
    (
        inline({**data(1), "style": "pink"}),
        "can't parse inline keyboard button: invalid button style specified",
    ),
    (inline(data(65)), "BUTTON_DATA_INVALID"),
    (inline({"text": "x", "callback_data": "ü" * 33}), "BUTTON_DATA_INVALID"),
    (inline({"text": "x", "url": "tel"}), "inline keyboard button URL 'tel' is invalid: Wrong HTTP URL"),
    (
        inline({"text": "x", "url": "http://localhost:8080"}),
        "inline keyboard button URL 'http://localhost:8080' is invalid: Wrong HTTP URL",
    ),
    (
        inline({"text": "x", "url": "ftp://example.org"}),
        "inline keyboard button URL 'ftp://example.org' is invalid: Unsupported URL protocol",
    ),
    (
        inline({"text": "x", "web_app": {"url": "http://example.org"}}),
        "inline keyboard button Web App URL 'http://example.org' is invalid: Only HTTPS links are allowed",
    ),
    (inline({"text": "x", "copy_text": {"text": "a" * 257}}), "BUTTON_COPY_TEXT_INVALID"),
    ({"keyboard": [[7]]}, "can't parse keyboard button: KeyboardButton must be a String or an Object"),
    ({"keyboard": [["a"]], "resize_keyboard": "yes"}, 'field "resize_keyboard" must be of type Boolean'),
    ({"inline_keyboard": [[data(1)] * 5 for _ in range(21)]}, "reply markup is too long"),
    ({"keyboard": [["a"] * 5 for _ in range(21)]}, "reply markup is too long"),
]


@pytest.mark.parametrize(("markup", "complaint"), FAULTS)
async def test_markup_that_is_refused(api: Api, chat_id: int, markup: Any, complaint: str) -> None:
    refusal = await api.refused("sendMessage", chat_id=chat_id, text="a", reply_markup=markup)
    assert refusal == f"400 Bad Request: {complaint}"


@pytest.mark.parametrize(
    "button",
    [
        data(64),
        {"text": "x", "callback_data": "ü" * 32},
        {"text": "x", "url": "https://example.org/a?b#c"},
        {"text": "x", "url": "example.org"},
        {"text": "x", "url": "tg://resolve?domain=x"},
        {"text": "x", "copy_text": {"text": "0221"}},
        {"text": "x", "style": "danger", "callback_data": "a"},
    ],
)
async def test_buttons_that_will_do(api: Api, chat_id: int, button: dict[str, Any], world: World) -> None:
    sent = await api.result("sendMessage", chat_id=chat_id, text="a", reply_markup=inline(button))
    assert sent["reply_markup"] == {"inline_keyboard": [[button]]}
    assert not world.ignored


async def test_a_hundred_buttons_will_do(api: Api, chat_id: int) -> None:
    markup = {"inline_keyboard": [[data(1)] * 4 for _ in range(25)]}
    sent = await api.result("sendMessage", chat_id=chat_id, text="a", reply_markup=markup)
    assert len(sent["reply_markup"]["inline_keyboard"]) == 25


async def test_an_edit_takes_inline_keyboards_only(api: Api, chat_id: int) -> None:
    sent = await api.result("sendMessage", chat_id=chat_id, text="a")
    refusal = await api.refused(
        "editMessageText",
        chat_id=chat_id,
        message_id=sent["message_id"],
        text="b",
        reply_markup={"keyboard": [["Ja"]]},
    )
    assert refusal == "400 Bad Request: inline keyboard expected"


async def test_an_empty_markup_is_none(api: Api, chat_id: int, world: World) -> None:
    sent = await api.result("sendMessage", chat_id=chat_id, text="a", reply_markup={"inline_keyboard": []})
    assert "reply_markup" not in sent


async def test_a_keyboard_goes_with_the_message_that_brought_it(
    api: Api, amina: Hand, chat_id: int, world: World
) -> None:
    keys = {"keyboard": [[{"text": "a"}]]}
    first = await api.result("sendMessage", chat_id=chat_id, text="1", reply_markup=keys)
    second = await api.result("sendMessage", chat_id=chat_id, text="2", reply_markup=keys)
    await api.result("deleteMessages", chat_id=chat_id, message_ids=[first["message_id"]])
    assert amina.account.reply_keyboard is not None
    await api.result("deleteMessages", chat_id=chat_id, message_ids=[second["message_id"]])
    assert amina.account.reply_keyboard is None
