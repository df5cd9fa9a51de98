"""Exchanging keys and letting go of those nobody needs: old ones once no copy can need them, orphaned ones too."""

from datetime import UTC, date, datetime, time, timedelta

from storage.backup import OLDEST
from storage.erasure import DESTROY
from storage.store import Store
from storage.vault import HOUSE

RETIRE = "keys.retire"
NEEDED_FOR = OLDEST + timedelta(days=1)
FAMILY, PERSON, DAY = "family:", "person:", "day:"


def holders(store: Store) -> list[str]:
    """Whose keys can be exchanged: families, people and the house."""
    keyring = store.keyring
    own = [holder for kind in (FAMILY, PERSON) for holder in keyring.holders(kind)]
    return [HOUSE, *(holder for holder in own if store.erasure.is_there(holder))]


def exchanged(store: Store, holder: str, now: datetime) -> int:
    """Seals all of a holder's things with a new key; the old ones go when no copy needs them. How many things."""
    store.keyring.renew(holder)
    resealed = store.sealed.reseal(holder)
    *old, _ = store.keyring.keys_of(holder)
    for key in old:
        scope = f"{holder}:{key.hex()}"
        if store.timers.due_at(RETIRE, scope) is None:
            store.timers.set(RETIRE, scope, now + NEEDED_FOR)
    return resealed


def retire(store: Store, scope: str, now: datetime) -> None:
    """Destroys a key that was exchanged long ago; where something still needs it, it stays for as long again."""
    holder, _, key = scope.rpartition(":")
    if store.sealed.uses(bytes.fromhex(key), holder):
        store.timers.set(RETIRE, scope, now + NEEDED_FOR)
    else:
        store.erasure.shred_key(bytes.fromhex(key))


def destroy(store: Store, holder: str, now: datetime) -> None:
    """Destroys the keys of whoever was erased; whoever is here keeps theirs."""
    if not store.erasure.is_there(holder):
        store.erasure.shred(holder)


def destroy_days(store: Store, before: datetime) -> int:
    """Destroys the keys of days that ended before then, unless something of such a day waits; how many days."""
    past = [holder for holder in store.keyring.holders(DAY) if _ends(holder) <= before]
    gone = [holder for holder in past if not store.updates.any_waiting_since(_ends(holder))]
    for holder in gone:
        store.erasure.shred(holder)
    return len(gone)


def owe_orphans(store: Store, now: datetime) -> int:
    """Keys of nobody we know: brought back with an old copy of the keys, or their store was. They go when no copy
    of the store can bring their holders back; how many.
    """
    orphans = [
        holder
        for kind in (FAMILY, PERSON)
        for holder in store.keyring.holders(kind)
        if not store.erasure.is_there(holder) and store.timers.due_at(DESTROY, holder) is None
    ]
    for holder in orphans:
        store.timers.set(DESTROY, holder, now + NEEDED_FOR)
    return len(orphans)


def _ends(holder: str) -> datetime:
    day = date.fromisoformat(holder.removeprefix(DAY))
    return datetime.combine(day, time.min, UTC) + timedelta(days=1)
