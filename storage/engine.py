"""One writing connection, one reading connection: where every transaction begins and ends.

aiosqlite owns an OS thread for each connection; SQLAlchemy Core runs inside that thread, so that a whole
transaction costs one hop instead of one for every statement. All jobs that wait are committed together.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy import Connection

from storage.file import Error, Raw, core_engine, damage, open_file
from storage.file import database_path as database_path
from storage.head import Head, HeadLine
from storage.keyring import Keyring
from storage.records import Delivery
from storage.residue import Residue
from storage.store import Store
from storage.vault import Vault

T = TypeVar("T")
Job = Callable[[Store], Any]
log = logging.getLogger("paenz.storage")

BATCH = 200
# seconds of work after which a batch is committed: what the first of many have posted must not wait for the last
SPAN = 0.05


class Archive:
    """The open store. `write` and `read` take a plain function of a Store and run it in a transaction."""

    def __init__(self, writer: "Thread", reader: "Thread", vault: Vault) -> None:
        self._writer = writer
        self._reader = reader
        self.vault = vault
        self._waiting: deque[tuple[Job, asyncio.Future[Any]]] = deque()
        self._residue = Residue()
        self._drain: asyncio.Task[None] | None = None
        self._closed = False
        self._busy_since: float | None = None
        self.on_posted: Callable[[list[Delivery]], None] = lambda posted: None
        self.on_withdrawn: Callable[[list[int]], None] = lambda ids: None

    @classmethod
    async def open(cls, url: str, keyring: Keyring) -> "Archive":
        """Opens the store at a SQLAlchemy URL (sqlite only so far). Raises ValueError for any other.

        Raises StoreError when it can't be trusted: another key, a damaged page, an old SQLite.
        """
        return await cls.within(database_path(url), Vault(keyring))

    @classmethod
    async def within(cls, path: str, vault: Vault) -> "Archive":
        """The store in a file, with what opens it."""
        writer = await Thread.start(path, vault)
        try:
            return cls(writer, await Thread.start(path, vault, reading_only=True), vault)
        except BaseException:
            await writer.close()
            raise

    async def damage(self) -> list[str]:
        """What is wrong with the store's file; nothing when it is whole."""
        return await self._reader.look(damage)

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
        vault = self.vault
        result: T = await self._reader.run(lambda connection: _looked_up(connection, vault, job))
        return result

    async def close(self) -> None:
        """Commits what waits, then closes both connections. Closing again does nothing."""
        if self._closed:
            return
        self._closed = True
        while self._drain is not None and not self._drain.done():
            await asyncio.wait([self._drain])
        await self._writer.close()
        await self._reader.close()

    @property
    def hangs_for(self) -> float:
        """Seconds since the transaction under way began: whether the store answers, however many wait for it."""
        return 0.0 if self._busy_since is None else asyncio.get_running_loop().time() - self._busy_since

    async def _commit_waiting(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
            self._busy_since = loop.time()
            try:
                jobs = [job for job, _ in batch]
                outcomes = await self._writer.run(
                    partial(commit_together, vault=self.vault, jobs=jobs, residue=self._residue)
                )
            except BaseException as error:
                # whoever waits must hear of it, also of what ends the whole process
                self._tell(batch, [(None, error, [], [])] * len(batch))
                if not isinstance(error, Exception):
                    raise
            else:
                self._waiting.extendleft(reversed(batch[len(outcomes) :]))
                self._tell(batch[: len(outcomes)], outcomes)
            finally:
                self._busy_since = None

    def _tell(self, batch: list[tuple[Job, asyncio.Future[Any]]], outcomes: Sequence["Outcome"]) -> None:
        posted = [delivery for _, _, deliveries, _ in outcomes for delivery in deliveries]
        withdrawn = [id for *_, ids in outcomes for id in ids]
        for (_, done), (result, error, *_) in zip(batch, outcomes, strict=True):
            if done.done():
                continue
            if error is None:
                done.set_result(result)
            else:
                done.set_exception(error)
        if posted:
            self.on_posted(posted)
        if withdrawn:
            self.on_withdrawn(withdrawn)


Outcome = tuple[Any, BaseException | None, list[Delivery], list[int]]


def commit_together(
    connection: Connection, vault: Vault, jobs: Sequence[Job], residue: Residue
) -> list[Outcome]:
    """One transaction for the first of the jobs, as many as fit into SPAN; their outcomes.

    Each has a savepoint: a job that fails leaves the others whole.
    """
    raw = connection.connection.driver_connection
    assert raw is not None  # noqa: S101 - the pool holds exactly one live connection
    with connection.begin():
        vault.keyring.follow()  # only now that nobody else may write does it hold for the whole transaction
        store = Store(connection, vault)
        outcomes, until = [], perf_counter() + SPAN
        for job in jobs:
            outcomes.append(_one(store, raw, job))
            if perf_counter() > until:
                break
        newest = store.journal.newest_head() if store.journal_grew else None
    residue.owed = residue.owed or store.has_erased
    _told(raw, vault, newest, residue)
    return outcomes


def _told(raw: Raw, vault: Vault, newest: HeadLine | None, residue: Residue) -> None:
    """All is committed: what fails from here on must not look as if it were undone."""
    try:
        if newest is not None:
            Head(vault.keyring.where.journal_head).put(newest)
        residue.sweep(raw)  # where somebody still reads, the next commit tries again
    except (OSError, Error) as error:
        log.error("committed, but its traces were not tidied up: %s", type(error).__name__)  # noqa: TRY400


def _one(store: Store, raw: Raw, job: Job) -> Outcome:
    raw.execute("SAVEPOINT job")
    try:
        result = job(store)
    except Exception as error:
        if not raw.in_transaction:
            raise  # on a full or broken disk SQLite itself has undone everything, the others' jobs too
        store.take_posted()
        store.take_withdrawn()
        raw.execute("ROLLBACK TO job")
        raw.execute("RELEASE job")
        return None, error, [], []
    raw.execute("RELEASE job")
    return result, None, store.take_posted(), store.take_withdrawn()


def _looked_up(connection: Connection, vault: Vault, job: Callable[[Store], T]) -> T:
    with connection.begin():
        return job(Store(connection, vault))


class Thread:
    """An aiosqlite connection and the SQLAlchemy connection that lives in its thread."""

    def __init__(self, owner: aiosqlite.Connection, connection: Connection) -> None:
        self._owner = owner
        self._connection = connection

    @classmethod
    async def start(cls, path: str, vault: Vault, *, reading_only: bool = False) -> "Thread":
        opened: list[Raw] = []

        def connect() -> Raw:
            opened.append(open_file(path, vault.store_key, reading_only=reading_only))
            return opened[0]

        owner = aiosqlite.Connection(connect, 64)
        try:
            await owner
        except BaseException:
            owner._thread.join()  # its last word is for a loop that may be closed before it comes
            raise
        begin = "BEGIN" if reading_only else "BEGIN IMMEDIATE"
        # aiosqlite offers no public way to run a function in its thread; the version is pinned
        connection = await owner._execute(core_connection, opened[0], begin)  # type: ignore[no-untyped-call]
        return cls(owner, connection)

    async def run(self, job: Callable[[Connection], T]) -> T:
        result: T = await self._owner._execute(job, self._connection)  # type: ignore[no-untyped-call]
        return result

    async def look(self, job: Callable[[Raw], T]) -> T:
        """Runs the function on the bare connection, between transactions."""
        return await self.run(lambda connection: job(connection.connection.driver_connection))

    async def close(self) -> None:
        await self.run(Connection.close)
        await self._owner.close()


def core_connection(raw: Raw, begin: str) -> Connection:
    """SQLAlchemy Core over a connection that is already open."""
    return core_engine(lambda: raw, begin).connect()
