"""Checking in, adding a note, and what the caseworker learns of it."""

from datetime import datetime

from handlers import access, desk
from handlers.access import Act, Asking
from handlers.checkins import rules, screens
from handlers.checkins.screens import Entry
from handlers.screen import Screen
from storage.records import CheckIn, Family, Lane, Mood, Person
from storage.store import Store


def check_in(store: Store, mood: Mood, *, by: Person, now: datetime) -> CheckIn:
    """Stores how the parent is; a bad mood reaches the caseworker at once. Raises Refusal for a guest."""
    family = access.own_family(Asking(store, by, now), Act.CHECK_IN)
    earlier = noting(store, by, now)
    if earlier is not None and rules.is_repeat(earlier, mood, now):
        return earlier
    taken = store.checkins.add(by.id, family.id, mood, now)
    store.dialogues.put(by.id, "checkins", "note", {"checkin": taken.id}, now)
    store.journal.write(now, by.id, "checkin.made", f"checkin:{taken.id}", family.id)
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
    store.journal.write(now, by.id, "checkin.noted", f"checkin:{taken.id}", taken.family_id)
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


def newest(store: Store, *, by: Person, now: datetime) -> list[Entry]:
    """What own families and those they stand in for said last, the newest first. Raises Refusal."""
    asks = Asking(store, by, now)
    access.authorise(asks, Act.LIST_CHECKINS)
    found = store.checkins.for_caseworker(by.id, now)
    access.has_listed(asks, Act.LIST_CHECKINS, (taken.family_id for taken in found))
    return [_entry(store, taken) for taken in found]


def read(store: Store, checkin_id: str, *, by: Person, now: datetime) -> Entry | None:
    """One check-in with its note; None when there is none. Raises Refusal for other people's families."""
    taken, asks = store.checkins.get(checkin_id), Asking(store, by, now)
    if taken is None:
        access.authorise(asks, Act.LIST_CHECKINS)
        return None
    access.authorise(asks, Act.READ_CHECKIN, taken)
    return _entry(store, taken)


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
    """Whoever works with the family now: nobody waits for somebody who is away."""
    for person in access.in_charge(store, family, now):
        desk.post(store, person, shown, now, Lane.NEWS, f"checkin:{about.id}")
