"""Bot and auditor as processes of their own: what freezes or goes missing is told, and what is well beats."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import guard
from bot.clock import SystemClock, ticks
from bot.guard import Guard
from bot.pulse import audited_of, feel, felt, pulse_of, round_of
from bot.tasks import Tasks
from storage.records import Alarm
from storage.store import Store
from tests.bot.machinery import until
from tests.bot.test_commands import RUNNING, Shell, bare, shell
from tests.pager import Pager, paging

__all__ = ["bare", "shell"]
EVERY = "0.5"
FOUND_WITHIN = 120.0  # seconds, of an auditor that looks every minute


@pytest.fixture
async def pager() -> AsyncIterator[Pager]:
    async with paging() as made:
        yield made


def children(pid: int) -> list[int]:
    """The processes this one has started."""
    found = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for file in found for child in file.read_text().split()]


def environment_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/environ").read_bytes()


def lives(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def told(pager: Pager) -> dict[str, str]:
    return {
        "WATCH_ADDRESS": pager.address("operator"),
        "BEAT_URL": f"http://127.0.0.1:{pager.port}/beat",
    }


async def ends(process: RUNNING, shell: Shell) -> str:
    process.send_signal(signal.SIGTERM)
    ended = await shell.ended(process)
    assert ended.code == 0, ended.err
    return ended.err


async def opens_alarm(shell: Shell, now: datetime) -> Alarm:
    def cry(store: Store) -> Alarm:
        person = store.people.met(5, "de", now)
        return store.alarms.open(person.id, None, {"minutes": [5]}, now)

    async with shell.archive() as archive:
        return await archive.write(cry)


async def test_a_normal_run_beats_and_a_deleted_timer_is_told_once(shell: Shell, pager: Pager) -> None:
    bot = await shell.start("run")
    await shell.polls(bot)
    auditor = await shell.start("audit", "--every", EVERY, **told(pager))
    await until(lambda: pager.told("beat"), 20)
    assert (await shell.run("audit", "--once")).code == 0
    assert pager.told("operator") == []

    await opens_alarm(shell, SystemClock().now())
    assert await pager.rings("operator", 20) == "Pänz: an open alarm has no next step: A-0001"
    beaten = len(pager.told("beat"))
    once = await shell.run("audit", "--once", **told(pager))
    assert (once.code, once.out.strip()) == (1, "❌ an open alarm has no next step: A-0001")
    assert len(pager.told("beat")) == beaten
    assert len(pager.told("operator")) == 1

    said = await ends(auditor, shell)
    assert "an open alarm has no next step: A-0001" in said
    assert pager.address("operator") not in said
    await ends(bot, shell)


async def test_a_bot_with_its_own_auditor_takes_it_along(shell: Shell, pager: Pager) -> None:
    bot = await shell.start("run", AUDIT="on", **told(pager))
    await shell.polls(bot)
    await until(lambda: children(bot.pid), 10)
    (auditor,) = children(bot.pid)
    assert b"PAENZ_TOKEN" not in environment_of(auditor)
    os.kill(auditor, signal.SIGKILL)
    await until(lambda: children(bot.pid) not in ([], [auditor]), 10)
    (fresh,) = children(bot.pid)
    said = await ends(bot, shell)
    assert "the auditor ended with code -9" in said
    assert not lives(fresh)


async def test_an_auditor_that_stands_still_is_replaced(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "LONGEST_ROUND", guard.LONGEST_ROUND / 6)
    for name in list(os.environ):
        if name.startswith("PAENZ_"):
            monkeypatch.delenv(name)
    for name, value in (("STORE", shell.store), ("KEY_FILE", shell.keys.file), ("KEYS", shell.keys.database)):
        monkeypatch.setenv(f"PAENZ_{name}", str(value))
    sign, tasks = round_of(shell.store), Tasks()
    async with shell.archive():
        pass
    tasks.start(Guard(sign, every=0.5).run(), "guard")
    try:
        await until(lambda: felt(sign), 20)
        (frozen,) = children(os.getpid())
        os.kill(frozen, signal.SIGSTOP)
        feel(
            sign, SystemClock().now() + timedelta(hours=1)
        )  # its last round was before the clock was set back
        await until(lambda: children(os.getpid()) not in ([], [frozen]), 30)
        last = felt(sign)
        await until(lambda: felt(sign) != last, 20)
    finally:
        await tasks.stop()
    assert children(os.getpid()) == []


@pytest.mark.soak
@pytest.mark.timeout(400)
async def test_a_frozen_bot_is_found_within_two_minutes(shell: Shell, pager: Pager) -> None:
    bot = await shell.start("run")
    await shell.polls(bot)
    auditor = await shell.start("audit", **told(pager))
    await asyncio.sleep(61)
    assert pager.told("operator") == []
    begun = ticks()
    bot.send_signal(signal.SIGSTOP)
    assert await pager.rings("operator", FOUND_WITHIN) == "Pänz: the bot's heart does not beat"
    assert ticks() - begun <= FOUND_WITHIN
    bot.send_signal(signal.SIGCONT)
    assert await pager.rings("operator", FOUND_WITHIN) == "Pänz: all is well again"
    await ends(auditor, shell)
    await ends(bot, shell)


async def test_an_orphan_tells_of_the_dead_bot_and_goes(shell: Shell, pager: Pager) -> None:
    async with shell.archive():
        feel(pulse_of(shell.store), SystemClock().now())
    auditor = await shell.start("audit", "--every", EVERY, "--parent", "1", **told(pager))
    ended = await shell.ended(auditor)
    assert ended.code == 0
    assert pager.told("operator") == []
    assert felt(audited_of(shell.store)) is None
    pulse_of(shell.store).unlink()
    await shell.ended(await shell.start("audit", "--every", EVERY, "--parent", "1", **told(pager)))
    assert pager.told("operator") == ["Pänz: the bot's heart does not beat"]
