"""The line: whatever Telegram or the net does comes back as a reply, and never names the token."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.clock import SystemClock
from bot.demo.telegram.world import World
from bot.wire import AiohttpRequest, Reply, Wire
from handlers.screen import Document, Screen, as_new
from locales.phrase import S
from locales.translator import voice
from tests.stage import HURRIED, served


@pytest.fixture
def world() -> World:
    return World(SystemClock(), rules=HURRIED, seed=1)


@pytest.fixture
async def wire(world: World) -> AsyncIterator[Wire]:
    async with served(world) as address:
        made = Wire(f"{address}/", world.token)
        yield made
        await made.close()


@pytest.fixture
def chat(world: World) -> int:
    account = world.account("Amina", "tr")
    account.started = True
    return account.id


async def test_a_call_is_answered(wire: Wire, world: World, chat: int) -> None:
    said = json.dumps({"chat_id": chat, "text": "a"})
    for body in (said, said.encode()):
        reply = await wire.call("sendMessage", body)
        assert reply.ok
        assert reply.result["chat"]["id"] == chat
    assert len(world.accounts[chat].messages) == 2


async def test_a_refusal_is_a_reply_too(wire: Wire) -> None:
    reply = await wire.call("sendMessage", '{"chat_id": 1, "text": "a"}')
    assert (reply.ok, reply.status, reply.description) == (False, 400, "Bad Request: chat not found")
    assert reply.result is None


@pytest.mark.parametrize(
    ("mode", "status"),
    [
        ("down", 0),
        ("reset", 0),
        ("lost", 0),
        ("html", 502),
        ("error500", 500),
        ("truncated", 200),
        ("flood429", 429),
    ],
)
async def test_trouble_is_a_reply_and_no_exception(wire: Wire, world: World, mode: str, status: int) -> None:
    world.faults.set(mode)
    reply = await wire.call("getMe", "{}")
    assert (reply.ok, reply.status) == (False, status)
    world.faults.set("none")
    assert (await wire.call("getMe", "{}")).ok


async def test_silence_ends_after_the_seconds_given(wire: Wire, world: World) -> None:
    world.faults.set("drop")
    assert await wire.call("getMe", "{}", seconds=0.2) == Reply(0, {})


async def test_nobody_there_is_a_reply() -> None:
    wire = Wire("http://127.0.0.1:9", "1:x")
    assert await wire.call("getMe", "{}") == Reply(0, {})
    await wire.close()


async def test_a_link_is_sent_as_a_picture_that_can_be_scanned(wire: Wire, world: World, chat: int) -> None:
    body = {"chat_id": chat, "photo": "qr:https://t.me/PaenzPorzBot?start=abc", "caption": 'say "qr:" aloud'}
    keys = {"inline_keyboard": [[{"text": "a", "callback_data": "b:c"}]]}
    reply = await wire.call("sendPhoto", json.dumps({**body, "reply_markup": keys}))
    assert reply.ok, reply
    (message,) = world.accounts[chat].messages.values()
    assert message.words == 'say "qr:" aloud'
    assert message.inline == keys["inline_keyboard"]
    assert reply.result["photo"][-1]["width"] >= 200


@pytest.mark.parametrize(
    ("body", "good"),
    [({"ok": True}, True), ({"ok": 1}, False), ({"ok": False}, False), ({}, False), ({"ok": "true"}, False)],
)
def test_only_a_plain_yes_is_a_yes(body: dict[str, Any], good: bool) -> None:
    assert Reply(200, body).ok == good
    assert not Reply(500, body).ok


async def test_a_document_is_uploaded_with_its_name_and_its_words(
    wire: Wire, world: World, chat: int
) -> None:
    said = "Ağaç, عائلة und Häuser\n" * 400
    shown = Screen((S("door.stale.toast"),), document=Document("Übersicht 1.json", said), to_keep=True)
    method, body = as_new(shown, voice("de"))
    reply = await wire.call(method, json.dumps({"chat_id": chat, **body}, separators=(",", ":")))
    assert reply.ok
    file = reply.result["document"]
    assert (file["file_name"], file["mime_type"]) == ("Übersicht 1.json", "application/json")
    stored = world.media.get(file["file_id"])
    assert stored is not None
    assert stored.content.decode() == said
    message = world.accounts[chat].messages[reply.result["message_id"]]
    assert not message.protected


async def test_the_librarys_own_calls_go_over_the_same_line(wire: Wire, world: World, chat: int) -> None:
    bot = Bot(world.token, base_url=f"{wire._base.partition('/bot')[0]}/bot", request=AiohttpRequest(wire))
    assert (await bot.get_me()).username == "PaenzPorzBot"
    assert (await bot.send_message(chat, "ü & <b>")).text == "ü & <b>"


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("down", NetworkError),
        ("html", TelegramError),
        ("truncated", TelegramError),
        ("error500", NetworkError),
    ],
)
async def test_the_librarys_errors_do_not_name_the_token(
    wire: Wire, world: World, mode: str, kind: type[TelegramError], caplog: pytest.LogCaptureFixture
) -> None:
    bot = Bot(world.token, base_url=f"{wire._base.partition('/bot')[0]}/bot", request=AiohttpRequest(wire))
    world.faults.set(mode)
    with pytest.raises(kind) as failed:
        await bot.get_me()
    assert not isinstance(failed.value, InvalidToken)
    assert world.token not in repr(failed.value) + str(failed.value) + str(failed.value.__cause__)
    assert world.token not in caplog.text
