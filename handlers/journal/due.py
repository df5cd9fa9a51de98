"""Every night, and soon after each start, the whole chain is looked through, a piece at a time."""

from datetime import datetime

from handlers.journal import actions, rules
from locales.zone import here
from storage.store import Store

LOOK = "journal.look"
HOUSE = "house"


def opens(store: Store, now: datetime) -> None:
    """An older copy of the store may have been put in its place while nobody was at work."""
    store.timers.set(LOOK, "", now + rules.SOON)


def look(store: Store, scope: str, now: datetime) -> None:
    """Looks at the next piece; at the first fault every lead is told, once for each round."""
    if not scope:
        store.timers.set(LOOK, "", rules.next_night(now, here()))
    found, last = store.journal.faults_after(int(scope or 0), rules.LINES_AT_ONCE)
    if last is None:
        found += store.journal.faults_of_ends(store.journal.known_outside())
    if found:
        actions.tell_broken(store, now)
        store.journal.write(now, HOUSE, "journal.broken", "journal")
    elif last is not None:
        store.timers.set(LOOK, str(last), now + rules.BREATH)
    else:
        store.journal.write(now, HOUSE, "journal.checked", "journal")
