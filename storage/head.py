"""The journal's head, told outside the store: what was cut off there would be missed here."""

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

DIGITS = 20


@dataclass(frozen=True, slots=True)
class HeadLine:
    """The number and the mark of the newest line."""

    id: int
    mac: bytes


class Head:
    """One short line in a file: number and mark, always of the same length, so that a write replaces it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def put(self, line: HeadLine) -> None:
        """Called after each commit; it may lag behind after a power cut, and never runs ahead.

        It never goes back either: an older copy of the store, put in its place, would be missed here.
        """
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            known = os.pread(handle, DIGITS, 0)
            if not known.isdigit() or int(known) < line.id:
                os.pwrite(handle, f"{line.id:0{DIGITS}d} {line.mac.hex()}\n".encode(), 0)
        finally:
            os.close(handle)

    def forget(self) -> None:
        """The store was put back from a backup on purpose: what it ends with now counts from here on."""
        self._path.unlink(missing_ok=True)

    def get(self) -> HeadLine | None:
        """None when there has never been a line. Raises ValueError when the file is damaged."""
        try:
            number, mac = self._path.read_text(encoding="ascii").split()
        except FileNotFoundError:
            return None
        return HeadLine(int(number), bytes.fromhex(mac))
