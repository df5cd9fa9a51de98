"""Making the store and the keys, filling the store with the agency's facts, bringing it up to date."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from bot import agency, config
from bot.commands.opening import archive_of, fail, keyring_of, with_store
from bot.loop import run as run_loop
from storage import masterkey
from storage.engine import database_path
from storage.file import StoreError, is_plain
from storage.keyring import opened
from storage.migrate import upgrade


def setup() -> None:
    """Makes the master key, the keys and an empty store. What is there already is left as it is."""
    loaded = with_store()
    store = database_path(loaded.store)
    if Path(store).exists() and not is_plain(store) and not loaded.keys.exists():
        fail(f"There is a store already and no keys at {loaded.keys}: bring them back from their copy.")
    try:
        keyring = opened(loaded.key_place)
        upgrade(loaded.store, keyring)
    except (masterkey.KeyFileError, StoreError, config.ConfigError, OSError) as error:
        fail(error)
    keyring.close()
    typer.echo(
        f"The master key is in {loaded.key_file}: whoever loses it loses everything.\n"
        "Keep a second copy of it, and one of the keys (paenz copy-keys), where the backups are not."
    )


def load(
    file: Annotated[Path, typer.Argument(help="The agency's facts; the sample is bot/demo/agency.toml.")],
) -> None:
    """Loads sites, offers, crisis numbers and the escalation policy from a file."""
    loaded = with_store()
    try:
        facts = agency.read(file)
    except agency.AgencyError as error:
        fail(error)
    run_loop(_load(loaded, facts))
    unconfirmed = sum(number.confirmed_on is None for number in facts.numbers)
    typer.echo(f"{len(facts.sites)} sites, {len(facts.numbers)} numbers, of which {unconfirmed} unconfirmed.")


async def _load(loaded: config.Settings, facts: agency.AgencyFacts) -> None:
    async with archive_of(loaded) as archive:
        await archive.write(lambda store: agency.write(store, facts))


def migrate() -> None:
    """Brings the store up to this version."""
    loaded = with_store()
    keyring = keyring_of(loaded)
    try:
        for _ in track([loaded.store], description="Migrating", console=Console(stderr=True)):
            upgrade(loaded.store, keyring)
    except (StoreError, OSError) as error:
        fail(error)
    finally:
        keyring.close()
    typer.echo("The store is up to date.")
