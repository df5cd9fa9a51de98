"""Checking in, adding a note, and what the caseworker learns of it."""

from datetime import datetime

from handlers import desk, roles
from handlers.checkins import rules, screens
from handlers.checkins.screens import Entry
from handlers.screen import Screen
from storage.records import CheckIn, Family, Lane, Mood, Person
from storage.store import Store


def check_in(store: Store, mood: Mood, *, by: Person, now: datetime) -> CheckIn:
    """Stores how the parent is; a bad mood reaches the caseworker at once. Raises Refusal for a guest."""
    family = roles.own_family(store, by)
    earlier = noting(store, by, now)
    if earlier is not None and rules.is_repeat(earlier, mood, now):
        return earlier
    taken = store.checkins.add(by.id, family.id, mood, now)
    store.dialogues.put(by.id, "checkins", "note", {"checkin": taken.id}, now)
    store.journal.write(now, by.id, f"checkin.{mood}", f"checkin:{taken.id}")
    if rules.needs_someone(mood):
        _tell(store, family, screens.worried(Entry(taken, family, by)), taken, now)
    return taken


def add_note(store: Store, note: str, *, by: Person, now: datetime) -> CheckIn | None:
    """Adds words to the check-in just made; None when there is none that waits for them."""
    taken = noting(store, by, now)
    if taken is None:
        return None
    store.checkins.note(taken.id, by.id, note)
    store.dialogues.drop(by.id)
    store.journal.write(now, by.id, "checkin.noted", f"checkin:{taken.id}")
    family = store.families.get(taken.family_id)
    if family is not None and rules.needs_someone(taken.mood):
        _tell(store, family, screens.worried_note(Entry(taken, family, by)), taken, now)
    return taken


def noting(store: Store, person: Person, now: datetime) -> CheckIn | None:
    """The check-in that the person may still add a note to."""
    dialogue = store.dialogues.of(person.id, now)
    if dialogue is None or (dialogue.room, dialogue.step) != ("checkins", "note"):
        return None
    taken = store.checkins.get(str(dialogue.content["checkin"]))
    if taken is None or taken.person_id != person.id or not rules.takes_note(taken, now):
        return None
    return taken


def newest(store: Store, *, by: Person) -> list[Entry]:
    """What this caseworker's families said last, the newest first."""
    return [_entry(store, taken) for taken in store.checkins.for_caseworker(by.id)]


def read(store: Store, checkin_id: str, *, by: Person, now: datetime) -> Entry | None:
    """One check-in with its note; None when there is none. Raises Refusal for other people's families."""
    taken = store.checkins.get(checkin_id)
    if taken is None:
        return None
    family = roles.of_caseload(store, by, taken.family_id)
    store.journal.write(now, by.id, "checkin.read", f"checkin:{taken.id}")
    return Entry(taken, family, store.people.get(taken.person_id))


def caseworker_of(store: Store, taken: CheckIn) -> Person:
    """Who gets to know. Raises LookupError when the family is gone."""
    family = store.families.get(taken.family_id)
    if family is None:
        raise LookupError(f"no family {taken.family_id}")
    return store.people.get(family.caseworker_id)


def _entry(store: Store, taken: CheckIn) -> Entry:
    family = store.families.get(taken.family_id)
    assert family is not None  # noqa: S101 - the archive's foreign key says so
    return Entry(taken, family, store.people.get(taken.person_id))


def _tell(store: Store, family: Family, shown: Screen, about: CheckIn, now: datetime) -> None:
    caseworker = store.people.get(family.caseworker_id)
    desk.post(store, caseworker, shown, now, Lane.NEWS, f"checkin:{about.id}")
