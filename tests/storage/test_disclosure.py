"""Nothing that is stored is forgotten when somebody asks what we know of them."""

from datetime import datetime

import pytest

from storage.disclosure import ENTRUSTED, HELD_BACK, NOT_THEIRS, OTHERS, PARTS, SECRET
from storage.engine import Archive
from storage.records import AppointmentKind, Mood, Purpose, Role
from storage.store import Store
from storage.tables import families, metadata, people
from storage.types import Blind, Sealed
from tests.storage.planting import somebody

COLUMNS = [(table.name, column.name) for table in metadata.sorted_tables for column in table.columns]


def is_told(table: str, column: str) -> bool:
    return any(part.table == table and column in {part.by, *part.told} for part in PARTS)


def why_not(table: str, column: str) -> str | None:
    return HELD_BACK.get(table) or HELD_BACK.get(f"{table}.{column}")


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_every_column_is_told_or_held_back_for_a_reason(table: str, column: str) -> None:
    assert is_told(table, column) != bool(why_not(table, column)), "told or held back, and not both"


def test_what_names_somebody_is_never_held_back_as_a_mere_technicality() -> None:
    for table in metadata.sorted_tables:
        for column in table.columns:
            names = any(key.column.table in (people, families) for key in column.foreign_keys)
            if names or isinstance(column.type, Sealed | Blind):
                assert why_not(table.name, column.name) != "technical", f"{table.name}.{column.name}"


def test_every_table_in_which_somebody_can_be_found_is_searched() -> None:
    for table in metadata.sorted_tables:
        named = {key.column.table for column in table.columns for key in column.foreign_keys}
        if people in named or families in named:
            searched = any(part.table == table.name for part in PARTS)
            assert searched or table.name in HELD_BACK, table.name


def test_reasons_are_for_columns_that_exist() -> None:
    known = {f"{table}.{column}" for table, column in COLUMNS} | {table for table, _ in COLUMNS}
    assert set(HELD_BACK) <= known
    assert {HELD_BACK["entrusted.text"], HELD_BACK["logins.secret"], HELD_BACK["legal_holds.ground"]} == {
        ENTRUSTED,
        SECRET,
        OTHERS,
    }


async def test_the_other_parents_words_stay_theirs(archive: Archive, now: datetime) -> None:
    def family(store: Store) -> tuple[str, str, str]:
        klein = store.people.met(1, "de", now)
        store.people.rename(klein.id, "Frau Klein")
        store.people.grant(klein.id, Role.CASEWORKER, now)
        ahorn = store.families.add("Ahorn 12", klein.id, now)
        both = [store.people.met(number, "tr", now) for number in (2, 3)]
        for person, words in zip(both, ("Mein Satz", "Sein Geheimnis"), strict=True):
            store.people.grant(person.id, Role.PARENT, now)
            store.families.join(ahorn.id, person.id)
            taken = store.checkins.add(person.id, ahorn.id, Mood.BAD, now)
            store.checkins.note(taken.id, person.id, words)
            store.consents.give(person.id, Purpose.CONTACT, 1, "h" * 64, "tr", now)
        store.appointments.add(ahorn.id, klein.id, AppointmentKind.COUNSELLING, now, "Goethestraße")
        store.entrusted.add(ahorn.id, klein.id, "Anvertraut", now)
        return both[0].id, both[1].id, ahorn.id

    mine, theirs, ahorn = await archive.write(family)

    found = await archive.read(lambda store: store.disclosure.of([mine], ahorn))
    assert [row["note"] for row in found.rows("checkins")] == ["Mein Satz"]
    assert found.rows("families")[0]["caseworker_id"] == "Frau Klein"
    assert found.rows("people")[0]["telegram_id"] == "2"
    assert len(found.rows("consents")) == 1
    assert "Anvertraut" not in str(found)
    assert "Sein Geheimnis" not in str(found)

    whole = await archive.read(lambda store: store.disclosure.of([mine, theirs], ahorn))
    assert {row["note"] for row in whole.rows("checkins")} == {"Mein Satz", "Sein Geheimnis"}
    assert all("person" in row for row in whole.rows("checkins"))


async def test_a_check_on_a_childs_safety_stands_only_in_the_case_file(
    archive: Archive, now: datetime
) -> None:
    """One parent may be whom the other one asked to be kept safe from."""

    def arrange(store: Store) -> tuple[list[str], str]:
        klein = somebody(store, 1, "Frau Klein", Role.CASEWORKER, now)
        ahorn = store.families.add("Ahorn 12", klein.id, now)
        both = [somebody(store, number, "x", Role.PARENT, now).id for number in (2, 3)]
        for id in both:
            store.families.join(ahorn.id, id)
        alarm = store.alarms.open(both[0], ahorn.id, {}, now)
        store.alarms.add_debrief(alarm, klein.id, "Was wir daraus lernen", now)
        store.worries.add(both[0], ahorn.id, "ich kann nicht mehr", now)
        concern = store.concerns.open(ahorn.id, klein.id, now, alarm.number)
        store.concerns.mark(concern, "family", klein.id, "Gespräch am Montag", now)
        return both, ahorn.id

    (first, second), ahorn = await archive.write(arrange)
    for one in (first, second):
        own = await archive.read(lambda store, who=one: store.disclosure.of([who], ahorn))
        assert own.rows("concerns") == own.rows("concern_marks") == []
        assert "Gespräch am Montag" not in str(own)
    mine = await archive.read(lambda store: store.disclosure.of([first], ahorn))
    assert [row["text"] for row in mine.rows("worries")] == ["ich kann nicht mehr"]
    assert [row["written_by"] for row in mine.rows("debriefs")] == ["Frau Klein"]
    assert "Was wir daraus lernen" not in str(mine)
    theirs = await archive.read(lambda store: store.disclosure.of([second], ahorn))
    assert theirs.rows("alarms") == theirs.rows("worries") == theirs.rows("debriefs") == []

    whole = await archive.read(lambda store: store.disclosure.of([first, second], ahorn, for_file=True))
    assert [row["note"] for row in whole.rows("concern_marks")] == ["Gespräch am Montag"]
    assert len(whole.rows("concerns")) == 1
    assert set(NOT_THEIRS) == {"concerns", "concern_marks"}


async def test_an_address_with_a_secret_in_it_is_handed_to_nobody(archive: Archive, now: datetime) -> None:
    def arrange(store: Store) -> str:
        koch = somebody(store, 1, "Frau Koch", Role.ON_CALL, now)
        store.second_ways.add(koch.id, "ntfy://token@example", now)
        return koch.id

    koch = await archive.write(arrange)
    found = await archive.read(lambda store: store.disclosure.of([koch], None))
    assert len(found.rows("second_ways")) == 1
    assert "token" not in str(found)
