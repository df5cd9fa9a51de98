"""Every method through a real client library, which parses each answer into its own models."""

import asyncio
from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    MenuButtonCommands,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from bot.demo.telegram.hand import Hand
from bot.demo.telegram.messages import Query
from bot.demo.telegram.rules import Rules
from bot.demo.telegram.world import World
from tests.demo.pictures import png
from tests.demo.wire import StillClock

BUTTONS = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="✅ Ja", callback_data="a:yes:1:1")],
        [InlineKeyboardButton(text="Karte", url="https://example.org/karte")],
    ]
)


async def test_get_me_and_get_chat(bot: Bot, chat_id: int) -> None:
    me = await bot.get_me()
    assert (me.username, me.is_bot, me.id) == ("PaenzPorzBot", True, bot.id)
    chat = await bot.get_chat(chat_id)
    assert (chat.id, chat.type, chat.first_name) == (chat_id, "private", "Amina")


async def test_message_with_everything_comes_back_whole(bot: Bot, chat_id: int, world: World) -> None:
    first = await bot.send_message(chat_id, "eins")
    sent = await bot.send_message(
        chat_id,
        "Hallo du",
        entities=[MessageEntity(type="bold", offset=6, length=2)],
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        disable_notification=True,
        protect_content=True,
        reply_parameters=ReplyParameters(message_id=first.message_id),
        reply_markup=BUTTONS,
    )
    assert sent.reply_markup is not None
    assert sent.reply_markup.model_dump() == BUTTONS.model_dump()
    assert sent.entities is not None
    assert sent.entities[0].type == "bold"
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "eins"
    assert sent.has_protected_content
    assert sent.from_user is not None
    assert sent.from_user.is_bot
    stored = world.accounts[chat_id].messages[sent.message_id]
    assert stored.silent
    assert not world.ignored


async def test_reply_keyboard_shows_and_goes_but_is_not_returned(
    bot: Bot, chat_id: int, world: World
) -> None:
    keyboard = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="🆘 Hilfe")]], resize_keyboard=True)
    sent = await bot.send_message(chat_id, "Menü", reply_markup=keyboard)
    assert sent.reply_markup is None
    shown = world.accounts[chat_id].reply_keyboard
    assert shown == {"keyboard": [[{"text": "🆘 Hilfe"}]], "resize_keyboard": True}
    await bot.send_message(chat_id, "weg", reply_markup=ReplyKeyboardRemove())
    assert world.accounts[chat_id].reply_keyboard is None


async def test_edit_text_and_markup(bot: Bot, chat_id: int, clock: StillClock) -> None:
    sent = await bot.send_message(chat_id, "alt", reply_markup=BUTTONS)
    clock.forward(timedelta(seconds=90))
    edited = await bot.edit_message_text("neu", chat_id=chat_id, message_id=sent.message_id)
    assert not isinstance(edited, bool)
    assert (edited.text, edited.reply_markup, edited.message_id) == ("neu", None, sent.message_id)
    assert edited.edit_date == int(clock.now().timestamp())
    again = await bot.edit_message_reply_markup(
        chat_id=chat_id, message_id=sent.message_id, reply_markup=BUTTONS
    )
    assert not isinstance(again, bool)
    assert again.reply_markup is not None
    assert again.reply_markup.model_dump() == BUTTONS.model_dump()


