"""Until a human takes it: a rota with shifts, what becomes of an alarm, second ways, places, checklists."""

import json

import sqlalchemy as sa
from alembic import op

from storage.types import BigInt, Sealed, Utc

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    minutes = [row.minutes for row in op.get_bind().execute(sa.text(STEPS))]
    make()
    if minutes:
        policies = sa.table("policies", sa.column("site_id"), sa.column("body"))
        op.bulk_insert(policies, [{"site_id": "", "body": json.dumps({"minutes": minutes})}])
    # whoever was on duty before there were test pages goes on being paged
    op.execute('UPDATE duties SET tested_at = since WHERE "on" = 1')
    # whoever has an alarm has acknowledged it, so that nobody is paged for it anew
    op.execute("UPDATE alarms SET taken_at = opened_at, taken_step = step WHERE state = 'taken'")
    op.execute(
        "INSERT INTO takes (alarm_id, person_id, at) SELECT id, taken_by, taken_at FROM alarms "
        "WHERE state = 'taken' AND taken_by IS NOT NULL"
    )
    # a number that was given is never given again, though its alarm is erased
    op.execute(
        "INSERT INTO settings (name, value) SELECT 'alarms.number', CAST(highest AS TEXT) "
        "FROM (SELECT MAX(number) AS highest FROM alarms) AS given WHERE highest IS NOT NULL"
    )


def downgrade() -> None:
    policy = op.get_bind().execute(sa.text(POLICY)).scalar()
    op.execute("DELETE FROM settings WHERE name = 'alarms.number'")
    unmake()
    minutes = json.loads(policy)["minutes"] if policy else []
    steps = sa.table("escalation_steps", sa.column("step"), sa.column("minutes"))
    op.bulk_insert(steps, [{"step": n, "minutes": m} for n, m in enumerate(minutes, start=1)])


STEPS = "SELECT minutes FROM escalation_steps ORDER BY step"
POLICY = "SELECT body FROM policies WHERE site_id = ''"


