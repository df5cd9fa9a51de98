"""The greeting at the door, the wait in front of it, and the question whether the right person came."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.callback import press
from handlers.fitting import page, shortened, turning
from handlers.home import home, keyboard
from handlers.intake.rules import ALL_GUESSES, Fit
from handlers.screen import Button, Screen, screen
from handlers.tongues import picker
from locales.phrase import F, Phrase, S
from storage.records import STAFF, Family, Invitation, Person, Role

REFUSED: dict[Fit, Phrase] = {
    Fit.ALREADY_IN: F("intake.already"),
    Fit.OTHER_FAMILY: F("intake.other_family"),
    Fit.FOR_PARENTS: S("intake.for_parents"),
    Fit.FOR_STAFF: F("intake.for_staff"),
}
NAME_ON_BUTTON = 14  # leaves room for the words before it
ON_A_PAGE = 8


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who came by a family's invitation; `decider` has said whether it is the right person."""

    used: Invitation
    family: Family
    person: Person
    decider: Person | None


def hello(person: Person) -> Screen:
    """For somebody who came without an invitation: who we are is told to nobody who happens to look."""
    return screen(F("intake.hello"), keyboard=keyboard(person))


def closed(person: Person) -> Screen:
    """The same words for a wrong, a used and an expired code, so that nobody learns which it was."""
    text = S("intake.closed") if person.is_staff else F("intake.closed")
    return screen(text, keyboard=keyboard(person))


def waiting(person: Person) -> Screen:
    """The invitation was right; a human still has to say that the person is."""
    text = F("intake.waiting_neutral") if person.discreet else F("intake.waiting")
    return Screen((text,), keyboard=keyboard(person), harmless=person.discreet)


def welcome(person: Person) -> Screen:
    """Somebody is in."""
    if person.discreet and not person.is_staff:
        return Screen((F("intake.welcome_neutral"),), keyboard=keyboard(person), harmless=True)
    text = S("home.welcome") if person.is_staff else F("home.welcome")
    return screen(text, *home(person).text, keyboard=keyboard(person))


def entered(person: Person, used: Invitation | None) -> Screen:
    """The answer to a code."""
    if used is None:
        return closed(person)
    return welcome(person) if used.role in STAFF else waiting(person)


def arrived(came: Arrival) -> Screen:
    """For the caseworker: is this the right person?"""
    used, name = came.used, shortened(came.used.name, NAME_ON_BUTTON)
    return screen(
        S("intake.arrived", name=used.name, family=came.family.label),
        buttons=[
            (Button(S("intake.yes.button", name=name), press("intake", "yes", used.id)),),
            (Button(S("intake.no.button"), press("intake", "no", used.id)),),
        ],
    )


def still_waiting(came: Arrival) -> Screen:
    asked = arrived(came)
    return replace(asked, text=(S("intake.still_waiting"), *asked.text))


def decided(came: Arrival) -> Screen:
    """What was said, and by whom; the name on the invitation is forgotten by then."""
    by = came.decider.name if came.decider else ""
    if not came.used.confirmed:
        return screen(S("intake.declined", family=came.family.label, by=by))
    opens = Button(S("caseload.open.button"), press("caseload", "open", came.family.id))
    name, label = came.person.name, came.family.label
    return screen(S("intake.confirmed", name=name, family=label, by=by), buttons=[(opens,)])


def overdue(caseworker: Person) -> Screen:
    """For the lead: with whom it lies, and nothing about the family."""
    return screen(S("intake.overdue", name=caseworker.name))


def storm() -> Screen:
    return screen(S("intake.storm", n=ALL_GUESSES))


def staff_joined(used: Invitation) -> Screen:
    return screen(S("intake.staff_joined", name=used.name, role=S(f"team.role.{used.role}")))


def team_invitations(known: Sequence[Invitation], number: int = 0) -> Screen:
    """The team's open invitations, each with the button that ends it."""
    shown = page(known, number, ON_A_PAGE)
    rows = [
        (
            Button(
                S("intake.withdraw.button", name=shortened(one.name, 20)), press("intake", "withdraw", one.id)
            ),
        )
        for one in shown.items
    ]
    turn = turning(shown, lambda to: press("intake", "team", to))
    back = (Button(S("intake.back.button"), press("oversight", "team", 0)),)
    text = S("intake.team_open", n=len(known)) if known else S("intake.team_none")
    return screen(text, buttons=[*rows, *turn, back])


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    guest = Person("p" * 16, 1, "", None, "ar", blocked=False)
    parent = Person("p" * 16, 1, "M" * 40, "ar", "ar", blocked=False, roles=frozenset({Role.PARENT}))
    staff = Person("p" * 16, 1, "M" * 40, "de", "de", blocked=False, roles=frozenset(Role) - {Role.PARENT})
    family = Family("f" * 16, "F" * 40, staff.id)
    invited = [
        Invitation("i" * 16, role, "M" * 40, family.id, 1, False, staff.id, now, now, guest.id, now)
        for role in Role
    ]
    came = Arrival(invited[0], family, parent, staff)
    said_yes = replace(came, used=replace(invited[0], confirmed=True))
    return [
        hello(guest),
        *(picker(person) for person in (guest, parent, staff)),
        *(closed(person) for person in (guest, parent, staff)),
        *(waiting(replace(guest, discreet=discreet)) for discreet in (False, True)),
        *(welcome(person) for person in (parent, replace(parent, discreet=True), staff)),
        *(screen(phrase) for phrase in REFUSED.values()),
        *(arrived(came), still_waiting(came), decided(came), decided(said_yes)),
        *(overdue(staff), storm()),
        *(staff_joined(used) for used in invited[1:]),
        team_invitations([]),
        team_invitations(invited * 5, 1),
    ]
