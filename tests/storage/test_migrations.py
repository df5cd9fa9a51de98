"""The migrations make exactly the shape of tables.py, on both databases, and can be taken back."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import ClauseElement, Connection, Dialect, Select, inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from storage.file import StoreError
from storage.keyring import Keyring
from storage.migrate import connected, is_current, settings, upgrade
from storage.store import Store
from storage.tables import metadata
from storage.vault import Vault


@contextmanager
def looked_into(store: Path, keyring: Keyring) -> Iterator[Connection]:
    with connected(str(store), Vault(keyring)) as connection:
        yield connection


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "paenz.db"


def test_all_migrations_together_are_the_tables(store: Path, keyring: Keyring) -> None:
    upgrade(f"sqlite:///{store}", keyring)
    with looked_into(store, keyring) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_names_and_rules_are_the_same_too(tmp_path: Path, store: Path, keyring: Keyring) -> None:
    """compare_metadata looks neither at checks nor at STRICT: the very SQL does."""
    upgrade(f"sqlite:///{store}", keyring)
    with looked_into(tmp_path / "made.db", keyring) as connection:
        metadata.create_all(connection)
        connection.commit()
    assert _sentences(store, keyring) == _sentences(tmp_path / "made.db", keyring)


def _sentences(store: Path, keyring: Keyring) -> dict[str, list[str]]:
    found = "SELECT name, sql FROM sqlite_master WHERE type != 'trigger' AND sql IS NOT NULL"
    with looked_into(store, keyring) as connection:
        rows = connection.execute(text(found)).all()
    return {name: sorted(_pieces(sql)) for name, sql in rows if name != "alembic_version"}


def _pieces(sql: str) -> Iterator[str]:
    """What the sentence asks for, one by one: a column that was added later stands in the line of the one before."""
    for line in sql.replace('"', "").split("\n"):
        for piece in re.split(r",\s(?![^(]*\))", " ".join(line.split())):
            yield piece.rstrip(",")


def test_every_table_is_strict(store: Path, keyring: Keyring) -> None:
    upgrade(f"sqlite:///{store}", keyring)
    with looked_into(store, keyring) as connection:
        strict = dict(connection.execute(text("SELECT name, strict FROM pragma_table_list")).all())
    assert {name: strict[name] for name in metadata.tables} == dict.fromkeys(metadata.tables, 1)


def test_the_way_down_leaves_nothing_and_the_way_up_works_again(store: Path, keyring: Keyring) -> None:
    url = f"sqlite:///{store}"
    upgrade(url, keyring)
    with looked_into(store, keyring) as connection:
        command.downgrade(settings(connection, Vault(keyring)), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
    assert not is_current(url, keyring)
    upgrade(url, keyring)
    assert is_current(url, keyring)


def test_steps_and_policy_become_each_other(store: Path, keyring: Keyring) -> None:
    url, policy = f"sqlite:///{store}", text("SELECT site_id, body FROM policies")
    upgrade(url, keyring)
    with looked_into(store, keyring) as connection:
        assert connection.execute(policy).all() == []
        command.downgrade(settings(connection, Vault(keyring)), "0002")
        connection.execute(text("INSERT INTO escalation_steps VALUES (2, 10), (1, 5)"))
        connection.commit()
    upgrade(url, keyring)
    with looked_into(store, keyring) as connection:
        assert connection.execute(policy).all() == [("", '{"minutes": [5, 10]}')]
        command.downgrade(settings(connection, Vault(keyring)), "0002")
        steps = text("SELECT step, minutes FROM escalation_steps ORDER BY step")
        assert connection.execute(steps).all() == [(1, 5), (2, 10)]


def test_whoever_was_on_duty_counts_as_tested(store: Path, keyring: Keyring, now: datetime) -> None:
    url = f"sqlite:///{store}"
    upgrade(url, keyring)
    with looked_into(store, keyring) as connection:
        there = Store(connection, Vault(keyring))
        on, off, fresh = (there.people.met(number, "de", now).id for number in (1, 2, 3))
        there.duties.assign(on, 1, now)
        there.duties.assign(off, 1, now)
        there.duties.switch(off, False, now)
        connection.commit()
        command.downgrade(settings(connection, Vault(keyring)), "0002")
    upgrade(url, keyring)
    with looked_into(store, keyring) as connection:
        there = Store(connection, Vault(keyring))
        there.duties.assign(fresh, 1, now)
        assert {duty.person_id: duty.tested for duty in there.duties.on_now(now)} == {on: True, fresh: False}
        assert there.duties.tested_at(off) is None


def test_whoever_had_an_alarm_has_it_and_its_number_stays_given(
    store: Path, keyring: Keyring, now: datetime
) -> None:
    url = f"sqlite:///{store}"
    upgrade(url, keyring)
    with looked_into(store, keyring) as connection:
        there = Store(connection, Vault(keyring))
        koch, amina = (there.people.met(number, "de", now).id for number in (1, 2))
        alarm = there.alarms.open(amina, None, {"minutes": [5]}, now)
        assert there.alarms.take(alarm.id, koch, now)
        connection.commit()
        command.downgrade(settings(connection, Vault(keyring)), "0002")
    upgrade(url, keyring)
    with looked_into(store, keyring) as connection:
        there = Store(connection, Vault(keyring))
        found = there.alarms.get(alarm.id)
        assert found is not None
        assert (found.taken_by, found.taken_at) == (koch, now)
        assert there.alarms.takers_of(alarm.id) == [koch]
        there.erasure.person(amina, now)
        assert there.alarms.open(koch, None, {}, now).number == 2


def test_nobody_unseals_a_store_with_people_in_it(store: Path, keyring: Keyring, now: datetime) -> None:
    upgrade(f"sqlite:///{store}", keyring)
    with looked_into(store, keyring) as connection:
        Store(connection, Vault(keyring)).people.met(1, "de", now)
        connection.commit()
        with pytest.raises(RuntimeError, match="not unsealed"):
            command.downgrade(settings(connection, Vault(keyring)), "0001")


def test_a_store_that_is_up_to_date_is_left_as_it_is(store: Path, keyring: Keyring) -> None:
    url = f"sqlite:///{store}"
    upgrade(url, keyring)
    with looked_into(store, keyring) as connection:
        connection.execute(text("INSERT INTO sites VALUES ('s', 'n', 'a', 1)"))
        connection.commit()
    upgrade(url, keyring)
    with looked_into(store, keyring) as connection:
        assert connection.execute(text("SELECT count(*) FROM sites")).scalar_one() == 1


def test_a_store_of_a_newer_version_is_refused_in_a_sentence(store: Path, keyring: Keyring) -> None:
    url = f"sqlite:///{store}"
    upgrade(url, keyring)
    with looked_into(store, keyring) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.commit()
    with pytest.raises(StoreError, match="newer version"):
        upgrade(url, keyring)


def test_there_is_one_chain_with_one_end() -> None:
    script = ScriptDirectory.from_config(settings())
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


# PostgreSQL: no driver is needed to hear whether it takes our words

USER = "postgres"


def _programs() -> Path | None:
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).parent if found else None


class Cluster:
    """A PostgreSQL of its own on a socket in a folder, gone with it."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder = programs, folder
        # PostgreSQL refuses to run as root
        self.user = USER if os.geteuid() == 0 else None

    def run(self, program: str, *words: str, said: str | None = None) -> str:
        ended = subprocess.run(
            [str(self.programs / program), *words],
            input=said,
            capture_output=True,
            text=True,
            user=self.user,
            cwd=self.folder,
            timeout=60,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(self.folder)},
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def start(self) -> None:
        if self.user:
            shutil.chown(self.folder, self.user)
        self.run("initdb", "-D", "data", "-A", "trust", "-U", USER, "--no-sync", "-E", "UTF8")
        socket = f"-k {self.folder} -c listen_addresses= -c fsync=off"
        self.run("pg_ctl", "-D", "data", "-o", socket, "-l", "log", "-w", "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")

    def says(self, sql: str) -> str:
        words = ("-h", str(self.folder), "-U", USER, "-d", "postgres", "-X", "-q", "-A", "-t")
        return self.run("psql", *words, "-v", "ON_ERROR_STOP=1", said=sql).strip()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    programs = _programs()
    if programs is None:
        reason = "PostgreSQL is not installed here"
        if os.environ.get("CI"):
            pytest.fail(f"{reason}, and CI must have it")
        pytest.skip(reason)
    # a socket's path may have 107 bytes, and every folder above must let the other account through
    folder = Path(subprocess.check_output(["mktemp", "-d", "/tmp/paenz-pg-XXXXXX"], text=True).strip())  # noqa: S607, S108
    made = Cluster(programs, folder)
    try:
        made.start()
        yield made
        made.stop()
    finally:
        shutil.rmtree(folder)


