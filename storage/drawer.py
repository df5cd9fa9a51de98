"""What every drawer has in common: the open connection and two ways to look."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, RowMapping, Table

R = TypeVar("R")


class Drawer:
    """A drawer of the archive, open as long as its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _one(self, found: Executable, make: Callable[[RowMapping], R], **keys: Any) -> R | None:
        row = self._connection.execute(found, keys).mappings().first()
        return None if row is None else make(row)

    def _all(self, found: Executable, make: Callable[[RowMapping], R], **keys: Any) -> list[R]:
        return [make(row) for row in self._connection.execute(found, keys).mappings()]

    def _change(self, change: Executable, **values: Any) -> int:
        """How many rows were touched: a compare-and-set that lost its race touches none."""
        return self._connection.execute(change, values).rowcount

    def _add(self, insertion: Executable, rows: Mapping[str, Any] | list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(insertion, rows)


def into(record: Callable[..., R]) -> Callable[[RowMapping], R]:
    """Makes a record of a row whose columns bear the record's own names."""
    return lambda row: record(**row)


def row_of(record: object, table: Table) -> dict[str, Any]:
    """The row of a record that has a field for every column of the table."""
    return {column.name: getattr(record, column.name) for column in table.columns}
