"""Choosing a language, and what families read of a member of staff."""

from datetime import datetime

from handlers import cover
from handlers.tongues import offered
from storage.records import Person, ShownAs
from storage.store import Store


def choose(store: Store, code: str, *, by: Person, now: datetime) -> Person | None:
    """The person with their new language; None when it is not among those offered to them."""
    if code not in offered(by):
        return None
    store.people.speaks(by.id, code)
    family = store.families.of_person(by.id)
    store.journal.write(now, by.id, "language.chosen", f"person:{by.id}", family.id if family else None)
    person = store.people.get(by.id)
    if person.discreet:
        cover.name_commands(store, person, now)
    return person


def show_as(store: Store, chosen: ShownAs | None, *, by: Person, now: datetime) -> Person:
    """The person with what families read of them from now on; None is name and role."""
    store.people.show_as(by.id, chosen)
    store.journal.write(now, by.id, "shown_as.chosen", f"person:{by.id}", None)
    return store.people.get(by.id)
