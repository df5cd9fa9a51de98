"""Every key there is, each wrapped by the master key, in a file of its own that no backup of the store holds.

A key belongs to a holder: "family:ID", "person:ID", "house", "day:2026-11-24". Destroying a holder's keys is
how erasure reaches copies that nobody can delete any more.
"""

import secrets
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from storage import masterkey
from storage.file import Raw

ID_BYTES = 8
MOST_USES = 2**32  # random nonces of 96 bits stay unique that long; then the holder gets a new key
TRIES = 3  # the master key may be exchanged while we read
_SHAPE = """
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS keys (
    id BLOB PRIMARY KEY, holder TEXT NOT NULL, wrapped BLOB NOT NULL, made INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS keys_by_holder ON keys (holder, made);
CREATE TABLE IF NOT EXISTS masters (generation INTEGER NOT NULL) STRICT;
INSERT INTO masters SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM masters);
COMMIT;
"""


class Shredded(LookupError):  # noqa: N818 - what it says
    """The key to this was destroyed on purpose, or never stood in this key file."""


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


class Keyring:
    """The open key file. Safe to ask from several threads; several processes see each other's changes."""

    def __init__(self, where: Keys) -> None:
        """Raises masterkey.KeyFileError when a file is missing, damaged, or does not fit the other."""
        self.where = where
        self._lock = threading.RLock()
        self._masters = [_wrapping(master) for master in masterkey.read(where.file)]
        self._by_id: dict[bytes, Key] = {}
        self._current: dict[str, Key] = {}
        self._seen = -1
        self._raw = _opened(where.database)
        try:
            self._load()
        except BaseException:
            self._raw.close()
            raise

    def close(self) -> None:
        self._raw.close()

    def current(self, holder: str) -> Key:
        """The key with which a holder's things are sealed now; made, and safe on disk, when there is none."""
        found = self._current.get(holder)
        if found is not None and found.uses < MOST_USES:
            return found
        return self.renew(holder) if found is not None else self._first(holder)

    def by_id(self, id: bytes) -> Key:
        """Raises Shredded when there is none of that id any more."""
        found = self._by_id.get(id)
        if found is None:
            self.follow()
            found = self._by_id.get(id)
        if found is None:
            raise Shredded(id.hex())
        return found

    def follow(self) -> None:
        """Takes in what other processes have changed. Asked within each transaction that writes to the store:
        what is sealed in it is then sealed with the key that whoever exchanges keys takes for the current one.
        """
        with self._lock:
            if self._raw.execute("PRAGMA data_version").fetchone()[0] != self._seen:
                self._load()

    def renew(self, holder: str) -> Key:
        """A new key for what is sealed from now on; what was sealed before stays readable."""
        with self._lock:
            with self._writing():
                key = self._added(holder)
            return self._known(key)

    def keys_of(self, holder: str) -> list[bytes]:
        """The ids of a holder's keys, the current one last."""
        with self._lock:
            rows = self._raw.execute("SELECT id FROM keys WHERE holder = ? ORDER BY made", (holder,))
            return [row[0] for row in rows]

    def holders(self, kind: str = "") -> list[str]:
        """Whose keys there are, such as all that begin with "day:"."""
        with self._lock:
            rows = self._raw.execute("SELECT DISTINCT holder FROM keys ORDER BY holder").fetchall()
        return [row[0] for row in rows if row[0].startswith(kind)]

    def destroy(self, holder: str) -> int:
        """Destroys all keys of a holder for good; how many. Doing it twice does no harm."""
        ids = self.keys_of(holder)
        self._destroy(ids)
        return len(ids)

    def destroy_key(self, id: bytes) -> None:
        """Destroys one key for good: zeros are written over it in the file."""
        self._destroy([id])

    def _destroy(self, ids: Iterable[bytes]) -> None:
        with self._lock:
            with self._writing():
                self._raw.executemany("DELETE FROM keys WHERE id = ?", [(id,) for id in ids])
            self._load()

    def copy_into(self, file: Path) -> None:
        """A copy of all wrapped keys, as they are at one moment; the master key is not in it."""
        with self._lock:
            self._raw.execute("VACUUM INTO ?", (str(file),))

    def exchange_master(self) -> int:
        """Wraps every key with a new master key, while others work; how many keys.

        Killed at any moment, the key file holds what opens either state. The master key before stays in the
        file until the next exchange: the copies of the last days, and a bot that got its key as a credential
        when it started, still have it. Whoever fears for the old one exchanges twice.
        """
        before = masterkey.read(self.where.file)
        new = secrets.token_bytes(masterkey.BYTES)
        masterkey.replace(self.where.file, [new, *before])
        count = self._wrap_anew()
        masterkey.replace(self.where.file, [new, before[0]])
        return count

    def _wrap_anew(self) -> int:
        with self._lock, self._writing():
            self._read_masters()
            rows = self._raw.execute("SELECT id, wrapped FROM keys").fetchall()
            fresh = [(aes_key_wrap(self._masters[0], self._unwrapped(wrapped)), id) for id, wrapped in rows]
            self._raw.executemany("UPDATE keys SET wrapped = ? WHERE id = ?", fresh)
            self._raw.execute("UPDATE masters SET generation = generation + 1")
        return len(fresh)

    def _first(self, holder: str) -> Key:
        with self._lock:
            self.follow()
            known = self._current.get(holder)
            if known is not None:
                return known
            with self._writing():
                rows = self._raw.execute("SELECT 1 FROM keys WHERE holder = ?", (holder,)).fetchall()
                key = None if rows else self._added(holder)
            if key is None:  # another process was first
                self._load()
                return self._current[holder]
            return self._known(key)

    def _added(self, holder: str) -> Key:
        key = Key(secrets.token_bytes(ID_BYTES), holder, AESGCM.generate_key(256))
        made = self._raw.execute("SELECT coalesce(max(made), 0) + 1 FROM keys").fetchone()[0]
        row = (key.id, holder, aes_key_wrap(self._masters[0], key.raw), made)
        self._raw.execute("INSERT INTO keys VALUES (?, ?, ?, ?)", row)
        return key

    def _known(self, key: Key) -> Key:
        """Only now that it is safe on disk may anybody seal with it."""
        self._by_id[key.id] = self._current[key.holder] = key
        return key

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._raw.execute("BEGIN IMMEDIATE")
        try:
            self._read_masters()
            yield
            self._raw.execute("COMMIT")
        except BaseException:
            if self._raw.in_transaction:
                self._raw.execute("ROLLBACK")
            raise

    def _load(self) -> None:
        """Both maps anew, from one look at the file; what was known already is not unwrapped again."""
        for attempt in range(1, TRIES + 1):
            seen = self._raw.execute("PRAGMA data_version").fetchone()[0]
            rows = self._raw.execute("SELECT id, holder, wrapped FROM keys ORDER BY made").fetchall()
            try:
                by_id = {
                    id: self._by_id.get(id) or Key(id, holder, self._unwrapped(wrapped))
                    for id, holder, wrapped in rows
                }
            except masterkey.KeyFileError:
                if attempt == TRIES:
                    raise
                self._read_masters()
                continue
            self._by_id, self._current = by_id, {key.holder: key for key in by_id.values()}
            self._seen = seen
            return

    def _read_masters(self) -> None:
        """Another process may have exchanged the master key."""
        self._masters = [_wrapping(master) for master in masterkey.read(self.where.file)]

    def _unwrapped(self, wrapped: bytes) -> bytes:
        for master in self._masters:
            try:
                return aes_key_unwrap(master, wrapped)
            except InvalidUnwrap:
                continue
        raise masterkey.KeyFileError(f"the key at {self.where.file} is not the one these keys were made with")


