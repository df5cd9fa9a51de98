"""What the papers take from the store, when there is one: the log of breaches and the agency's numbers."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bot.config import ConfigError, Settings
from bot.papers.breaches import Log, Missing
from storage import masterkey
from storage.engine import Archive
from storage.file import StoreError, database_path
from storage.keyring import Keyring, Keys, Shredded
from storage.records import CrisisNumber
from storage.store import Store
from storage.vault import Tampered

WHY = {
    Missing.NO_STORE: "there is no store where PAENZ_STORE says.",
    Missing.NO_KEYS: "the keys are missing or not the right ones; see PAENZ_KEY_FILE and PAENZ_KEYS.",
    Missing.UNREADABLE: "the store is damaged or of another version; see paenz check.",
}


@dataclass(frozen=True, slots=True)
class Found:
    log: Log = field(default_factory=Log)
    numbers: Sequence[CrisisNumber] = ()


async def looked_into(loaded: Settings) -> Found:
    """What stands in the store. It is only read: nothing is made, brought up to date or changed."""
    try:
        missing = _missing(loaded)
        return _nothing(missing) if missing else await _read(loaded.store, loaded.key_place)
    except (masterkey.KeyFileError, ConfigError):
        return _nothing(Missing.NO_KEYS)
    except (StoreError, DBAPIError, Shredded, Tampered):
        return _nothing(Missing.UNREADABLE)


def _missing(loaded: Settings) -> Missing | None:
    keys = loaded.key_place
    if not Path(database_path(loaded.store)).exists():
        return Missing.NO_STORE
    return None if keys.file.exists() and keys.database.exists() else Missing.NO_KEYS


async def _read(url: str, keys: Keys) -> Found:
    with closing(Keyring(keys)) as keyring:
        archive = await Archive.open(url, keyring)
        try:
            return await archive.read(_found)
        finally:
            await archive.close()


def _found(store: Store) -> Found:
    return Found(Log(store.incidents.all()), store.agency.numbers())


def _nothing(why: Missing) -> Found:
    return Found(Log(missing=why))
