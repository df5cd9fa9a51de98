"""Signs of life in files beside the store: that the bot's heart beats, and when an audit last found all well."""

import os
from datetime import UTC, datetime
from pathlib import Path

from bot.clock import TOLERANCE, wall
from storage.file import database_path


def pulse_of(store: str) -> Path:
    """The file that each whole beat of the bot touches. `store` is a SQLAlchemy URL."""
    return Path(f"{database_path(store)}.pulse")


def audited_of(store: str) -> Path:
    """The file that each audit touches that has found nothing."""
    return Path(f"{database_path(store)}.audited")


def round_of(store: str) -> Path:
    """The file that each audit touches, whatever it has found."""
    return Path(f"{database_path(store)}.audit")


def feel(sign: Path, now: datetime) -> None:
    """Leaves the sign: an empty file whose time of change is now. Raises OSError."""
    os.close(os.open(sign, os.O_CREAT | os.O_WRONLY, 0o600))
    os.utime(sign, (now.timestamp(), now.timestamp()))


def felt(sign: Path) -> datetime | None:
    """When the sign was last left; None when it never was."""
    try:
        return datetime.fromtimestamp(sign.stat().st_mtime, UTC)
    except OSError:
        return None


class BotsClock:
    """What time it is for the bot that leaves this sign, which may be ahead of the wall: its time never goes back.

    The file system notes by the wall when the sign was left, the bot by its own time.
    """

    def __init__(self, sign: Path) -> None:
        self._sign = sign

    def now(self) -> datetime:
        shown = wall()
        try:
            left = self._sign.stat()
        except OSError:
            return shown
        ahead = datetime.fromtimestamp(left.st_mtime, UTC) - datetime.fromtimestamp(left.st_ctime, UTC)
        return shown + ahead if ahead > TOLERANCE else shown