def _wrapping(master: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"paenz wraps keys").derive(master)


def _opened(database: Path) -> Raw:
    """The connection to the keys' file. An empty one in its place would lock everybody out, so none is made."""
    if not database.exists():
        raise masterkey.KeyFileError(f"there are no keys at {database}; bring them back from their copy")
    try:
        raw = _connected(database)
        raw.execute("SELECT generation FROM masters").fetchone()
    except (sqlcipher.Error, OSError):
        raise masterkey.KeyFileError(
            f"the keys at {database} can't be read; bring them back from their copy"
        ) from None
    return raw


def _connected(database: Path) -> Raw:
    raw = sqlcipher.connect(str(database), isolation_level=None, check_same_thread=False)
    if database.stat().st_mode & masterkey.READABLE_BY_OTHERS:
        database.chmod(0o600)
    for pragma in ("journal_mode=TRUNCATE", "synchronous=EXTRA", "secure_delete=ON", "busy_timeout=5000"):
        raw.execute(f"PRAGMA {pragma}")
    return raw


def opened(where: Keys) -> Keyring:
    """The keyring, made first where there is none at all: for the demo and for setup.

    Raises masterkey.KeyFileError where one half is there and the other is missing.
    """
    fresh = not where.database.exists()
    if not where.file.exists():
        if not fresh:
            raise masterkey.KeyFileError(
                f"there are keys at {where.database} and no master key at {where.file}"
            )
        masterkey.make(where.file)
    if fresh:
        where.database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        raw = _connected(where.database)
        raw.executescript(_SHAPE)
        raw.close()
    return Keyring(where)
