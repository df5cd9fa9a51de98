"""Why a role can't be taken away yet, and the table of rights as lines to read."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from handlers.acts import ACCESS, Act, Proof, Relation
from storage.records import STAFF, Role

ON_A_PAGE = 6
SHOWN = (Role.PARENT, Role.CASEWORKER, Role.ON_CALL, Role.LEAD)


class Hindrance(StrEnum):
    """What stands in the way of taking a role away."""

    NOT_HELD = "not_held"
    LAST_LEAD = "last_lead"
    HAS_FAMILIES = "has_families"
    LEADS_COURSES = "leads_courses"


FIRST_HAND_OVER = frozenset({Hindrance.HAS_FAMILIES, Hindrance.LEADS_COURSES})


@dataclass(frozen=True, slots=True)
class Line:
    """One act: who may, each in which relations, and what must be shown for it."""

    act: Act
    grants: tuple[tuple[Role | None, tuple[Relation, ...]], ...]
    proof: Proof


def hindrance(
    held: Set[Role], role: Role, *, leads: int, families: int, courses: int = 0
) -> Hindrance | None:
    """None when the role may go now.

    `leads` counts all who lead, `families` those of this person, `courses` all courses and sessions they have ahead.
    """
    if role not in held or role not in STAFF:
        return Hindrance.NOT_HELD
    if role is Role.LEAD and leads < 2:
        return Hindrance.LAST_LEAD
    if role is not Role.CASEWORKER:
        return None
    if families:
        return Hindrance.HAS_FAMILIES
    return Hindrance.LEADS_COURSES if courses else None


def lines() -> Iterator[Line]:
    """The whole table, in its own order."""
    for act, rule in ACCESS.items():
        roles: Sequence[Role | None] = [role for role in (None, *SHOWN) if role in rule.grants]
        grants = [(role, tuple(one for one in Relation if one in rule.grants[role])) for role in roles]
        yield Line(act, tuple(grants), rule.proof)
