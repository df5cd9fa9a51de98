"""Many alarms at once: their pages to one person stand in one list, which is edited and rings again as it grows."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from handlers import desk
from handlers.crisis import listing, pages, rules
from handlers.screen import Screen
from storage.paged import Listed
from storage.records import Card, Lane, Person
from storage.store import Store

BOARD = "crisis.board"
GATHERS = timedelta(milliseconds=300)  # what comes within this time is one change of the list
RINGS_AGAIN = timedelta(seconds=30)


def about(person_id: str) -> str:
    """What the card of a person's list is about."""
    return f"board:{person_id}"


def live(store: Store, person_id: str) -> Card | None:
    """The list that follows what is open for this person."""
    return store.cards.newest(about(person_id), person_id)


def is_crowded(store: Store, alarm_id: str, person: Person, now: datetime) -> bool:
    """Whether a page for this alarm belongs into the person's list."""
    lately = store.alarms.paged_since(person.id, now - rules.AT_ONCE, alarm_id, rules.ALONE)
    if rules.is_crowded(lately, 0):
        return True
    standing = live(store, person.id) is not None
    return standing and rules.is_crowded(0, len(_waiting(store.alarms.paged_for(person.id), person.id)))


def add(store: Store, person: Person, now: datetime) -> None:
    """The list grows: the first time at once, later a moment after the last change."""
    if live(store, person.id) is None:
        listed = store.alarms.paged_for(person.id)
        _withdraw_waiting(store, person, listed, now)
        _ring(store, person, listed, now)
    else:
        _owe(store, person.id, now + GATHERS)


def follow(store: Store, person_ids: Iterable[str], now: datetime) -> None:
    """An alarm of theirs has changed: whoever has a list sees it in there."""
    for id in person_ids:
        if live(store, id) is not None:
            _owe(store, id, now)


def refresh(store: Store, person_id: str, now: datetime) -> None:
    """Changes the person's list to what is true now; rings again where it has grown since it last rang."""
    person, card = store.people.known(person_id), live(store, person_id)
    store.timers.drop(BOARD, person_id)
    if person is None or card is None:
        return
    listed = store.alarms.paged_for(person_id)
    waiting = _waiting(listed, person_id)
    rang_at = store.cards.first_at(person_id, about(person_id)) or now
    grown = any(one.paged_at > rang_at for one, _ in waiting)
    if not waiting:
        desk.change(store, card, person, listing.done(), now, Lane.PAGE)
        store.cards.retire(card.id)
    elif is_gone(store, card) or (grown and now - rang_at >= RINGS_AGAIN):
        desk.change(store, card, person, listing.older(), now, Lane.NEWS)
        store.cards.retire(card.id)
        _ring(store, person, listed, now)
    else:
        desk.change(store, card, person, _shown(store, listed, person_id), now, Lane.PAGE)
        if grown:
            _owe(store, person_id, rang_at + RINGS_AGAIN)


def page(store: Store, person_id: str, first: int) -> Screen:
    """The list as it is now, with the buttons from the waiting alarm at place `first` on.

    Whoever was paged for none that is open sees all that are, as long as there are any.
    """
    listed = store.alarms.paged_for(person_id)
    if _waiting(listed, person_id):
        return _shown(store, listed, person_id, first)
    others = store.alarms.not_ended()
    return pages.open_alarms(others) if others else listing.done()


def _waiting(listed: Iterable[Listed], person_id: str) -> list[tuple[Listed, listing.Wait]]:
    """What still wants something of this person: open, forgotten by its holder, or short of somebody who joins."""
    wants = ((one, listing.waits(one, person_id)) for one in listed)
    return [(one, wait) for one, wait in wants if wait is not None]


def is_gone(store: Store, card: Card) -> bool:
    """Whether a message neither stands in the chat nor is on its way there."""
    return card.message_id is None and not store.deliveries.is_owed(card.id)


def _owe(store: Store, person_id: str, due_at: datetime) -> None:
    owed = store.timers.due_at(BOARD, person_id)
    if owed is None or owed > due_at:
        store.timers.set(BOARD, person_id, due_at)


def _ring(store: Store, person: Person, listed: list[Listed], now: datetime) -> None:
    desk.post(store, person, _shown(store, listed, person.id), now, Lane.PAGE, about(person.id))


def _shown(store: Store, listed: list[Listed], person_id: str, first: int = 0) -> Screen:
    """The list by who has taken what; the names of the team stand on its pages too."""
    waiting = _waiting(listed, person_id)
    forgotten = {one.alarm_id for one, wait in waiting if wait is listing.Wait.OVER}
    held = [one for one in listed if one.taken_by is not None and one.alarm_id not in forgotten]
    people = map(store.people.known, dict.fromkeys(one.taken_by for one in held if one.taken_by))
    known = [one for one in people if one is not None]
    taken = [(one.name, [it.number for it in held if it.taken_by == one.id]) for one in known]
    return listing.board(waiting, taken, first)


def _withdraw_waiting(store: Store, person: Person, listed: list[Listed], now: datetime) -> None:
    """Pages that have not left yet, and would have to wait behind the list, which has a button for each of them."""
    lately = (one for one, _ in _waiting(listed, person.id) if one.paged_at > now - rules.AT_ONCE)
    for one in lately:
        for card in store.cards.about(f"alarm:{one.alarm_id}"):
            if card.person_id == person.id and card.message_id is None:
                store.deliveries.withdraw_card(card.id, now)
