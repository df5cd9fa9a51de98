"""Alarms, who was paged, what was written, and who holds the crisis phone."""

from sqlalchemy import Column, ForeignKey, Integer, Text

from storage.tables.base import one_of, table
from storage.types import BigInt, Sealed, Utc

alarms = table(
    "alarms",
    Column("id", Text, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("family_id", Text, ForeignKey("families.id")),
    Column("state", Text, nullable=False, index=True),
    Column("opened_at", Utc, nullable=False),
    Column("policy", Text, nullable=False),
    Column("step", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("taken_by", Text, ForeignKey("people.id")),
    Column("withdrawn_at", Utc),
    Column("revision", Integer, nullable=False),
    one_of("state", "open", "taken", "ended"),
)
pages = table(
    "pages",
    Column("alarm_id", Text, ForeignKey("alarms.id"), primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("step", Integer, nullable=False),
    Column("paged_at", Utc, nullable=False),
    Column("delivered_at", Utc),
)
lines = table(
    "lines",
    Column("id", BigInt, primary_key=True),
    Column("alarm_id", Text, ForeignKey("alarms.id"), nullable=False, index=True),
    Column("text", Sealed, nullable=False),
    Column("at", Utc, nullable=False),
)
duties = table(
    "duties",
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("step", Integer, nullable=False),
    Column("since", Utc, nullable=False),
    Column("on", Integer, nullable=False),
)
