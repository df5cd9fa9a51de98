"""What caseworkers see of their families."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.callback import press
from handlers.caseload.rules import LONGEST_LABEL, LONGEST_NAME, tag
from handlers.fitting import page, shortened, turning
from handlers.screen import Button, Row, Screen, screen
from locales.phrase import Address, Endonym, Items, Phrase, S
from storage.invitations import grouped
from storage.records import Family, Invitation, Offer, OfferKind, Person, Role, Site

ON_A_PAGE = 10
NAME_ON_BUTTON = 14  # leaves room for the words before it
LINES = 5


@dataclass(frozen=True, slots=True)
class Opened:
    """A family with its members, the offers it takes part in, who waits for a yes, and how many are invited."""

    family: Family
    members: Sequence[Person]
    offers: Sequence[tuple[Offer, Site]]
    waiting: Sequence[Invitation] = ()
    invited: int = 0
    pseudonym: str = ""


@dataclass(frozen=True, slots=True)
class Invited:
    """A fresh invitation; its link and its spoken code are shown once and kept nowhere."""

    name: str
    family: Family
    link: str
    until: datetime
    spoken: str
    bot: str
    discreet: bool = False


def listed(families: Sequence[Family], number: int = 0) -> Screen:
    """The caseload, a page of it."""
    shown = page(families, number, ON_A_PAGE)
    rows = [(Button(shortened(family.label), _press("open", family)),) for family in shown.items]
    new = (Button(S("caseload.new.button"), press("caseload", "new")),)
    text = S("caseload.list", n=len(families)) if families else S("caseload.none")
    turn = turning(shown, lambda to: press("caseload", "list", to))
    deputies = (Button(S("team.deputies.button"), press("deputies", "menu")),)
    return screen(text, buttons=[*rows, *turn, new, deputies])


def ask_label() -> Screen:
    return screen(
        S("caseload.ask_label", most=LONGEST_LABEL), buttons=[_cancel(press("caseload", "list", 0))]
    )


def family_card(opened: Opened) -> Screen:
    """One family: who is connected and what it takes part in."""
    family = opened.family
    return screen(
        S("caseload.family", label=family.label),
        S("caseload.members", members=_lines([_member(person) for person in opened.members]))
        if opened.members
        else S("caseload.no_members"),
        S("caseload.offers", offers=_lines([_offer(*pair) for pair in opened.offers]))
        if opened.offers
        else S("caseload.no_offers"),
        S("caseload.pseudonym", name=opened.pseudonym),
        buttons=[
            *map(_waiting, opened.waiting[:LINES]),
            (Button(S("caseload.invite.button"), _press("invite", family)),),
            *_invitations(family, opened.invited),
            (Button(S("caseload.offers.button"), _press("offers", family)),),
            (Button(S("caseload.practice.button"), press("practice", "family", family.id)),),
            (Button(S("caseload.more.button"), _press("more", family)),),
            (Button(S("caseload.back.button"), press("caseload", "list", 0)),),
        ],
    )


def what_else(family: Family) -> Screen:
    """What other rooms do with a family."""
    return screen(
        S("caseload.family", label=family.label),
        S("caseload.what_else"),
        buttons=[
            (Button(S("caseload.entrusted.button"), press("entrusted", "list", family.id)),),
            (Button(S("caseload.protection.button"), press("protection", "family", family.id)),),
            (Button(S("caseload.hand_over.button"), press("deputies", "hand", family.id)),),
            (Button(S("caseload.rights.button"), press("rights", "family", family.id)),),
            _back("open", family),
        ],
    )


def invitations(family: Family, known: Sequence[Invitation]) -> Screen:
    """The family's open invitations, each with the button that ends it."""
    rows = [
        (
            Button(
                S("caseload.withdraw.button", name=shortened(one.name, NAME_ON_BUTTON)),
                _press("withdraw", family, one.id),
            ),
        )
        for one in known[:ON_A_PAGE]
    ]
    text = S("caseload.open_invitations", n=len(known)) if known else S("caseload.no_open_invitations")
    return screen(S("caseload.family", label=family.label), text, buttons=[*rows, _back("open", family)])


def choose_site(family: Family, sites: Sequence[Site]) -> Screen:
    rows = [(Button(shortened(site.name), _press("site", family, tag(site.id))),) for site in sites]
    text = S("caseload.choose_site") if sites else S("caseload.no_sites")
    return screen(S("caseload.family", label=family.label), text, buttons=[*rows, _back("open", family)])


