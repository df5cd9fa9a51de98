"""Reading the journal, which leaves a line in it, and telling the lead that it is not whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handlers import access, desk
from handlers.access import Act, Asking
from handlers.calendar import a_day
from handlers.journal import rules, screens
from handlers.journal.screens import ON_A_PAGE, Entry, Reading
from locales.phrase import Phrase, S
from locales.zone import here
from storage.journal import Line
from storage.records import STAFF, Family, Lane, Person, Role
from storage.store import Store

BROKEN = "journal:broken"


class By(StrEnum):
    """Through which drawer the journal is read."""

    FAMILY = "family"
    PERSON = "person"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines: of which family, person or day, how many pages back, and none newer than `until`."""

    by: By
    key: str
    page: int = 0
    until: int = 0


def families(store: Store, *, by: Person, now: datetime) -> list[Family]:
    """All families, by name. Raises Refusal for whoever is no lead."""
    access.authorise(Asking(store, by, now), Act.READ_JOURNAL)
    return sorted(store.families.all(), key=lambda family: (family.label.casefold(), family.id))


def staff(store: Store, *, by: Person, now: datetime) -> list[Person]:
    """Everybody on staff, by name. Raises Refusal as above."""
    access.authorise(Asking(store, by, now), Act.READ_JOURNAL)
    once = {person.id: person for role in STAFF for person in store.people.with_role(role)}
    return sorted(once.values(), key=lambda person: (person.name.casefold(), person.id))


def read(store: Store, asked: Asked, *, by: Person, now: datetime) -> Reading | None:
    """A page of the journal; None when there is no such family, person or day. Raises Refusal as above.

    Whoever reads it leaves a line as well.
    """
    access.authorise(Asking(store, by, now), Act.READ_JOURNAL)
    about = _about(store, asked)
    if about is None:
        return None
    until = asked.until or store.journal.newest_head().id
    lines = _lines(store, asked, until)
    family_id = asked.key if asked.by is By.FAMILY else None
    store.journal.write(now, by.id, "journal.read", f"{asked.by}:{asked.key}", family_id)
    days = rules.by_day(lines[:ON_A_PAGE], here())
    entries = [(at, _entries(store, of_day, named=asked.by is not By.FAMILY)) for at, of_day in days]
    return Reading(about, entries, asked.by, asked.key, asked.page, until, more=len(lines) > ON_A_PAGE)


def tell_broken(store: Store, now: datetime) -> None:
    """Every lead learns that somebody changed the journal, or that its store is damaged."""
    for lead in store.people.with_role(Role.LEAD):
        desk.post(store, lead, screens.broken(), now, Lane.NEWS, BROKEN)


def _about(store: Store, asked: Asked) -> Phrase | None:
    match asked.by:
        case By.FAMILY:
            family = store.families.get(asked.key)
            return S("journal.of_family", family=family.label) if family else None
        case By.PERSON:
            return S("journal.of_person", name=_who(store, asked.key))
        case By.DAY:
            return S("journal.of_day") if rules.is_readable(a_day(asked.key)) else None


def _lines(store: Store, asked: Asked, until: int) -> list[Line]:
    most, skip = ON_A_PAGE + 1, asked.page * ON_A_PAGE
    match asked.by:
        case By.FAMILY:
            return store.journal.of_family(asked.key, most, skip, until)
        case By.PERSON:
            return store.journal.of_person(asked.key, most, skip, until)
        case By.DAY:
            day = a_day(asked.key)
            return store.journal.between(*rules.bounds(day, here()), most, skip, until) if day else []


def _entries(store: Store, lines: Sequence[Line], *, named: bool) -> list[Entry]:
    return [
        Entry(
            line.at,
            _who(store, line.actor),
            line.act,
            _whom(store, line),
            _label(store, line) if named else "",
        )
        for line in lines
    ]


def _whom(store: Store, line: Line) -> Phrase | str | None:
    person_id = rules.person_in(line.subject)
    return _who(store, person_id) if person_id and person_id != line.actor else None


def _label(store: Store, line: Line) -> str:
    family = store.families.get(line.family_id) if line.family_id else None
    return family.label if family else ""


def _who(store: Store, id: str) -> Phrase | str:
    """Staff by name; of parents and of those who are gone only what they are."""
    if id in rules.NOBODY:
        return S("journal.who.house")
    if id == rules.COMMAND_LINE:
        return S("journal.who.command_line")
    try:
        person = store.people.get(id)
    except LookupError:
        return S("journal.who.gone", end=rules.ending(id))
    if store.families.of_person(id) is not None:
        return S("journal.who.parent", end=rules.ending(id))
    return person.name or S("journal.who.guest", end=rules.ending(id))
