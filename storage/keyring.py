"""Every key there is, each wrapped by the master key, in a file of its own that no backup of the store holds.

A key belongs to a holder: "family:ID", "person:ID", "house", "day:2026-11-24". Destroying a holder's keys is
how erasure reaches copies that nobody can delete any more.
"""

import logging
import secrets
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_wrap

from storage import keyfile, masterkey
from storage.keyfile import Key
from storage.keyfile import Keys as Keys
from storage.masters import KeysUnwell as KeysUnwell
from storage.masters import Master, Masters, told_as_unwell

log = logging.getLogger("paenz.storage")
ID_BYTES = 8
MOST_USES = 2**32  # random nonces of 96 bits stay unique that long; then the holder gets a new key
TRIES = 3  # the master key may be exchanged while we read


class Shredded(LookupError):  # noqa: N818 - what it says
    """The key to this was destroyed on purpose, or never stood in this key file."""


class Keyring:
    """The open key file. Safe to ask from several threads; several processes see each other's changes."""

    def __init__(self, where: Keys) -> None:
        """Raises masterkey.KeyFileError when a file is missing, damaged, or does not fit the other."""
        self.where = where
        self._lock = threading.RLock()
        self._masters = Masters(where.file)
        self._by_id: dict[bytes, Key] = {}
        self._current: dict[str, Key] = {}
        self._locked: set[bytes] = set()  # wrapped by a master that is not at hand
        self._stale = False
        self._seen = -1
        self._raw = keyfile.connected_to(where.database)
        try:
            self._load()
            self._all_open()
        except BaseException:
            self._raw.close()
            raise

    def _all_open(self) -> None:
        if self._locked:  # whoever starts brings the master of today: nothing is inherited yet
            raise self._needs_another_master()

    def close(self) -> None:
        self._raw.close()

    def current(self, holder: str) -> Key:
        """The key with which a holder's things are sealed now; made, and safe on disk, when there is none.

        Raises KeysUnwell when none can be made now, or when it can't be told which one is current.
        """
        if self._stale:
            self._take_in()
        found = self._current.get(holder)
        if found is not None and found.uses < MOST_USES:
            return found
        return self.renew(holder) if found is not None else self._first(holder)

    def by_id(self, id: bytes) -> Key:
        """Raises Shredded when there is none of that id any more, KeysUnwell when that can't be known now."""
        found = self._by_id.get(id)
        if found is None:
            self._take_in()
            found = self._by_id.get(id)
        if found is None:
            if id in self._locked:
                raise self._needs_another_master()
            raise Shredded(id.hex())
        return found

    def follow(self) -> None:
        """Takes in what other processes have changed. Asked within each transaction that writes to the store:
        what is sealed in it is then sealed with the key that whoever exchanges keys takes for the current one.

        Never raises: where it fails, reading goes on with what is known, and only whoever must seal hears of it.
        """
        try:
            self._take_in()
        except KeysUnwell as error:
            if not self._stale:
                log.error("%s", error)  # noqa: TRY400 - the text says all
            self._stale = True

    def _take_in(self) -> None:
        with self._lock, told_as_unwell(self.where.database):
            if self._locked or self._raw.execute("PRAGMA data_version").fetchone()[0] != self._seen:
                self._load()
            self._stale = False

    def renew(self, holder: str) -> Key:
        """A new key for what is sealed from now on; what was sealed before stays readable."""
        with self._lock:
            with self._writing():
                key = self._added(holder)
            return self._known(key)

    def keys_of(self, holder: str) -> list[bytes]:
        """The ids of a holder's keys, the current one last."""
        with self._lock, told_as_unwell(self.where.database):
            rows = self._raw.execute("SELECT id FROM keys WHERE holder = ? ORDER BY made", (holder,))
            return [row[0] for row in rows]

    def holders(self, kind: str = "") -> list[str]:
        """Whose keys there are, such as all that begin with "day:"."""
        with self._lock, told_as_unwell(self.where.database):
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
            with told_as_unwell(self.where.database):
                self._load()

    def copy_into(self, file: Path) -> None:
        """A copy of all wrapped keys, as they are at one moment; no master key is in it, nor the way to one."""
        with self._lock:
            self._raw.execute("VACUUM INTO ?", (str(file),))
        with closing(keyfile.connected(file)) as copy:
            copy.execute("DROP TABLE IF EXISTS heirs")

    def exchange_master(self, *, heir: bool = True) -> int:
        """Wraps every key with a new master key, while others work; how many keys.

        Killed at any moment, the key file holds what opens either state. The master key before stays in the
        file until the next exchange, for the copies of the last days. A running bot got its master as a
        credential when it started and can't read ours: the new one is left to it in the keys' file, wrapped
        by the old one, until the next exchange and in no copy. So until then the old master, together with
        the keys' live file, opens what is sealed after the exchange too; whoever has both had all keys until
        now anyway. Whoever fears for the old one leaves no heir, and starts the bot anew at once.

        Raises KeyFileError when somebody else exchanges at this moment; nothing was done then.
        """
        with masterkey.held(self.where.database.parent):
            before = masterkey.read(self.where.file)
            new = secrets.token_bytes(masterkey.BYTES)
            masterkey.replace(self.where.file, [new, *before])
            count = self._wrap_anew(new, heir=heir)
            after = masterkey.read(self.where.file)
            if after[0] == new:
                masterkey.replace(self.where.file, [new, before[0]])
            elif (
                new not in after
            ):  # put there by hand meanwhile: nothing of it may be lost, and nothing of ours
                masterkey.replace(self.where.file, [*after, new])
            return count

    def _wrap_anew(self, raw: bytes, *, heir: bool) -> int:
        new = Master.of(raw)
        with self._lock, self._writing():
            rows = self._raw.execute("SELECT id, wrapped FROM keys").fetchall()
            opened = [(*self._unwrapped(wrapped), id) for id, wrapped in rows]
            fresh = [(aes_key_wrap(new.wraps, key), id) for _, key, id in opened]
            self._raw.executemany("UPDATE keys SET wrapped = ? WHERE id = ?", fresh)
            self._raw.execute("UPDATE masters SET generation = generation + 1")
            self._raw.execute("CREATE TABLE IF NOT EXISTS heirs (wrapped BLOB NOT NULL) STRICT")
            self._raw.execute("DELETE FROM heirs")
            left = {master.leaves(raw) for master, _, _ in opened if heir}
            self._raw.executemany("INSERT INTO heirs VALUES (?)", [(one,) for one in left])
        return len(fresh)

    def _first(self, holder: str) -> Key:
        with self._lock:
            self._take_in()
            known = self._current.get(holder)
            if known is not None:
                return known
            with self._writing():
                rows = self._raw.execute("SELECT 1 FROM keys WHERE holder = ?", (holder,)).fetchall()
                key = None if rows else self._added(holder)
            if key is not None:
                return self._known(key)
            with told_as_unwell(self.where.database):  # another process was first
                self._load()
            if holder not in self._current:
                raise self._needs_another_master()
            return self._current[holder]

    def _added(self, holder: str) -> Key:
        key = Key(secrets.token_bytes(ID_BYTES), holder, AESGCM.generate_key(256))
        made = self._raw.execute("SELECT coalesce(max(made), 0) + 1 FROM keys").fetchone()[0]
        row = (key.id, holder, aes_key_wrap(self._master_of_today().wraps, key.raw), made)
        self._raw.execute("INSERT INTO keys VALUES (?, ?, ?, ?)", row)
        return key

    def _known(self, key: Key) -> Key:
        """Only now that it is safe on disk may anybody seal with it."""
        self._by_id[key.id] = self._current[key.holder] = key
        return key

    def _master_of_today(self) -> Master:
        """The one all others wrap with too: what is wrapped with an older one might open to nobody one day."""
        row = self._raw.execute("SELECT wrapped FROM keys ORDER BY made LIMIT 1").fetchone()
        return self._unwrapped(row[0])[0] if row else self._masters.first

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with told_as_unwell(self.where.database):
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
        """Both maps anew, from one look at the file; what was known already is not unwrapped again.

        A key whose master is not at hand stays locked, and its holder's older keys are not taken for current.
        """
        for _ in range(TRIES):
            seen = self._raw.execute("PRAGMA data_version").fetchone()[0]
            rows = self._raw.execute("SELECT id, holder, wrapped FROM keys ORDER BY made").fetchall()
            if self._seen != -1:
                self._masters.inherit(self._heirs())
            found = {id: self._by_id.get(id) or self._opened_key(id, *row) for id, *row in rows}
            by_id = {id: key for id, key in found.items() if key is not None}
            newest = {holder: id for id, holder, _ in rows}
            self._locked = found.keys() - by_id.keys()
            self._by_id = by_id
            self._current = {holder: by_id[id] for holder, id in newest.items() if id in by_id}
            if not self._locked:
                break
            self._masters.read_anew(self.where.file)
        self._seen = seen

    def _opened_key(self, id: bytes, holder: str, wrapped: bytes) -> Key | None:
        found = self._masters.unwrap(wrapped)
        return Key(id, holder, found[1]) if found else None

    def _heirs(self) -> list[bytes]:
        if not self._raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'heirs'").fetchone():
            return []  # the master was never exchanged
        return [row[0] for row in self._raw.execute("SELECT wrapped FROM heirs")]

    def _read_masters(self) -> None:
        """Another process may have exchanged the master key."""
        self._masters.read_anew(self.where.file)
        self._masters.inherit(self._heirs())

    def _unwrapped(self, wrapped: bytes) -> tuple[Master, bytes]:
        found = self._masters.unwrap(wrapped)
        if found is None:
            raise self._needs_another_master()
        return found

    def _needs_another_master(self) -> KeysUnwell:
        return KeysUnwell(
            f"the key at {self.where.file} is not the one these keys were made with; start the bot anew"
        )


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
        raw = keyfile.connected(where.database)
        raw.executescript(keyfile.SHAPE)
        raw.close()
    return Keyring(where)
