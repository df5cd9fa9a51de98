"""Who holds the crisis phone when, and how we know that they would hear it."""

from sqlalchemy import Column, ForeignKey, Integer, Text, UniqueConstraint

from storage.tables.base import one_of, table
from storage.types import Utc

duties = table(
    "duties",
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("step", Integer, nullable=False),
    Column("since", Utc, nullable=False),
    Column("on", Integer, nullable=False),
    Column("tested_at", Utc),
)
patterns = table(
    "patterns",
    Column("id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("site_id", Text, ForeignKey("sites.id")),
    Column("step", Integer, nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("begins", Text, nullable=False),
    Column("ends", Text, nullable=False),
    Column("first_day", Text, nullable=False),
    Column("last_day", Text),
)
# the rota itself: every span somebody holds the phone; one that a pattern made keeps the pattern's day
shifts = table(
    "shifts",
    Column("id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("site_id", Text, ForeignKey("sites.id")),
    Column("step", Integer, nullable=False),
    Column("starts_at", Utc, nullable=False, index=True),
    Column("ends_at", Utc, nullable=False),
    Column("state", Text, nullable=False),
    Column("pattern_id", Text, ForeignKey("patterns.id")),
    Column("day", Text),
    Column("uid", Text, unique=True),
    UniqueConstraint("pattern_id", "day"),
    one_of("state", "planned", "cancelled"),
)
swaps = table(
    "swaps",
    Column("id", Text, primary_key=True),
    Column("shift_id", Text, ForeignKey("shifts.id"), nullable=False, index=True),
    Column("asker_id", Text, ForeignKey("people.id"), nullable=False),
    Column("asked_id", Text, ForeignKey("people.id")),
    Column("state", Text, nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("answered_at", Utc),
    one_of("state", "asked", "accepted", "declined", "withdrawn"),
)
drills = table(
    "drills",
    Column("id", Text, primary_key=True),
    Column("started_by", Text, ForeignKey("people.id")),
    Column("started_at", Utc, nullable=False),
    Column("ends_at", Utc, nullable=False),
    Column("ended_at", Utc),
)
# a page that is only a question: would you have heard it?
probes = table(
    "probes",
    Column("id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("drill_id", Text, ForeignKey("drills.id"), index=True),
    Column("sent_at", Utc, nullable=False),
    Column("delivered_at", Utc),
    Column("answered_at", Utc),
)
# an agency's own rules of escalation: of one site, or of all that have none of their own ("")
policies = table(
    "policies",
    Column("site_id", Text, primary_key=True),
    Column("body", Text, nullable=False),
)
