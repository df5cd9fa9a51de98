"""The one place where it is decided who may do what. Deny by default; a no is said aloud, never by silence.

The acts and the table stand in handlers/acts.py. Each press asks anew, so that a right ends in the very second
in which it is taken away, whatever menus are still open.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

from handlers import proofs
from handlers.acts import ACCESS, EVERYBODY, Proof, Relation, Rule
from handlers.acts import Act as Act
from handlers.refusal import NeedsCode, Refusal
from locales.phrase import F, Phrase, S
from storage.appointments import Circle
from storage.records import (
    Alarm,
    Appointment,
    CheckIn,
    Concern,
    Entrusted,
    Family,
    Invitation,
    Person,
    Request,
    Role,
    Session,
    Worry,
)
from storage.store import Store

OfFamily: TypeAlias = Appointment | CheckIn | Concern | Entrusted | Invitation | Request | Worry
Thing: TypeAlias = Family | OfFamily | Circle | Alarm | Person | Session | None

# whoever answered an alarm still belongs to what follows from it, and after some weeks no longer
HELPED_FOR = timedelta(days=30)


class Asks(Protocol):
    """Whoever wants something, and when: a turn, or what stands for one where there is none."""

    @property
    def store(self) -> Store: ...
    @property
    def person(self) -> Person: ...
    @property
    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Asking:
    """A person at a moment, within a transaction."""

    store: Store
    person: Person
    now: datetime


def authorise(asks: Asks, act: Act, about: Thing = None) -> None:
    """Raises Refusal unless the person may do this to that now, and NeedsCode when a code is due for it.

    Where family content is read it writes the journal's line.
    """
    check(asks, act, about)
    if ACCESS[act].reads:
        has_read(asks, act, about)


def check(asks: Asks, act: Act, about: Thing = None) -> None:
    """As above, before anything is read: no line is written."""
    rule = ACCESS.get(act)
    if rule is None or not _granted(asks, rule, about):
        raise Refusal(_no(asks.person, rule, about))
    _proven(asks, rule)


def may(asks: Asks, act: Act, about: Thing = None) -> bool:
    """Whether they may, and have shown what must be shown; nothing is written."""
    rule = ACCESS.get(act)
    if rule is None or not _granted(asks, rule, about):
        return False
    return proofs.shown(asks.store, asks.person, asks.now) >= rule.proof


def has_read(asks: Asks, act: Act, about: Thing) -> None:
    """Writes down that a family's content was read, by whom and what."""
    family_id = family_of(about)
    id = getattr(about.appointment if isinstance(about, Circle) else about, "id", "")
    asks.store.journal.write(asks.now, asks.person.id, f"read.{act}", f"{_called(about)}:{id}", family_id)


def has_listed(asks: Asks, act: Act, family_ids: Iterable[str]) -> None:
    """As above, for a list: a line for each family in it."""
    for id in dict.fromkeys(family_ids):
        asks.store.journal.write(asks.now, asks.person.id, f"read.{act}", f"family:{id}", id)


def family(asks: Asks, act: Act, family_id: str) -> Family:
    """The family of that id. Raises Refusal for one that may not be acted on, known or not."""
    found = asks.store.families.get(family_id)
    if found is None:
        rule = ACCESS.get(act)
        held = rule is not None and any(role in asks.person.roles for role in rule.grants)
        raise Refusal(_not_theirs(asks.person) if held else _no_role(asks.person))
    authorise(asks, act, found)
    return found


def own_family(asks: Asks, act: Act) -> Family:
    """The parent's own family. Raises Refusal for whoever belongs to none."""
    found = asks.store.families.of_person(asks.person.id) if Role.PARENT in asks.person.roles else None
    if found is None:
        raise Refusal(S("refusal.role") if asks.person.is_staff else F("refusal.not_paired"))
    authorise(asks, act, found)
    return found


def in_charge(store: Store, family: Family, now: datetime) -> list[Person]:
    """Who works with a family at this moment: its caseworker first, then whoever stands in."""
    ids = [family.caseworker_id, *store.deputies.for_caseworker_now(family.caseworker_id, now)]
    people = [store.people.get(id) for id in dict.fromkeys(ids)]
    return [person for person in people if Role.CASEWORKER in person.roles]


def family_of(about: Thing) -> str | None:
    """Whose content it is."""
    match about:
        case Family():
            return about.id
        case Circle():
            return about.appointment.family_id
        case Person() | Session() | None:
            return None
        case _:
            return about.family_id


def _granted(asks: Asks, rule: Rule, about: Thing) -> bool:
    held = {EVERYBODY, *asks.person.roles}
    relations = {relation for role in held for relation in rule.grants.get(role, ())}
    return any(_HOLDS[relation](asks, about) for relation in relations)


def _proven(asks: Asks, rule: Rule) -> None:
    if proofs.shown(asks.store, asks.person, asks.now) < rule.proof:
        fresh = rule.proof is Proof.FRESH
        raise NeedsCode(S("login.needed_fresh") if fresh else S("login.needed"), fresh=fresh)


def _is_any(asks: Asks, about: Thing) -> bool:
    return True


