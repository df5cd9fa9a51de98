"""What caseworkers do with families: add, open, enrol, invite, and end an invitation again."""

from dataclasses import dataclass
from datetime import datetime

from handlers import access, links
from handlers.access import Act, Asking
from handlers.caseload import rules
from handlers.caseload.screens import Invited, Opened
from handlers.refusal import Refusal
from locales.phrase import S
from storage.invitations import new_spoken
from storage.records import Family, Invitation, Offer, Person, Role, Site
from storage.store import Store


def families(store: Store, *, by: Person, now: datetime) -> list[Family]:
    """The caseworker's own families and those they stand in for. Raises Refusal for whoever is none."""
    access.authorise(Asking(store, by, now), Act.LIST_FAMILIES)
    return store.families.cared_for_by(by.id, now)


def add(store: Store, label: str, *, by: Person, now: datetime) -> Family:
    """A new family of this caseworker. Raises Refusal when they already have one of that name."""
    access.authorise(Asking(store, by, now), Act.ADD_FAMILY)
    if rules.is_taken(label, store.families.caseload(by.id)):
        raise Refusal(S("caseload.label_taken"))
    fresh = store.families.add(label, by.id, now)
    store.journal.write(now, by.id, "family.added", f"family:{fresh.id}", fresh.id)
    return fresh


def family(store: Store, act: Act, family_id: str, *, by: Person, now: datetime) -> Family:
    """A family this person may do that with. Raises Refusal for any other."""
    return access.family(Asking(store, by, now), act, family_id)


def opened(store: Store, family_id: str, *, by: Person, now: datetime) -> Opened:
    """Everything about one family. Raises Refusal for one that is not theirs."""
    found = family(store, Act.OPEN_FAMILY, family_id, by=by, now=now)
    enrolled = store.families.offers_of(found.id)
    sites = {site.id: site for site in store.agency.sites()}
    return Opened(
        found,
        store.people.of_family(found.id),
        [(offer, sites[offer.site_id]) for offer in store.agency.offers() if offer.id in enrolled],
        store.invitations.undecided_in(found.id),
        len(store.invitations.unused_of_family(found.id, now)),
        store.calendars.pseudonym(found.id),
    )


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
    store.journal.write(now, by.id, act, f"offer:{offer.id}", family.id)
    return takes_part


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom to invite into which family; `discreet` from the very first message on."""

    family_id: str
    name: str
    discreet: bool = False


def invite(store: Store, wish: Wish, *, by: Person, now: datetime) -> Invited:
    """An invitation for one parent, by link and by spoken code. Raises Refusal for a family that is not theirs."""
    into = family(store, Act.INVITE_PARENT, wish.family_id, by=by, now=now)
    spoken = new_spoken()
    code, until = store.invitations.add(
        Role.PARENT,
        wish.name,
        now,
        family_id=into.id,
        invited_by=by.id,
        spoken=spoken,
        discreet=wish.discreet,
    )
    store.journal.write(now, by.id, "invitation.made.parent", f"family:{into.id}", into.id)
    link, bot = links.invitation_link(code), links.bot_name()
    return Invited(wish.name, into, link, until, spoken, bot, wish.discreet)


def open_invitations(store: Store, family: Family, *, now: datetime) -> list[Invitation]:
    return store.invitations.unused_of_family(family.id, now)


def withdraw(store: Store, family: Family, invitation_id: str, *, by: Person, now: datetime) -> bool:
    """Ends an invitation into this family. False when it was used, is over or is another's."""
    theirs = {one.id for one in open_invitations(store, family, now=now)}
    if invitation_id not in theirs or not store.invitations.withdraw(invitation_id, now):
        return False
    subject = f"invitation:{invitation_id}"
    store.journal.write(now, by.id, "invitation.withdrawn.parent", subject, family.id)
    return True
