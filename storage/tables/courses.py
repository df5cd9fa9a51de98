"""Parent training as a course: its sessions, who has a seat in it, and what each practises between them."""

from sqlalchemy import Column, ForeignKey, Integer, Text, UniqueConstraint

from storage.tables.base import one_of, table
from storage.types import Sealed, Utc

courses = table(
    "courses",
    Column("id", Text, primary_key=True),
    Column("offer_id", Text, ForeignKey("offers.id"), nullable=False, index=True),
    Column("caseworker_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("syllabus", Text, nullable=False),
    Column("place", Sealed, nullable=False),
    Column("meeting_place_id", Text, ForeignKey("meeting_places.id")),
    Column("starts_at", Utc, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("child_care", Integer, nullable=False),
    Column("languages", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("made_at", Utc, nullable=False),
    one_of("state", "open", "cancelled"),
)
seats = table(
    "seats",
    Column("course_id", Text, ForeignKey("courses.id"), primary_key=True),
    Column("family_id", Text, ForeignKey("families.id"), primary_key=True, index=True),
    Column("state", Text, nullable=False),
    Column("at", Utc, nullable=False),
    one_of("state", "invited", "taken", "waiting", "declined", "left"),
)
practices = table(
    "practices",
    Column("id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("family_id", Text, ForeignKey("families.id"), nullable=False, index=True),
    Column("syllabus", Text, nullable=False),
    Column("step", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("pace", Text, nullable=False),
    Column("at", Utc, nullable=False),
    UniqueConstraint("person_id", "syllabus"),
    one_of("state", "waiting", "sent", "asked", "resting", "done"),
)
practised = table(
    "practised",
    Column("practice_id", Text, ForeignKey("practices.id"), primary_key=True),
    Column("step", Integer, primary_key=True, autoincrement=False),
    Column("answer", Text, nullable=False),
    Column("at", Utc, nullable=False),
    one_of("answer", "yes", "bit", "no", "question"),
)
