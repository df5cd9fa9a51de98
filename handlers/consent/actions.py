"""Saying yes, saying no, and what the caseworker learns of it: how to reach somebody, never why."""

from datetime import datetime

from handlers import consenting, desk
from handlers.access import Act, Asking, own_family
from handlers.calendar import REACH
from handlers.consent import screens
from handlers.screen import Screen
from storage.records import Card, Lane, Person, Purpose
from storage.store import Store


def say_yes(
    store: Store, purpose: Purpose, version: int, language: str, *, by: Person, now: datetime
) -> bool:
    """Stores the yes; False when its words are no longer the ones that hold. Raises Refusal for a guest."""
    own_family(Asking(store, by, now), Act.CONSENT)
    if version != consenting.VERSIONS[purpose] or not consenting.is_language(language):
        return False
    if consenting.current(store, by, purpose) is None:
        consenting.give(store, by, purpose, now, language)
        if purpose is Purpose.CONTACT:
            store.timers.set(REACH, by.id, now)
            _reachable(store, by, now)
    return True


def say_no(store: Store, purpose: Purpose, *, by: Person, now: datetime) -> None:
    """A no, or a yes taken back: nothing of it is asked for a reason. Raises Refusal for a guest."""
    own_family(Asking(store, by, now), Act.CONSENT)
    consenting.take_back(store, by, purpose, now)
    if purpose is Purpose.CONTACT and not _told(store, by):
        _tell(store, by, screens.call(by, own_family(Asking(store, by, now), Act.CONSENT)), now)


def _reachable(store: Store, parent: Person, now: datetime) -> None:
    """Only who was told to call hears that this is over."""
    told = _told(store, parent)
    for card in told:
        store.cards.retire(card.id)
    if told:
        family = own_family(Asking(store, parent, now), Act.CONSENT)
        _tell(store, parent, screens.reachable(parent, family), now, about="")


def _told(store: Store, parent: Person) -> list[Card]:
    return [card for card in store.cards.about(_about(parent)) if card.person_id != parent.id]


def _about(parent: Person) -> str:
    return f"consent:{parent.id}"


def _tell(store: Store, parent: Person, shown: Screen, now: datetime, about: str | None = None) -> None:
    caseworker = store.people.get(own_family(Asking(store, parent, now), Act.CONSENT).caseworker_id)
    desk.post(store, caseworker, shown, now, Lane.NEWS, _about(parent) if about is None else about)
