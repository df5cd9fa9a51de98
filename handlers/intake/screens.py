"""The greeting at the door."""

from datetime import datetime

from handlers.callback import press
from handlers.home import home, keyboard
from handlers.intake.rules import Fit
from handlers.screen import Button, Screen, screen
from handlers.tongues import picker
from locales.phrase import F, Phrase, S
from storage.records import Family, Invitation, Person, Role

REFUSED: dict[Fit, Phrase] = {
    Fit.ALREADY_IN: F("intake.already"),
    Fit.OTHER_FAMILY: F("intake.other_family"),
    Fit.FOR_PARENTS: S("intake.for_parents"),
    Fit.FOR_STAFF: F("intake.for_staff"),
}


def hello(person: Person) -> Screen:
    """For somebody who came without an invitation."""
    return screen(F("intake.hello"), keyboard=keyboard(person))


def closed(person: Person) -> Screen:
    """The same words for a wrong, a used and an expired code, so that nobody learns which it was."""
    return screen(S("intake.closed") if person.is_staff else F("intake.closed"), keyboard=keyboard(person))


def welcome(person: Person) -> Screen:
    """Right after the invitation was used."""
    text = S("home.welcome") if person.is_staff else F("home.welcome")
    return screen(text, *home(person).text, keyboard=keyboard(person))


def parent_joined(used: Invitation, family: Family) -> Screen:
    opens = Button(S("caseload.open.button"), press("caseload", "open", family.id))
    return screen(S("intake.parent_joined", name=used.name, family=family.label), buttons=[(opens,)])


def staff_joined(used: Invitation) -> Screen:
    return screen(S("intake.staff_joined", name=used.name, role=S(f"team.role.{used.role}")))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    guest = Person("p" * 16, 1, "", None, "ar", blocked=False)
    parent = Person("p" * 16, 1, "M" * 40, "ar", "ar", blocked=False, roles=frozenset({Role.PARENT}))
    staff = Person("p" * 16, 1, "M" * 40, "de", "de", blocked=False, roles=frozenset(Role) - {Role.PARENT})
    family = Family("f" * 16, "F" * 40, staff.id)
    invited = [Invitation("i" * 16, role, "M" * 40, family.id, 1, staff.id, now, now) for role in Role]
    return [
        hello(guest),
        *(picker(person) for person in (guest, parent, staff)),
        *(closed(person) for person in (guest, parent, staff)),
        *(welcome(person) for person in (parent, staff)),
        *(screen(phrase) for phrase in REFUSED.values()),
        parent_joined(invited[0], family),
        *(staff_joined(used) for used in invited[1:]),
    ]
