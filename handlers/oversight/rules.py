"""Who is told what got stuck, and which places nobody holds."""

from collections.abc import Iterable, Sequence

from storage.records import STAFF, Duty, Person, Role

LONGEST_NAME = 40
ORDER = (Role.LEAD, Role.CASEWORKER, Role.ON_CALL)


def staff_role(word: str) -> Role | None:
    """The role a lead may invite to; None for any other word."""
    return next((role for role in ORDER if role == word), None)


def held(person: Person) -> tuple[Role, ...]:
    """The person's roles in the order they are read out; parents last."""
    return tuple(role for role in (*ORDER, Role.PARENT) if role in person.roles)


def team(people: Iterable[Person]) -> list[Person]:
    """Everybody on staff once, by name."""
    once = {person.id: person for person in people if person.roles & STAFF}
    return sorted(once.values(), key=lambda person: (person.name.casefold(), person.id))


def unmanned(steps: Sequence[int], on_duty: Iterable[Duty]) -> list[int]:
    """The on-call steps on which nobody is on duty now who has answered a test page."""
    manned = {duty.step for duty in on_duty if duty.tested}
    return [step for step in steps if step not in manned]


def told(person: Person, caseworker: Person | None, leads: Iterable[Person]) -> list[Person]:
    """Who has to know that this person can't be reached: the caseworker, else the leads.

    Nobody is told of themselves, and nobody is counted on who can't be reached either.
    """
    if caseworker is not None and not caseworker.blocked and not person.is_staff:
        return [caseworker]
    if caseworker is None and not person.is_staff:
        return []
    return [lead for lead in leads if lead.id != person.id and not lead.blocked]
