"""What is under way and soon forgotten: updates, deliveries, messages in chats, conversations, timers."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Text

from storage.tables.base import one_of, table
from storage.types import BigInt, Blind, Sealed, Utc

timers = table(
    "timers",
    Column("kind", Text, primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("due_at", Utc, nullable=False, index=True),
    Column("failures", Integer, nullable=False),
    Column("rank", BigInt, nullable=False, server_default="0"),
)
cards = table(
    "cards",
    Column("id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("about", Text, nullable=False, index=True),
    Column("message_id", BigInt),
    Column("created_at", Utc, nullable=False),
)
deliveries = table(
    "deliveries",
    Column("id", BigInt, primary_key=True),
    Column("lane", Integer, nullable=False),
    Column("person_id", Text, ForeignKey("people.id"), index=True),
    Column("chat_id", Sealed, nullable=False),
    Column("method", Text, nullable=False),
    Column("body", Sealed, nullable=False),
    Column("card_id", Text, ForeignKey("cards.id")),
    Column("edits", Integer, nullable=False),
    Column("about", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Utc, nullable=False),
    Column("lease_until", Utc),
    Column("created_at", Utc, nullable=False),
    Column("settled_at", Utc),
    Column("failure", Text),
    Column("rank", BigInt, nullable=False, server_default="0"),
    Column("expires_at", Utc),
    Index("ix_deliveries_claim", "state", "lane", "rank", "id"),
    Index("ix_deliveries_card", "card_id", "state"),
    one_of("state", "queued", "delivered", "undeliverable", "superseded"),
)
updates = table(
    "updates",
    Column("update_id", BigInt, primary_key=True, autoincrement=False),
    Column("raw", Sealed, nullable=False),
    Column("sender", Blind, index=True),
    Column("state", Text, nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    Column("arrived_at", Utc, nullable=False),
    Column("failure", Text),
    one_of("state", "waiting", "done", "parked"),
)
dialogues = table(
    "dialogues",
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("room", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("content", Sealed, nullable=False),
    Column("expires_at", Utc, nullable=False),
)
covers = table(
    "covers",
    Column("card_id", Text, ForeignKey("cards.id"), primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("body", Sealed, nullable=False),
    Column("created_at", Utc, nullable=False),
)
traces = table(
    "traces",
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("message_id", BigInt, primary_key=True, autoincrement=False),
    Column("at", Utc, nullable=False),
)