def _is_self(asks: Asks, about: Thing) -> bool:
    return isinstance(about, Person) and about.id == asks.person.id


def _is_member(asks: Asks, about: Thing) -> bool:
    if isinstance(about, Circle):
        return about.parent(asks.person.id) is not None
    theirs = asks.store.families.of_person(asks.person.id)
    return theirs is not None and theirs.id == _case_of(about)


def _case_of(about: Thing) -> str | None:
    """The family it belongs to for those who work with it; alarms have relations of their own."""
    return None if isinstance(about, Alarm) else family_of(about)


def _is_own(asks: Asks, about: Thing) -> bool:
    family_id = _case_of(about)
    found = about if isinstance(about, Family) else asks.store.families.get(family_id) if family_id else None
    return found is not None and found.caseworker_id == asks.person.id


def _is_deputy(asks: Asks, about: Thing) -> bool:
    family_id = _case_of(about)
    return family_id is not None and asks.store.deputies.stands_in(asks.person.id, family_id, asks.now)


def _cares(asks: Asks, about: Thing) -> bool:
    return _is_own(asks, about) or _is_deputy(asks, about)


def _is_planner(asks: Asks, about: Thing) -> bool:
    return isinstance(about, Session) and about.caseworker_id == asks.person.id


def _is_confidant(asks: Asks, about: Thing) -> bool:
    return isinstance(about, Entrusted) and about.confidant_id == asks.person.id and _cares(asks, about)


def _is_successor(asks: Asks, about: Thing) -> bool:
    return isinstance(about, Entrusted) and about.confidant_id != asks.person.id and _cares(asks, about)


def _has_raised(asks: Asks, about: Thing) -> bool:
    return isinstance(about, Alarm) and about.person_id == asks.person.id


def _is_of_others(asks: Asks, about: Thing) -> bool:
    return isinstance(about, Alarm) and about.person_id != asks.person.id


def _has_taken(asks: Asks, about: Thing) -> bool:
    return isinstance(about, Alarm) and about.taken_by == asks.person.id


def _hears(asks: Asks, about: Thing) -> bool:
    if not isinstance(about, Alarm) or about.person_id == asks.person.id:
        return False
    if about.taken_by is not None and asks.person.id in {about.taken_by, *asks.store.alarms.takers_of(about.id)}:
        return True
    if about.taken_by is not None and about.forgotten_at is None:
        return False
    return any(page.person_id == asks.person.id for page in asks.store.alarms.paged(about.id))


def _is_involved(asks: Asks, about: Thing) -> bool:
    return isinstance(about, Alarm) and asks.store.past_alarms.is_involved(about.id, asks.person.id)


def _is_any_family(asks: Asks, about: Thing) -> bool:
    return isinstance(about, Family | Concern)


def _was_told(asks: Asks, about: Thing) -> bool:
    if not isinstance(about, Worry):
        return False
    return asks.store.cards.newest(f"worry:{about.id}", asks.person.id) is not None


def _has_helped(asks: Asks, about: Thing) -> bool:
    if not isinstance(about, Family | Concern):
        return False
    family_id = about.id if isinstance(about, Family) else about.family_id
    return asks.store.past_alarms.has_helped(family_id, asks.person.id, asks.now - HELPED_FOR)


_HOLDS: dict[Relation, Callable[[Asks, Thing], bool]] = {
    Relation.ANY: _is_any,
    Relation.SELF: _is_self,
    Relation.MEMBER: _is_member,
    Relation.OWN: _is_own,
    Relation.DEPUTY: _is_deputy,
    Relation.PLANNER: _is_planner,
    Relation.CONFIDANT: _is_confidant,
    Relation.SUCCESSOR: _is_successor,
    Relation.RAISED: _has_raised,
    Relation.OTHERS: _is_of_others,
    Relation.TAKER: _has_taken,
    Relation.HEARING: _hears,
    Relation.INVOLVED: _is_involved,
    Relation.TOLD: _was_told,
    Relation.HELPED: _has_helped,
    Relation.ANY_FAMILY: _is_any_family,
}


def _called(about: Thing) -> str:
    """What stands before the id in the journal."""
    match about:
        case Circle() | Appointment():
            return "appointment"
        case None:
            return ""
        case _:
            return type(about).__name__.lower()


def _no(person: Person, rule: Rule | None, about: Thing) -> Phrase:
    """The words of the no: they tell who has the wrong role from who has the wrong family, and nothing else."""
    held = rule is not None and any(role is EVERYBODY or role in person.roles for role in rule.grants)
    if not held:
        return _no_role(person)
    if isinstance(about, Alarm):
        return _not_this_alarm(person, about)
    return _not_theirs(person)


def _not_this_alarm(person: Person, about: Alarm) -> Phrase:
    if not person.is_staff:
        return F("crisis.not_yours")
    if about.person_id == person.id:
        return S("alarm.your_own")
    return S("alarm.take_first") if about.taken_by is None else S("alarm.not_yours")


def _no_role(person: Person) -> Phrase:
    return S("refusal.role") if person.is_staff else F("refusal.role")


def _not_theirs(person: Person) -> Phrase:
    return S("refusal.not_your_family") if person.is_staff else F("refusal.role")
