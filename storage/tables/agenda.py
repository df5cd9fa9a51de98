"""Around an appointment: who asked for which other time, what is owed as a reminder, whom to call, who came."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Text, text

from storage.tables.base import one_of, table
from storage.types import Sealed, Utc

declines = table(
    "declines",
    Column("id", Text, primary_key=True),
    Column("appointment_id", Text, ForeignKey("appointments.id"), nullable=False, index=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("family_id", Text, ForeignKey("families.id"), nullable=False, index=True),
    Column("reason", Sealed, nullable=False),
    Column("at", Utc, nullable=False),
)
moves = table(
    "moves",
    Column("id", Text, primary_key=True),
    Column("appointment_id", Text, ForeignKey("appointments.id"), nullable=False, index=True),
    Column("family_id", Text, ForeignKey("families.id"), nullable=False, index=True),
    Column("caseworker_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("slot_at", Utc),
    Column("day", Text),
    Column("part", Text),
    Column("offered_at", Utc),
    Column("asked_at", Utc, nullable=False),
    Column("settled_at", Utc),
    Column("outcome", Text),
    one_of("state", "asked", "offered", "settled"),
    Index(
        "uq_moves_slot",
        "caseworker_id",
        "slot_at",
        unique=True,
        sqlite_where=text("state IN ('asked', 'offered') AND slot_at IS NOT NULL"),
        postgresql_where=text("state IN ('asked', 'offered') AND slot_at IS NOT NULL"),
    ),
)
reminders = table(
    "reminders",
    Column("id", Text, primary_key=True),
    Column("appointment_id", Text, ForeignKey("appointments.id"), nullable=False, index=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("first_due_at", Utc, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("settled_at", Utc),
    one_of("state", "owed", "posted", "delivered", "dropped"),
)
calls = table(
    "calls",
    Column("id", Text, primary_key=True),
    Column("family_id", Text, ForeignKey("families.id"), nullable=False, index=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("appointment_id", Text, ForeignKey("appointments.id"), index=True),
    Column("why", Text, nullable=False),
    Column("since", Utc, nullable=False),
    Column("done_at", Utc),
    Column("done_by", Text, ForeignKey("people.id")),
    Column("outcome", Text),
    one_of("why", "unanswered", "move", "unclear", "no_show", "unreachable", "question"),
)
attendances = table(
    "attendances",
    Column("appointment_id", Text, ForeignKey("appointments.id"), primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True, index=True),
    Column("came", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    Column("marked_by", Text, ForeignKey("people.id")),
)
calendars = table(
    "calendars",
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("feed_hash", Text, unique=True),
    Column("import_url", Sealed),
    Column("next_look_at", Utc),
    Column("looked_at", Utc),
    Column("failure", Text),
)
busy = table(
    "busy",
    Column("id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("starts_at", Utc, nullable=False, index=True),
    Column("ends_at", Utc, nullable=False),
)
