"""The keys' file: where it lies, what it looks like, how it is opened."""

from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage import masterkey
from storage.file import Raw

SHAPE = """
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS keys (
    id BLOB PRIMARY KEY, holder TEXT NOT NULL, wrapped BLOB NOT NULL, made INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS keys_by_holder ON keys (holder, made);
CREATE TABLE IF NOT EXISTS masters (generation INTEGER NOT NULL) STRICT;
INSERT INTO masters SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM masters);
COMMIT;
"""


@dataclass(frozen=True)
class Keys:
    """Where the master key and the wrapped keys lie."""

    file: Path
    database: Path

    @classmethod
    def within(cls, folder: Path) -> "Keys":
        return cls(folder / "master.key", folder / "keys.db")

    @property
    def journal_head(self) -> Path:
        """The journal's newest line, told outside the store."""
        return self.database.with_name("journal.head")


class Key:
    """One key, ready for use. `uses` counts this process's own seals only."""

    __slots__ = ("aead", "holder", "id", "raw", "uses")

    def __init__(self, id: bytes, holder: str, raw: bytes) -> None:
        self.id, self.holder, self.raw, self.uses = id, holder, raw, 0
        self.aead = AESGCM(raw)


def connected_to(database: Path) -> Raw:
    """The connection to the keys' file. An empty one in its place would lock everybody out, so none is made."""
    if not database.exists():
        raise masterkey.KeyFileError(f"there are no keys at {database}; bring them back from their copy")
    try:
        raw = connected(database)
        raw.execute("SELECT generation FROM masters").fetchone()
    except (sqlcipher.Error, OSError):
        raise masterkey.KeyFileError(
            f"the keys at {database} can't be read; bring them back from their copy"
        ) from None
    return raw


def connected(database: Path) -> Raw:
    raw = sqlcipher.connect(str(database), isolation_level=None, check_same_thread=False)
    if database.stat().st_mode & masterkey.READABLE_BY_OTHERS:
        database.chmod(0o600)
    for pragma in ("journal_mode=TRUNCATE", "synchronous=EXTRA", "secure_delete=ON", "busy_timeout=5000"):
        raw.execute(f"PRAGMA {pragma}")
    return raw
