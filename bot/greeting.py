"""How the bot introduces itself to Telegram: its commands in every language."""

import contextlib

from telegram import Bot, BotCommand, MenuButtonCommands
from telegram.error import BadRequest

from handlers.links import introduce as remember_name
from handlers.menu import COMMANDS, menu
from locales.languages import shipped
from locales.translator import voice


async def introduce(bot: Bot) -> None:
    """Learns the bot's name and sets its menu. Raises telegram.error.TelegramError when the line is dead."""
    me = await bot.get_me()
    remember_name(me.username or "")
    await bot.set_my_commands(commands("de"))
    for code in shipped("families"):
        with contextlib.suppress(BadRequest):  # Telegram knows no menus for some of our languages
            await bot.set_my_commands(commands(code), language_code=code)
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())


def commands(language: str) -> list[BotCommand]:
    """The menu in one language."""
    speak = voice(language)
    return [BotCommand(entry["command"], entry["description"]) for entry in menu(COMMANDS, speak)]