def choose_offers(family: Family, site: Site, offers: Sequence[Offer], enrolled: frozenset[str]) -> Screen:
    """The offers of one site; those ticked are the family's."""
    rows = [(_switch(family, offer, takes_part=offer.id in enrolled),) for offer in offers]
    text = S("caseload.choose_offers", site=Address(site.name))
    return screen(S("caseload.family", label=family.label), text, buttons=[*rows, _back("offers", family)])


def ask_name(family: Family, *, discreet: bool = False) -> Screen:
    text = S("caseload.ask_name", family=family.label, most=LONGEST_NAME)
    label = S("caseload.neutral_on.button") if discreet else S("caseload.neutral_off.button")
    switch = (Button(label, _press("neutral", family)),)
    return screen(text, S("caseload.about_neutral"), buttons=[switch, _cancel(_press("open", family))])


def invited(made: Invited) -> Screen:
    """The link as words and as a picture that another phone can read, and the code to be said aloud."""
    text = [
        S("caseload.invited", name=made.name, family=made.family.label, until=made.until, link=made.link),
        S("caseload.invited_code", bot=made.bot, code=grouped(made.spoken)),
    ]
    if made.discreet:
        text.append(S("caseload.invited_neutral"))
    return Screen(tuple(text), qr=made.link, to_keep=True)


def switched(offer: Offer, *, takes_part: bool) -> Phrase:
    """The few words over the screen after a tick was set or taken away."""
    name = S(f"offer.{offer.kind}")
    return S("caseload.enrolled.toast", offer=name) if takes_part else S("caseload.left.toast", offer=name)


def _switch(family: Family, offer: Offer, *, takes_part: bool) -> Button:
    name = S(f"offer.{offer.kind}")
    label = (
        S("caseload.enrolled.button", offer=name)
        if takes_part
        else S("caseload.not_enrolled.button", offer=name)
    )
    return Button(label, _press("switch", family, tag(offer.id)))


def _waiting(came: Invitation) -> Row:
    name = shortened(came.name, NAME_ON_BUTTON)
    return (Button(S("caseload.waiting.button", name=name), press("intake", "look", came.id)),)


def _invitations(family: Family, how_many: int) -> tuple[Row, ...]:
    if not how_many:
        return ()
    return ((Button(S("caseload.open_invitations.button", n=how_many), _press("invitations", family)),),)


def _member(person: Person) -> Phrase:
    language = Endonym(person.language) if person.language else S("caseload.no_language")
    if person.blocked:
        return S("caseload.member_blocked", name=person.name, language=language)
    return S("caseload.member", name=person.name, language=language)


def _offer(offer: Offer, site: Site) -> Phrase:
    return S("caseload.offer", offer=S(f"offer.{offer.kind}"), site=Address(site.name))


def _lines(phrases: Sequence[Phrase]) -> Items:
    more = [S("caseload.more", n=len(phrases) - LINES)] if len(phrases) > LINES else []
    return Items(*phrases[:LINES], *more)


def _press(verb: str, family: Family, *parts: str) -> str:
    return press("caseload", verb, family.id, *parts)


def _back(verb: str, family: Family) -> Row:
    return (Button(S("caseload.back.button"), _press(verb, family)),)


def _cancel(carries: str) -> Row:
    return (Button(S("caseload.cancel.button"), carries),)


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    family = Family("f" * 16, "W" * LONGEST_LABEL, "c" * 16)
    speaking = [
        Person("p" * 16, 1, "M" * LONGEST_NAME, language, "ar", blocked=True) for language in ("ar", None) * 6
    ]
    site = Site("s" * 30, "Wohngruppe Bahnhofstraße 12", "Bahnhofstr. 12, 51143 Köln", 12)
    offers = [Offer(f"{site.id}.{kind}", site.id, kind) for kind in OfferKind]
    everything = frozenset(offer.id for offer in offers)
    invited_one = Invitation(
        "i" * 16, Role.PARENT, "M" * LONGEST_NAME, family.id, None, False, "c" * 16, now, None, None, None
    )
    link = "https://t.me/" + "B" * 32 + "?start=" + "c" * 23
    return [
        listed([]),
        listed([family] * 35, 1),
        ask_label(),
        family_card(Opened(family, [], [], pseudonym="F-7K2M")),
        family_card(
            Opened(family, speaking, [(offer, site) for offer in offers], [invited_one] * 9, 99, "F-7K2M")
        ),
        what_else(family),
        invitations(family, []),
        invitations(family, [invited_one] * 30),
        choose_site(family, []),
        choose_site(family, [site] * 8),
        choose_offers(family, site, offers, everything),
        choose_offers(family, site, offers, frozenset()),
        ask_name(family),
        ask_name(family, discreet=True),
        invited(Invited("M" * LONGEST_NAME, family, link, now, "7K3M9PQ2XY", "@" + "B" * 32, discreet=True)),
    ]
