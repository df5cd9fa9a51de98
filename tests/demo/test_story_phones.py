"""The phones of the stories: they see, press, wait, and above all they fail."""

import asyncio

import pytest

from bot.demo.telegram.hand import Hand
from bot.demo.telegram.world import World
from tests import phones
from tests.demo.wire import Api
from tests.phones import Phone

KEYBOARD = {
    "inline_keyboard": [
        [{"text": "✅ Ja, gern", "callback_data": "ja"}, {"text": "❌ Nein", "callback_data": "nein"}]
    ]
}


class Bot:
    """A small bot: sends what it is told, answers presses if it is awake."""

    def __init__(self, api: Api, chat_id: int) -> None:
        self.api = api
        self.chat_id = chat_id

    async def says(self, text: str, **more: object) -> int:
        sent = await self.api.result("sendMessage", chat_id=self.chat_id, text=text, **more)
        return int(sent["message_id"])

    async def answers(self) -> None:
        (update,) = await self.api.result("getUpdates", timeout=5)
        query = update["callback_query"]["id"]
        await self.api.result("answerCallbackQuery", callback_query_id=query, text="Notiert\u00a0✔")


@pytest.fixture
async def bot(api: Api, amina: Hand, chat_id: int) -> Bot:
    return Bot(api, chat_id)


@pytest.fixture
def phone(world: World, bot: Bot) -> Phone:
    return Phone(world, world.accounts[bot.chat_id])


async def test_a_phone_sees_what_is_there_and_what_is_coming(phone: Phone, bot: Bot) -> None:
    await bot.says("Guten\u00a0Morgen, \u2068Amina\u2069")
    seen = await phone.sees("Guten Morgen, Amina")
    assert seen is phone.last
    looking = asyncio.ensure_future(phone.sees("später"))
    await asyncio.sleep(0.02)
    await bot.says("etwas später")
    assert (await looking).words == "etwas später"
    phone.hangs_up()


async def test_each_message_is_seen_once_and_an_edit_makes_it_new(phone: Phone, bot: Bot) -> None:
    number = await bot.says("eins")
    await phone.sees("eins")
    with pytest.raises(AssertionError, match="never saw 'eins'"):
        await phone.sees("eins", within=0.05)
    await bot.api.result("editMessageText", chat_id=bot.chat_id, message_id=number, text="eins und zwei")
    await phone.sees("zwei")
    phone.hangs_up()


async def test_new_buttons_are_news_and_buttons_that_go_are_not(phone: Phone, bot: Bot) -> None:
    place = {"chat_id": bot.chat_id, "message_id": await bot.says("Wann?")}
    await phone.sees("Wann?")
    await bot.api.result("editMessageReplyMarkup", **place, reply_markup=KEYBOARD)
    await phone.sees("Wann?")
    assert phone.keyboard == ["✅ Ja, gern", "❌ Nein"]
    await bot.api.result("editMessageReplyMarkup", **place)
    assert phone.keyboard == []
    phone.hangs_up()


async def test_nothing_is_seen_when_nothing_comes(phone: Phone, bot: Bot) -> None:
    await phone.sees_nothing(0.02)
    watching = asyncio.ensure_future(phone.sees_nothing(2))
    await asyncio.sleep(0.02)
    await bot.says("Überraschung")
    with pytest.raises(AssertionError, match="saw 'Überraschung', but nothing was due"):
        await asyncio.wait_for(watching, 1)


async def test_a_story_fails_on_what_it_did_not_expect(phone: Phone, bot: Bot) -> None:
    await bot.says("unerwartet", reply_markup=KEYBOARD)
    with pytest.raises(AssertionError) as failure:
        phone.hangs_up()
    assert "Amina's phone showed what the story did not expect:\n  · unerwartet" in str(failure.value)
    assert "[✅ Ja, gern] [❌ Nein]" in str(failure.value)
    phone.ignores("erwartet").hangs_up()


async def test_pressing_waits_for_the_answer(phone: Phone, bot: Bot) -> None:
    await bot.says("Kommen Sie?", reply_markup=KEYBOARD)
    await phone.sees("Kommen Sie?")
    answering = asyncio.ensure_future(bot.answers())
    assert await phone.presses("✅") == "Notiert ✔"
    await answering
    assert await phone.toasted("Notiert ✔") == "Notiert ✔"
    with pytest.raises(AssertionError, match="instead of 'Verworfen'"):
        await phone.toasted("Verworfen")
    phone.hangs_up()


async def test_a_button_never_answered_fails_the_story(
    phone: Phone, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phones, "_PATIENCE", 0.05)
    await bot.says("Kommen Sie?", reply_markup=KEYBOARD)
    with pytest.raises(AssertionError, match="this button was never answered"):
        await phone.presses("Nein")


async def test_keys_of_the_reply_keyboard_are_typed(phone: Phone, bot: Bot) -> None:
    await bot.says("Menü", reply_markup={"keyboard": [["🆘 Hilfe", "Termine"]]})
    assert phone.keyboard == ["🆘 Hilfe", "Termine"]
    assert await phone.presses("🆘") is None
    (update,) = await bot.api.result("getUpdates")
    assert update["message"]["text"] == "🆘 Hilfe"


async def test_the_very_label_goes_before_a_part_of_one(phone: Phone, bot: Bot) -> None:
    await bot.says("a", reply_markup={"inline_keyboard": [[{"text": "Ja", "callback_data": "genau"}]]})
    await bot.says("b", reply_markup={"inline_keyboard": [[{"text": "Ja, später", "callback_data": "teil"}]]})
    pressing = asyncio.ensure_future(phone.presses("Ja"))
    (update,) = await bot.api.result("getUpdates", timeout=5)
    assert update["callback_query"]["data"] == "genau"
    await bot.api.result("answerCallbackQuery", callback_query_id=update["callback_query"]["id"])
    assert await pressing == ""


async def test_a_missing_button_shows_the_screen(phone: Phone, bot: Bot) -> None:
    await bot.says("zwei\nZeilen", reply_markup=KEYBOARD)
    with pytest.raises(AssertionError) as failure:
        await phone.presses("Vielleicht")
    assert str(failure.value) == (
        "Amina's phone has no button 'Vielleicht'\n"
        "┌ Amina (tr)\n"
        "│ 🙂 #1 /start\n"
        "│*🤖 #2 zwei\n"
        "│      Zeilen\n"
        "│      [✅ Ja, gern] [❌ Nein]\n"
        "└"
    )


async def test_blocking_and_reading_everything(phone: Phone, bot: Bot) -> None:
    await bot.says("Anfang")
    await phone.reads_everything()
    phone.blocks_the_bot()
    refusal = await bot.api.refused("sendMessage", chat_id=bot.chat_id, text="a")
    assert refusal == "403 Forbidden: bot was blocked by the user"
    phone.unblocks_the_bot()
    await bot.says("wieder da")
    await phone.sees("wieder da")
    phone.hangs_up()


async def test_nothing_from_the_bot_yet(phone: Phone) -> None:
    with pytest.raises(AssertionError, match="nothing from the bot yet"):
        _ = phone.last
