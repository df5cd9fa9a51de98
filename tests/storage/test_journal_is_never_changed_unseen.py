"""Whoever changes the journal behind the bot's back is found out: 40 ways, and two guards in the store itself."""

# ruff: noqa: S608 - a burglar writes SQL of his own

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from storage.engine import Archive
from storage.file import Raw, open_file
from storage.head import Head, HeadLine
from storage.journal import ANCHOR, Line
from storage.keyring import Keyring, Keys, opened
from storage.store import Store
from storage.vault import Vault

LINES = 30
YEARS_AGO = timedelta(days=4 * 365)


@dataclass(frozen=True)
class Desk:
    """The journal as its burglar finds it: the store's file lies open, the key to the marks does not."""

    archive: Archive
    path: Path
    keyring: Keyring

    @contextmanager
    def broken_open(self, *, guarded: bool = False) -> Iterator[Raw]:
        with closing(open_file(str(self.path), Vault(self.keyring).store_key)) as raw:
            if not guarded:
                raw.execute("DROP TRIGGER journal_is_never_changed")
                raw.execute("DROP TRIGGER journal_is_kept")
            yield raw

    @property
    def head(self) -> Path:
        return self.keyring.where.journal_head

    async def faults(self) -> list[str]:
        return await self.archive.read(lambda store: list(store.journal.faults()))

    async def write(self, now: datetime, count: int) -> None:
        def lines(store: Store) -> None:
            for n in range(count):
                at = now + timedelta(minutes=n)
                store.journal.write(at, f"p{n % 3}", "family.opened", f"family:f{n % 5}", f"f{n % 5}")

        await self.archive.write(lines)


@pytest.fixture
def desk(archive: Archive, keyring: Keyring, tmp_path: Path) -> Desk:
    return Desk(archive, tmp_path / "paenz.db", keyring)


async def test_a_journal_that_only_grew_is_whole(desk: Desk, now: datetime) -> None:
    assert await desk.faults() == []
    await desk.write(now, LINES)
    assert await desk.faults() == []


CHANGES = (
    "actor = 'p9'",
    "actor = 'P' || substr(actor, 2)",
    "act = 'family.added'",
    "act = act || ' '",
    "subject = 'family:f9'",
    "subject = ''",
    "family_id = 'f9'",
    "family_id = NULL",
    "family_id = ''",
    "at = at + 1",
    "at = at - 86400000",
    "mac = randomblob(32)",
    "mac = x''",
    "mac = (SELECT mac FROM journal b WHERE b.id = 2)",
    "act = act || char(31) || subject, subject = ''",
    "id = 1000",
    "id = -7",
    "id = 0",
)


