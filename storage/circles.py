"""An appointment with everybody it concerns, read in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, bindparam, or_, select

from storage.drawer import Row
from storage.people import PERSON_COLUMNS
from storage.records import Answer, Appointment, Move, Person
from storage.tables import answers, appointments, families, members, people

_said = and_(answers.c.appointment_id == appointments.c.id, answers.c.person_id == people.c.id)
_belongs = and_(members.c.family_id == appointments.c.family_id, members.c.person_id == people.c.id)
_kin = members.alias("kin")
_parents = (
    select(_kin.c.person_id).where(_kin.c.family_id == appointments.c.family_id).correlate(appointments)
)
# One statement for all that a press touches: this is the path of most presses.
CIRCLE = (
    select(
        *appointments.c,
        families.c.label.label("family_label"),
        people.c.id.label("who"),
        *(column for column in PERSON_COLUMNS if column.name != "id"),
        answers.c.answer,
        answers.c.late,
        members.c.person_id.label("member"),
    )
    .select_from(appointments)
    .join(families, families.c.id == appointments.c.family_id)
    .join(people, or_(people.c.id == appointments.c.caseworker_id, people.c.id.in_(_parents)))
    .outerjoin(members, _belongs)
    .outerjoin(answers, _said)
    .where(appointments.c.id == bindparam("id"))
    .order_by(people.c.created_at, people.c.id)
)


@dataclass(frozen=True, slots=True)
class Circle:
    """An appointment and everybody it concerns. No parent's roles are read here; membership is what counts.

    `parents` are those who are asked; `late` says by how many minutes somebody will be late, `wishes` who has
    asked for another time that nobody has decided. `following` are the moments of its series after it.
    """

    appointment: Appointment
    family: str
    caseworker: Person
    parents: tuple[Person, ...]
    answers: Mapping[str, Answer]
    late: Mapping[str, int] = field(default_factory=dict)
    wishes: Mapping[str, Move] = field(default_factory=dict)
    following: tuple[datetime, ...] = ()

    def parent(self, person_id: str) -> Person | None:
        return next((parent for parent in self.parents if parent.id == person_id), None)


def is_asked(row: Row) -> bool:
    """Whether the person in this row of CIRCLE is asked to come."""
    return row["only_for"] in (None, row["who"])