async def test_callback_round_trip(bot: Bot, chat_id: int, amina: Hand) -> None:
    sent = await bot.send_message(chat_id, "Kommen Sie?", reply_markup=BUTTONS)
    pressed = amina.presses(sent.message_id, 0, 0)
    assert isinstance(pressed, Query)
    (update,) = await bot.get_updates()
    query = update.callback_query
    assert query is not None
    assert (query.data, query.from_user.id, query.from_user.language_code) == ("a:yes:1:1", chat_id, "tr")
    assert query.message is not None
    assert query.message.model_dump()["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "a:yes:1:1"
    assert query.chat_instance
    assert await bot.answer_callback_query(query.id, text="Danke", show_alert=True)
    assert (pressed.answered, pressed.text, pressed.show_alert) == (True, "Danke", True)
    assert amina.presses(sent.message_id, 1, 0) == "https://example.org/karte"


async def test_photo_document_and_contact(bot: Bot, chat_id: int, world: World) -> None:
    picture = png(60, 40)
    photo = await bot.send_photo(
        chat_id, BufferedInputFile(picture, "code.png"), caption="Ihr <b>Code</b>", parse_mode="HTML"
    )
    assert photo.photo is not None
    assert (photo.photo[-1].width, photo.photo[-1].height) == (60, 40)
    assert photo.caption == "Ihr Code"
    again = await bot.send_photo(chat_id, photo.photo[-1].file_id)
    assert again.photo == photo.photo
    document = await bot.send_document(chat_id, BufferedInputFile(b"BEGIN:VCALENDAR", "termin.ics"))
    assert document.document is not None
    assert (document.document.file_name, document.document.file_size) == ("termin.ics", 15)
    stored = world.media.get(document.document.file_id)
    assert stored is not None
    assert stored.content == b"BEGIN:VCALENDAR"
    contact = await bot.send_contact(chat_id, "+492203123", "Jugendamt", last_name="Porz")
    assert contact.contact is not None
    assert contact.contact.phone_number == "+492203123"


async def test_delete_copy_pin_and_typing(bot: Bot, chat_id: int, world: World) -> None:
    account = world.accounts[chat_id]
    one = await bot.send_message(chat_id, "eins")
    copy = await bot.copy_message(chat_id, chat_id, one.message_id)
    assert account.messages[copy.message_id].words == "eins"
    assert await bot.pin_chat_message(chat_id, one.message_id)
    pinned = (await bot.get_chat(chat_id)).pinned_message
    assert pinned is not None
    assert pinned.message_id == one.message_id
    assert await bot.unpin_chat_message(chat_id)
    assert account.pinned == []
    assert await bot.send_chat_action(chat_id, "typing")
    assert account.typing_until > world.seconds()
    assert await bot.delete_message(chat_id, one.message_id)
    assert await bot.delete_messages(chat_id, [copy.message_id, 999_999])
    assert not {one.message_id, copy.message_id} & account.messages.keys()


async def test_commands_and_menu_button(bot: Bot, chat_id: int, world: World) -> None:
    scope = BotCommandScopeChat(chat_id=chat_id)
    commands = [BotCommand(command="sos", description="Hilfe jetzt")]
    assert await bot.set_my_commands(commands, scope=scope, language_code="tr")
    (stored,) = await bot.get_my_commands(scope=scope, language_code="tr")
    assert (stored.command, stored.description) == ("sos", "Hilfe jetzt")
    assert await bot.get_my_commands() == []
    assert await bot.delete_my_commands(scope=scope, language_code="tr")
    assert await bot.get_my_commands(scope=scope, language_code="tr") == []
    assert (await bot.get_chat_menu_button(chat_id=chat_id)).type == "default"
    assert await bot.set_chat_menu_button(chat_id=chat_id, menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button(chat_id=chat_id)).type == "commands"


async def test_every_kind_of_message_a_person_sends_can_be_parsed(bot: Bot, amina: Hand) -> None:
    number = amina.types("/start einladung-7")
    amina.edits(number, "/start doch nicht")
    amina.shares_contact()
    amina.sends_photo("mein Kind")
    amina.sends_sticker()
    amina.sends_location()
    amina.forwards("das schrieb jemand")
    amina.blocks()
    amina.unblocks()
    updates = await bot.get_updates()
    kinds = [update.event_type for update in updates]
    assert kinds == ["message", "edited_message", *["message"] * 5, "my_chat_member", "my_chat_member"]
    start = updates[0].message
    assert start is not None
    assert start.text == "/start einladung-7"
    assert start.entities is not None
    assert (start.entities[0].type, start.entities[0].length) == ("bot_command", 6)
    assert updates[1].edited_message is not None
    assert updates[1].edited_message.edit_date is not None
    contact = updates[2].message
    assert contact is not None
    assert contact.contact is not None
    assert contact.contact.user_id == amina.account.id


async def test_errors_become_the_library_s_exceptions(
    bot: Bot, chat_id: int, amina: Hand, world: World
) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(4711, "Hallo")
    amina.blocks()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(chat_id, "Hallo")
    amina.unblocks()
    world.accounts[chat_id].deactivated = True
    with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
        await bot.send_message(chat_id, "Hallo")
    world.accounts[chat_id].moved_to = -100123
    with pytest.raises(TelegramMigrateToChat) as moved:
        await bot.send_message(chat_id, "Hallo")
    assert moved.value.migrate_to_chat_id == -100123


async def test_flood_and_server_errors_become_the_library_s_exceptions(
    bot: Bot, chat_id: int, world: World
) -> None:
    world.rules = Rules(per_chat_per_second=1)
    await bot.send_message(chat_id, "eins")
    with pytest.raises(TelegramRetryAfter) as flood:
        await bot.send_message(chat_id, "zwei")
    assert flood.value.retry_after == 1
    world.faults.set("error500")
    with pytest.raises(TelegramServerError):
        await bot.get_me()


async def test_wrong_token_and_second_poller(bot: Bot, world: World, chat_id: int) -> None:
    polling = asyncio.ensure_future(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    second = asyncio.ensure_future(bot.get_updates(timeout=20))
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await polling
    Hand(world, world.accounts[chat_id]).types("noch da?")
    assert len(await second) == 1
    world.token = "17:another"
    with pytest.raises(TelegramUnauthorizedError):
        await bot.get_me()
