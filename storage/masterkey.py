"""The master key: 32 random bytes in a file that only its owner may read. Everything hangs on it."""

import base64
import fcntl
import os
import secrets
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

BYTES = 32
READABLE_BY_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyFileError(Exception):
    """The key file can't be used; the text says what to do and never what is in it."""


def make(path: Path) -> None:
    """Makes a new master key, readable by its owner alone. Raises KeyFileError where a file already is."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        _write(path, [secrets.token_bytes(BYTES)], os.O_EXCL)
    except FileExistsError:
        raise KeyFileError(f"there is a key already at {path}; it is left as it is") from None


def read(path: Path) -> list[bytes]:
    """The master keys, the current one first; behind it the one before, once they were exchanged.

    Raises KeyFileError when there is none, when others may read it, or when it is damaged.
    """
    try:
        if others_may_read(path):
            raise KeyFileError(f"others may read the key at {path}; run: chmod 0400 {path}")
        lines = path.read_text(encoding="ascii").split()
        keys = [base64.urlsafe_b64decode(line) for line in lines]
    except FileNotFoundError:
        raise KeyFileError(f"there is no key at {path}; paenz setup makes one") from None
    except (OSError, ValueError):
        raise KeyFileError(f"the key at {path} can't be read") from None
    if not keys or any(len(key) != BYTES for key in keys):
        raise KeyFileError(f"the key at {path} is damaged; take it from its second copy")
    return keys


def replace(path: Path, keys: Sequence[bytes]) -> None:
    """Puts these keys in the place of the others, all at once."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    _write(fresh, keys, os.O_EXCL)
    if os.geteuid() == 0:
        shutil.chown(fresh, path.stat().st_uid, path.stat().st_gid)  # the bot's own account reads it too
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Only one at a time exchanges what lies in this folder. Raises KeyFileError when somebody else does."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        _hold(handle)
        yield
    finally:
        os.close(handle)


def _hold(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise KeyFileError("somebody else is exchanging the keys just now; nothing was done") from None


def others_may_read(path: Path) -> bool:
    """Whether anybody but the owner may. systemd hands a service its credentials by an access list, which looks
    like a right of the group: there it is none. Raises OSError when the file is not there.
    """
    handed = os.environ.get("CREDENTIALS_DIRECTORY")
    within = handed is not None and path.absolute().is_relative_to(handed)
    forbidden = READABLE_BY_OTHERS & ~stat.S_IRGRP if within else READABLE_BY_OTHERS
    return bool(path.stat().st_mode & forbidden)


def _write(path: Path, keys: Sequence[bytes], flag: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | flag, 0o400)
    with os.fdopen(handle, "wb") as file:
        file.write(b"".join(base64.urlsafe_b64encode(key) + b"\n" for key in keys))
        file.flush()
        os.fsync(file.fileno())
