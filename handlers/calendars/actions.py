"""Opening and closing a feed, connecting a calendar of one's own, and what a look at it led to."""

from collections.abc import Collection
from datetime import datetime

from handlers import clearing, desk
from handlers.access import Act, Asking, Asks, authorise, may
from handlers.calendars import rules, screens
from handlers.turn import Turn
from storage.calendars import FEED_URL, HERE, Look, Outside
from storage.records import Lane, Span
from storage.store import Store


def state(asks: Asks) -> Outside:
    """How one's own calendars stand. Raises Refusal."""
    authorise(asks, Act.KEEP_CALENDARS, asks.person)
    return asks.store.calendars.of(asks.person.id)


def served(store: Store) -> bool:
    """Whether feeds can be subscribed to here."""
    return bool(store.settings.get(FEED_URL))


def renew(asks: Asks) -> str:
    """A fresh link to one's own feed; an earlier one opens nothing any more. Raises Refusal."""
    authorise(asks, Act.KEEP_CALENDARS, asks.person)
    word = asks.store.calendars.renew_feed(asks.person.id)
    asks.store.journal.write(asks.now, asks.person.id, "calendar.feed_opened", f"person:{asks.person.id}")
    return f"{asks.store.settings.get(FEED_URL)}/{word}.ics"


def close(asks: Asks) -> None:
    """No link opens the feed any more. Raises Refusal."""
    authorise(asks, Act.KEEP_CALENDARS, asks.person)
    asks.store.calendars.close_feed(asks.person.id)
    asks.store.journal.write(asks.now, asks.person.id, "calendar.feed_closed", f"person:{asks.person.id}")


def connect(turn: Turn, typed: str) -> bool:
    """Keeps the address that was typed and takes it out of the chat; False when we don't understand it.

    Raises Refusal.
    """
    authorise(turn, Act.KEEP_CALENDARS, turn.person)
    if turn.asked.wrote is not None:
        clearing.messages(turn.store, turn.person, [turn.asked.wrote], turn.now)
    try:
        url = rules.address(typed, here=is_here(turn.store))
    except rules.NotUnderstood:
        return False
    turn.store.calendars.watch(turn.person.id, url, turn.now)
    turn.note("calendar.connected", f"person:{turn.person.id}")
    return True


def is_here(store: Store) -> bool:
    """Whether calendars on this very machine may be looked at; never outside the demo and the tests."""
    return store.settings.get(HERE) == "on"


def disconnect(asks: Asks) -> None:
    """The address and all busy times are gone. Raises Refusal."""
    authorise(asks, Act.KEEP_CALENDARS, asks.person)
    asks.store.calendars.forget(asks.person.id)
    asks.store.journal.write(asks.now, asks.person.id, "calendar.disconnected", f"person:{asks.person.id}")


def to_look_at(store: Store, now: datetime, most: int) -> list[Look]:
    """The calendars to look at now. Whoever is no caseworker any more has none here."""
    looks = []
    for look in store.calendars.claim(now, now + rules.LOOK_EVERY, most):
        person = store.people.known(look.person_id)
        if person is None or not may(Asking(store, person, now), Act.READ_FEED, person):
            store.calendars.forget(look.person_id)
        else:
            looks.append(look)
    return looks


def looked(store: Store, look: Look, found: Collection[Span] | str, now: datetime) -> None:
    """The times somebody is busy, or in one word why nobody knows: told once, and what was known before stays."""
    if isinstance(found, str):
        times = store.calendars.failed(look, found, now)
        shown = screens.lost(found) if times == rules.TOLD_AFTER else None
        shown = screens.first_failed(found) if look.first and times == 1 else shown
    else:
        kept = store.calendars.found(look, found, now)
        shown = screens.first_look(len(found)) if look.first and kept else None
    person = store.people.known(look.person_id)
    if shown is not None and person is not None:
        desk.post(store, person, shown, now, Lane.NEWS)
