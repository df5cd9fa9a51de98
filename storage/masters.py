"""The masters at hand: those in the key file, and those an exchange left to whoever holds the one before."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from storage import masterkey
from storage.masterkey import KeyFileError


class KeysUnwell(KeyFileError):  # noqa: N818 - what it says
    """The keys can't be reached just now: nothing is lost, and what needed them may be tried again."""


@dataclass(frozen=True, slots=True)
class Master:
    """What a master key is used for, each with a key of its own."""

    wraps: bytes = field(repr=False)
    bequeaths: bytes = field(repr=False)

    @classmethod
    def of(cls, raw: bytes) -> "Master":
        return cls(_derived(raw, b"paenz wraps keys"), _derived(raw, b"paenz leaves the next master"))

    def unwrap(self, wrapped: bytes) -> bytes | None:
        return _unwrapped(self.wraps, wrapped)

    def leaves(self, next_raw: bytes) -> bytes:
        """The next master, for whoever holds this one."""
        return aes_key_wrap(self.bequeaths, next_raw)


class Masters:
    """Every master this process may use. What it knows it never forgets while the file can't be read."""

    def __init__(self, file: Path) -> None:
        """Raises KeyFileError as masterkey.read does."""
        self._in_file = [Master.of(raw) for raw in masterkey.read(file)]
        self._left: list[Master] = []

    @property
    def first(self) -> Master:
        return self._in_file[0]

    def read_anew(self, file: Path) -> None:
        """Another process may have exchanged the file. One that can't be read changes nothing."""
        try:
            self._in_file = [Master.of(raw) for raw in masterkey.read(file)]
        except KeyFileError:
            return

    def inherit(self, heirs: Iterable[bytes]) -> None:
        """Takes in the next masters that were left to one we hold."""
        for heir in heirs:
            for master in [*self._in_file, *self._left]:
                raw = _unwrapped(master.bequeaths, heir)
                if raw is not None and (next_one := Master.of(raw)) not in self._left:
                    self._left.append(next_one)

    def unwrap(self, wrapped: bytes) -> tuple[Master, bytes] | None:
        """The key and the master that wrapped it; None when none of ours did."""
        for master in [*self._in_file, *self._left]:
            raw = master.unwrap(wrapped)
            if raw is not None:
                return master, raw
        return None


@contextmanager
def told_as_unwell(database: Path) -> Iterator[None]:
    """Whatever the driver says of the keys' file, in one word for all who wait for it."""
    try:
        yield
    except sqlcipher.Error as error:
        raise KeysUnwell(f"the keys at {database} can't be used just now: {error}") from None


def _derived(raw: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=purpose).derive(raw)


def _unwrapped(key: bytes, wrapped: bytes) -> bytes | None:
    try:
        return aes_key_unwrap(key, wrapped)
    except InvalidUnwrap:
        return None
