"""`paenz run` while its store or keys can't be opened: confirms nothing, answers cries, and goes on later."""

import asyncio
import signal
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.demo.telegram.hand import Hand
from storage.engine import Archive
from storage.records import Role
from tests.bot.machinery import texts, until
from tests.bot.test_commands import Shell, bare, shell

__all__ = ["bare", "shell"]

UNSAVED = "لم يتم إبلاغ أحد بعد"


async def with_somebody_on_call(shell: Shell) -> Hand:
    """A store that families rely on, with somebody who is paged."""
    koch = Hand(shell.world, shell.world.account("Frau Koch", "de"))
    koch.account.started = True
    now = SystemClock().now()

    async def bring_in(archive: Archive) -> None:
        def write(store) -> None:  # type: ignore[no-untyped-def]
            person = store.people.met(koch.account.id, "de", now)
            store.people.grant(person.id, Role.ON_CALL, now)
            store.duties.assign(person.id, 1, now)
            store.duties.tested(person.id, now)

        await archive.write(write)

    async with shell.archive() as archive:
        await bring_in(archive)
    return koch


def offsets(shell: Shell) -> set[object]:
    return {line.params.get("offset") for line in shell.world.requests if line.method == "getUpdates"}


def spoilt(shell: Shell, what: str) -> Path:
    """Makes the store impossible to open; what has to be put back."""
    file = {"store": shell.folder / "paenz.db", "key": shell.keys.file}[what]
    aside = file.with_suffix(".aside")
    file.rename(aside)
    if what == "store":
        file.write_bytes(b"no store at all" * 1000)
    return aside


def mended(shell: Shell, what: str, aside: Path) -> None:
    file = {"store": shell.folder / "paenz.db", "key": shell.keys.file}[what]
    for rest in ("-wal", "-shm"):
        Path(f"{file}{rest}").unlink(missing_ok=True)
    aside.replace(file)


@pytest.mark.parametrize("what", ["store", "key"])
async def test_cries_are_answered_from_memory_and_heard_when_it_opens(shell: Shell, what: str) -> None:
    koch = await with_somebody_on_call(shell)
    aside = spoilt(shell, what)
    amina, ben = (Hand(shell.world, shell.world.account(name, "ar")) for name in ("Amina", "Ben"))
    amina.account.started = ben.account.started = True
    process = await shell.start("run", AUDIT="off")
    amina.types("/alarm")
    ben.types("hello")

    await until(lambda: any(UNSAVED in text for text in texts(amina)), 25)
    await asyncio.sleep(3)
    assert len(shell.world.updates) == 2
    assert offsets(shell) == {None}
    assert texts(ben) == []
    assert sum(UNSAVED in text for text in texts(amina)) == 1
    polls = sum(line.method == "getUpdates" for line in shell.world.requests)
    assert polls < 10

    mended(shell, what, aside)
    await until(lambda: any("A-0001" in text for text in texts(koch)), 40)
    await until(lambda: len(texts(ben)) > 0, 10)
    assert sum(UNSAVED in text for text in texts(amina)) == 1
    process.send_signal(signal.SIGTERM)
    ended = await shell.ended(process)
    assert ended.code == 0, ended.err
    assert "THE STORE CAN'T BE OPENED" in ended.err
    assert "can be opened again" in ended.err


async def test_it_ends_when_told_to(shell: Shell) -> None:
    await with_somebody_on_call(shell)
    spoilt(shell, "store")
    process = await shell.start("run", AUDIT="off")
    await shell.polls(process)
    process.send_signal(signal.SIGTERM)
    ended = await shell.ended(process)
    assert ended.code == 0, ended.err


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [({"KEY_FILE": "open.key"}, "others may read the key"), ({"KEYS": "none.db"}, "from their copy")],
)
async def test_what_is_wrong_is_said_aloud(shell: Shell, settings: dict[str, str], complaint: str) -> None:
    await with_somebody_on_call(shell)
    (shell.folder / "open.key").write_bytes(shell.keys.file.read_bytes())
    (shell.folder / "open.key").chmod(0o644)
    process = await shell.start("run", AUDIT="off", **settings)
    await shell.polls(process)
    process.send_signal(signal.SIGTERM)
    ended = await shell.ended(process)
    assert complaint in ended.err


async def test_where_there_never_was_a_store_it_ends_at_once(bare: Shell) -> None:
    ended = await bare.run("run")
    assert ended.code == 1
    assert "paenz setup" in ended.err
