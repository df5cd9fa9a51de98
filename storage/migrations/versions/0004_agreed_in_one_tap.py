"""Agreed in one tap: moves, reminders as rows, calls, attendance, calendars, courses and what is practised."""

import sqlalchemy as sa
from alembic import op

from storage.types import BigInt, Sealed, Utc

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BEFORE, NOW = ("yes", "no", "move"), ("yes", "no", "move", "unclear")


def upgrade() -> None:
    make()
    answers_may_be(NOW)
    # a reminder is a row of its own from now on; the start of the bot owes those of what is ahead
    op.execute("DELETE FROM timers WHERE kind IN ('appointments.day_before', 'appointments.two_hours')")
    # each site is a place of the register as well; the next loading of the agency's file adds pins and ways
    op.execute("INSERT INTO meeting_places SELECT id, id, name, address, NULL, NULL, '{}', 0 FROM sites")


def downgrade() -> None:
    op.execute("DELETE FROM answers WHERE answer = 'unclear'")
    answers_may_be(BEFORE)
    unmake()


def answers_may_be(words: tuple[str, ...]) -> None:
    allowed = ", ".join(f"'{word}'" for word in words)
    with op.batch_alter_table("answers", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_answers_answer"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_answers_answer"), f"answer IN ({allowed})")