@pytest.mark.parametrize("at", [1, LINES // 2, LINES])
@pytest.mark.parametrize("change", CHANGES)
async def test_an_edited_line_is_found(desk: Desk, now: datetime, change: str, at: int) -> None:
    await desk.write(now, LINES)
    with desk.broken_open() as raw:
        raw.execute(f"UPDATE journal SET {change} WHERE id = {at}")
    assert await desk.faults()


REMOVALS = {
    "the first line": "id = 1",
    "a line in the middle": "id = 15",
    "the last line": f"id = {LINES}",
    "the first half": "id <= 15",
    "the second half": "id > 15",
    "every other line": "id % 2 = 0",
    "all of a person's lines": "actor = 'p1'",
    "all of a family's lines": "family_id = 'f2'",
    "everything": "id > 0",
}


@pytest.mark.parametrize("gone", REMOVALS.values(), ids=REMOVALS)
async def test_a_removed_line_is_missed(desk: Desk, now: datetime, gone: str) -> None:
    await desk.write(now, LINES)
    with desk.broken_open() as raw:
        raw.execute(f"DELETE FROM journal WHERE {gone}")
    assert await desk.faults()


@pytest.mark.parametrize("gone", ["id = 1", "id = 15", f"id = {LINES}", "id > 20"])
async def test_closing_the_gap_does_not_hide_it(desk: Desk, now: datetime, gone: str) -> None:
    await desk.write(now, LINES)
    with desk.broken_open() as raw:
        raw.execute(f"DELETE FROM journal WHERE {gone}")
        raw.execute("UPDATE journal SET id = -(SELECT count(*) FROM journal b WHERE b.id <= journal.id)")
        raw.execute("UPDATE journal SET id = -id")
    assert await desk.faults()


@pytest.mark.parametrize(("one", "other"), [(1, 2), (15, 16), (3, 27), (LINES - 1, LINES)])
@pytest.mark.parametrize("with_marks", [True, False])
async def test_lines_in_another_order_are_found(
    desk: Desk, now: datetime, one: int, other: int, with_marks: bool
) -> None:
    await desk.write(now, LINES)
    with desk.broken_open() as raw:
        marks = raw.execute("SELECT id, mac FROM journal WHERE id IN (?, ?)", (one, other)).fetchall()
        raw.execute("UPDATE journal SET id = -id WHERE id IN (?, ?)", (one, other))
        raw.execute("UPDATE journal SET id = ? WHERE id = ?", (other, -one))
        raw.execute("UPDATE journal SET id = ? WHERE id = ?", (one, -other))
        for id, mac in marks if not with_marks else []:
            raw.execute("UPDATE journal SET mac = ? WHERE id = ?", (mac, id))
    assert await desk.faults()


@pytest.mark.parametrize("id", [0, -1, LINES + 1, LINES + 9])
async def test_a_line_put_in_is_found(desk: Desk, now: datetime, id: int) -> None:
    await desk.write(now, LINES)
    with desk.broken_open() as raw:
        raw.execute(
            f"INSERT INTO journal SELECT {id}, at, actor, act, subject, family_id, mac FROM journal WHERE id = 9"
        )
    assert await desk.faults()


@pytest.mark.parametrize("cut", [1, 2, LINES - 1])
async def test_a_cut_tail_is_missed_after_new_lines_too(desk: Desk, now: datetime, cut: int) -> None:
    await desk.write(now, LINES)
    with desk.broken_open() as raw:
        raw.execute(f"DELETE FROM journal WHERE id > {LINES - cut}")
    await desk.write(now, cut)
    assert await desk.faults()


async def test_an_older_copy_of_the_store_is_no_journal(desk: Desk, now: datetime) -> None:
    await desk.write(now, LINES)
    known = desk.head.read_bytes()
    await desk.write(now, 5)
    with desk.broken_open() as raw:
        raw.execute(f"DELETE FROM journal WHERE id > {LINES}")
    await desk.write(now, 1)
    assert desk.head.read_bytes() != known
    assert len(await desk.faults()) == 1


async def test_a_store_put_back_on_purpose_counts_anew(desk: Desk, now: datetime) -> None:
    await desk.write(now, LINES)
    with desk.broken_open() as raw:
        raw.execute("DELETE FROM journal WHERE id > 20")
    Head(desk.head).forget()
    assert await desk.faults() != []
    await desk.write(now, 1)
    assert await desk.faults() == []


@pytest.mark.parametrize("left", [b"", b"rubbish", b"7", b"x y\n", b"00000000000000000003 00ff\n"])
async def test_a_forged_head_is_found(desk: Desk, now: datetime, left: bytes) -> None:
    await desk.write(now, LINES)
    desk.head.write_bytes(left)
    assert await desk.faults()


async def test_a_head_that_was_taken_away_is_found(desk: Desk, now: datetime) -> None:
    await desk.write(now, LINES)
    desk.head.unlink()
    assert await desk.faults()


async def test_a_head_that_lags_behind_is_no_fault(desk: Desk, now: datetime) -> None:
    await desk.write(now, LINES)
    early = desk.head.read_bytes()
    await desk.write(now, 3)
    desk.head.write_bytes(early)
    assert await desk.faults() == []


ANCHORS: tuple[Callable[[HeadLine], str], ...] = (
    lambda line: f"{line.id} {line.mac.hex()} {'00' * 32}",
    lambda line: f"{line.id} {line.mac.hex()} {line.mac.hex()}",
    lambda line: f"{line.id} {line.mac.hex()}",
    lambda line: "rubbish",
    lambda line: "",
)


@pytest.mark.parametrize("forge", ANCHORS)
async def test_a_forged_anchor_is_found(desk: Desk, now: datetime, forge: Callable[[HeadLine], str]) -> None:
    await desk.write(now, LINES)
    with desk.broken_open() as raw:
        id, mac = raw.execute("SELECT id, mac FROM journal WHERE id = 10").fetchone()
        raw.execute("DELETE FROM journal WHERE id <= 10")
        raw.execute("INSERT INTO settings VALUES (?, ?)", (ANCHOR, forge(HeadLine(id, mac))))
    assert await desk.faults()


async def test_another_key_says_that_everything_was_changed(
    desk: Desk, now: datetime, tmp_path: Path
) -> None:
    await desk.write(now, LINES)
    with closing(opened(Keys.within(tmp_path / "others"))) as other:
        foreign = Vault(other)

        def faults(store: Store) -> list[str]:
            return list(Store(store.connection, foreign).journal.faults())

        assert len(await desk.archive.read(faults)) >= LINES


@pytest.mark.parametrize(
    "change",
    ["UPDATE journal SET act = 'x' WHERE id = 9", "DELETE FROM journal WHERE id = 9", "DELETE FROM journal"],
)
async def test_the_store_itself_refuses(desk: Desk, now: datetime, change: str) -> None:
    await desk.write(now, LINES)
    with (
        desk.broken_open(guarded=True) as raw,
        pytest.raises(Exception, match=r"the journal is (never|kept)"),
    ):
        raw.execute(change)
    assert await desk.faults() == []


async def test_what_is_too_old_goes_and_the_rest_stays_whole(desk: Desk, now: datetime) -> None:
    await desk.write(now - YEARS_AGO, LINES)
    await desk.write(now, LINES)
    assert await desk.archive.write(lambda store: store.journal.purge(now - timedelta(days=3 * 366))) == LINES
    assert await desk.faults() == []
    await desk.write(now, 2)
    assert await desk.faults() == []
    assert await desk.archive.read(lambda store: store.journal.count()) == LINES + 2
    with desk.broken_open() as raw:
        raw.execute(f"DELETE FROM journal WHERE id = {LINES + 1}")
    assert await desk.faults()


async def test_an_older_anchor_hides_nothing(desk: Desk, now: datetime) -> None:
    await desk.write(now - YEARS_AGO, LINES)
    await desk.write(now, LINES)

    def purge(store: Store, until: datetime) -> None:
        store.journal.purge(until)

    await desk.archive.write(lambda store: purge(store, now - YEARS_AGO + timedelta(minutes=10)))
    with desk.broken_open(guarded=True) as raw:
        (early,) = raw.execute("SELECT value FROM settings WHERE name = ?", (ANCHOR,)).fetchone()
    await desk.archive.write(lambda store: purge(store, now - timedelta(days=3 * 366)))
    assert await desk.faults() == []
    with desk.broken_open(guarded=True) as raw:
        raw.execute("UPDATE settings SET value = ? WHERE name = ?", (early, ANCHOR))
    assert await desk.faults()


async def test_it_can_be_looked_through_in_pieces(desk: Desk, now: datetime) -> None:
    await desk.write(now, LINES)

    def pieces(store: Store) -> list[int | None]:
        last: int | None = 0
        ends = []
        while last is not None:
            found, last = store.journal.faults_after(last, 7)
            assert found == []
            ends.append(last)
        return ends

    assert await desk.archive.read(pieces) == [7, 14, 21, 28, None]


async def test_pages_stay_while_lines_come(desk: Desk, now: datetime) -> None:
    await desk.write(now, LINES)
    before = await desk.archive.read(lambda store: store.journal.of_person("p1", 5, 5, until=LINES))
    await desk.write(now, LINES)
    after = await desk.archive.read(lambda store: store.journal.of_person("p1", 5, 5, until=LINES))
    assert [line.id for line in before] == [line.id for line in after] == [14, 11, 8, 5, 2]
    assert isinstance(before[0], Line)


WRITER = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from storage.engine import Archive
from storage.keyring import Keyring, Keys

async def main(folder, who):
    keyring = Keyring(Keys.within(Path(folder) / "keys"))
    archive = await Archive.open(f"sqlite:///{folder}/paenz.db", keyring)
    for n in range(100):
        at = datetime(2026, 11, 24, 9, n % 60, tzinfo=UTC)
        await archive.write(lambda store: store.journal.write(at, who, "family.opened", f"family:{n}", str(n)))
    await archive.close()
    keyring.close()

asyncio.run(main(*sys.argv[1:]))
"""


async def test_two_processes_write_one_chain(desk: Desk, tmp_path: Path) -> None:
    command = (sys.executable, "-c", WRITER, str(tmp_path))
    both = [await asyncio.create_subprocess_exec(*command, who) for who in ("bot", "command line")]
    assert [await process.wait() for process in both] == [0, 0]
    assert await desk.faults() == []
    assert await desk.archive.read(lambda store: store.journal.count()) == 200
    head = Head(desk.head).get()
    assert head is not None
    assert head.id == 200
