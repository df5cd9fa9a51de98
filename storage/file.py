"""A SQLite file of ours: SQLCipher, with every promise of durability and of silence switched on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

Raw = Any  # sqlcipher3 has no types; it is sqlite3's own interface
Error = sqlcipher.Error
OLDEST = (3, 51, 3)  # before it, two connections to one file could lose a commit (sqlite.org/wal.html)
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "temp_store=MEMORY",
    "cache_size=-32768",  # 32 MB: what is not kept open would be opened again and again
    "journal_size_limit=67108864",
)
# what PRAGMAS must have led to; a driver that knows better would be found out here
KEPT = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0}


class StoreError(Exception):
    """The store can't be opened as it must be; the text says why to whoever runs the bot."""


def open_file(path: str, key: bytes | None, *, reading_only: bool = False) -> Raw:
    """A connection to the file. `key` is 32 bytes; None opens a file that was never sealed.

    Raises StoreError for a wrong key, a damaged first page, a file nobody may open, and a SQLite that can't
    be trusted.
    """
    if sqlcipher.sqlite_version_info < OLDEST:
        raise StoreError(f"SQLite {sqlcipher.sqlite_version} is too old; sqlcipher3 brings a newer one")
    try:
        raw = sqlcipher.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
    except sqlcipher.Error as error:
        raise StoreError(f"the store at {path} can't be opened: {error}") from None
    try:
        raw.execute("PRAGMA cipher_log_level = NONE")  # it writes past our log; what is wrong is raised
        if key is not None:
            raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")
        _check(raw)
    except sqlcipher.OperationalError as error:
        raw.close()
        raise StoreError(f"the store at {path} can't be opened: {error}") from None
    except sqlcipher.DatabaseError:
        raw.close()
        raise StoreError("the store can't be read: its key is another one, or it is damaged") from None
    except StoreError:
        raw.close()
        raise
    if reading_only:
        raw.execute("PRAGMA query_only=ON")
    return raw


def _check(raw: Raw) -> None:
    for name, wanted in KEPT.items():
        found = raw.execute(f"PRAGMA {name}").fetchone()[0]
        if found != wanted:
            raise StoreError(f"SQLite's {name} is {found} and must be {wanted}")


def damage(raw: Raw) -> list[str]:
    """What is wrong with the file, page by page and row by row; nothing when it is whole."""
    sealed = [row[0] for row in raw.execute("PRAGMA cipher_integrity_check")]
    shape = [row[0] for row in raw.execute("PRAGMA integrity_check(20)")]
    return sealed + [line for line in shape if line != "ok"]


def is_plain(path: str) -> bool:
    """Whether the file is a SQLite file that anybody can read. Raises StoreError when we can't look."""
    try:
        with Path(path).open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StoreError(f"the store at {path} can't be read: {error.strerror}") from None


def core_engine(connect: Callable[[], Raw], begin: str) -> Engine:
    """SQLAlchemy Core over one connection. `begin` is how each transaction starts."""
    engine = create_engine(
        "sqlite://", creator=connect, module=sqlcipher, poolclass=StaticPool, hide_parameters=True
    )

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def database_path(url: str) -> str:
    """The file behind a store's URL. Raises ValueError when it is no SQLite file."""
    try:
        parsed: URL = make_url(url)
    except ArgumentError:
        parsed = URL.create("none")
    if parsed.drivername != "sqlite" or parsed.database in {None, "", ":memory:"}:
        raise ValueError("PAENZ_STORE must be a SQLite file, such as sqlite:///var/paenz.db")
    return str(parsed.database)
