"""Brings a store up to the shape of storage/tables: one Alembic chain for every database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO

import sqlcipher3.dbapi2 as sqlcipher
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection

from storage.file import Error, StoreError, core_engine, database_path, is_plain, open_file
from storage.keyring import Keyring
from storage.vault import Vault


def settings(connection: Connection | None = None, vault: Vault | None = None) -> Config:
    """Alembic's settings for an open store; there is no alembic.ini."""
    chain = Config()
    chain.set_main_option("script_location", str(files("storage") / "migrations"))
    chain.attributes["connection"] = connection
    chain.attributes["vault"] = vault
    return chain


def upgrade(url: str, keyring: Keyring) -> None:
    """Runs every migration the store lacks. Creates the file and its folder, and seals a file that was plain.

    Raises StoreError when the store can't be opened with these keys, or was made by a newer version.
    """
    path, vault = database_path(url), Vault(keyring)
    Path(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if is_plain(path):
        encrypt(path, vault.store_key)
    with connected(path, vault) as connection:
        if _revision(connection) != _newest():
            _run(connection, vault)


def _run(connection: Connection, vault: Vault) -> None:
    try:
        command.upgrade(settings(connection, vault), "head")
    except CommandError:
        raise StoreError("the store was made by a newer version of Pänz") from None
    astray = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if astray:
        raise StoreError(f"{len(astray)} rows refer to rows that are not there, such as in {astray[0][0]}")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _newest() -> str | None:
    return ScriptDirectory.from_config(settings()).get_current_head()


def is_current(url: str, keyring: Keyring) -> bool:
    """Whether the store has every migration."""
    path = database_path(url)
    if is_plain(path):
        return False
    with connected(path, Vault(keyring)) as connection:
        return _revision(connection) == _newest()


@contextmanager
def connected(path: str, vault: Vault) -> Iterator[Connection]:
    """A connection on which the shape of tables may be changed: nobody's references hold it up."""
    raw = open_file(path, vault.store_key)
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("PRAGMA legacy_alter_table=ON")  # a table put aside leaves others' references where they are
    engine = core_engine(lambda: raw, "BEGIN IMMEDIATE")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
        raw.close()


def encrypt(path: str, key: bytes) -> None:
    """Makes a plain SQLite file an encrypted one. Killed in between, the plain file is still whole.

    Raises StoreError while anybody else has the file open, and when the disk is too full for two of them.
    """
    fresh = Path(f"{path}.sealing")
    _remove(fresh)
    try:
        _export(path, fresh, key)
    except Error as error:
        _remove(fresh)
        raise StoreError(f"the store at {path} can't be sealed: {error}") from None
    open_file(str(fresh), key).close()
    with Path(path).open("r+b") as plain:
        fresh.replace(path)
        settle(Path(path).parent)
        _zero(plain)


def _export(path: str, fresh: Path, key: bytes) -> None:
    raw = sqlcipher.connect(path, isolation_level=None)
    try:
        # only whoever has the file alone may leave the write-ahead log behind
        if raw.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
            raise StoreError(f"another program has the store at {path} open; stop it first")
        raw.execute("ATTACH DATABASE ? AS sealed KEY ?", (str(fresh), f"x'{key.hex()}'"))
        raw.execute("PRAGMA sealed.synchronous=EXTRA")
        raw.execute("SELECT sqlcipher_export('sealed')").fetchall()
        raw.execute("DETACH DATABASE sealed")
    finally:
        raw.close()


def settle(folder: Path) -> None:
    """Makes sure that the folder's names are on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(file: Path) -> None:
    for rest in ("", "-wal", "-shm", "-journal"):
        Path(f"{file}{rest}").unlink(missing_ok=True)


def _zero(plain: BinaryIO) -> None:
    """The old file has lost its name; what it held should not lie on in free blocks."""
    left = plain.seek(0, 2)
    plain.seek(0)
    while left > 0:
        left -= plain.write(bytes(min(left, 2**20)))
    plain.flush()
    os.fsync(plain.fileno())
