"""Standing in for a colleague: what ends when it ends, wherever that is decided."""

from datetime import datetime

from handlers import clearing, whose
from storage.records import Deputy, Family, Person, Role
from storage.store import Store

BEGINS, ENDS = "deputies.begins", "deputies.ends"


def end_all(store: Store, person: Person, by: Person, now: datetime) -> None:
    """Ends all in which this person has a part, now or later: as caseworker or as deputy."""
    for deputy in store.deputies.with_part_of(person.id, now):
        end(store, deputy, by.id, now)


def end(store: Store, deputy: Deputy, by: str, now: datetime) -> bool:
    """Ends it at this moment; what the deputy's chat shows of the families is taken away. False when it was over."""
    if not store.deputies.end(deputy.id, now):
        return False
    for kind in (BEGINS, ENDS):
        store.timers.drop(kind, deputy.id)
    store.journal.write(now, by, "deputy.ended", f"person:{deputy.deputy_id}")
    forget_families(store, deputy, now)
    return True


def forget_families(store: Store, deputy: Deputy, now: datetime) -> None:
    """Takes away what the deputy no longer may see."""
    person = store.people.get(deputy.deputy_id)
    for family in store.families.caseload(deputy.caseworker_id):
        if not store.deputies.stands_in(person.id, family.id, now):
            forget_family(store, person, family, now)


def forget_family(store: Store, person: Person, family: Family, now: datetime) -> None:
    """Takes away what this person's chat shows of a family, with all lists, which may name it; nothing more leaves."""
    ids = whose.names(store, family) | _by_role(store, person, family)

    def is_theirs(about: str) -> bool:
        return about.partition(":")[2] in ids

    shown = store.cards.chat_of(person.id)
    clearing.away(store, person, [(c, at) for c, at in shown if not c.about or is_theirs(c.about)], now)
    clearing.unsent(store, person, is_theirs, now)


def _by_role(store: Store, person: Person, family: Family) -> set[str]:
    """Alarms stay with whoever helps, and wishes to be forgotten with whoever leads."""
    alarms = {alarm.id for alarm in store.alarms.of_family(family.id)}
    wishes = {wish.id for wish in store.requests.of_family(family.id)}
    leads, helps = Role.LEAD in person.roles, bool(person.roles & {Role.ON_CALL, Role.LEAD})
    return (set() if helps else alarms) | (set() if leads else wishes)
