"""One writing connection, one reading connection: where every transaction begins and ends.

aiosqlite owns an OS thread for each connection; SQLAlchemy Core runs inside that thread, so that a whole
transaction costs one hop instead of one for every statement. All jobs that wait are committed together.
"""

import asyncio
import logging
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy import Connection, StaticPool, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from storage.records import Delivery
from storage.store import Store

T = TypeVar("T")
Job = Callable[[Store], Any]
log = logging.getLogger("paenz.storage")

BATCH = 200
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "temp_store=MEMORY",
    "journal_size_limit=67108864",
)


class Archive:
    """The open store. `write` and `read` take a plain function of a Store and run it in a transaction."""

    def __init__(self, writer: "Thread", reader: "Thread") -> None:
        self._writer = writer
        self._reader = reader
        self._waiting: deque[tuple[Job, asyncio.Future[Any]]] = deque()
        self._drain: asyncio.Task[None] | None = None
        self.on_posted: Callable[[list[Delivery]], None] = lambda posted: None

    @classmethod
    async def open(cls, url: str) -> "Archive":
        """Opens the store at a SQLAlchemy URL (sqlite only so far). Raises ValueError for any other."""
        path = database_path(url)
        return cls(await Thread.start(path), await Thread.start(path, reading_only=True))

    async def write(self, job: Callable[[Store], T]) -> T:
        """Runs the job in a transaction that is durable when this returns; an exception undoes it alone.

        A caller that is cancelled while waiting does not undo what was already queued.
        """
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((job, done))
        if self._drain is None or self._drain.done():
            self._drain = asyncio.ensure_future(self._commit_waiting())
        return await done

    async def read(self, job: Callable[[Store], T]) -> T:
        """Runs the job on what has been committed; it can't change anything."""
        result: T = await self._reader.run(lambda connection: _looked_up(connection, job))
        return result

    async def close(self) -> None:
        """Commits what waits, then closes both connections."""
        while self._drain is not None and not self._drain.done():
            await asyncio.wait([self._drain])
        await self._writer.close()
        await self._reader.close()

    async def _commit_waiting(self) -> None:
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
            try:
                outcomes = await self._writer.run(partial(commit_together, jobs=[job for job, _ in batch]))
            except Exception as error:
                outcomes = [(None, error, [])] * len(batch)
            self._tell(batch, outcomes)

    def _tell(self, batch: list[tuple[Job, asyncio.Future[Any]]], outcomes: Sequence["Outcome"]) -> None:
        posted = [delivery for _, _, deliveries in outcomes for delivery in deliveries]
        for (_, done), (result, error, _) in zip(batch, outcomes, strict=True):
            if done.done():
                continue
            if error is None:
                done.set_result(result)
            else:
                done.set_exception(error)
        if posted:
            self.on_posted(posted)


Outcome = tuple[Any, BaseException | None, list[Delivery]]


def commit_together(connection: Connection, jobs: Sequence[Job]) -> list[Outcome]:
    """One transaction for all jobs, a savepoint for each: a job that fails leaves the others whole."""
    raw = connection.connection.driver_connection
    assert raw is not None  # noqa: S101 - the pool holds exactly one live connection
    with connection.begin():
        store = Store(connection)
        return [_one(store, raw, job) for job in jobs]


def _one(store: Store, raw: sqlite3.Connection, job: Job) -> Outcome:
    raw.execute("SAVEPOINT job")
    try:
        result = job(store)
    except Exception as error:
        if not raw.in_transaction:
            raise  # on a full or broken disk SQLite itself has undone everything, the others' jobs too
        store.take_posted()
        raw.execute("ROLLBACK TO job")
        raw.execute("RELEASE job")
        return None, error, []
    raw.execute("RELEASE job")
    return result, None, store.take_posted()


def _looked_up(connection: Connection, job: Callable[[Store], T]) -> T:
    with connection.begin():
        return job(Store(connection))


class Thread:
    """An aiosqlite connection and the SQLAlchemy connection that lives in its thread."""

    def __init__(self, owner: aiosqlite.Connection, connection: Connection) -> None:
        self._owner = owner
        self._connection = connection

    @classmethod
    async def start(cls, path: str, *, reading_only: bool = False) -> "Thread":
        opened: list[sqlite3.Connection] = []

        def connect() -> sqlite3.Connection:
            opened.append(open_file(path, reading_only=reading_only))
            return opened[0]

        owner = await aiosqlite.Connection(connect, 64)
        begin = "BEGIN" if reading_only else "BEGIN IMMEDIATE"
        # aiosqlite offers no public way to run a function in its thread; the version is pinned
        connection = await owner._execute(core_connection, opened[0], begin)  # type: ignore[no-untyped-call]
        return cls(owner, connection)

    async def run(self, job: Callable[[Connection], T]) -> T:
        result: T = await self._owner._execute(job, self._connection)  # type: ignore[no-untyped-call]
        return result

    async def close(self) -> None:
        await self.run(Connection.close)
        await self._owner.close()


def open_file(path: str, *, reading_only: bool) -> sqlite3.Connection:
    """A connection with every promise of durability switched on."""
    raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
    for pragma in PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")
    if reading_only:
        raw.execute("PRAGMA query_only=ON")
    return raw


def core_connection(raw: sqlite3.Connection, begin: str) -> Connection:
    """SQLAlchemy Core over a connection that is already open. `begin` is how each transaction starts."""
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine.connect()


def database_path(url: str) -> str:
    """The file behind a store's URL. Raises ValueError when it is no SQLite file."""
    try:
        parsed: URL = make_url(url)
    except ArgumentError:
        parsed = URL.create("none")
    if parsed.drivername != "sqlite" or parsed.database in {None, "", ":memory:"}:
        raise ValueError("PAENZ_STORE must be a SQLite file, such as sqlite:///var/paenz.db")
    return str(parsed.database)
