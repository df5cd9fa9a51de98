"""What caseworkers and families do together: appointments, training, check-ins, entrusted words."""

from sqlalchemy import Column, ForeignKey, Integer, Text

from storage.tables.base import one_of, table
from storage.types import Sealed, Utc

sessions = table(
    "sessions",
    Column("id", Text, primary_key=True),
    Column("offer_id", Text, ForeignKey("offers.id"), nullable=False, index=True),
    Column("caseworker_id", Text, ForeignKey("people.id"), nullable=False),
    Column("starts_at", Utc, nullable=False),
    Column("place", Sealed, nullable=False),
    Column("course_id", Text, ForeignKey("courses.id"), index=True),
    Column("number", Integer),
    Column("cancelled_at", Utc),
)
appointments = table(
    "appointments",
    Column("id", Text, primary_key=True),
    Column("family_id", Text, ForeignKey("families.id"), nullable=False, index=True),
    Column("caseworker_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("starts_at", Utc, nullable=False),
    Column("place", Sealed, nullable=False),
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("session_id", Text, ForeignKey("sessions.id"), index=True),
    Column("minutes", Integer, nullable=False, server_default="60"),
    Column("only_for", Text, ForeignKey("people.id"), index=True),
    Column("meeting_place_id", Text, ForeignKey("meeting_places.id")),
    Column("interpreter", Text),
    Column("bring", Text, nullable=False, server_default=""),
    Column("series_id", Text, index=True),
    Column("moved_from", Utc),
    Column("made_at", Utc),
    one_of("state", "planned", "cancelled"),
)
answers = table(
    "answers",
    Column("appointment_id", Text, ForeignKey("appointments.id"), primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("answer", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("late", Integer),
    one_of("answer", "yes", "no", "move", "unclear"),
)
checkins = table(
    "checkins",
    Column("id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("family_id", Text, ForeignKey("families.id"), nullable=False, index=True),
    Column("mood", Text, nullable=False),
    Column("note", Sealed, nullable=False),
    Column("at", Utc, nullable=False),
    one_of("mood", "good", "so_so", "bad"),
)
entrusted = table(
    "entrusted",
    Column("id", Text, primary_key=True),
    Column("family_id", Text, ForeignKey("families.id"), nullable=False, index=True),
    Column("confidant_id", Text, ForeignKey("people.id"), nullable=False),
    Column("text", Sealed, nullable=False),
    Column("at", Utc, nullable=False),
)
