"""Copies of the keys: few and young, since a key that was destroyed lives on in each copy older than that.

The master key is not among them. Its second copy is made once, by hand, and lies where nothing else of ours does.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from storage.backup import harden, made_at, plainly, remove
from storage.keyring import Keyring, Keys
from storage.masterkey import KeyFileError
from storage.migrate import settle

YOUNGEST_GONE = timedelta(days=7)
NAME = "keys-%Y%m%d-%H%M%S.db"


def copied(keyring: Keyring, folder: Path, now: datetime) -> Path:
    """Copies the wrapped keys into the folder and removes copies older than 7 days; where the new one lies.

    Raises KeyFileError when it can't be made or does not open.
    """
    target = folder / f"{now.astimezone(UTC):{NAME}}"
    part = target.with_name(f"{target.name}.part")
    try:
        remove(part)
        keyring.copy_into(part)
        harden(part)
        _open_once(Keys(keyring.where.file, part), keyring)
        part.replace(target)
        settle(folder)
        for old in outdated(folder, now):
            _overwrite(old)
    except (sqlcipher.Error, OSError) as error:
        remove(part)
        raise KeyFileError(f"the keys could not be copied: {plainly(error)}") from None
    return target


def outdated(folder: Path, now: datetime) -> list[Path]:
    """Copies that must not be kept any longer."""
    copies = [(file, made_at(file, NAME)) for file in sorted(folder.iterdir())]
    return [file for file, at in copies if at is not None and now - at >= YOUNGEST_GONE]


def _open_once(where: Keys, keyring: Keyring) -> None:
    copy = Keyring(where)
    try:
        if copy.holders() != keyring.holders():
            raise KeyFileError("the copy of the keys is not whole; nothing was kept")
    finally:
        copy.close()


def _overwrite(file: Path) -> None:
    """Zeros first: on many disks that reaches further than taking the name away."""
    with file.open("r+b") as old:
        old.write(bytes(file.stat().st_size))
        old.flush()
        os.fsync(old.fileno())
    file.unlink()
