"""What every table and column is for, whose it is, and on what ground it is kept. The papers are made from this.

Only words stand here; their texts are in the staff catalog: `papers.table.NAME`, `papers.purpose.WORD` and so on.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Column

from storage.entries import REGISTER as REGISTER
from storage.grounds import Activity as Activity
from storage.grounds import Basis as Basis
from storage.grounds import Kind as Kind
from storage.grounds import Protection as Protection
from storage.grounds import Whose as Whose
from storage.tables import metadata
from storage.types import Blind, Sealed


@dataclass(frozen=True, slots=True)
class Listed:
    """One column, with all that is to be told about it."""

    table: str
    column: str
    purpose: str
    whose: Whose
    protection: Protection


# in whatever table they stand, these tell of the person who works here
OF_STAFF = frozenset({"caseworker", "confidant", "deputy", "decided_by", "made_by", "taken_by", "on_duty"})

SOMEBODY = frozenset({"people", "families"})


def tables_of(activity: Activity) -> list[str]:
    """The tables that serve an activity, by name."""
    return sorted(name for name, entry in REGISTER.items() if entry.activity is activity)


def listed(table: str) -> Iterator[Listed]:
    """Every column of a table in its own order. Raises KeyError for one that is not in the register."""
    entry = REGISTER[table]
    for column in metadata.tables[table].columns:
        purpose = entry.columns[column.name]
        whose = Whose.STAFF if purpose in OF_STAFF else entry.whose
        yield Listed(table, column.name, purpose, whose, _protection(column))


def ends_with_somebody(table: str) -> bool:
    """Whether its rows go when a person or family is erased: erasure follows what refers to them."""
    above = {key.column.table.name for key in metadata.tables[table].foreign_keys} - {table}
    return table in SOMEBODY or any(ends_with_somebody(name) for name in above)


def _protection(column: Column[object]) -> Protection:
    if isinstance(column.type, Sealed):
        return Protection.SEALED
    return Protection.BLIND if isinstance(column.type, Blind) else Protection.FILE
