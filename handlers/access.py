"""The one place where it is decided who may do what. Deny by default; a no is said aloud, never by silence.

The acts and the table stand in handlers/acts.py. Each press asks anew, so that a right ends in the very second
in which it is taken away, whatever menus are still open.
"""

from collections.abc import Iterable
from datetime import datetime

from handlers import proofs
from handlers.acts import ACCESS, EVERYBODY, Proof, Rule
from handlers.acts import Act as Act
from handlers.refusal import NeedsCode, Refusal
from handlers.relations import HELPED_FOR as HELPED_FOR
from handlers.relations import HOLDS, family_of, is_of_ones_own
from handlers.relations import Asking as Asking
from handlers.relations import Asks as Asks
from handlers.relations import Thing as Thing
from locales.phrase import F, Phrase, S
from storage.appointments import Circle
from storage.records import Alarm, Appointment, Family, Person, Role
from storage.store import Store


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
        raise Refusal(_no(asks, rule, about))
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


def _granted(asks: Asks, rule: Rule, about: Thing) -> bool:
    held = {EVERYBODY, *asks.person.roles}
    relations = {relation for role in held for relation in rule.grants.get(role, ())}
    return any(HOLDS[relation](asks, about) for relation in relations)


def _proven(asks: Asks, rule: Rule) -> None:
    if proofs.shown(asks.store, asks.person, asks.now) < rule.proof:
        fresh = rule.proof is Proof.FRESH
        raise NeedsCode(S("login.needed_fresh") if fresh else S("login.needed"), fresh=fresh)


def _called(about: Thing) -> str:
    """What stands before the id in the journal."""
    match about:
        case Circle() | Appointment():
            return "appointment"
        case None:
            return ""
        case _:
            return type(about).__name__.lower()


def _no(asks: Asks, rule: Rule | None, about: Thing) -> Phrase:
    """The words of the no: they tell who has the wrong role from who has the wrong family, and nothing else."""
    person = asks.person
    held = rule is not None and any(role is EVERYBODY or role in person.roles for role in rule.grants)
    if not held:
        return _no_role(person)
    if isinstance(about, Alarm):
        return _not_this_alarm(person, about, own=is_of_ones_own(asks, about))
    return _not_theirs(person)


def _not_this_alarm(person: Person, about: Alarm, *, own: bool) -> Phrase:
    if not person.is_staff:
        return F("crisis.not_yours")
    if about.person_id == person.id:
        return S("alarm.your_own")
    if own:
        return S("alarm.for_others")
    return S("alarm.take_first") if about.taken_by is None else S("alarm.not_yours")


def _no_role(person: Person) -> Phrase:
    return S("refusal.role") if person.is_staff else F("refusal.role")


def _not_theirs(person: Person) -> Phrase:
    return S("refusal.not_your_family") if person.is_staff else F("refusal.role")
