"""What every command needs first: settings, keys, the store, and a plain word when one of them is missing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NoReturn

import typer
from rich.console import Console

from bot import config
from bot.log import write_log
from locales import courses
from locales.zone import live_in
from storage import masterkey
from storage.engine import Archive, database_path
from storage.file import StoreError
from storage.keyring import Keyring
from storage.migrate import upgrade

console = Console()


def fail(why: object) -> NoReturn:
    """Says why in plain words and leaves with exit code 1."""
    Console(stderr=True, style="red", highlight=False).print(str(why), markup=False)
    raise typer.Exit(1)


def settings() -> config.Settings:
    try:
        loaded = config.load()
        live_in(loaded.timezone)
        courses.also_from(loaded.courses)
        write_log(loaded.log, loaded.token.get_secret_value() if loaded.token else "")
    except config.ConfigError as error:
        fail(error)
    return loaded


def with_store() -> config.Settings:
    """The settings, and the folder in which the store lies or will lie."""
    loaded = settings()
    folder = Path(database_path(loaded.store)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail(f"PAENZ_STORE can't be used: {error.strerror}; allowed: {config.ALLOWED['store']}")
    return loaded


def keyring_of(loaded: config.Settings) -> Keyring:
    """The keys to the store; without them nothing can be done."""
    try:
        return Keyring(loaded.key_place)
    except (masterkey.KeyFileError, config.ConfigError) as error:
        fail(f"PAENZ_KEY_FILE: {error}")


def token_of(loaded: config.Settings) -> str:
    try:
        return loaded.secret
    except config.ConfigError as error:
        fail(error)


@asynccontextmanager
async def archive_of(loaded: config.Settings) -> AsyncIterator[Archive]:
    """The store, brought up to date, for as long as a command needs it; the bot may run beside it."""
    keyring = keyring_of(loaded)
    try:
        upgrade(loaded.store, keyring)
        archive = await Archive.open(loaded.store, keyring)
    except StoreError as error:
        fail(error)
    try:
        yield archive
    finally:
        await archive.close()
        keyring.close()
