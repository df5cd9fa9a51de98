"""Naming a deputy, ending it, and handing families over."""

from datetime import date, datetime

from handlers import appointed, calling, desk, standing, wishing
from handlers.access import Act, Asks, authorise
from handlers.deputies import rules, screens
from handlers.deputies.screens import Standing
from handlers.refusal import Refusal
from handlers.screen import Screen
from locales.phrase import S
from storage.records import Deputy, Family, Lane, Person, Role
from storage.store import Store


def caseworker(asks: Asks, person_id: str, act: Act) -> Person:
    """The caseworker whose deputies these are. Raises Refusal for whoever may not, and for everybody else."""
    found = next((one for one in asks.store.people.with_role(Role.CASEWORKER) if one.id == person_id), None)
    authorise(asks, act, found)
    if found is None:
        raise Refusal(S("deputies.gone"))
    return found


def listed(asks: Asks, person_id: str) -> Standing:
    """Who stands in for this caseworker, now or later, and for whom they stand in themselves."""
    of = caseworker(asks, person_id, Act.SEE_DEPUTIES)
    store, now = asks.store, asks.now
    theirs = [(one, store.people.get(one.deputy_id)) for one in store.deputies.of_caseworker(of.id, now)]
    held = [store.people.get(one.caseworker_id) for one in store.deputies.held_by(of.id, now)]
    return Standing(of, theirs, held, mine=of.id == asks.person.id, now=now)


def colleagues(store: Store, but: str) -> list[Person]:
    return rules.others(store.people.with_role(Role.CASEWORKER), but)


def name(asks: Asks, of: Person, deputy_id: str, first: date, last: date) -> Deputy:
    """Somebody stands in from one day's beginning until another's end. Raises Refusal."""
    authorise(asks, Act.NAME_DEPUTY, of)
    store, now = asks.store, asks.now
    if deputy_id not in {one.id for one in colleagues(store, of.id)}:
        raise Refusal(S("deputies.gone"))
    starts_at, ends_at = rules.span(first, last, now)
    if ends_at <= now or rules.overlaps(
        store.deputies.of_caseworker(of.id, now), deputy_id, starts_at, ends_at
    ):
        raise Refusal(S("deputies.overlap"))
    made = store.deputies.add(of.id, deputy_id, starts_at, ends_at, asks.person.id)
    store.timers.set(standing.BEGINS, made.id, starts_at)
    store.timers.set(standing.ENDS, made.id, ends_at)
    store.journal.write(now, asks.person.id, "deputy.named", f"person:{deputy_id}")
    if of.id != asks.person.id:
        shown = screens.named_for_you(store.people.get(deputy_id), made)
        desk.post(store, of, shown, now, Lane.NEWS, f"deputy:{made.id}")
    return made


def end(asks: Asks, deputy_id: str) -> Person:
    """Ends it before its time, and tells the deputy; gives the caseworker. Raises Refusal."""
    store = asks.store
    found = store.deputies.get(deputy_id)
    of = caseworker(asks, found.caseworker_id if found else "", Act.END_DEPUTY)
    if found is None or not standing.end(store, found, asks.person.id, asks.now):
        raise Refusal(S("deputies.over"))
    if found.starts_at <= asks.now:
        _tell(store, found.deputy_id, screens.ended(of), asks.now)
    return of


def begins(store: Store, scope: str, now: datetime) -> None:
    """Its first day has come: the deputy and the caseworker are told."""
    found = store.deputies.get(scope)
    if found is None or found.ends_at <= now:
        return
    of = store.people.get(found.caseworker_id)
    _tell(store, found.deputy_id, screens.begins(of, found), now)
    _tell(store, of.id, screens.begins_for_you(store.people.get(found.deputy_id), found), now)
    store.journal.write(now, "time", "deputy.began", f"person:{found.deputy_id}")


def ends(store: Store, scope: str, now: datetime) -> None:
    """Its last day is over: the rights have ended by themselves, and both are told."""
    found = store.deputies.get(scope)
    if found is None:
        return
    of = store.people.get(found.caseworker_id)
    _tell(store, found.deputy_id, screens.ended(of), now)
    _tell(store, of.id, screens.ended_for_you(store.people.get(found.deputy_id)), now)
    store.journal.write(now, "time", "deputy.ended", f"person:{found.deputy_id}")
    standing.forget_families(store, found, now)


def hand_over(asks: Asks, family: Family, to: Person) -> None:
    """The family is a colleague's from now on, with its appointments. The parents learn the name. Raises Refusal."""
    authorise(asks, Act.HAND_OVER_FAMILY, family)
    if to.id == family.caseworker_id or Role.CASEWORKER not in to.roles:
        raise Refusal(S("deputies.gone"))
    _move(asks, family, to)
    shown = screens.new_family(family)
    desk.post(asks.store, to, shown, asks.now, Lane.NEWS, f"family:{family.id}")


def hand_all_over(asks: Asks, of: Person, to: Person) -> int:
    """All families of a caseworker at once, and all that they lead; how many families. Raises Refusal and NeedsCode."""
    authorise(asks, Act.HAND_OVER_ALL, of)
    if to.id == of.id or Role.CASEWORKER not in to.roles:
        raise Refusal(S("deputies.gone"))
    families = asks.store.families.caseload(of.id)
    for family in families:
        _move(asks, family, to)
    led = asks.store.training.led(of.id, asks.now)
    _move_trainings(asks, of, to)
    if families:
        desk.post(asks.store, to, screens.new_families(len(families)), asks.now, Lane.NEWS)
    if led:
        desk.post(asks.store, to, screens.new_courses(led), asks.now, Lane.NEWS)
    return len(families)


def _move_trainings(asks: Asks, of: Person, to: Person) -> None:
    """Whoever takes all families leads the trainings and courses from now on."""
    store = asks.store
    if store.training.hand_over(of.id, to.id) + store.courses.hand_over(of.id, to.id):
        store.journal.write(asks.now, asks.person.id, "trainings.handed_over", f"person:{to.id}")


def _move(asks: Asks, family: Family, to: Person) -> None:
    store, now = asks.store, asks.now
    before = store.people.get(family.caseworker_id)
    deputies = [store.people.get(id) for id in store.deputies.for_caseworker_now(before.id, now)]
    store.families.hand_over(family.id, to.id)
    store.appointments.hand_over(family.id, to.id)
    _promises_follow(store, family, to, now)
    store.journal.write(now, asks.person.id, "family.handed_over", f"person:{to.id}", family.id)
    for person in (before, *deputies):
        if person.id != to.id and not store.deputies.stands_in(person.id, family.id, now):
            standing.forget_family(store, person, family, now)
    for parent in store.people.of_family(family.id):
        desk.post(store, parent, screens.your_caseworker(to), now, Lane.NEWS)


def _promises_follow(store: Store, family: Family, to: Person, now: datetime) -> None:
    """Open wishes and calls are the new caseworker's, who hears of them; cards about wishes say who answers."""
    wishing.hand_over(store, family.id, to, now)
    wishes = store.moves.open_of_family(family.id)
    for appointment_id in dict.fromkeys(move.appointment_id for move in wishes):
        appointed.change_all(store, appointed.known(store, appointment_id), now)
    if any(call.family_id == family.id for call in store.calls.open_of(to.id, now)):
        calling.tell_soon(store, family.id, now)


def _tell(store: Store, person_id: str, shown: Screen, now: datetime) -> None:
    person = store.people.get(person_id)
    if Role.CASEWORKER in person.roles:
        desk.post(store, person, shown, now, Lane.NEWS)
