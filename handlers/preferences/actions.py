"""Choosing a language, and what families read of a member of staff."""

from datetime import datetime

from handlers import cover, desk, reminding
from handlers.tongues import offered
from storage.records import Lane, Person, ShownAs
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


def remind(store: Store, chosen: str | None, *, evenings: bool, by: Person, now: datetime) -> Person:
    """The person with the reminders they want from now on; what is ahead follows at once. None is all of them."""
    store.people.set_reminded(by.id, chosen, evenings=evenings)
    return _owed_anew(store, by, "reminders.chosen", now)


def be_quiet(store: Store, hours: str, *, by: Person, now: datetime) -> Person:
    """The person with the hours in which nothing but crisis and answers reaches them; what waits follows."""
    store.people.set_quiet(by.id, hours)
    person = _owed_anew(store, by, "quiet.chosen", now)
    store.deliveries.hold_until(person.id, desk.waits_until(store, person, now, Lane.NEWS) or now, now)
    return person


def _owed_anew(store: Store, by: Person, act: str, now: datetime) -> Person:
    store.journal.write(now, by.id, act, f"person:{by.id}", None)
    person = store.people.get(by.id)
    reminding.owe_person(store, person, now)
    return person