def make() -> None:  # noqa: PLR0915 - a statement for each table
    op.create_table(
        "busy",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("starts_at", Utc(), nullable=False),
        sa.Column("ends_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_busy_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_busy")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("busy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_busy_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_busy_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "calendars",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("feed_hash", sa.Text(), nullable=True),
        sa.Column("import_url", Sealed(), nullable=True),
        sa.Column("next_look_at", Utc(), nullable=True),
        sa.Column("looked_at", Utc(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_calendars_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendars")),
        sa.UniqueConstraint("feed_hash", name=op.f("uq_calendars_feed_hash")),
        sqlite_strict=True,
    )
    op.create_table(
        "meeting_places",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("site_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Text(), nullable=True),
        sa.Column("longitude", sa.Text(), nullable=True),
        sa.Column("ways", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_meeting_places_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_places")),
        sqlite_strict=True,
    )
    op.create_table(
        "courses",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("offer_id", sa.Text(), nullable=False),
        sa.Column("caseworker_id", sa.Text(), nullable=False),
        sa.Column("syllabus", sa.Text(), nullable=False),
        sa.Column("place", Sealed(), nullable=False),
        sa.Column("meeting_place_id", sa.Text(), nullable=True),
        sa.Column("starts_at", Utc(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("child_care", sa.Integer(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", Utc(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'cancelled')", name=op.f("ck_courses_state")),
        sa.ForeignKeyConstraint(["caseworker_id"], ["people.id"], name=op.f("fk_courses_caseworker_id")),
        sa.ForeignKeyConstraint(
            ["meeting_place_id"], ["meeting_places.id"], name=op.f("fk_courses_meeting_place_id")
        ),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name=op.f("fk_courses_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courses")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("courses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_courses_caseworker_id"), ["caseworker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_courses_offer_id"), ["offer_id"], unique=False)

    op.create_table(
        "practices",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("syllabus", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("pace", sa.Text(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'sent', 'asked', 'resting', 'done')", name=op.f("ck_practices_state")
        ),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_practices_family_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_practices_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practices")),
        sa.UniqueConstraint("person_id", "syllabus", name=op.f("uq_practices_person_id_syllabus")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("practices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_practices_family_id"), ["family_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_practices_person_id"), ["person_id"], unique=False)

    op.create_table(
        "practised",
        sa.Column("practice_id", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.CheckConstraint("answer IN ('yes', 'bit', 'no', 'question')", name=op.f("ck_practised_answer")),
        sa.ForeignKeyConstraint(["practice_id"], ["practices.id"], name=op.f("fk_practised_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "step", name=op.f("pk_practised")),
        sqlite_strict=True,
    )
    op.create_table(
        "seats",
        sa.Column("course_id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.CheckConstraint(
            "state IN ('invited', 'taken', 'waiting', 'declined', 'left')", name=op.f("ck_seats_state")
        ),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_seats_course_id")),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_seats_family_id")),
        sa.PrimaryKeyConstraint("course_id", "family_id", name=op.f("pk_seats")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seats_family_id"), ["family_id"], unique=False)

    op.create_table(
        "attendances",
        sa.Column("appointment_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("came", sa.Integer(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("marked_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointments.id"], name=op.f("fk_attendances_appointment_id")
        ),
        sa.ForeignKeyConstraint(["marked_by"], ["people.id"], name=op.f("fk_attendances_marked_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_attendances_person_id")),
        sa.PrimaryKeyConstraint("appointment_id", "person_id", name=op.f("pk_attendances")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendances_person_id"), ["person_id"], unique=False)

    op.create_table(
        "calls",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("appointment_id", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("since", Utc(), nullable=False),
        sa.Column("done_at", Utc(), nullable=True),
        sa.Column("done_by", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "why IN ('unanswered', 'move', 'unclear', 'no_show', 'unreachable', 'question')",
            name=op.f("ck_calls_why"),
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointments.id"], name=op.f("fk_calls_appointment_id")
        ),
        sa.ForeignKeyConstraint(["done_by"], ["people.id"], name=op.f("fk_calls_done_by")),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_calls_family_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_calls_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calls_appointment_id"), ["appointment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_calls_family_id"), ["family_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_calls_person_id"), ["person_id"], unique=False)

    op.create_table(
        "declines",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("appointment_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("reason", Sealed(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointments.id"], name=op.f("fk_declines_appointment_id")
        ),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_declines_family_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_declines_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declines")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("declines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_declines_appointment_id"), ["appointment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_declines_family_id"), ["family_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_declines_person_id"), ["person_id"], unique=False)

    op.create_table(
        "moves",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("appointment_id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("caseworker_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("slot_at", Utc(), nullable=True),
        sa.Column("day", sa.Text(), nullable=True),
        sa.Column("part", sa.Text(), nullable=True),
        sa.Column("offered_at", Utc(), nullable=True),
        sa.Column("asked_at", Utc(), nullable=False),
        sa.Column("settled_at", Utc(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('asked', 'offered', 'settled')", name=op.f("ck_moves_state")),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointments.id"], name=op.f("fk_moves_appointment_id")
        ),
        sa.ForeignKeyConstraint(["caseworker_id"], ["people.id"], name=op.f("fk_moves_caseworker_id")),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_moves_family_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_moves_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moves")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("moves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moves_appointment_id"), ["appointment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_moves_caseworker_id"), ["caseworker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_moves_family_id"), ["family_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_moves_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_moves_slot",
            ["caseworker_id", "slot_at"],
            unique=True,
            sqlite_where=sa.text("state IN ('asked', 'offered') AND slot_at IS NOT NULL"),
            postgresql_where=sa.text("state IN ('asked', 'offered') AND slot_at IS NOT NULL"),
        )

    op.create_table(
        "reminders",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("appointment_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_at", Utc(), nullable=False),
        sa.Column("first_due_at", Utc(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("settled_at", Utc(), nullable=True),
        sa.CheckConstraint(
            "state IN ('owed', 'posted', 'delivered', 'dropped')", name=op.f("ck_reminders_state")
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointments.id"], name=op.f("fk_reminders_appointment_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reminders_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminders_appointment_id"), ["appointment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminders_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("late", sa.Integer(), nullable=True))

    with op.batch_alter_table("appointments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("minutes", sa.Integer(), server_default="60", nullable=False))
        batch_op.add_column(sa.Column("only_for", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("meeting_place_id", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("interpreter", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("bring", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("series_id", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("moved_from", Utc(), nullable=True))
        batch_op.add_column(sa.Column("made_at", Utc(), nullable=True))
        batch_op.create_index(batch_op.f("ix_appointments_only_for"), ["only_for"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointments_series_id"), ["series_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_appointments_meeting_place_id"), "meeting_places", ["meeting_place_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_appointments_only_for"), "people", ["only_for"], ["id"])

    with op.batch_alter_table("crisis_numbers", schema=None) as batch_op:
        batch_op.alter_column(
            "languages", existing_type=sa.TEXT(), server_default="", existing_nullable=False
        )

    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rank", BigInt, server_default="0", nullable=False))
        batch_op.add_column(sa.Column("expires_at", Utc(), nullable=True))
        batch_op.drop_index(batch_op.f("ix_deliveries_claim"))
        batch_op.create_index("ix_deliveries_claim", ["state", "lane", "rank", "id"], unique=False)

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("quiet", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("reminded", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("evenings", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("course_id", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("cancelled_at", Utc(), nullable=True))
        batch_op.create_index(batch_op.f("ix_sessions_course_id"), ["course_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_sessions_course_id"), "courses", ["course_id"], ["id"])

    with op.batch_alter_table("timers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rank", BigInt, server_default="0", nullable=False))


def unmake() -> None:  # noqa: PLR0915 - as above
    with op.batch_alter_table("timers", schema=None) as batch_op:
        batch_op.drop_column("rank")

    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_sessions_course_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_sessions_course_id"))
        batch_op.drop_column("cancelled_at")
        batch_op.drop_column("number")
        batch_op.drop_column("course_id")

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_column("evenings")
        batch_op.drop_column("reminded")
        batch_op.drop_column("quiet")

    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index("ix_deliveries_claim")
        batch_op.create_index(batch_op.f("ix_deliveries_claim"), ["state", "lane", "id"], unique=False)
        batch_op.drop_column("expires_at")
        batch_op.drop_column("rank")

    with op.batch_alter_table("crisis_numbers", schema=None) as batch_op:
        batch_op.alter_column(
            "languages", existing_type=sa.TEXT(), server_default=sa.text("('')"), existing_nullable=False
        )

    with op.batch_alter_table("appointments", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_appointments_only_for"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_appointments_meeting_place_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_appointments_series_id"))
        batch_op.drop_index(batch_op.f("ix_appointments_only_for"))
        batch_op.drop_column("made_at")
        batch_op.drop_column("moved_from")
        batch_op.drop_column("series_id")
        batch_op.drop_column("bring")
        batch_op.drop_column("interpreter")
        batch_op.drop_column("meeting_place_id")
        batch_op.drop_column("only_for")
        batch_op.drop_column("minutes")

    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_column("late")

    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminders_person_id"))
        batch_op.drop_index(batch_op.f("ix_reminders_appointment_id"))

    op.drop_table("reminders")
    with op.batch_alter_table("moves", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_moves_slot",
            sqlite_where=sa.text("state IN ('asked', 'offered') AND slot_at IS NOT NULL"),
            postgresql_where=sa.text("state IN ('asked', 'offered') AND slot_at IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_moves_person_id"))
        batch_op.drop_index(batch_op.f("ix_moves_family_id"))
        batch_op.drop_index(batch_op.f("ix_moves_caseworker_id"))
        batch_op.drop_index(batch_op.f("ix_moves_appointment_id"))

    op.drop_table("moves")
    with op.batch_alter_table("declines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_declines_person_id"))
        batch_op.drop_index(batch_op.f("ix_declines_family_id"))
        batch_op.drop_index(batch_op.f("ix_declines_appointment_id"))

    op.drop_table("declines")
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calls_person_id"))
        batch_op.drop_index(batch_op.f("ix_calls_family_id"))
        batch_op.drop_index(batch_op.f("ix_calls_appointment_id"))

    op.drop_table("calls")
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendances_person_id"))

    op.drop_table("attendances")
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seats_family_id"))

    op.drop_table("seats")
    op.drop_table("practised")
    with op.batch_alter_table("practices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_practices_person_id"))
        batch_op.drop_index(batch_op.f("ix_practices_family_id"))

    op.drop_table("practices")
    with op.batch_alter_table("courses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_courses_offer_id"))
        batch_op.drop_index(batch_op.f("ix_courses_caseworker_id"))

    op.drop_table("courses")
    op.drop_table("meeting_places")
    op.drop_table("calendars")
    with op.batch_alter_table("busy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_busy_starts_at"))
        batch_op.drop_index(batch_op.f("ix_busy_person_id"))

    op.drop_table("busy")
