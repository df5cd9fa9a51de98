"""Copies of the store: made beside a running bot, emptied of what soon goes anyway, looked through, and thinned out.

A copy stays encrypted as the store is, and what is erased later can't be read in it any more: the keys are gone.
"""

import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.file import Error, Raw, StoreError, damage, open_file
from storage.migrate import settle
from storage.tables import metadata

DAILY, WEEKLY = 14, 8  # how many days and weeks have a copy
OLDEST = timedelta(days=60)  # no copy is kept longer; keys that were exchanged are destroyed after that
NAME = "paenz-%Y%m%d-%H%M%S.db"
ATTEMPTS = 3
# what is under way: in a copy it would outlive its time, and after a restore it would be nobody's
EMPTIED = ("covers", "deliveries", "dialogues", "guesses", "traces")
EMPTYING = (
    *(f"DELETE FROM {table}" for table in EMPTIED),  # noqa: S608 - our own tables' names
    "UPDATE updates SET raw = x'', sender = NULL, state = 'done'",
)
Counts = dict[str, int]


def name_of(now: datetime) -> str:
    """The file name of a copy made at that moment (UTC)."""
    return f"{now.astimezone(UTC):{NAME}}"


def copied(store: str, key: bytes, target: Path) -> None:
    """Makes a copy of the store, which may be in use. Raises StoreError when it can't be made or is not whole.

    Nothing stands at `target` before the copy has been looked through.
    """
    part = target.with_name(f"{target.name}.part")
    remove(part)
    try:
        _copy(store, key, part)
        harden(part)
        part.replace(target)
        settle(target.parent)
    except (Error, OSError) as error:
        remove(part)
        raise StoreError(f"the copy could not be made: {plainly(error)}") from None
    except BaseException:
        remove(part)
        raise


def _copy(store: str, key: bytes, part: Path) -> None:
    raw = open_file(store, key)
    try:
        for _ in range(ATTEMPTS):
            remove(part)
            before = counts(raw)
            raw.execute("VACUUM INTO ?", (str(part),))
            after = counts(raw)
            if _emptied(part, key, before, after):
                return
    finally:
        raw.close()
    raise StoreError("the copy does not hold what the store holds; nothing was kept")


def _emptied(part: Path, key: bytes, before: Counts, after: Counts) -> bool:
    """Empties the copy and looks through it. False when it holds more or fewer rows than the store did."""
    copy = open_file(str(part), key)
    try:
        held = counts(copy)
        if not all(
            min(before[name], after[name]) <= held[name] <= max(before[name], after[name]) for name in held
        ):
            return False
        for change in EMPTYING:
            copy.execute(change)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        _look_through(copy, held)
    finally:
        copy.close()
    return True


def _look_through(copy: Raw, held: Counts) -> None:
    found = damage(copy)
    if found:
        raise StoreError(f"the copy is damaged ({found[0]}); nothing was kept")
    wanted = held | dict.fromkeys(EMPTIED, 0)
    if counts(copy) != wanted:
        raise StoreError("the copy does not hold what the store holds; nothing was kept")


def counts(raw: Raw) -> Counts:
    """How many rows each table has."""
    there = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    tables = [name for name in metadata.tables if name in there]
    return {name: raw.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}  # noqa: S608 - as above


def made_at(file: Path, name: str = NAME) -> datetime | None:
    """When a copy with such a name was made, read off it; None for any other file."""
    try:
        return datetime.strptime(file.name, name).replace(tzinfo=UTC)
    except ValueError:
        return None


def kept(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """Which copies stay: the newest of each of the last days and weeks that have one, none older than 60 days."""
    young = sorted((one for one in moments if now - one < OLDEST), reverse=True)
    days = {one.date(): one for one in reversed(young)}
    weeks = {one.isocalendar()[:2]: one for one in reversed(young)}
    last_days, last_weeks = sorted(days)[-DAILY:], sorted(weeks)[-WEEKLY:]
    return {days[day] for day in last_days} | {weeks[week] for week in last_weeks}


def thinned_out(folder: Path, now: datetime) -> list[Path]:
    """Removes copies that are not kept any longer; which."""
    copies = {file: at for file in folder.iterdir() if (at := made_at(file)) is not None}
    stay = kept(copies.values(), now)
    gone = [file for file, at in copies.items() if at not in stay]
    for file in gone:
        file.unlink()
    return sorted(gone)


def forgotten_asides(store: Path, now: datetime) -> list[Path]:
    """Removes what a restore has put aside, as soon as a copy of that age would go; which."""
    asides = store.parent.glob(f"{store.name}.before-*")
    gone = [file for file in asides if now.timestamp() - file.stat().st_mtime >= OLDEST.total_seconds()]
    for file in gone:
        file.unlink()
    return gone


def harden(file: Path) -> None:
    """Makes a file its owner's alone, and sure to be on disk."""
    file.chmod(0o600)
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(file: Path) -> None:
    """Removes a database and what may lie beside it."""
    for rest in ("", "-wal", "-shm", "-journal"):
        Path(f"{file}{rest}").unlink(missing_ok=True)


def plainly(error: Exception) -> str:
    """What an operator can do something about."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
