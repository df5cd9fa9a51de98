"""There is one writer, and alarms need it: neither erasing nor the nightly round keeps it from them for long."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from handlers.keeping.due import GUESTS, NIGHTLY, nightly
from storage.engine import Archive
from storage.file import open_file
from storage.retention import GUESTS_AT_ONCE, Class
from storage.store import Store
from tests.storage.planting import DAY

SECOND = timedelta(seconds=1)
A_MOMENT = 1.0  # seconds; whoever waits for a lock here would wait five


@contextmanager
def somebody_reads(path: Path, archive: Archive) -> Iterator[None]:
    """Such as a backup, which takes its time."""
    with closing(open_file(str(path), archive.vault.store_key)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM people").fetchone()
        yield
        other.execute("COMMIT")


async def guests(archive: Archive, many: int, now: datetime) -> None:
    await archive.write(lambda store: [store.people.met(1000 + n, "de", now) for n in range(many)])


def forget(number: int, now: datetime, store: Store) -> None:
    guest = store.people.by_telegram(1000 + number)
    assert guest is not None
    store.erasure.person(guest.id, now)


def left(store: Store) -> int:
    return sum(store.people.by_telegram(1000 + n) is not None for n in range(100))


async def test_erasing_waits_for_no_reader_and_the_log_is_emptied_later(
    archive: Archive, tmp_path: Path, now: datetime
) -> None:
    await guests(archive, 3, now)
    log = tmp_path / "paenz.db-wal"
    with somebody_reads(tmp_path / "paenz.db", archive):
        began = time.monotonic()
        for number in range(3):
            await archive.write(partial(forget, number, now))
        assert time.monotonic() - began < A_MOMENT
        assert log.stat().st_size > 0
    await archive.write(lambda store: store.settings.put("anything", "else"))
    assert log.stat().st_size == 0


async def test_the_writer_is_as_patient_as_before(archive: Archive, tmp_path: Path, now: datetime) -> None:
    await guests(archive, 1, now)
    with somebody_reads(tmp_path / "paenz.db", archive):
        await archive.write(partial(forget, 0, now))
    with closing(open_file(str(tmp_path / "paenz.db"), archive.vault.store_key)) as blocker:
        blocker.execute("BEGIN IMMEDIATE")
        writing = asyncio.ensure_future(archive.write(lambda store: store.settings.put("a", "b")))
        await asyncio.sleep(0.3)
        assert not writing.done()
        blocker.execute("ROLLBACK")
    await writing


async def test_what_was_erased_before_a_crash_leaves_the_log_after_the_start(
    archive: Archive, tmp_path: Path, now: datetime
) -> None:
    await guests(archive, 1, now)
    with somebody_reads(tmp_path / "paenz.db", archive):
        await archive.write(lambda store: store.retention.purge(Class.TRANSPORT, now + 31 * DAY))
    assert (tmp_path / "paenz.db-wal").stat().st_size > 0
    started = await Archive.within(f"{tmp_path}/paenz.db", archive.vault)
    await started.write(lambda store: store.settings.put("anything", "else"))
    assert (tmp_path / "paenz.db-wal").stat().st_size == 0
    await started.close()


async def test_quiet_guests_go_a_few_at_a_time(archive: Archive, now: datetime) -> None:
    await guests(archive, 2 * GUESTS_AT_ONCE + 3, now)
    at, seen = now + 31 * DAY, [2 * GUESTS_AT_ONCE + 3]
    await archive.write(lambda store: nightly(store, "", at))
    seen.append(await archive.read(left))
    while at + SECOND == await archive.read(lambda store: store.timers.due_at(NIGHTLY, GUESTS)):
        at += SECOND
        await archive.write(lambda store: store.timers.drop(NIGHTLY, GUESTS))
        await archive.write(partial(nightly, scope=GUESTS, now=at))
        seen.append(await archive.read(left))
    assert seen == [2 * GUESTS_AT_ONCE + 3, GUESTS_AT_ONCE + 3, 3, 0]
    following = await archive.read(lambda store: store.timers.due_at(NIGHTLY, ""))
    assert following is not None
    assert following > at


async def test_an_alarms_timer_waits_for_none_that_is_longer_overdue(archive: Archive, now: datetime) -> None:
    def arrange(store: Store) -> None:
        for number in range(20):
            store.timers.set("keys.destroy", f"person:{number}", now - DAY)
        store.timers.set("crisis.look", "b", now)
        store.timers.set("crisis.escalate", "a", now - SECOND)
        store.timers.set("crisis.escalate", "later", now + SECOND)

    await archive.write(arrange)
    first = await archive.read(lambda store: store.timers.due(now, 3))
    assert [timer.scope for timer in first] == ["a", "b", "person:0"]
