"""Brings a copy of the store back: looked through first, and without those who have been erased since."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import copyfile

from sqlalchemy import text

from storage.backup import EMPTYING, harden, plainly, remove
from storage.file import Error, StoreError, damage, open_file
from storage.head import Head, HeadLine
from storage.keyring import Keyring
from storage.migrate import connected, settle, upgrade
from storage.replaced import Replaced, carried_over, looked_into
from storage.store import Store
from storage.vault import Vault

ACT = "store.restored"


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: who had to be erased again, where the store lies that was there before, and the numbers
    of the alarms that had not ended there and are not in the copy.
    """

    erased_again: Collection[str]
    aside: Path | None
    lost_alarms: Collection[int] = ()
    before_was_readable: bool = True


def restored(file: Path, store: Path, keyring: Keyring, now: datetime) -> Restored:
    """Puts a copy in the store's place. Nobody may be at work on the store. Raises StoreError and changes nothing
    when the copy can't be read, is damaged, or is older than the keys reach back.
    """
    vault, fresh = Vault(keyring), store.with_name(f"{store.name}.restoring")
    try:
        remove(fresh)
        copyfile(file, fresh)
        harden(fresh)
        _look_through(fresh, vault)
        upgrade(f"sqlite:///{fresh}", keyring)
        before = looked_into(store, vault, now)
        for holder in before.erased if before else ():
            keyring.destroy(holder)  # their erasure was promised; the copy must not come before it
        erased_again, newest, lost = _settled(fresh, vault, before or Replaced(), file.name, now)
        aside = _swapped(fresh, store, now)
        head = Head(keyring.where.journal_head)
        head.forget()  # the copy ends earlier, on purpose
        head.put(newest)
    except (Error, OSError) as error:
        raise StoreError(f"the copy could not be brought back: {plainly(error)}") from None
    finally:
        remove(fresh)
    return Restored(erased_again, aside, lost, before is not None)


def _look_through(fresh: Path, vault: Vault) -> None:
    raw = open_file(str(fresh), vault.store_key)
    try:
        found = damage(raw)
    finally:
        raw.close()
    if found:
        raise StoreError(f"the copy is damaged ({found[0]}); take another one")


def _settled(
    fresh: Path, vault: Vault, before: Replaced, name: str, now: datetime
) -> tuple[list[str], HeadLine, tuple[int, ...]]:
    """What was under way is nobody's, and whoever has been erased since is erased again: their holders.

    Also the journal's newest line, which tells of it, and the numbers of the alarms that are not in the copy.
    """
    with connected(str(fresh), vault) as connection, connection.begin():
        for change in EMPTYING:
            connection.execute(text(change))
        store = Store(connection, vault)
        gone = sorted(store.sealed.unreadable())
        _check_reach(gone, vault.keyring)
        store.erasure.lost(gone, now)
        lost = carried_over(before, store)
        store.deliveries.release_all()
        store.journal.write(now, "command line", ACT, f"copy:{name}")
        if connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
            raise StoreError("the copy does not hold together any more; take another one")
        return gone, store.journal.newest_head(), lost


def _check_reach(gone: Collection[str], keyring: Keyring) -> None:
    """Who has keys and can't be read was never erased: the copy is older than the keys that were exchanged."""
    too_old = [holder for holder in gone if keyring.keys_of(holder)]
    if too_old:
        raise StoreError(f"the copy is too old: the keys of {len(too_old)} holders were exchanged since")


def _swapped(fresh: Path, store: Path, now: datetime) -> Path | None:
    """At no moment is there no store. What was there stays beside it."""
    if not store.exists():
        fresh.replace(store)
        settle(store.parent)
        return None
    aside = store.with_name(f"{store.name}.before-{now:%Y%m%d-%H%M%S}")
    aside.hardlink_to(store)
    log = Path(f"{store}-wal")
    if log.exists():
        copyfile(log, f"{aside}-wal")
        harden(Path(f"{aside}-wal"))
    # a log belongs to one file: it would be written into the other
    for rest in ("-wal", "-shm"):
        Path(f"{store}{rest}").unlink(missing_ok=True)
    fresh.replace(store)
    settle(store.parent)
    return aside
