"""What is done with a wish to be forgotten, from the asking to the end."""

from datetime import datetime

from handlers import access, desk
from handlers.access import Act, Asks
from handlers.forgetting import farewell, rules, screens
from handlers.forgetting.rules import Block, Reason
from handlers.forgetting.screens import Opened
from handlers.refusal import Refusal
from locales.phrase import F, S
from storage.erasure import Erased, StillNeeded
from storage.records import Family, Lane, Person, Request, RequestState, Role
from storage.store import Store

REMIND = "forgetting.remind"
SEAT_MAY_BE_FREE = "courses.fill"  # the room of courses wakes, and whoever waits moves up


def own_wish(asks: Asks) -> Request | None:
    """The open wish of the person who asks."""
    access.authorise(asks, Act.USE_OWN_RIGHTS, asks.person)
    return asks.store.requests.open_of(asks.person.id)


def wish(asks: Asks) -> Request:
    """A parent's wish: stored, and told to whoever works with the family. Raises Refusal for staff."""
    known = own_wish(asks)
    family = asks.store.families.of_person(asks.person.id)
    if family is None or asks.person.is_staff:
        raise Refusal(S("forgetting.ask_lead") if asks.person.is_staff else F("refusal.not_paired"))
    if known is not None:
        return known
    asked = asks.store.requests.ask(asks.person.id, family.id, asks.now)
    _begun(asks, asked)
    for person in access.in_charge(asks.store, family, asks.now):
        _tell(asks.store, person, opened(asks.store, asked, person), asks.now)
    return asked


def begin(asks: Asks, family_id: str) -> Request:
    """Without a parent's wish, because the family is no longer with us. Raises Refusal for other families."""
    family = access.family(asks, Act.PROPOSE_ERASE, family_id)
    known = next((one for one in asks.store.requests.open() if one.family_id == family.id), None)
    if known is not None:
        return known
    begun = asks.store.requests.begin(asks.person.id, family.id, asks.now)
    _begun(asks, begun)
    return begun


def _begun(asks: Asks, asked: Request) -> None:
    asks.store.timers.set(REMIND, asked.id, rules.reminded_at(asked.asked_at, asks.now))
    asks.store.journal.write(
        asks.now, asks.person.id, "request.asked", f"request:{asked.id}", asked.family_id
    )


def withdraw(asks: Asks) -> bool:
    """The parent has thought better of it. False when there is nothing to withdraw any more."""
    known = own_wish(asks)
    if known is None:
        return False
    return _end(asks, known, RequestState.WITHDRAWN, "request.withdrawn")


def forget_guest(asks: Asks) -> None:
    """Somebody who belongs to no family is forgotten at once. Raises Refusal while they cry for help."""
    access.authorise(asks, Act.USE_OWN_RIGHTS, asks.person)
    store, person, now = asks.store, asks.person, asks.now
    if person.roles or store.families.of_person(person.id) is not None:
        raise Refusal(S("forgetting.ask_lead") if person.is_staff else F("door.stale.toast"))
    if store.alarms.current_of(person.id) is not None:
        raise Refusal(F("forgetting.crying"))
    farewell.say_goodbye(store, person, now)
    try:
        erased = store.erasure.person(person.id, now)
    except StillNeeded:
        raise Refusal(S("forgetting.ask_lead")) from None
    farewell.clear_others(store, erased, now)
    store.journal.write(now, "house", "person.forgotten", f"person:{person.id}")


def to_be_seen(asks: Asks, request_id: str) -> Request:
    """A wish for whoever works with the family, or leads. Raises Refusal for everybody else, and for one gone."""
    found = asks.store.requests.get(request_id)
    if found is None:
        raise Refusal(S("forgetting.gone") if asks.person.is_staff else F("door.stale.toast"))
    if Role.LEAD in asks.person.roles:
        access.authorise(asks, Act.SEE_REQUESTS, found)
        access.has_read(asks, Act.SEE_REQUESTS, found)
    else:
        access.authorise(asks, Act.SEE_FAMILY_RIGHTS, found)
    return found


