"""What a caseworker does with families: add, open, enrol, invite."""

from datetime import datetime

from handlers import roles
from handlers.caseload import rules
from handlers.caseload.screens import Invited, Opened
from handlers.links import invitation_link
from handlers.refusal import Refusal
from locales.phrase import S
from storage.records import Family, Offer, Person, Role, Site
from storage.store import Store


def families(store: Store, *, by: Person) -> list[Family]:
    """The caseworker's own families. Raises Refusal for whoever is none."""
    roles.require(by, Role.CASEWORKER)
    return store.families.caseload(by.id)


def add(store: Store, label: str, *, by: Person, now: datetime) -> Family:
    """A new family of this caseworker. Raises Refusal when they already have one of that name."""
    if rules.is_taken(label, families(store, by=by)):
        raise Refusal(S("caseload.label_taken"))
    fresh = store.families.add(label, by.id, now)
    store.journal.write(now, by.id, "family.added", f"family:{fresh.id}")
    return fresh


def opened(store: Store, family_id: str, *, by: Person) -> Opened:
    """Everything about one own family. Raises Refusal for any other."""
    family = roles.of_caseload(store, by, family_id)
    enrolled = store.families.offers_of(family.id)
    sites = {site.id: site for site in store.agency.sites()}
    offers = [(offer, sites[offer.site_id]) for offer in store.agency.offers() if offer.id in enrolled]
    return Opened(family, store.people.of_family(family.id), offers)


def sites_with_offers(store: Store) -> list[Site]:
    """Only sites that run something."""
    running = {offer.site_id for offer in store.agency.offers()}
    return [site for site in store.agency.sites() if site.id in running]


def offers_at(store: Store, site: Site) -> list[Offer]:
    return [offer for offer in store.agency.offers() if offer.site_id == site.id]


def switch(store: Store, family: Family, offer: Offer, *, by: Person, now: datetime) -> bool:
    """Enrols the family, or takes it out again; True when it takes part from now on."""
    takes_part = offer.id not in store.families.offers_of(family.id)
    if takes_part:
        store.families.enrol(family.id, offer.id, now)
    else:
        store.families.leave(family.id, offer.id)
    act = "family.enrolled" if takes_part else "family.left"
    store.journal.write(now, by.id, f"{act}.{offer.id}", f"family:{family.id}")
    return takes_part


def invite(store: Store, family_id: str, name: str, *, by: Person, now: datetime) -> Invited:
    """An invitation for one parent. Raises Refusal for a family that is not the caseworker's own."""
    family = roles.of_caseload(store, by, family_id)
    code, until = store.invitations.add(Role.PARENT, name, now, family_id=family.id, invited_by=by.id)
    store.journal.write(now, by.id, "invitation.made.parent", f"family:{family.id}")
    return Invited(name, family, invitation_link(code), until)
