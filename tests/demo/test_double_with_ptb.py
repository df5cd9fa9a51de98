"""The library Pänz itself uses, against the double: its objects parse, its errors are the ones it raises."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import ClientError, ClientSession, web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.demo.telegram.hand import Hand
from bot.demo.telegram.rules import Rules
from bot.demo.telegram.web import bot_api
from bot.demo.telegram.world import World


@pytest.fixture
async def ptb(world: World, base: str) -> AsyncIterator[Bot]:
    async with Bot(world.token, base_url=f"{base}/bot") as ptb:
        yield ptb


async def test_a_conversation(ptb: Bot, amina: Hand, world: World) -> None:
    amina.types("/start einladung")
    (update,) = await ptb.get_updates(timeout=1)
    assert update.effective_user is not None
    assert update.effective_user.language_code == "tr"
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Ja", callback_data="ja")]])
    sent = await ptb.send_message(amina.account.id, "Kommen Sie?", reply_markup=buttons)
    assert sent.reply_markup == buttons
    amina.presses(sent.message_id, 0, 0)
    (pressed,) = await ptb.get_updates(offset=update.update_id + 1, timeout=1)
    assert pressed.callback_query is not None
    assert await pressed.callback_query.answer("Danke")
    edited = await pressed.callback_query.edit_message_text("Gut.")
    assert not isinstance(edited, bool)
    assert edited.text == "Gut."
    await ptb.send_message(amina.account.id, "Menü", reply_markup=ReplyKeyboardMarkup([["SOS"]]))
    assert amina.account.reply_keyboard is not None
    assert (await ptb.get_chat(amina.account.id)).first_name == "Amina"
    assert world.ignored == []


async def test_errors(
    ptb: Bot, amina: Hand, chat_id: int, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    sent = await ptb.send_message(chat_id, "a")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await ptb.edit_message_text("a", chat_id, sent.message_id)
    amina.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await ptb.send_message(chat_id, "a")
    amina.unblocks()
    world.faults.set("flood429", retry_after=9)
    with pytest.raises(RetryAfter) as flood:
        await ptb.send_message(chat_id, "a")
    assert flood.value.retry_after == timedelta(seconds=9)
    for mode in ("down", "html", "truncated"):
        world.faults.set(mode)
        with pytest.raises(TelegramError):
            await ptb.send_message(chat_id, "a")
    world.faults.set("none")
    world.updates.webhook_set = True
    with pytest.raises(Conflict):
        await ptb.get_updates()
    world.token = "17:another"
    with pytest.raises(InvalidToken):
        await ptb.get_me()


async def test_the_server_goes_down_while_a_bot_keeps_polling(world: World) -> None:
    world.rules = Rules()
    runner = web.AppRunner(bot_api(world), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/bot{world.token}/getUpdates?timeout=50"
    statuses: list[int] = []

    async def poll() -> None:
        async with ClientSession() as session:
            while True:
                async with session.get(address) as answer:
                    statuses.append(answer.status)

    polling = asyncio.ensure_future(poll())
    await asyncio.sleep(0.1)
    await asyncio.wait_for(runner.cleanup(), 3)
    with pytest.raises(ClientError):
        await polling
    assert statuses == [200]
