"""What the store that a copy replaces still knows: who is erased already, who lives discreetly, who waits for help."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfile

from sqlalchemy import bindparam, select
from sqlalchemy.exc import DBAPIError

from storage.backup import harden, remove
from storage.erasure import DESTROY
from storage.file import Error, StoreError, core_engine, open_file
from storage.records import AlarmState
from storage.store import Store
from storage.tables import alarms, people, timers
from storage.vault import Vault

SOON = timedelta(days=1)
# an erasure owes the keys' end at once; what is owed later is kept for copies such as this one
_owed = select(timers.c.scope).where(timers.c.kind == DESTROY, timers.c.due_at <= bindparam("by"))
_discreet = select(people.c.id).where(people.c.discreet == 1)
_open = select(alarms.c.id, alarms.c.number).where(alarms.c.state != AlarmState.ENDED)
_known_alarm = select(alarms.c.id).where(alarms.c.id == bindparam("id"))


@dataclass(frozen=True, slots=True)
class Replaced:
    """What must not be lost with a store: holders whose rows are gone and whose keys are not yet, the ids of
    those who live discreetly, and the number of each alarm that has not ended, by its id.
    """

    erased: tuple[str, ...] = ()
    discreet: tuple[str, ...] = ()
    alarms: tuple[tuple[str, int], ...] = ()


def looked_into(store: Path, vault: Vault, now: datetime) -> Replaced | None:
    """Looks into a copy of the store, so that the store stays as it is; None when it can't be read."""
    if not store.exists():
        return Replaced()
    try:
        with _opened(store, vault) as old:
            return _found(old, now)
    except (StoreError, Error, DBAPIError, OSError):
        return None


def carried_over(before: Replaced, store: Store) -> tuple[int, ...]:
    """Who lived discreetly still does; the numbers of the alarms that this store does not have."""
    for id in before.discreet:
        store.people.set_discreet(id, True)
    return tuple(
        number
        for id, number in before.alarms
        if store.connection.execute(_known_alarm, {"id": id}).first() is None
    )


def _found(old: Store, now: datetime) -> Replaced:
    owed = old.connection.execute(_owed, {"by": now + SOON}).scalars()
    return Replaced(
        erased=tuple(holder for holder in owed if not old.erasure.is_there(holder)),
        discreet=tuple(old.connection.execute(_discreet).scalars()),
        alarms=tuple((row.id, row.number) for row in old.connection.execute(_open.order_by(alarms.c.number))),
    )


@contextmanager
def _opened(store: Path, vault: Vault) -> Iterator[Store]:
    looked_at = store.with_name(f"{store.name}.looked-at")
    try:
        for rest in ("", "-wal"):
            if Path(f"{store}{rest}").exists():
                copyfile(f"{store}{rest}", f"{looked_at}{rest}")
                harden(Path(f"{looked_at}{rest}"))
        raw = open_file(str(looked_at), vault.store_key)
        engine = core_engine(lambda: raw, "BEGIN")
        try:
            with engine.connect() as connection:
                yield Store(connection, vault)
        finally:
            engine.dispose()
            raw.close()
    finally:
        remove(looked_at)
