"""Copies of the store and of the keys, bringing a copy back, and exchanging keys, all in plain words."""

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, track

from bot import config
from bot.app import AlreadyRunning, holding
from bot.clock import SystemClock
from bot.commands.opening import archive_of, fail, keyring_of, with_store
from bot.loop import run as run_loop
from storage import backup as copies
from storage import copykeys, rotation
from storage.emergencies import alarm_name
from storage.engine import database_path
from storage.file import StoreError
from storage.masterkey import KeyFileError
from storage.restore import Restored, restored
from storage.vault import Vault

LOOK_AGAIN = 0.1  # seconds
BREATH = 0.03  # seconds: a bot at work beside us gets the store in between


def backup() -> None:
    """Copies the store into the folder of backups, beside a running bot, and removes copies too old to keep."""
    loaded = with_store()
    folder, now, keyring = backups_of(loaded), SystemClock().now(), keyring_of(loaded)
    store, target = Path(database_path(loaded.store)), folder / copies.name_of(now)
    if not store.exists():
        fail(f"there is no store at {store} to copy")
    try:
        key = Vault(keyring).store_key
        _with_bar("Copying", store, Path(f"{target}.part"), lambda: copies.copied(str(store), key, target))
        gone = [*copies.thinned_out(folder, now), *copies.forgotten_asides(store, now)]
    except (StoreError, KeyFileError, OSError) as error:
        fail(error)
    finally:
        keyring.close()
    typer.echo(f"{target}: whole, {target.stat().st_size // 1024} KB. {len(gone)} old copies removed.")


def restore(file: Annotated[Path, typer.Argument(help="A copy that paenz backup has made.")]) -> None:
    """Puts a copy in the store's place. The bot must not run; the store that was there is kept beside it."""
    loaded = with_store()
    if not file.is_file():
        fail(f"there is no copy at {file}")
    store, now, keyring = Path(database_path(loaded.store)), SystemClock().now(), keyring_of(loaded)
    try:
        with holding(str(store)), Console(stderr=True).status("Looking through the copy …"):
            done = restored(file, store, keyring, now)
    except AlreadyRunning:
        fail("A bot is at work on this store; stop it first.")
    except (StoreError, KeyFileError) as error:
        fail(error)
    finally:
        keyring.close()
    _tell(done, file)


def _tell(done: Restored, file: Path) -> None:
    typer.echo(f"The store is as it was in {file.name}.")
    if done.erased_again:
        typer.echo(f"{len(done.erased_again)} erased since then were erased again: their keys are gone.")
    if done.lost_alarms:
        numbers = ", ".join(alarm_name(number) for number in done.lost_alarms)
        typer.echo(
            f"{len(done.lost_alarms)} alarms had not ended and are not in this copy: {numbers}. "
            "Nobody is paged for them any more: ask those on duty who needs help."
        )
    if not done.before_was_readable:
        typer.echo(
            "What was there before can't be read: see to open alarms, discreet mode and erasures since then."
        )
    if done.aside is not None:
        typer.echo(f"What was there before: {done.aside}; paenz backup removes it after 60 days.")
    typer.echo("Roles, consents and appointments changed since then are as they were: see to them now.")


def copy_keys(
    folder: Annotated[Path, typer.Argument(help="A folder on another medium, never that of the backups.")],
) -> None:
    """Copies the keys, still wrapped by the master key. Copies older than 7 days are overwritten and removed."""
    loaded = with_store()
    _refuse(loaded, folder)
    keyring = keyring_of(loaded)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = copykeys.copied(keyring, folder, SystemClock().now())
    except KeyFileError as error:
        fail(error)
    except OSError as error:
        fail(f"{folder} can't be used: {error.strerror}")
    finally:
        keyring.close()
    typer.echo(f"{made}: it opens with the master key, which is not in it.")


def _refuse(loaded: config.Settings, folder: Path) -> None:
    """A copy of the keys beside copies of the store would bring back whoever was erased."""
    wanted, backups = folder.resolve(), loaded.backups.resolve()
    if wanted.is_relative_to(backups) or backups.is_relative_to(wanted):
        fail("The keys must not lie where the backups are; choose another folder.")
    if wanted == loaded.keys.resolve().parent:
        fail("The keys lie in this folder already; a copy belongs on another medium.")


def rotate_keys(
    families: Annotated[
        bool, typer.Option("--families", help="Exchange the key of every family and person too.")
    ] = False,
) -> None:
    """Exchanges the master key, and with --families the keys of everybody, beside a running bot."""
    loaded = with_store()
    try:
        if families:
            run_loop(_exchange(loaded))
        keyring = keyring_of(loaded)
        count = keyring.exchange_master()
        keyring.close()
    except (KeyFileError, StoreError) as error:
        fail(error)
    except OSError as error:
        fail(f"the keys could not be exchanged: {error.strerror}; do it again")
    typer.echo(
        f"{count} keys are wrapped by a new master key in {loaded.key_file}.\n"
        "Bring its second copy up to date, and restart a bot that got the key as a credential."
    )


async def _exchange(loaded: config.Settings) -> None:
    """One holder in each transaction: whoever needs the store in between gets it."""
    now = SystemClock().now()
    async with archive_of(loaded) as archive:
        whose = await archive.read(rotation.holders)
        for holder in track(whose, "Sealing anew", console=Console(stderr=True)):
            await archive.write(partial(rotation.exchanged, holder=holder, now=now))
            await asyncio.sleep(BREATH)
        await archive.write(
            lambda store: store.journal.write(now, "command line", "keys.exchanged", f"holders:{len(whose)}")
        )


def backups_of(loaded: config.Settings) -> Path:
    """The folder of backups, in which nothing of the keys may lie."""
    folder = loaded.backups
    try:
        _ = loaded.key_place
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        strays = [file.name for file in folder.rglob("*") if _is_key(file, loaded)]
    except config.ConfigError as error:
        fail(error)
    except OSError as error:
        fail(f"PAENZ_BACKUPS can't be used: {error.strerror}; allowed: {config.ALLOWED['backups']}")
    if strays:
        fail(f"Keys lie in the folder of backups ({strays[0]}). Take them out: they bring back the erased.")
    return folder


def _is_key(file: Path, loaded: config.Settings) -> bool:
    return (
        file.name in {loaded.key_file.name, loaded.keys.name}
        or copies.made_at(file, copykeys.NAME) is not None
    )


def _with_bar(what: str, whole: Path, growing: Path, work: Callable[[], None]) -> None:
    """Does the work while a bar shows how far the growing file has come."""
    failed: list[Exception] = []

    def working() -> None:
        try:
            work()
        except Exception as error:
            failed.append(error)

    worker = threading.Thread(target=working)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(what, total=whole.stat().st_size)
        worker.start()
        while worker.is_alive():
            worker.join(LOOK_AGAIN)
            progress.update(task, completed=growing.stat().st_size if growing.exists() else 0)
        progress.update(task, completed=whole.stat().st_size)
    if failed:
        raise failed[0]
