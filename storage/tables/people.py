"""Who is who: people, their roles, families, who stands in for whom, and how they come in."""

from sqlalchemy import Column, ForeignKey, Integer, Text

from storage.tables.base import one_of, table
from storage.types import BigInt, Blind, Sealed, Utc

people = table(
    "people",
    Column("id", Text, primary_key=True),
    Column("telegram_id", Sealed, nullable=False),
    Column("telegram_index", Blind, nullable=False, unique=True),
    Column("name", Sealed, nullable=False),
    Column("language", Text),
    Column("hint", Text, nullable=False),
    Column("blocked", Integer, nullable=False),
    Column("discreet", Integer, nullable=False),
    Column("paused_at", Utc),
    Column("created_at", Utc, nullable=False),
    Column("shown_as", Text),
    Column("quiet", Text),
    Column("reminded", Text),
    Column("evenings", Integer, nullable=False, server_default="0"),
)
roles = table(
    "roles",
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("since", Utc, nullable=False),
    one_of("role", "parent", "caseworker", "on_call", "lead"),
)
families = table(
    "families",
    Column("id", Text, primary_key=True),
    Column("label", Sealed, nullable=False),
    Column("caseworker_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("created_at", Utc, nullable=False),
)
members = table(
    "members",
    Column("family_id", Text, ForeignKey("families.id"), primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True, index=True),
)
enrolments = table(
    "enrolments",
    Column("offer_id", Text, ForeignKey("offers.id"), primary_key=True),
    Column("family_id", Text, ForeignKey("families.id"), primary_key=True),
    Column("since", Utc, nullable=False),
)
deputies = table(
    "deputies",
    Column("id", Text, primary_key=True),
    Column("caseworker_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("deputy_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("starts_at", Utc, nullable=False),
    Column("ends_at", Utc, nullable=False),
    Column("made_by", Text, ForeignKey("people.id"), nullable=False),
)
invitations = table(
    "invitations",
    Column("id", Text, primary_key=True),
    Column("code_hash", Text, nullable=False, unique=True),
    Column("spoken_hash", Text, unique=True),
    Column("role", Text, nullable=False),
    Column("name", Sealed, nullable=False),
    Column("family_id", Text, ForeignKey("families.id"), index=True),
    Column("step", Integer),
    Column("discreet", Integer, nullable=False),
    Column("invited_by", Text, ForeignKey("people.id")),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("used_at", Utc),
    Column("used_by", Text, ForeignKey("people.id"), index=True),
    Column("decided_at", Utc),
    Column("decided_by", Text, ForeignKey("people.id")),
    Column("confirmed", Integer, nullable=False),
)
guesses = table(
    "guesses",
    Column("id", BigInt, primary_key=True),
    Column("sender", Blind, nullable=False, index=True),
    Column("at", Utc, nullable=False, index=True),
)
logins = table(
    "logins",
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("secret", Sealed, nullable=False),
    Column("confirmed", Integer, nullable=False),
    Column("last_step", BigInt, nullable=False),
    Column("open_until", Utc),
    Column("fresh_until", Utc),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Utc),
)
