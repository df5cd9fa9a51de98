"""The register tells of every table and every column there is, and of none that is not."""

import pytest

from storage.register import REGISTER, Activity, Kind, Protection, ends_with_somebody, listed, tables_of
from storage.sealed import FIELDS
from storage.tables import metadata


def test_every_table_is_told_of_and_no_other() -> None:
    assert set(REGISTER) == set(metadata.tables)


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_every_column_is_told_of_and_no_other(table: str) -> None:
    assert set(REGISTER[table].columns) == set(metadata.tables[table].columns.keys())


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_each_column_is_listed_once_in_its_own_order(table: str) -> None:
    assert [one.column for one in listed(table)] == metadata.tables[table].columns.keys()


def test_what_is_sealed_is_said_to_be_and_nothing_else() -> None:
    told = {
        (one.table, one.column)
        for table in REGISTER
        for one in listed(table)
        if one.protection is Protection.SEALED
    }
    assert told == {(sealed.field.table, sealed.field.column) for sealed in FIELDS}


def test_every_table_serves_exactly_one_activity() -> None:
    served = [table for activity in Activity for table in tables_of(activity)]
    assert sorted(served) == sorted(REGISTER)
    assert all(tables_of(activity) for activity in Activity)


def test_what_is_the_agencys_own_holds_nobody() -> None:
    """A table of facts of the agency must not refer to a person or a family."""
    own = [table for table, entry in REGISTER.items() if entry.kind is Kind.AGENCY]
    reached = {key.column.table.name for table in own for key in metadata.tables[table].foreign_keys}
    assert reached <= set(own)


@pytest.mark.parametrize(
    ("table", "ends"),
    [
        ("people", True),
        ("lines", True),
        ("pages", True),
        ("debriefs", True),
        ("concern_marks", True),
        ("rings", True),
        ("policies", False),
        ("journal", False),
        ("updates", False),
        ("offers", False),
    ],
)
def test_what_hangs_on_somebody_goes_with_them(table: str, ends: bool) -> None:
    assert ends_with_somebody(table) is ends
