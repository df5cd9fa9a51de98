"""What every drawer has in common: the open transaction and two ways to look."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Executable, Table

from storage.keyring import Shredded
from storage.prepared import Row, Runner
from storage.vault import Vault

R = TypeVar("R")

__all__ = ["Drawer", "Row", "into", "row_of"]


class Drawer:
    """A drawer of the archive, open as long as its transaction."""

    def __init__(self, runner: Runner, vault: Vault) -> None:
        self._runner = runner
        self._vault = vault

    def _one(self, found: Executable, make: Callable[[Row], R], **keys: Any) -> R | None:
        row = next(iter(self._runner.rows(found, keys)), None)
        return None if row is None else make(row)

    def _all(self, found: Executable, make: Callable[[Row], R], **keys: Any) -> list[R]:
        return [make(row) for row in self._runner.rows(found, keys)]

    def _readable(self, found: Executable, make: Callable[[Row], R], **keys: Any) -> list[R]:
        """As `_all`, without what no key opens any more: one such row must not keep the others from being found."""
        return [made for _, made in self._tried(found, make, **keys) if made is not None]

    def _tried(self, found: Executable, make: Callable[[Row], R], **keys: Any) -> list[tuple[Row, R | None]]:
        """Each row with what it says; None where no key opens it any more."""
        return [(row, _opened(make, row)) for row in list(self._runner.rows(found, keys))]

    def _change(self, change: Executable, **values: Any) -> int:
        """How many rows were touched: a compare-and-set that lost its race touches none."""
        return self._runner.change(change, values)

    def _change_all(self, change: Executable, rows: list[dict[str, Any]]) -> int:
        """The same change with each of these values; how many rows were touched in all."""
        return self._runner.many(change, rows)

    def _add(self, insertion: Executable, rows: Row | list[dict[str, Any]]) -> None:
        if isinstance(rows, list):
            self._runner.many(insertion, rows)
        else:
            self._runner.change(insertion, rows)


def _opened(make: Callable[[Row], R], row: Row) -> R | None:
    try:
        return make(row)
    except Shredded:
        return None


def into(record: Callable[..., R]) -> Callable[[Row], R]:
    """Makes a record of a row whose columns bear the record's own names."""
    return lambda row: record(**row)


def row_of(record: object, table: Table) -> dict[str, Any]:
    """The row of a record that has a field for every column of the table."""
    return {column.name: getattr(record, column.name) for column in table.columns}
