"""Sealed and discreet: what is sensitive is sealed, the journal is chained, and rights get their tables."""

import sqlalchemy as sa
from alembic import context, op

from storage.migrations.sealing import MOVED, OLD_INDEXES, move_in, refuse_to_unseal, seal_the_journal
from storage.types import BigInt, Blind, Sealed, Utc

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for index in OLD_INDEXES:
        op.drop_index(index)
    for table in (*MOVED, "journal"):
        op.rename_table(table, f"{table}_plain")
    create()
    vault, connection = context.config.attributes["vault"], op.get_bind()
    for table in MOVED:
        move_in(connection, vault, table)
    seal_the_journal(connection, vault)
    for table in (*MOVED, "journal"):
        op.drop_table(f"{table}_plain")
    keep_the_journal()


def keep_the_journal() -> None:
    """Lines are added and never changed; only those older than three years may go."""
    op.execute(
        "CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal "
        "BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END"
    )
    op.execute(
        "CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal "
        "WHEN OLD.at > (SELECT at FROM journal ORDER BY id DESC LIMIT 1) - 94608000000 "
        "BEGIN SELECT RAISE(ABORT, 'the journal is kept for three years'); END"
    )


def create() -> None:  # noqa: PLR0915 - a statement for each table and index
    op.create_table(
        "guesses",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("sender", Blind(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guesses")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("guesses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guesses_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_guesses_sender"), ["sender"], unique=False)

    op.create_table(
        "journal",
        sa.Column("id", BigInt, autoincrement=False, nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=True),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_actor"), ["actor"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_family_id"), ["family_id"], unique=False)

    op.create_table(
        "people",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("telegram_id", Sealed(), nullable=False),
        sa.Column("telegram_index", Blind(), nullable=False),
        sa.Column("name", Sealed(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("blocked", sa.Integer(), nullable=False),
        sa.Column("discreet", sa.Integer(), nullable=False),
        sa.Column("paused_at", Utc(), nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("telegram_index", name=op.f("uq_people_telegram_index")),
        sqlite_strict=True,
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
        sqlite_strict=True,
    )
    op.create_table(
        "updates",
        sa.Column("update_id", BigInt, autoincrement=False, nullable=False),
        sa.Column("raw", Sealed(), nullable=False),
        sa.Column("sender", Blind(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("arrived_at", Utc(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'done', 'parked')", name=op.f("ck_updates_state")),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_updates")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("updates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_updates_sender"), ["sender"], unique=False)
        batch_op.create_index(batch_op.f("ix_updates_state"), ["state"], unique=False)

    op.create_table(
        "cards",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("message_id", BigInt, nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_cards_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cards")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("cards", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cards_about"), ["about"], unique=False)
        batch_op.create_index(batch_op.f("ix_cards_person_id"), ["person_id"], unique=False)

    op.create_table(
        "consents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("given_at", Utc(), nullable=False),
        sa.Column("revoked_at", Utc(), nullable=True),
        sa.CheckConstraint("purpose IN ('contact', 'checkins')", name=op.f("ck_consents_purpose")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_consents_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consents_person_id"), ["person_id"], unique=False)

    op.create_table(
        "deputies",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("caseworker_id", sa.Text(), nullable=False),
        sa.Column("deputy_id", sa.Text(), nullable=False),
        sa.Column("starts_at", Utc(), nullable=False),
        sa.Column("ends_at", Utc(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["caseworker_id"], ["people.id"], name=op.f("fk_deputies_caseworker_id")),
        sa.ForeignKeyConstraint(["deputy_id"], ["people.id"], name=op.f("fk_deputies_deputy_id")),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_deputies_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputies")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("deputies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deputies_caseworker_id"), ["caseworker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deputies_deputy_id"), ["deputy_id"], unique=False)

    op.create_table(
        "dialogues",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("content", Sealed(), nullable=False),
        sa.Column("expires_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_dialogues_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_dialogues")),
        sqlite_strict=True,
    )
    op.create_table(
        "families",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("label", Sealed(), nullable=False),
        sa.Column("caseworker_id", sa.Text(), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["caseworker_id"], ["people.id"], name=op.f("fk_families_caseworker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_families")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("families", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_families_caseworker_id"), ["caseworker_id"], unique=False)

    op.create_table(
        "incidents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("summary", Sealed(), nullable=False),
        sa.Column("noticed_at", Utc(), nullable=False),
        sa.Column("noted_by", sa.Text(), nullable=False),
        sa.Column("reported_at", Utc(), nullable=True),
        sa.Column("closed_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["noted_by"], ["people.id"], name=op.f("fk_incidents_noted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        sa.UniqueConstraint("number", name=op.f("uq_incidents_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "logins",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("secret", Sealed(), nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("last_step", BigInt, nullable=False),
        sa.Column("open_until", Utc(), nullable=True),
        sa.Column("fresh_until", Utc(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_logins_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_logins")),
        sqlite_strict=True,
    )
    op.create_table(
        "traces",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("message_id", BigInt, autoincrement=False, nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_traces_person_id")),
        sa.PrimaryKeyConstraint("person_id", "message_id", name=op.f("pk_traces")),
        sqlite_strict=True,
    )
    op.create_table(
        "checkins",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("mood", sa.Text(), nullable=False),
        sa.Column("note", Sealed(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.CheckConstraint("mood IN ('good', 'so_so', 'bad')", name=op.f("ck_checkins_mood")),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_checkins_family_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_checkins_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkins")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("checkins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_checkins_family_id"), ["family_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_checkins_person_id"), ["person_id"], unique=False)

    op.create_table(
        "covers",
        sa.Column("card_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("body", Sealed(), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_covers_card_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_covers_person_id")),
        sa.PrimaryKeyConstraint("card_id", name=op.f("pk_covers")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("covers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_covers_person_id"), ["person_id"], unique=False)

    op.create_table(
        "deliveries",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("chat_id", Sealed(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("body", Sealed(), nullable=False),
        sa.Column("card_id", sa.Text(), nullable=True),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", Utc(), nullable=False),
        sa.Column("lease_until", Utc(), nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("settled_at", Utc(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'delivered', 'undeliverable', 'superseded')",
            name=op.f("ck_deliveries_state"),
        ),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_deliveries_card_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_deliveries_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index("ix_deliveries_card", ["card_id", "state"], unique=False)
        batch_op.create_index("ix_deliveries_claim", ["state", "lane", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deliveries_person_id"), ["person_id"], unique=False)

    op.create_table(
        "entrusted",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("confidant_id", sa.Text(), nullable=False),
        sa.Column("text", Sealed(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["confidant_id"], ["people.id"], name=op.f("fk_entrusted_confidant_id")),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_entrusted_family_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entrusted")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("entrusted", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entrusted_family_id"), ["family_id"], unique=False)

    op.create_table(
        "invitations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("spoken_hash", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", Sealed(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("discreet", sa.Integer(), nullable=False),
        sa.Column("invited_by", sa.Text(), nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("expires_at", Utc(), nullable=False),
        sa.Column("used_at", Utc(), nullable=True),
        sa.Column("used_by", sa.Text(), nullable=True),
        sa.Column("decided_at", Utc(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_invitations_decided_by")),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_invitations_family_id")),
        sa.ForeignKeyConstraint(["invited_by"], ["people.id"], name=op.f("fk_invitations_invited_by")),
        sa.ForeignKeyConstraint(["used_by"], ["people.id"], name=op.f("fk_invitations_used_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitations_code_hash")),
        sa.UniqueConstraint("spoken_hash", name=op.f("uq_invitations_spoken_hash")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_family_id"), ["family_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_used_by"), ["used_by"], unique=False)

    op.create_table(
        "legal_holds",
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("ground", Sealed(), nullable=False),
        sa.Column("since", Utc(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_legal_holds_family_id")),
        sa.ForeignKeyConstraint(["set_by"], ["people.id"], name=op.f("fk_legal_holds_set_by")),
        sa.PrimaryKeyConstraint("family_id", name=op.f("pk_legal_holds")),
        sqlite_strict=True,
    )
    op.create_table(
        "requests",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", Utc(), nullable=False),
        sa.Column("exported_at", Utc(), nullable=True),
        sa.Column("proposed_by", sa.Text(), nullable=True),
        sa.Column("proposed_at", Utc(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", Utc(), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'proposed', 'refused', 'withdrawn')", name=op.f("ck_requests_state")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_requests_decided_by")),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_requests_family_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_requests_person_id")),
        sa.ForeignKeyConstraint(["proposed_by"], ["people.id"], name=op.f("fk_requests_proposed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_requests_family_id"), ["family_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_requests_person_id"), ["person_id"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("offer_id", sa.Text(), nullable=False),
        sa.Column("caseworker_id", sa.Text(), nullable=False),
        sa.Column("starts_at", Utc(), nullable=False),
        sa.Column("place", Sealed(), nullable=False),
        sa.ForeignKeyConstraint(["caseworker_id"], ["people.id"], name=op.f("fk_sessions_caseworker_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name=op.f("fk_sessions_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_offer_id"), ["offer_id"], unique=False)

    op.create_table(
        "appointments",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("caseworker_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("starts_at", Utc(), nullable=False),
        sa.Column("place", Sealed(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('planned', 'cancelled')", name=op.f("ck_appointments_state")),
        sa.ForeignKeyConstraint(["caseworker_id"], ["people.id"], name=op.f("fk_appointments_caseworker_id")),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_appointments_family_id")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_appointments_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("appointments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointments_caseworker_id"), ["caseworker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointments_family_id"), ["family_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointments_session_id"), ["session_id"], unique=False)

    op.create_table(
        "lines",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("alarm_id", sa.Text(), nullable=False),
        sa.Column("text", Sealed(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["alarm_id"], ["alarms.id"], name=op.f("fk_lines_alarm_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lines")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lines_alarm_id"), ["alarm_id"], unique=False)


def downgrade() -> None:
    refuse_to_unseal(op.get_bind())
    from importlib import import_module

    before = import_module("storage.migrations.versions.0001_the_house")
    tables = sa.inspect(op.get_bind()).get_table_names()
    for table in tables:
        if table != "alembic_version":
            op.drop_table(table)
    before.upgrade()
