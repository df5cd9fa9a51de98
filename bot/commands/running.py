"""Running the bot, showing it, checking it."""

import asyncio
import signal

import typer

from bot import check, config, coredump
from bot.app import AlreadyRunning, keep_what_is_loaded
from bot.commands.opening import console, fail, keyring_of, settings, token_of, with_store
from bot.guard import Guard
from bot.log import write_log
from bot.loop import run as run_loop
from bot.opening import Opening
from bot.pulse import round_of
from storage import masterkey
from storage.file import StoreError


def run() -> None:
    """Runs the bot until it is stopped (Ctrl-C, SIGTERM).

    While a store that was there before can't be opened it answers cries for help from memory and goes on trying.
    """
    coredump.leave_none()
    loaded = with_store()
    token = token_of(loaded)
    write_log(loaded.log, token)
    try:
        opening = Opening(loaded.api_url, token, loaded.store, loaded.key_place, feed=loaded.feed)
        if not opening.was_there:
            keyring_of(loaded).close()
        run_loop(_run(loaded, opening))
    except (AlreadyRunning, StoreError, masterkey.KeyFileError, config.ConfigError) as error:
        fail(error)


async def _run(loaded: config.Settings, opening: Opening) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    keep_what_is_loaded()
    async with opening.at_work(ended) as machine:
        if machine is None:
            return
        if loaded.audit == "on":
            machine.tasks.start(Guard(round_of(loaded.store)).run(), "guard")
        if not await machine.works_until(ended):
            fail("A part of the bot died, see the log. Whoever watches over it should start it again.")


def demo() -> None:
    """Shows everything on one page: the bot, a local Telegram, and four phones. Needs no token."""
    from bot.demo.show import show  # the show flat is opened only for a show

    loaded = settings()
    try:
        run_loop(show(loaded.demo_port))
    except OSError as error:
        fail(
            f"The demo can't use port {loaded.demo_port} ({error.strerror}). Set PAENZ_DEMO_PORT to a free one."
        )


def check_all() -> None:
    """Checks settings, store, catalogs, Telegram and whether anybody is on call. Exit code 1 when anything fails."""
    try:
        loaded = config.load()
    except config.ConfigError as error:
        fail(error)
    write_log("ERROR")
    results = run_loop(check.everything(loaded))
    for result in results:
        console.print(
            f"{'✅' if result.good else '❌'} {result.what}: {result.says}", markup=False, highlight=False
        )
    if not all(result.good for result in results):
        raise typer.Exit(1)
