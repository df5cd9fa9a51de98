"""Every statement of every drawer speaks both databases' language."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from sqlalchemy import ClauseElement, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite

import storage
from storage import deliveries


def statements() -> Iterator[tuple[str, ClauseElement]]:
    for module in pkgutil.iter_modules(storage.__path__):
        if not module.ispkg:
            loaded = importlib.import_module(f"storage.{module.name}")
            for name, value in vars(loaded).items():
                if isinstance(value, Executable) and isinstance(value, ClauseElement):
                    yield f"{module.name}.{name}", value


FOUND = [(name, one) for name, one in statements() if not isinstance(one, Table)]


def test_the_search_finds_the_statements() -> None:
    names = {name for name, _ in FOUND}
    assert {"deliveries._claim", "invitations._use", "holding._take", "timers._due"} <= names
    assert len(names) > 60


@pytest.mark.parametrize(("name", "statement"), FOUND, ids=[name for name, _ in FOUND])
def test_each_statement_can_be_said_to_postgresql_and_sqlite(name: str, statement: ClauseElement) -> None:
    for dialect in (postgresql.dialect(), sqlite.dialect()):
        said = str(statement.compile(dialect=dialect))
        assert said.startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))


def test_a_claim_skips_what_others_hold_where_there_are_others() -> None:
    assert "FOR UPDATE SKIP LOCKED" in str(deliveries._claim.compile(dialect=postgresql.dialect()))
    assert "FOR UPDATE" not in str(deliveries._claim.compile(dialect=sqlite.dialect()))