def opened(store: Store, found: Request, viewer: Person) -> Opened:
    """All that the two who decide have to know."""
    family = store.families.get(found.family_id or "")
    if family is None:
        raise LookupError("a wish about no family")
    members = store.people.of_family(family.id)
    asker = next((person for person in members if person.id == found.person_id), None)
    return Opened(
        found,
        family,
        asker,
        len(members) if rules.takes_family(found, members) else 1,
        held=store.legal_holds.of(family.id) is not None,
        crying=_crying(store, family),
        works_with_it=family.caseworker_id == viewer.id,
        leads=Role.LEAD in viewer.roles,
        viewer=viewer.id,
    )


def propose(asks: Asks, found: Request) -> None:
    """The caseworker agrees; every lead is asked. Raises Refusal while something stands in the way."""
    access.authorise(asks, Act.PROPOSE_ERASE, found)
    store = asks.store
    seen = opened(store, found, asks.person)
    _stop(rules.blocks_proposal(found, held=seen.held, crying=seen.crying))
    if not store.requests.propose(found.id, asks.person.id, asks.now):
        _stop(Block.CLOSED)
    store.journal.write(asks.now, asks.person.id, "request.proposed", f"request:{found.id}", found.family_id)
    after = store.requests.get(found.id) or found
    for lead in store.people.with_role(Role.LEAD):
        if lead.id != asks.person.id:
            _tell(store, lead, opened(store, after, lead), asks.now)


def refuse(asks: Asks, found: Request, reason: Reason) -> None:
    """The lead says no, for one of the fixed reasons; whoever asked reads it in their language."""
    access.authorise(asks, Act.GRANT_ERASE, found)
    if not _end(asks, found, RequestState.REFUSED, f"request.refused.{reason}"):
        _stop(Block.CLOSED)
    asker = asks.store.people.get(found.person_id)
    if not asker.is_staff:
        desk.post(asks.store, asker, screens.refused(reason), asks.now, Lane.NEWS, always=True)


def grant(asks: Asks, found: Request) -> Erased:
    """The second person agrees: last words, and everything goes. Raises Refusal while something stands in the way."""
    access.authorise(asks, Act.GRANT_ERASE, found)
    store, now = asks.store, asks.now
    seen = opened(store, found, asks.person)
    _stop(rules.blocks_grant(found, asks.person.id, held=seen.held, crying=seen.crying))
    members = store.people.of_family(seen.family.id)
    everybody = rules.takes_family(found, members)
    caseworker = store.people.get(seen.family.caseworker_id)
    knowing = [
        *access.in_charge(store, seen.family, now),
        caseworker,
        *farewell.onlookers(store),
        asks.person,
    ]
    for person in members if everybody else [one for one in members if one.id == found.person_id]:
        farewell.say_goodbye(store, person, now)
    for seat in store.courses.of_family(seen.family.id) if everybody else ():
        store.timers.set(SEAT_MAY_BE_FREE, seat.course_id, now)
    erased = (
        store.erasure.family(seen.family.id, now) if everybody else store.erasure.person(found.person_id, now)
    )
    farewell.clear_others(store, erased, now)
    store.journal.write(now, asks.person.id, "request.granted", f"request:{found.id}", seen.family.id)
    for person in {one.id: one for one in knowing}.values():
        farewell.clear_menus(store, person, now)
    for person in {one.id: one for one in (caseworker, asks.person)}.values():
        desk.post(store, person, screens.done(erased), now, Lane.NEWS)
    return erased


def _end(asks: Asks, found: Request, to: RequestState, act: str) -> bool:
    if not asks.store.requests.end(found.id, to, asks.person.id, asks.now):
        return False
    asks.store.timers.drop(REMIND, found.id)
    asks.store.journal.write(asks.now, asks.person.id, act, f"request:{found.id}", found.family_id)
    after = asks.store.requests.get(found.id) or found
    desk.change_all(
        asks.store,
        _about(found),
        lambda who: screens.wish(opened(asks.store, after, who)),
        asks.now,
        but=asks.person,
    )
    return True


def _tell(store: Store, person: Person, seen: Opened, now: datetime) -> None:
    desk.post(store, person, screens.wish(seen), now, Lane.NEWS, _about(seen.wish))


def _about(found: Request) -> str:
    return f"request:{found.id}"


def _crying(store: Store, family: Family) -> bool:
    members = store.people.of_family(family.id)
    return any(store.alarms.current_of(person.id) is not None for person in members)


def _stop(block: Block | None) -> None:
    if block is not None:
        raise Refusal(screens.BLOCKED[block])