def make() -> None:  # noqa: PLR0915 - a statement for each table
    op.create_table(
        "policies",
        sa.Column("site_id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_policies")),
        sqlite_strict=True,
    )
    op.create_table(
        "crisis_places",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("site_id", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_crisis_places_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_places")),
        sqlite_strict=True,
    )
    op.create_table(
        "drills",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("started_by", sa.Text(), nullable=True),
        sa.Column("started_at", Utc(), nullable=False),
        sa.Column("ends_at", Utc(), nullable=False),
        sa.Column("ended_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["started_by"], ["people.id"], name=op.f("fk_drills_started_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drills")),
        sqlite_strict=True,
    )
    op.create_table(
        "patterns",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("site_id", sa.Text(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("begins", sa.Text(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_patterns_person_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_patterns_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patterns")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("patterns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_patterns_person_id"), ["person_id"], unique=False)

    op.create_table(
        "second_ways",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("address", Sealed(), nullable=False),
        sa.Column("added_at", Utc(), nullable=False),
        sa.Column("confirmed_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_second_ways_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_ways")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("second_ways", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_second_ways_person_id"), ["person_id"], unique=False)

    op.create_table(
        "concerns",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("alarm_number", sa.Integer(), nullable=True),
        sa.Column("opened_by", sa.Text(), nullable=True),
        sa.Column("opened_at", Utc(), nullable=False),
        sa.Column("closed_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_concerns_family_id")),
        sa.ForeignKeyConstraint(["opened_by"], ["people.id"], name=op.f("fk_concerns_opened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concerns")),
        sa.UniqueConstraint("number", name=op.f("uq_concerns_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("concerns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concerns_family_id"), ["family_id"], unique=False)

    op.create_table(
        "holds",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("place_id", sa.Text(), nullable=True),
        sa.Column("alarm_number", sa.Integer(), nullable=True),
        sa.Column("asked_by", sa.Text(), nullable=True),
        sa.Column("from_porz", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", Utc(), nullable=False),
        sa.Column("lapses_at", Utc(), nullable=True),
        sa.Column("taken_at", Utc(), nullable=True),
        sa.Column("until", Utc(), nullable=True),
        sa.Column("ended_at", Utc(), nullable=True),
        sa.Column("taken_by", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'held', 'taken', 'released', 'lapsed')", name=op.f("ck_holds_state")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_holds_asked_by")),
        sa.ForeignKeyConstraint(["place_id"], ["crisis_places.id"], name=op.f("fk_holds_place_id")),
        sa.ForeignKeyConstraint(["taken_by"], ["people.id"], name=op.f("fk_holds_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("holds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_holds_place_id"), ["place_id"], unique=False)
        batch_op.create_index(
            "uq_holds_occupied",
            ["place_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('held', 'taken')"),
            postgresql_where=sa.text("state IN ('held', 'taken')"),
        )

    op.create_table(
        "probes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("drill_id", sa.Text(), nullable=True),
        sa.Column("sent_at", Utc(), nullable=False),
        sa.Column("delivered_at", Utc(), nullable=True),
        sa.Column("answered_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["drill_id"], ["drills.id"], name=op.f("fk_probes_drill_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_probes_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_probes")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("probes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_probes_drill_id"), ["drill_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_probes_person_id"), ["person_id"], unique=False)

    op.create_table(
        "shifts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("site_id", sa.Text(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("starts_at", Utc(), nullable=False),
        sa.Column("ends_at", Utc(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("pattern_id", sa.Text(), nullable=True),
        sa.Column("day", sa.Text(), nullable=True),
        sa.Column("uid", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('planned', 'cancelled')", name=op.f("ck_shifts_state")),
        sa.ForeignKeyConstraint(["pattern_id"], ["patterns.id"], name=op.f("fk_shifts_pattern_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_shifts_person_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_shifts_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
        sa.UniqueConstraint("pattern_id", "day", name=op.f("uq_shifts_pattern_id_day")),
        sa.UniqueConstraint("uid", name=op.f("uq_shifts_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("shifts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shifts_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shifts_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "worries",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=True),
        sa.Column("text", Sealed(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'needs_help', 'needs_none', 'unanswered')", name=op.f("ck_worries_state")
        ),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_worries_family_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_worries_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worries")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("worries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_worries_person_id"), ["person_id"], unique=False)

    op.create_table(
        "concern_marks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("concern_id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("marked_by", sa.Text(), nullable=True),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("note", Sealed(), nullable=False),
        sa.ForeignKeyConstraint(["concern_id"], ["concerns.id"], name=op.f("fk_concern_marks_concern_id")),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_concern_marks_family_id")),
        sa.ForeignKeyConstraint(["marked_by"], ["people.id"], name=op.f("fk_concern_marks_marked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_marks")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("concern_marks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concern_marks_concern_id"), ["concern_id"], unique=False)

    op.create_table(
        "debriefs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("alarm_id", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Text(), nullable=True),
        sa.Column("text", Sealed(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["alarm_id"], ["alarms.id"], name=op.f("fk_debriefs_alarm_id")),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"], name=op.f("fk_debriefs_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debriefs")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("debriefs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_debriefs_alarm_id"), ["alarm_id"], unique=False)

    op.create_table(
        "happenings",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("alarm_id", sa.Text(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("done_by", sa.Text(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["alarm_id"], ["alarms.id"], name=op.f("fk_happenings_alarm_id")),
        sa.ForeignKeyConstraint(["done_by"], ["people.id"], name=op.f("fk_happenings_done_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_happenings")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("happenings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_happenings_alarm_id"), ["alarm_id"], unique=False)

    op.create_table(
        "rings",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("way_id", sa.Text(), nullable=False),
        sa.Column("alarm_id", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", Utc(), nullable=False),
        sa.Column("lease_until", Utc(), nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("settled_at", Utc(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'delivered', 'undeliverable', 'superseded')", name=op.f("ck_rings_state")
        ),
        sa.ForeignKeyConstraint(["alarm_id"], ["alarms.id"], name=op.f("fk_rings_alarm_id")),
        sa.ForeignKeyConstraint(["way_id"], ["second_ways.id"], name=op.f("fk_rings_way_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rings")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("rings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rings_alarm_id"), ["alarm_id"], unique=False)
        batch_op.create_index("ix_rings_claim", ["state", "not_before"], unique=False)
        batch_op.create_index(batch_op.f("ix_rings_way_id"), ["way_id"], unique=False)

    op.create_table(
        "swaps",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("shift_id", sa.Text(), nullable=False),
        sa.Column("asker_id", sa.Text(), nullable=False),
        sa.Column("asked_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", Utc(), nullable=False),
        sa.Column("answered_at", Utc(), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'accepted', 'declined', 'withdrawn')", name=op.f("ck_swaps_state")
        ),
        sa.ForeignKeyConstraint(["asked_id"], ["people.id"], name=op.f("fk_swaps_asked_id")),
        sa.ForeignKeyConstraint(["asker_id"], ["people.id"], name=op.f("fk_swaps_asker_id")),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name=op.f("fk_swaps_shift_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swaps")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("swaps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_swaps_shift_id"), ["shift_id"], unique=False)

    op.create_table(
        "takes",
        sa.Column("alarm_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["alarm_id"], ["alarms.id"], name=op.f("fk_takes_alarm_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_takes_person_id")),
        sa.PrimaryKeyConstraint("alarm_id", "person_id", name=op.f("pk_takes")),
        sqlite_strict=True,
    )
    op.drop_table("escalation_steps")
    with op.batch_alter_table("alarms", schema=None) as batch_op:
        batch_op.add_column(sa.Column("site_id", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("taken_at", Utc(), nullable=True))
        batch_op.add_column(sa.Column("taken_step", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("promise", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("promised_for", Utc(), nullable=True))
        batch_op.add_column(sa.Column("wish", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("safe_at", Utc(), nullable=True))
        batch_op.add_column(sa.Column("outcome", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("ended_at", Utc(), nullable=True))
        batch_op.add_column(sa.Column("reminded_at", Utc(), nullable=True))
        batch_op.add_column(sa.Column("forgotten_at", Utc(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_alarms_site_id"), "sites", ["site_id"], ["id"])

    with op.batch_alter_table("crisis_numbers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("languages", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("duties", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tested_at", Utc(), nullable=True))

    with op.batch_alter_table("pages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seen_at", Utc(), nullable=True))
        batch_op.create_index("ix_pages_person", ["person_id", "paged_at"], unique=False)

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shown_as", sa.Text(), nullable=True))


def unmake() -> None:  # noqa: PLR0915 - as above
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_column("shown_as")

    with op.batch_alter_table("pages", schema=None) as batch_op:
        batch_op.drop_index("ix_pages_person")
        batch_op.drop_column("seen_at")

    with op.batch_alter_table("duties", schema=None) as batch_op:
        batch_op.drop_column("tested_at")

    with op.batch_alter_table("crisis_numbers", schema=None) as batch_op:
        batch_op.drop_column("languages")

    with op.batch_alter_table("alarms", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_alarms_site_id"), type_="foreignkey")
        batch_op.drop_column("forgotten_at")
        batch_op.drop_column("reminded_at")
        batch_op.drop_column("ended_at")
        batch_op.drop_column("outcome")
        batch_op.drop_column("safe_at")
        batch_op.drop_column("wish")
        batch_op.drop_column("promised_for")
        batch_op.drop_column("promise")
        batch_op.drop_column("taken_step")
        batch_op.drop_column("taken_at")
        batch_op.drop_column("site_id")

    op.create_table(
        "escalation_steps",
        sa.Column("step", sa.INTEGER(), nullable=False),
        sa.Column("minutes", sa.INTEGER(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_escalation_steps_minutes")),
        sa.PrimaryKeyConstraint("step", name=op.f("pk_escalation_steps")),
        sqlite_strict=True,
    )
    op.drop_table("takes")
    with op.batch_alter_table("swaps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_swaps_shift_id"))

    op.drop_table("swaps")
    with op.batch_alter_table("rings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rings_way_id"))
        batch_op.drop_index("ix_rings_claim")
        batch_op.drop_index(batch_op.f("ix_rings_alarm_id"))

    op.drop_table("rings")
    with op.batch_alter_table("happenings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_happenings_alarm_id"))

    op.drop_table("happenings")
    with op.batch_alter_table("debriefs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_debriefs_alarm_id"))

    op.drop_table("debriefs")
    with op.batch_alter_table("concern_marks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concern_marks_concern_id"))

    op.drop_table("concern_marks")
    with op.batch_alter_table("worries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_worries_person_id"))

    op.drop_table("worries")
    with op.batch_alter_table("shifts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shifts_starts_at"))
        batch_op.drop_index(batch_op.f("ix_shifts_person_id"))

    op.drop_table("shifts")
    with op.batch_alter_table("probes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_probes_person_id"))
        batch_op.drop_index(batch_op.f("ix_probes_drill_id"))

    op.drop_table("probes")
    with op.batch_alter_table("holds", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_holds_occupied",
            sqlite_where=sa.text("state IN ('held', 'taken')"),
            postgresql_where=sa.text("state IN ('held', 'taken')"),
        )
        batch_op.drop_index(batch_op.f("ix_holds_place_id"))

    op.drop_table("holds")
    with op.batch_alter_table("concerns", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concerns_family_id"))

    op.drop_table("concerns")
    with op.batch_alter_table("second_ways", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_second_ways_person_id"))

    op.drop_table("second_ways")
    with op.batch_alter_table("patterns", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_patterns_person_id"))

    op.drop_table("patterns")
    op.drop_table("drills")
    op.drop_table("crisis_places")
    op.drop_table("policies")