def ddl() -> str:
    dialect = postgresql.dialect()
    tables = [str(CreateTable(table).compile(dialect=dialect)) for table in metadata.sorted_tables]
    indexes = [
        str(CreateIndex(index).compile(dialect=dialect))
        for table in metadata.sorted_tables
        for index in sorted(table.indexes, key=lambda index: str(index.name))
    ]
    return ";\n".join([*tables, *indexes]) + ";\n"


def test_postgresql_takes_the_tables(cluster: Cluster) -> None:
    cluster.says("CREATE SCHEMA made; SET search_path TO made;\n" + ddl())
    found = cluster.says("SELECT table_name FROM information_schema.tables WHERE table_schema = 'made'")
    assert set(found.split()) == set(metadata.tables)


def test_postgresql_keeps_big_numbers_and_refuses_wrong_words(cluster: Cluster) -> None:
    cluster.says("CREATE SCHEMA tried; SET search_path TO tried;\n" + ddl())
    row = "INSERT INTO tried.updates (update_id, raw, state, tries, arrived_at) VALUES "
    cluster.says(row + f"({2**62}, '\\x', 'waiting', 0, 253402300799999)")
    assert cluster.says("SELECT update_id, arrived_at FROM tried.updates") == f"{2**62}|253402300799999"
    with pytest.raises(AssertionError, match="ck_updates_state"):
        cluster.says(row + "(2, '\\x', 'lost', 0, 0)")


def test_postgresql_takes_every_statement_of_every_drawer(cluster: Cluster) -> None:
    from tests.storage.test_statements import FOUND

    said = "CREATE SCHEMA asked; SET search_path TO asked;\n" + ddl()
    # numbered places, so that PostgreSQL works out the types of the values by itself
    numbered = postgresql.dialect(paramstyle="numeric_dollar")
    for number, (_, statement) in enumerate(FOUND):
        said += f"PREPARE s{number} AS {_written(statement, numbered)};\n"
    cluster.says(said)


def _written(statement: ClauseElement, dialect: Dialect) -> str:
    compiled = statement.compile(dialect=dialect)
    if not isinstance(statement, Select):
        # lists written into the statement are all that may still be open; its values stay places
        return re.sub(r"__\[POSTCOMPILE_\w+\]", "'listed'", str(compiled))
    needed = {name: [1] if bind.expanding else None for name, bind in compiled.binds.items() if bind.required}
    whole = statement.params(needed)
    return str(whole.compile(dialect=dialect, compile_kwargs={"render_postcompile": True}))
