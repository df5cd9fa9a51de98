"""How a person stands to what they want to act on: one plain question for each relation of the table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

from handlers.acts import Relation
from storage.appointments import Circle
from storage.records import (
    Alarm,
    AlarmState,
    Appointment,
    Call,
    CheckIn,
    Concern,
    Course,
    Entrusted,
    Family,
    Invitation,
    Person,
    Practice,
    Request,
    Seat,
    Session,
    Worry,
)
from storage.store import Store

OfFamily: TypeAlias = (
    Appointment | Call | CheckIn | Concern | Entrusted | Invitation | Practice | Request | Seat | Worry
)
Thing: TypeAlias = Family | OfFamily | Circle | Alarm | Person | Session | Course | None

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


def family_of(about: Thing) -> str | None:
    """Whose content it is."""
    match about:
        case Family():
            return about.id
        case Circle():
            return about.appointment.family_id
        case Person() | Session() | Course() | None:
            return None
        case _:
            return about.family_id


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
    return isinstance(about, Session | Course) and about.caseworker_id == asks.person.id


def _is_planners_deputy(asks: Asks, about: Thing) -> bool:
    if not isinstance(about, Session | Course):
        return False
    return asks.person.id in asks.store.deputies.for_caseworker_now(about.caseworker_id, asks.now)


def _is_confidant(asks: Asks, about: Thing) -> bool:
    return isinstance(about, Entrusted) and about.confidant_id == asks.person.id and _cares(asks, about)


def _is_successor(asks: Asks, about: Thing) -> bool:
    return isinstance(about, Entrusted) and about.confidant_id != asks.person.id and _cares(asks, about)


def is_of_ones_own(asks: Asks, about: Thing) -> bool:
    """Whether it belongs to this person's own family. Nobody helps there: who is helped may need it against them."""
    family_id = family_of(about)
    return family_id is not None and asks.store.families.is_member(family_id, asks.person.id)


def _has_raised(asks: Asks, about: Thing) -> bool:
    return isinstance(about, Alarm) and about.person_id == asks.person.id


def _is_of_others(asks: Asks, about: Thing) -> bool:
    if not isinstance(about, Alarm) or about.person_id == asks.person.id:
        return False
    return not is_of_ones_own(asks, about)


def _has_taken(asks: Asks, about: Thing) -> bool:
    return isinstance(about, Alarm) and about.taken_by == asks.person.id


def _hears(asks: Asks, about: Thing) -> bool:
    if not isinstance(about, Alarm) or not _is_of_others(asks, about):
        return False
    took = asks.person.id in {about.taken_by, *asks.store.alarms.takers_of(about.id)}
    if about.state is AlarmState.ENDED:
        return took and about.ended_at is not None and asks.now - about.ended_at < HELPED_FOR
    if about.taken_by is not None and (took or about.forgotten_at is None):
        return took
    return any(page.person_id == asks.person.id for page in asks.store.alarms.paged(about.id))


def _is_involved(asks: Asks, about: Thing) -> bool:
    if not isinstance(about, Alarm) or is_of_ones_own(asks, about):
        return False
    return asks.store.past_alarms.is_involved(about.id, asks.person.id)


def _is_any_family(asks: Asks, about: Thing) -> bool:
    return isinstance(about, Family | Concern) and not is_of_ones_own(asks, about)


def _was_told(asks: Asks, about: Thing) -> bool:
    if not isinstance(about, Worry) or is_of_ones_own(asks, about):
        return False
    told_at = asks.store.cards.first_at(asks.person.id, f"worry:{about.id}")
    return told_at is not None and asks.now - told_at < HELPED_FOR


def _has_helped(asks: Asks, about: Thing) -> bool:
    if not isinstance(about, Family | Concern) or is_of_ones_own(asks, about):
        return False
    family_id = about.id if isinstance(about, Family) else about.family_id
    return asks.store.past_alarms.has_helped(family_id, asks.person.id, asks.now - HELPED_FOR)


HOLDS: dict[Relation, Callable[[Asks, Thing], bool]] = {
    Relation.ANY: _is_any,
    Relation.SELF: _is_self,
    Relation.MEMBER: _is_member,
    Relation.OWN: _is_own,
    Relation.DEPUTY: _is_deputy,
    Relation.PLANNER: _is_planner,
    Relation.PLANNERS_DEPUTY: _is_planners_deputy,
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
