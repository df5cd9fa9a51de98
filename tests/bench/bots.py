"""The bots that are measured, each in a process of its own: `python -m tests.bench.bots NAME URL CORE [STORE]`."""

import asyncio
import os
import signal
import sys
from pathlib import Path

TOKEN = "1234567890:AAHbenchbenchbenchbenchbenchbenchben"


async def paenz(url: str, store: str, *, paced: bool = False) -> None:
    """The real bot with the real store; Telegram's speed limit, which would be all one measures, is off by default."""
    from bot.app import keep_what_is_loaded, running
    from bot.throttle import Pace
    from storage.file import database_path
    from tests.bench.prepared import keys_of

    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    keep_what_is_loaded()
    keys = keys_of(Path(database_path(store)))
    pace = Pace() if paced else Pace(per_second=None, per_chat_gap=0.0)
    async with running(url, TOKEN, store, keys, pace=pace):
        await ended.wait()


def run_paenz(url: str, store: str) -> None:
    from bot.loop import run

    run(paenz(url, store))


def run_paced(url: str, store: str) -> None:
    """Pänz as it runs in earnest."""
    from bot.loop import run

    run(paenz(url, store, paced=True))


def run_stuck(url: str, store: str) -> None:
    """Pänz whose sender does nothing, while all else goes on."""
    from bot.dispatch import Dispatcher

    Dispatcher._send_what_may_leave = lambda self: 60.0  # type: ignore[method-assign]
    run_paced(url, store)


def run_open(url: str, store: str) -> None:
    """Pänz with a store that anybody could read, to see what sealing costs."""
    from tests.bench.openly import everything_open

    with everything_open():
        run_paenz(url, store)


def run_aiogram(url: str, store: str) -> None:
    """As in aiogram's own README: polling, one handler, every update a task. No store."""
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import Message

    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    async def main() -> None:
        bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
        await dispatcher.start_polling(bot)

    asyncio.run(main())


def run_ptb(url: str, store: str) -> None:
    """As in python-telegram-bot's own echo example. No store."""
    from telegram import Update
    from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is not None:
            await update.message.reply_text(update.message.text or "")

    application = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


BOTS = {
    "paenz": run_paenz,
    "paced": run_paced,
    "stuck": run_stuck,
    "open": run_open,
    "aiogram": run_aiogram,
    "ptb": run_ptb,
}


if __name__ == "__main__":
    name, api_url, core, *store = sys.argv[1:]
    os.sched_setaffinity(0, {int(core)})
    BOTS[name](api_url, store[0] if store else "")
