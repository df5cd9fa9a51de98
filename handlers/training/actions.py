"""What is done with sessions: plan one, see who it would reach, cancel it."""

from dataclasses import dataclass
from datetime import datetime

from handlers.calendar import AT_HOME, CANCELLED, INVITE, Draft
from handlers.desk import voice_of
from handlers.refusal import Refusal
from handlers.reminding import drop, owe
from handlers.training import rules
from locales.phrase import S
from storage.records import AppointmentKind, Family, Offer, Person, Session
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an invitation would reach: languages by their codes, each once."""

    families: tuple[Family, ...]
    parents: int
    languages: tuple[str, ...]


def offers_for(store: Store, caseworker: Person) -> list[Offer]:
    """The offers this caseworker may plan a session for."""
    families = store.families.caseload(caseworker.id)
    enrolled = frozenset[str]().union(*(store.families.offers_of(family.id) for family in families))
    return rules.offered(store.agency.offers(), enrolled)


def reach(store: Store, offer: Offer) -> Reach:
    """The families enrolled in an offer and the parents in them."""
    families = store.families.enrolled(offer.id)
    parents = [parent for family in families for parent in store.people.of_family(family.id)]
    tongues = dict.fromkeys(voice_of(parent).language for parent in parents)
    return Reach(tuple(families), len(parents), tuple(tongues))


def plan(store: Store, draft: Draft, offer: Offer, *, by: Person, now: datetime) -> Session:
    """Makes the session, an appointment for each family, and what time owes them. Raises Refusal.

    The invitations are posted by the room of appointments, as soon as their timers are looked at.
    """
    starts_at, place = draft.starts_at(now), draft.place or AT_HOME
    families = store.families.enrolled(offer.id)
    if not families:
        raise Refusal(S("training.nobody"))
    session = store.training.add(offer.id, by.id, starts_at, place)
    kind = AppointmentKind.PARENT_TRAINING_SESSION
    for family in families:
        made = store.appointments.add(family.id, family.caseworker_id, kind, starts_at, place, session.id)
        store.timers.set(INVITE, made.id, now)
        owe(store, made.id, starts_at, now)
        store.journal.write(now, by.id, "training.planned", f"session:{session.id}", family.id)
    return session


def cancel(store: Store, session: Session, *, by: Person, now: datetime) -> bool:
    """Cancels every appointment of the session; the parents hear of it. False when none was left to cancel."""
    still = rules.planned(store.appointments.of_session(session.id))
    # Whoever cancelled one of them alone in the meantime has won it, and its parents know already.
    dropped = [one for one in still if store.appointments.cancel(one.id, one.revision)]
    for one in dropped:
        drop(store, one.id, now)
        store.timers.set(CANCELLED, one.id, now)
        store.journal.write(now, by.id, "training.cancelled", f"session:{session.id}", one.family_id)
    return bool(dropped)
