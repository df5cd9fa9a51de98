"""The shape of the archive: every table, its keys and what it may hold."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from storage.types import BigInt, Utc

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def table(name: str, *parts: Column[object] | Index | UniqueConstraint | CheckConstraint) -> Table:
    """A table that refuses values of the wrong type (STRICT on SQLite)."""
    return Table(name, metadata, *parts, sqlite_strict=True)


def one_of(column: str, *words: str) -> CheckConstraint:
    allowed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


people = table(
    "people",
    Column("id", Text, primary_key=True),
    Column("telegram_id", BigInt, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("language", Text),
    Column("hint", Text, nullable=False),
    Column("blocked", Integer, nullable=False),
    Column("created_at", Utc, nullable=False),
)
roles = table(
    "roles",
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("since", Utc, nullable=False),
    one_of("role", "parent", "caseworker", "on_call", "lead"),
)
sites = table(
    "sites",
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("places", Integer, nullable=False),
)
offers = table(
    "offers",
    Column("id", Text, primary_key=True),
    Column("site_id", Text, ForeignKey("sites.id"), nullable=False),
    Column("kind", Text, nullable=False),
)
crisis_numbers = table(
    "crisis_numbers",
    Column("number", Text, primary_key=True),
    Column("key", Text, nullable=False),
    Column("hours", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("staff_only", Integer, nullable=False),
    Column("confirmed_on", Text),
)
escalation_steps = table(
    "escalation_steps",
    Column("step", Integer, primary_key=True, autoincrement=False),
    Column("minutes", Integer, nullable=False),
    CheckConstraint("minutes > 0", name="minutes"),
)
families = table(
    "families",
    Column("id", Text, primary_key=True),
    Column("label", Text, nullable=False),
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
invitations = table(
    "invitations",
    Column("id", Text, primary_key=True),
    Column("code_hash", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("family_id", Text, ForeignKey("families.id")),
    Column("step", Integer),
    Column("invited_by", Text, ForeignKey("people.id")),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("used_at", Utc),
    Column("used_by", Text, ForeignKey("people.id")),
)
sessions = table(
    "sessions",
    Column("id", Text, primary_key=True),
    Column("offer_id", Text, ForeignKey("offers.id"), nullable=False, index=True),
    Column("caseworker_id", Text, ForeignKey("people.id"), nullable=False),
    Column("starts_at", Utc, nullable=False),
    Column("place", Text, nullable=False),
)
appointments = table(
    "appointments",
    Column("id", Text, primary_key=True),
    Column("family_id", Text, ForeignKey("families.id"), nullable=False, index=True),
    Column("caseworker_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("starts_at", Utc, nullable=False),
    Column("place", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("session_id", Text, ForeignKey("sessions.id"), index=True),
    one_of("state", "planned", "cancelled"),
)
answers = table(
    "answers",
    Column("appointment_id", Text, ForeignKey("appointments.id"), primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("answer", Text, nullable=False),
    Column("at", Utc, nullable=False),
    one_of("answer", "yes", "no", "move"),
)
checkins = table(
    "checkins",
    Column("id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False),
    Column("family_id", Text, ForeignKey("families.id"), nullable=False, index=True),
    Column("mood", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Utc, nullable=False),
    one_of("mood", "good", "so_so", "bad"),
)
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
    Column("text", Text, nullable=False),
    Column("at", Utc, nullable=False),
)
duties = table(
    "duties",
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("step", Integer, nullable=False),
    Column("since", Utc, nullable=False),
    Column("on", Integer, nullable=False),
)
timers = table(
    "timers",
    Column("kind", Text, primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("due_at", Utc, nullable=False, index=True),
    Column("failures", Integer, nullable=False),
)
cards = table(
    "cards",
    Column("id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False),
    Column("about", Text, nullable=False, index=True),
    Column("message_id", BigInt),
    Column("created_at", Utc, nullable=False),
)
deliveries = table(
    "deliveries",
    Column("id", BigInt, primary_key=True),
    Column("lane", Integer, nullable=False),
    Column("person_id", Text, ForeignKey("people.id")),
    Column("chat_id", BigInt, nullable=False),
    Column("method", Text, nullable=False),
    Column("body", Text, nullable=False),
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
    Index("ix_deliveries_claim", "state", "lane", "id"),
    Index("ix_deliveries_card", "card_id", "state"),
    one_of("state", "queued", "delivered", "undeliverable", "superseded"),
)
updates = table(
    "updates",
    Column("update_id", BigInt, primary_key=True, autoincrement=False),
    Column("raw", Text, nullable=False),
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
    Column("content", Text, nullable=False),
    Column("expires_at", Utc, nullable=False),
)
journal = table(
    "journal",
    Column("id", BigInt, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("actor", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False),
)
