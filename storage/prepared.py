"""Statements made ready once: SQLAlchemy Core writes the SQL and names the types, the driver then runs it.

Core's own way from a statement to the driver costs several times what SQLite itself needs; here it is
gone only once for each statement.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from storage.file import Error, Raw

Row = Mapping[str, Any]
Convert = Callable[[Any], Any] | None
Place = tuple[
    str | None, Convert, Any
]  # a name to look up and how it is converted, or no name and a constant


class Prepared:
    """One statement with the names its caller gives: SQL, where the values go, what the columns are."""

    def __init__(self, statement: Executable, keys: Sequence[str], dialect: Dialect) -> None:
        compiled = cast(SQLCompiler, statement.compile(dialect=dialect, column_keys=list(keys)))  # type: ignore[attr-defined]
        # such a statement is written anew for each list of values: Core does that
        self.varies = bool(compiled.post_compile_params or compiled.literal_execute_params)
        self.takes = len(keys)
        self.sql = str(compiled)
        self.places = [_place(compiled, name, dialect) for name in compiled.positiontup or ()]
        columns = getattr(statement, "exported_columns", ())
        self.names = tuple(column.name for column in columns)
        self.reads = tuple(
            (column.name, convert) for column in columns if (convert := _reader(column.type, dialect))
        )

    def values(self, given: Row) -> list[Any]:
        """The values in the order of their places. Raises KeyError for one that is not given."""
        return [
            constant if name is None else given[name] if convert is None else convert(given[name])
            for name, convert, constant in self.places
        ]

    def row(self, raw: Sequence[Any]) -> dict[str, Any]:
        row = dict(zip(self.names, raw, strict=True))
        for name, convert in self.reads:
            row[name] = convert(row[name])
        return row


def _place(compiled: SQLCompiler, name: str, dialect: Dialect) -> Place:
    bound = compiled.binds[name]
    convert = bound.type.dialect_impl(dialect).bind_processor(dialect)
    if bound.required:
        return name, convert, None
    return None, None, convert(bound.value) if convert else bound.value


def _reader(type_: TypeEngine[Any], dialect: Dialect) -> Convert:
    return type_.dialect_impl(dialect).result_processor(dialect, None)


# by the statement itself; those made for one call would pile up, so a full shelf is emptied
_shelf: dict[Executable, Prepared] = {}
ROOM = 1000


class Runner:
    """The way to the store for one open transaction. Raises sqlalchemy.exc.DBAPIError, as Core does."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        raw = connection.connection.driver_connection
        self._raw: Raw = raw

    def rows(self, statement: Executable, given: Row) -> Iterator[Row]:
        ready = self._ready(statement, given)
        if ready.varies:
            return (dict(row) for row in self.connection.execute(statement, given).mappings())
        return map(ready.row, self._run(self._raw.execute, ready.sql, ready.values(given)))

    def change(self, statement: Executable, given: Row) -> int:
        """How many rows were touched."""
        ready = self._ready(statement, given)
        if ready.varies:
            return self.connection.execute(statement, given).rowcount
        return int(self._run(self._raw.execute, ready.sql, ready.values(given)).rowcount)

    def many(self, statement: Executable, rows: Sequence[Row]) -> int:
        """The statement with each of several rows, all with the same names; how many rows it touched in all."""
        if not rows:
            return 0
        ready = self._ready(statement, rows[0])
        values = [ready.values(row) for row in rows]
        return int(self._run(self._raw.executemany, ready.sql, values).rowcount)

    def _ready(self, statement: Executable, given: Row) -> Prepared:
        ready = _shelf.get(statement)
        if ready is None or ready.takes != len(given):
            if len(_shelf) >= ROOM:
                _shelf.clear()
            ready = _shelf[statement] = Prepared(statement, list(given), self.connection.dialect)
        return ready

    def _run(self, run: Callable[[str, Any], Raw], sql: str, values: list[Any]) -> Raw:
        try:
            return run(sql, values)
        except Error as error:
            # the values are left out: they may be names
            raise DBAPIError.instance(sql, None, error, Error, hide_parameters=True) from error
