"""The open store: what it promises about durability, about jobs side by side, and about jobs that fail."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import LargeBinary, Text, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from storage.engine import BATCH, Archive, database_path
from storage.file import open_file
from storage.keyring import Keyring
from storage.migrate import is_current, upgrade
from storage.records import Lane
from storage.store import Store
from storage.tables import metadata

PROMISED = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "secure_delete": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "temp_store": 2,  # MEMORY
}


def pragma(name: str) -> Callable[[Store], Any]:
    return lambda store: store.connection.execute(text(f"PRAGMA {name}")).scalar()


@pytest.mark.parametrize("name", PROMISED)
async def test_both_connections_keep_the_promise(archive: Archive, name: str) -> None:
    assert await archive.write(pragma(name)) == PROMISED[name]
    assert await archive.read(pragma(name)) == PROMISED[name]


def count(store: Store) -> int:
    return int(store.connection.execute(text("SELECT places FROM sites WHERE id = 'here'")).scalar_one())


def add_one(store: Store) -> int:
    seen = count(store)
    store.connection.execute(text("UPDATE sites SET places = :n WHERE id = 'here'"), {"n": seen + 1})
    return seen + 1


@pytest.fixture
async def counter(archive: Archive) -> Archive:
    site = {"id": "here", "name": "n", "address": "a", "places": 0}
    await archive.write(lambda store: store.agency.put_sites([site]))
    return archive


async def test_a_hundred_at_once_read_and_write_and_none_is_lost(counter: Archive) -> None:
    seen = await asyncio.gather(*(counter.write(add_one) for _ in range(100)))
    assert sorted(seen) == list(range(1, 101))
    assert await counter.read(count) == 100


async def test_more_jobs_than_fit_into_one_transaction(counter: Archive) -> None:
    await asyncio.gather(*(counter.write(add_one) for _ in range(3 * BATCH + 7)))
    assert await counter.read(count) == 3 * BATCH + 7


async def test_a_job_that_fails_is_undone_alone(counter: Archive) -> None:
    def adds_and_fails(store: Store) -> None:
        add_one(store)
        raise LookupError("not here")

    jobs = [add_one, adds_and_fails, add_one, adds_and_fails, add_one]
    told = await asyncio.gather(*(counter.write(job) for job in jobs), return_exceptions=True)
    assert [told[0], told[2], told[4]] == [1, 2, 3]
    assert isinstance(told[1], LookupError)
    assert isinstance(told[3], LookupError)
    assert await counter.read(count) == 3


async def test_a_statement_that_fails_undoes_its_job_alone(counter: Archive) -> None:
    def breaks_a_rule(store: Store) -> None:
        add_one(store)
        store.families.join("no such family", "nobody")

    told = await asyncio.gather(
        counter.write(add_one), counter.write(breaks_a_rule), counter.write(add_one), return_exceptions=True
    )
    assert isinstance(told[1], IntegrityError)
    assert await counter.read(count) == 2


async def test_what_a_failed_job_owed_is_never_handed_out(archive: Archive, now: datetime) -> None:
    handed: list[int] = []
    archive.on_posted = lambda posted: handed.extend(one.id for one in posted)

    def owes_and_fails(store: Store) -> None:
        store.deliveries.post(Lane.ANSWER, 1, "sendMessage", {}, now)
        raise LookupError

    good = archive.write(lambda store: store.deliveries.post(Lane.ANSWER, 1, "sendMessage", {}, now).id)
    told = await asyncio.gather(archive.write(owes_and_fails), good, return_exceptions=True)
    assert handed == [told[1]]
    assert len(await archive.read(lambda store: store.deliveries.newest())) == 1


async def test_deliveries_are_handed_out_only_once_they_are_committed(
    tmp_path: Path, archive: Archive, now: datetime
) -> None:
    def looked_up(_: object) -> None:
        other = open_file(f"{tmp_path}/paenz.db", archive.vault.store_key)
        seen.append(other.execute("SELECT count(*) FROM deliveries").fetchone()[0])
        other.close()

    seen: list[int] = []
    archive.on_posted = looked_up
    await archive.write(lambda store: store.deliveries.post(Lane.ANSWER, 1, "sendMessage", {}, now))
    assert seen == [1]


async def test_a_caller_who_gives_up_neither_undoes_nor_stops_anything(counter: Archive) -> None:
    tasks = [asyncio.ensure_future(counter.write(add_one)) for _ in range(10)]
    await asyncio.sleep(0)
    tasks[3].cancel()
    told = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(told[3], asyncio.CancelledError)
    assert await counter.write(count) == 10


async def test_a_caller_who_gave_up_hears_no_error_either(counter: Archive, recwarn: Any) -> None:
    def fails(store: Store) -> None:
        raise LookupError

    task = asyncio.ensure_future(counter.write(fails))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await counter.write(add_one) == 1


async def test_the_reader_can_change_nothing(counter: Archive) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        await counter.read(add_one)
    assert await counter.read(count) == 0


async def test_the_reader_sees_what_is_committed_and_goes_on_after_an_error(counter: Archive) -> None:
    def fails(store: Store) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await counter.read(fails)
    await counter.write(add_one)
    assert await counter.read(count) == 1


async def test_a_store_locked_by_somebody_else_is_waited_for(tmp_path: Path, counter: Archive) -> None:
    blocker = open_file(f"{tmp_path}/paenz.db", counter.vault.store_key)
    blocker.execute("BEGIN IMMEDIATE")
    writing = asyncio.ensure_future(counter.write(add_one))
    await asyncio.sleep(0.3)
    assert not writing.done()
    blocker.execute("ROLLBACK")
    blocker.close()
    assert await writing == 1


async def test_a_store_locked_for_too_long_says_so_and_recovers(tmp_path: Path, counter: Archive) -> None:
    await counter.write(pragma("busy_timeout=50"))
    blocker = open_file(f"{tmp_path}/paenz.db", counter.vault.store_key)
    blocker.execute("BEGIN IMMEDIATE")
    told = await asyncio.gather(counter.write(add_one), counter.write(add_one), return_exceptions=True)
    assert all(isinstance(one, OperationalError) for one in told)
    blocker.execute("ROLLBACK")
    blocker.close()
    assert await counter.write(add_one) == 1


async def test_a_full_disk_undoes_all_says_so_and_recovers(counter: Archive) -> None:
    """SQLite may roll the whole transaction back by itself; nobody may then be told that theirs was kept."""
    pages = await counter.write(pragma("page_count"))
    await counter.write(pragma(f"max_page_count={pages + 4}"))

    def fills(store: Store) -> None:
        site = {"id": "big", "name": "x" * 1_000_000, "address": "", "places": 0}
        store.agency.put_sites([site])

    told = await asyncio.gather(
        counter.write(add_one), counter.write(fills), counter.write(add_one), return_exceptions=True
    )
    kept = await counter.read(count)
    assert kept == sum(not isinstance(one, Exception) for one in told)
    assert isinstance(told[1], DBAPIError)
    assert all(isinstance(one, int | DBAPIError) for one in told)
    await counter.write(pragma("max_page_count=1000000"))
    assert await counter.write(add_one) == kept + 1


async def test_closing_commits_what_waits(tmp_path: Path, counter: Archive) -> None:
    first = await Archive.within(f"{tmp_path}/paenz.db", counter.vault)
    writing = [asyncio.ensure_future(first.write(add_one)) for _ in range(20)]
    await asyncio.sleep(0)
    await first.close()
    assert await asyncio.gather(*writing) == list(range(1, 21))
    assert await counter.read(count) == 20
    with pytest.raises(ValueError, match=r"no active connection|closed"):
        await first.write(add_one)


async def test_what_is_committed_survives_without_closing(tmp_path: Path, keyring: Keyring) -> None:
    """A copy of the files at the moment a write returns is what a kill would leave."""
    url = f"sqlite:///{tmp_path}/paenz.db"
    upgrade(url, keyring)
    archive = await Archive.open(url, keyring)
    await archive.write(lambda store: store.timers.set("k", "s", datetime.fromisoformat("2026-11-24T09:00Z")))
    (tmp_path / "copy").mkdir()
    for name in ("paenz.db", "paenz.db-wal"):
        (tmp_path / "copy" / name).write_bytes((tmp_path / name).read_bytes())
    await archive.close()
    copy = await Archive.open(f"sqlite:///{tmp_path}/copy/paenz.db", keyring)
    assert await copy.read(lambda store: len(store.timers.ahead())) == 1
    await copy.close()


COLUMNS = [
    (name, column.name)
    for name, table in sorted(metadata.tables.items())
    for column in table.columns
    if not isinstance(column.type, Text)
]


@pytest.mark.parametrize(("table", "wrong"), COLUMNS)
async def test_columns_refuse_values_of_the_wrong_type(archive: Archive, table: str, wrong: str) -> None:
    columns = metadata.tables[table].columns
    names = ", ".join(f'"{column.name}"' for column in columns)
    values = ", ".join("'words'" if column.name == wrong else _fitting(column) for column in columns)
    statement = f"INSERT INTO {table} ({names}) VALUES ({values})"  # noqa: S608 - our own names
    with pytest.raises(IntegrityError, match=r"cannot store TEXT value|datatype mismatch"):
        await archive.write(lambda store: store.connection.exec_driver_sql(statement))


def _fitting(column: Any) -> str:
    if isinstance(column.type, LargeBinary):
        return "x'00'"
    return "'t'" if isinstance(column.type, Text) else "1"


async def test_words_outside_the_closed_lists_are_refused(archive: Archive, now: datetime) -> None:
    statement = "INSERT INTO updates (update_id, raw, state, tries, arrived_at) VALUES (1, x'', 'lost', 0, 1)"
    with pytest.raises(IntegrityError, match="CHECK"):
        await archive.write(lambda store: store.connection.exec_driver_sql(statement))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://somebody:secret@host/paenz",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite+aiosqlite:///paenz.db",
        "sqlite+nonsense:///paenz.db",
        "nonsense",
        "",
    ],
)
def test_stores_we_can_not_keep_are_refused_without_quoting_them(url: str) -> None:
    with pytest.raises(ValueError, match="PAENZ_STORE") as refused:
        database_path(url)
    assert "secret" not in str(refused.value)


def test_a_path_is_taken_as_it_is() -> None:
    assert database_path("sqlite:///var/paenz.db") == "var/paenz.db"
    assert database_path("sqlite:////srv/paenz.db") == "/srv/paenz.db"


def test_a_new_store_gets_its_folder(tmp_path: Path, keyring: Keyring) -> None:
    url = f"sqlite:///{tmp_path}/a/b/paenz.db"
    upgrade(url, keyring)
    assert is_current(url, keyring)
    assert (tmp_path / "a" / "b" / "paenz.db").exists()
