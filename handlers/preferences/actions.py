"""Choosing a language."""

from datetime import datetime

from handlers import cover
from handlers.tongues import offered
from storage.records import Person
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
