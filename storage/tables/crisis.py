"""Alarms: who raised and took them, who was paged, what was written, and what came of it."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Text

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
    Column("site_id", Text, ForeignKey("sites.id")),
    Column("taken_at", Utc),
    Column("taken_step", Integer),
    Column("promise", Text),
    Column("promised_for", Utc),
    Column("wish", Text),
    Column("safe_at", Utc),
    Column("outcome", Text),
    Column("ended_at", Utc),
    Column("reminded_at", Utc),
    Column("forgotten_at", Utc),
    one_of("state", "open", "taken", "ended"),
)
pages = table(
    "pages",
    Column("alarm_id", Text, ForeignKey("alarms.id"), primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("step", Integer, nullable=False),
    Column("paged_at", Utc, nullable=False),
    Column("delivered_at", Utc),
    Column("seen_at", Utc),
    Index("ix_pages_person", "person_id", "paged_at"),
)
# everybody who has acknowledged: the first holds the alarm, the others join where the policy wants several
takes = table(
    "takes",
    Column("alarm_id", Text, ForeignKey("alarms.id"), primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("at", Utc, nullable=False),
)
lines = table(
    "lines",
    Column("id", BigInt, primary_key=True),
    Column("alarm_id", Text, ForeignKey("alarms.id"), nullable=False, index=True),
    Column("text", Sealed, nullable=False),
    Column("at", Utc, nullable=False),
)
happenings = table(
    "happenings",
    Column("id", BigInt, primary_key=True),
    Column("alarm_id", Text, ForeignKey("alarms.id"), nullable=False, index=True),
    Column("at", Utc, nullable=False),
    Column("what", Text, nullable=False),
    Column("done_by", Text, ForeignKey("people.id")),
    Column("step", Integer),
)
debriefs = table(
    "debriefs",
    Column("id", Text, primary_key=True),
    Column("alarm_id", Text, ForeignKey("alarms.id"), nullable=False, index=True),
    Column("written_by", Text, ForeignKey("people.id")),
    Column("text", Sealed, nullable=False),
    Column("at", Utc, nullable=False),
)
worries = table(
    "worries",
    Column("id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("family_id", Text, ForeignKey("families.id")),
    Column("text", Sealed, nullable=False),
    Column("at", Utc, nullable=False),
    Column("state", Text, nullable=False),
    one_of("state", "asked", "needs_help", "needs_none", "unanswered"),
)
