"""Gathering what is known, handing it out, and passing on that something is wrong."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers import access, clearing, desk
from handlers.access import Act, Asks
from handlers.refusal import Refusal
from handlers.rights import rules, screens
from handlers.rights.file import Known
from handlers.rights.rules import Seen
from locales.phrase import F, S
from storage.disclosure import Disclosed
from storage.journal import Line
from storage.records import Family, Lane, Person, Role
from storage.store import Store

MOST_LINES = 2000
WRONG = "rights.wrong"
TAKE_AWAY = "rights.take_away"
STAFF_ROLES = (Role.CASEWORKER, Role.LEAD, Role.ON_CALL)
ONCE_A_DAY = timedelta(days=1)
# a whole family's file must not stay in a chat
STAYS = timedelta(hours=12)


def about_me(asks: Asks) -> Known:
    """Everything about the person who asks, and their family's part that is theirs."""
    access.authorise(asks, Act.USE_OWN_RIGHTS, asks.person)
    store, person = asks.store, asks.person
    family = store.families.of_person(person.id)
    rows = store.disclosure.of([person.id], family.id if family else None)
    lines = store.journal.of_person(person.id, MOST_LINES)
    if family is not None:
        lines = [*lines, *store.journal.of_family(family.id, MOST_LINES)]
    own = frozenset(_ids(store, person, rows))
    staff = _staff(store, lines)
    theirs = [line for line in lines if rules.is_theirs(line, person.id, own, frozenset(staff))]
    store.journal.write(asks.now, person.id, "rights.handed_out", f"person:{person.id}", _id(family))
    seen = _seen(theirs, staff, person.id)
    return Known(person, family, rows, seen, _offers(store), asks.now, sites=_sites(store))


def about_family(asks: Asks, family_id: str) -> Known:
    """A whole family's file for the agency, and every open wish of it knows that it was handed out."""
    family = access.family(asks, Act.EXPORT_FAMILY, family_id)
    store = asks.store
    members = [person.id for person in store.people.of_family(family.id)]
    lines = store.journal.of_family(family.id, MOST_LINES)
    for wish in store.requests.open():
        if wish.family_id == family.id:
            store.requests.exported(wish.id, asks.now)
    rows = store.disclosure.of(members, family.id, for_file=True)
    seen = _seen(lines, _staff(store, lines), "")
    offers, sites = _offers(store), _sites(store)
    return Known(asks.person, family, rows, seen, offers, asks.now, for_file=True, sites=sites)


def rights_of(store: Store, family: Family) -> screens.OfFamily:
    """How a family stands: its open wish and its legal hold."""
    wish = next((one for one in store.requests.open() if one.family_id == family.id), None)
    hold = store.legal_holds.of(family.id)
    members = len(store.people.of_family(family.id))
    return screens.OfFamily(family, members, wish, hold.since if hold else None)


def something_is_wrong(store: Store, *, by: Person, now: datetime) -> Person:
    """Tells whoever works with the family, at most once a day; returns the caseworker. Raises Refusal."""
    access.authorise(access.Asking(store, by, now), Act.USE_OWN_RIGHTS, by)
    family = store.families.of_person(by.id)
    if family is None:
        raise Refusal(S("refusal.role") if by.is_staff else F("refusal.not_paired"))
    people = access.in_charge(store, family, now)
    if store.timers.due_at(WRONG, by.id) is None:
        store.timers.set(WRONG, by.id, now + ONCE_A_DAY)
        store.journal.write(now, by.id, "rights.doubted", f"person:{by.id}", family.id)
        for person in people:
            desk.post(store, person, screens.doubted(by, family), now, Lane.NEWS, f"doubt:{by.id}")
    return people[0] if people else store.people.get(family.caseworker_id)


def day_is_over(store: Store, scope: str, now: datetime) -> None:
    """They may say so once more: that the timer is gone is all there is to it."""


def take_away(store: Store, scope: str, now: datetime) -> None:
    """A file that was handed out in a chat is taken out of it again."""
    card = store.cards.get(scope)
    if card is not None and card.message_id is not None:
        clearing.cards(store, store.people.get(card.person_id), [card], now)


def _ids(store: Store, person: Person, rows: Disclosed) -> list[str]:
    """What may stand behind the colon of a subject when it is this person's own, or the whole family's."""
    asked_to = [str(row["id"]) for row in rows.rows("appointments")]
    return [person.id, *asked_to, *store.disclosure.ids_of(person.id)]


def _staff(store: Store, lines: Sequence[Line]) -> dict[str, str]:
    """The actors who are staff or were, each with a role; another parent is none."""
    found: dict[str, str] = {}
    for id in {line.actor for line in lines if rules.is_somebody(line.actor)}:
        try:
            person = store.people.get(id)
        except LookupError:
            continue
        if Role.PARENT not in person.roles:
            found[id] = next((role.value for role in STAFF_ROLES if role in person.roles), "former")
    return found


def _seen(lines: Sequence[Line], staff: dict[str, str], person_id: str) -> list[Seen]:
    return [
        Seen(
            line.at, _who(line, staff, person_id), rules.topic(line.act), rules.is_reading(line.act), line.act
        )
        for line in rules.in_order(lines)
    ]


def _who(line: Line, staff: dict[str, str], person_id: str) -> str:
    if line.actor == person_id:
        return "self"
    if not rules.is_somebody(line.actor):
        return "house"
    return staff.get(line.actor, "somebody")


def _offers(store: Store) -> dict[str, str]:
    return {offer.id: offer.kind.value for offer in store.agency.offers()}


def _sites(store: Store) -> dict[str, str]:
    return {site.id: site.name for site in store.agency.sites()}


def _id(family: Family | None) -> str | None:
    return family.id if family else None
