"""What every table has in common: strict values, and names for keys that are the same everywhere."""

from sqlalchemy import CheckConstraint, Column, Index, MetaData, Table, UniqueConstraint

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
