"""Asking the lead, hearing their yes, and what each night takes away."""

from collections.abc import Mapping
from datetime import datetime

from handlers import desk
from handlers.access import Act, Asks, authorise
from handlers.keeping import rules, screens
from handlers.keeping.rules import AGREED, ASKED, REMINDED, Tonight, Word
from handlers.screen import Screen
from storage import rotation
from storage.records import Lane, Role
from storage.retention import DAY_KEYS, GUESTS_AT_ONCE, Class
from storage.store import Store

SETTING = "keeping.word"
ABOUT = "keeping:first"


def word(store: Store) -> Word:
    return Word.read(store.settings.get(SETTING))


def agree(asks: Asks) -> None:
    """The lead has seen what goes. It goes in the next night, and from then on every night."""
    authorise(asks, Act.SEE_KEEPING)
    store, now = asks.store, asks.now
    if word(store).said != AGREED:
        store.settings.put(SETTING, str(Word(AGREED, now)))
        store.journal.write(now, asks.person.id, "keeping.agreed", "retention:operative")
        desk.change_all(store, ABOUT, lambda to: screens.agreed(), now, but=asks.person)


def purge(store: Store, now: datetime) -> bool:
    """What is over its time, and the keys that held it; whether more quiet guests wait for their turn."""
    gone = store.retention.purge(Class.TRANSPORT, now) | store.retention.purge(Class.PROOF, now)
    gone |= _operative(store, now)
    rotation.destroy_days(store, now - DAY_KEYS)
    rotation.owe_orphans(store, now)
    _written(store, sum(gone.values()), now)
    return gone.get("people", 0) == GUESTS_AT_ONCE


def next_guests(store: Store, now: datetime) -> bool:
    """The next few quiet guests; whether still more wait for their turn."""
    gone = store.retention.guests(now)
    _written(store, gone, now)
    return gone == GUESTS_AT_ONCE


def _written(store: Store, rows: int, now: datetime) -> None:
    if rows:
        store.journal.write(now, "house", "keeping.purged", f"rows:{rows}")


def _operative(store: Store, now: datetime) -> Mapping[str, int]:
    """What work once needed: for the first time only once a lead has seen what goes."""
    known, over = word(store), store.retention.over(Class.OPERATIVE, now)
    if not over:
        return {}
    match rules.tonight(known, now):
        case Tonight.ASK:
            _tell(store, screens.asked(over), Word(ASKED, now), now)
        case Tonight.REMIND:
            _tell(store, screens.reminded(over), Word(REMINDED, now), now)
        case Tonight.PURGE:
            return _gone(store, known, now)
        case Tonight.WAIT:
            pass
    return {}


def _gone(store: Store, known: Word, now: datetime) -> Mapping[str, int]:
    gone = store.retention.purge(Class.OPERATIVE, now)
    if known.since is not None:  # the first time
        _tell(store, screens.gone(gone), Word(AGREED), now)
    return gone


def _tell(store: Store, shown: Screen, word: Word, now: datetime) -> None:
    """Without a lead nobody has seen it, and so nothing has been asked."""
    leads = store.people.with_role(Role.LEAD)
    for card in store.cards.about(ABOUT):
        store.cards.retire(card.id)
    for lead in leads:
        desk.post(store, lead, shown, now, Lane.NEWS, ABOUT)
    if leads:
        store.settings.put(SETTING, str(word))
