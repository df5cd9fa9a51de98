"""What the law asks for: consent, wishes to be forgotten, legal holds, incidents, the journal."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Text

from storage.tables.base import one_of, table
from storage.types import BigInt, Sealed, Utc

consents = table(
    "consents",
    Column("id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("purpose", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("text_hash", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("given_at", Utc, nullable=False),
    Column("revoked_at", Utc),
    one_of("purpose", "contact", "checkins"),
)
requests = table(
    "requests",
    Column("id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("family_id", Text, ForeignKey("families.id"), index=True),
    Column("state", Text, nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("exported_at", Utc),
    Column("proposed_by", Text, ForeignKey("people.id")),
    Column("proposed_at", Utc),
    Column("decided_by", Text, ForeignKey("people.id")),
    Column("decided_at", Utc),
    one_of("state", "asked", "proposed", "refused", "withdrawn"),
)
legal_holds = table(
    "legal_holds",
    Column("family_id", Text, ForeignKey("families.id"), primary_key=True),
    Column("ground", Sealed, nullable=False),
    Column("since", Utc, nullable=False),
    Column("set_by", Text, ForeignKey("people.id"), nullable=False),
)
incidents = table(
    "incidents",
    Column("id", Text, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("summary", Sealed, nullable=False),
    Column("noticed_at", Utc, nullable=False),
    Column("noted_by", Text, ForeignKey("people.id"), nullable=False),
    Column("reported_at", Utc),
    Column("closed_at", Utc),
)
journal = table(
    "journal",
    Column("id", BigInt, primary_key=True, autoincrement=False),
    Column("at", Utc, nullable=False),
    Column("actor", Text, nullable=False, index=True),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("family_id", Text, index=True),
    Column("mac", LargeBinary, nullable=False),
)
