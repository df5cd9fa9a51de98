"""Beside the alarm: a second way to reach who is on call, places for tonight, and a child in danger."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Text, text

from storage.tables.base import one_of, table
from storage.types import BigInt, Sealed, Utc

OCCUPIED = text("state IN ('held', 'taken')")

second_ways = table(
    "second_ways",
    Column("id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("address", Sealed, nullable=False),
    Column("added_at", Utc, nullable=False),
    Column("confirmed_at", Utc),
)
# the outbox of the second way: what is owed where Telegram says nothing
rings = table(
    "rings",
    Column("id", BigInt, primary_key=True),
    Column("way_id", Text, ForeignKey("second_ways.id"), nullable=False, index=True),
    Column("alarm_id", Text, ForeignKey("alarms.id"), index=True),
    Column("text", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Utc, nullable=False),
    Column("lease_until", Utc),
    Column("created_at", Utc, nullable=False),
    Column("settled_at", Utc),
    Column("failure", Text),
    Index("ix_rings_claim", "state", "not_before"),
    one_of("state", "queued", "delivered", "undeliverable", "superseded"),
)
crisis_places = table(
    "crisis_places",
    Column("id", Text, primary_key=True),
    Column("site_id", Text, ForeignKey("sites.id"), nullable=False),
    Column("label", Text, nullable=False),
    Column("position", Integer, nullable=False),
)
# a request for a place: waiting, held while somebody is on the phone, taken, or over
holds = table(
    "holds",
    Column("id", Text, primary_key=True),
    Column("place_id", Text, ForeignKey("crisis_places.id"), index=True),
    Column("alarm_number", Integer),
    Column("asked_by", Text, ForeignKey("people.id")),
    Column("from_porz", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("lapses_at", Utc),
    Column("taken_at", Utc),
    Column("until", Utc),
    Column("ended_at", Utc),
    Column("taken_by", Text, ForeignKey("people.id")),
    # of two who hold a place at once the second to commit finds it occupied
    Index("uq_holds_occupied", "place_id", unique=True, sqlite_where=OCCUPIED, postgresql_where=OCCUPIED),
    one_of("state", "waiting", "held", "taken", "released", "lapsed"),
)
# section 8a SGB VIII: what was gone through, by whom and when
concerns = table(
    "concerns",
    Column("id", Text, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("family_id", Text, ForeignKey("families.id"), nullable=False, index=True),
    Column("alarm_number", Integer),
    Column("opened_by", Text, ForeignKey("people.id")),
    Column("opened_at", Utc, nullable=False),
    Column("closed_at", Utc),
)
concern_marks = table(
    "concern_marks",
    Column("id", Text, primary_key=True),
    Column("concern_id", Text, ForeignKey("concerns.id"), nullable=False, index=True),
    Column("family_id", Text, ForeignKey("families.id"), nullable=False),
    Column("point", Text, nullable=False),
    Column("marked_by", Text, ForeignKey("people.id")),
    Column("at", Utc, nullable=False),
    Column("note", Sealed, nullable=False),
)
