"""What a crisis takes: `python -m tests.bench.crises [NAME…]`. The double holds Telegram's rules, the bot its pace."""

import argparse
import asyncio
import os
import re
import signal
import tempfile
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

from rich.console import Console
from sqlalchemy import func, select

from bot.audit import audited
from bot.auditor import Auditor
from bot.clock import SystemClock, ticks
from bot.demo.telegram.hand import Hand
from bot.pulse import audited_of, round_of
from storage.engine import Archive
from storage.keyring import Keyring
from storage.store import Store
from storage.tables import alarms, deliveries, happenings
from tests.bench import measure
from tests.bench.places import PATIENCE, STEPS, house
from tests.bench.prepared import filled, keys_of

NUMBER = re.compile(r"\b\d{4,5}\b")
FLOOD = 500  # alarms at once


def read_by(hand: Hand) -> set[int]:
    """Every number that can be read on this phone now."""
    texts = [message.words for message in hand.account.messages.values() if message.from_bot]
    return {int(number) for text in texts for number in NUMBER.findall(text)}


async def flood() -> dict[str, Any]:
    """Five hundred cry within a moment."""
    async with house() as there:
        there.starts()
        await there.is_up()
        began = ticks()
        for _ in range(FLOOD):
            there.cries()
        first = [hand for hand, step in zip(there.on_call, STEPS, strict=True) if step == 1]
        told = await there.until(lambda: all(read_by(hand) for hand in first))
        flood_known = await there.until(lambda: all(len(read_by(hand)) > 3 for hand in first))
        listed = await there.until(lambda: all(len(read_by(hand)) >= FLOOD for hand in first))
        stored = (await there.counted(select(func.count()).select_from(alarms)))[0][0]
        await there.until(lambda: not len(there.world.updates))
        floods = sum(request.status == 429 for request in there.world.requests)
        queued = select(func.count()).where(deliveries.c.state == "queued")

        async def answered() -> float:
            async with asyncio.timeout(PATIENCE):
                while (await there.counted(queued))[0][0]:
                    await asyncio.sleep(0.2)
            return ticks()

        return {
            "first page s": told - began,
            "flood known s": flood_known - began,
            "all listed s": listed - began,
            "all answered s": await answered() - began,
            "alarms stored": stored,
            "lost": FLOOD - min(len(read_by(hand)) for hand in first),
            "429 answers": floods,
        }


async def restart(runs: int = 40) -> dict[str, Any]:
    """The bot is killed; a cry lies with Telegram; seconds from its new start until the page arrives."""
    waits = []
    async with house(steps=(1,), per_second=None, per_chat_per_second=None) as there:
        for _ in range(runs):
            await asyncio.to_thread(there.ends)
            await there.archive.write(all_over)  # else many alarms stand in one list
            phone = there.on_call[0].account
            before = len(there.world.requests)
            there.cries()
            began = ticks()
            there.starts()
            chat = phone.id

            def paged(before: int = before, chat: int = chat) -> bool:
                calls = list(there.world.requests)[before:]
                return any(int(one.params.get("chat_id") or 0) == chat and one.status == 200 for one in calls)

            waits.append(await there.until(paged) - began)
    return spread("kill to page s", waits)


def all_over(store: Store) -> None:
    for alarm in store.alarms.not_ended():
        store.alarms.end(alarm.id, None, SystemClock().now())


async def escalation(count: int = 200) -> dict[str, Any]:
    """So many alarms, nobody takes them: how late the second step is paged, by the store and on the phone."""
    async with house(policy={"minutes": [1, 30], "join_minutes": 0}) as there:
        there.starts()
        await there.is_up()
        for _ in range(count):
            there.cries()
            await asyncio.sleep(60 / count)
        second = there.on_call[-1]
        await there.until(lambda: len(read_by(second)) >= count)
        sql = (
            select(happenings.c.alarm_id, happenings.c.step, func.min(happenings.c.at).label("at"))
            .where(happenings.c.what == "paged", happenings.c.step.in_((1, 2)))
            .group_by(happenings.c.alarm_id, happenings.c.step)
        )
        at: dict[str, dict[int, Any]] = {}
        for row in await there.counted(sql):
            at.setdefault(row.alarm_id, {})[row.step] = row.at
        errors = [(both[2] - both[1] - timedelta(minutes=1)).total_seconds() for both in at.values()]
    return spread("escalation error s", errors) | {"escalations": len(errors)}


async def auditor() -> dict[str, Any]:
    """A bot that stands still, and one whose sender alone does: seconds until the auditor has found it."""
    stopped, stuck = await asyncio.gather(_found_when(signal.SIGSTOP), _found_when(None))
    return {"stopped bot found s": stopped, "stuck sender found s": stuck}


async def _found_when(sign: signal.Signals | None) -> float:
    async with house(steps=(1,)) as there:
        there.starts("stuck" if sign is None else "paced")
        await there.is_up() if sign is not None else await asyncio.sleep(4)
        url = there.store
        watch = Auditor(
            look=lambda now: audited(url, keys_of(there.folder / "filled.db"), now),
            clock=SystemClock(),
            well=audited_of(url),
            round_made=round_of(url),
        )
        rounds = asyncio.ensure_future(watch.run(60.0))
        if sign is not None:
            assert there.bot is not None
            there.bot.send_signal(sign)
        else:
            there.cries()
        began = ticks()
        found = await there.until(lambda: bool(watch.told), within=200) - began
        rounds.cancel()
        return found


async def amid(count: int = 60) -> dict[str, Any]:
    """A cry while a broadcast of ten thousand is on its way and two hundred press at once, again and again."""
    with tempfile.TemporaryDirectory() as folder:
        store, presses = await filled(Path(folder), 1000)
        await asyncio.to_thread(_broadcast, store, [one.chat for one in presses], 10_000)
        waits = await asyncio.to_thread(measure.alarms_amid, store, presses, count, 5)
    return spread("amid a broadcast ms", waits)


def _broadcast(store: Path, chats: list[int], messages: int) -> None:
    """That many messages to everybody, owed and not sent yet."""
    asyncio.run(_posted(store, chats, messages))


async def _posted(path: Path, chats: list[int], messages: int) -> None:
    from storage.records import Lane

    keyring = Keyring(keys_of(path))
    archive = await Archive.open(f"sqlite:///{path}", keyring)
    now = SystemClock().now()

    def post(store: Store) -> None:
        for n in range(messages):
            chat = chats[n % len(chats)]
            whose = store.people.by_telegram(chat)
            body = {"chat_id": chat, "text": f"Neuer Elternkurs {n}"}
            store.deliveries.post(
                Lane.BROADCAST, chat, "sendMessage", body, now, person_id=whose.id if whose else None
            )

    await archive.write(post)
    await archive.close()
    keyring.close()


async def idle(count: int = 200) -> dict[str, Any]:
    """A cry to a bot that has nothing else to do."""
    with tempfile.TemporaryDirectory() as folder:
        store, _ = await filled(Path(folder), 100)
        return spread("idle ms", await asyncio.to_thread(measure.alarms, store, count))


def spread(name: str, found: list[float]) -> dict[str, Any]:
    cuts = quantiles(found, n=100, method="inclusive")
    return {
        f"{name} p50": cuts[49],
        f"{name} p99": cuts[98],
        f"{name} max": max(found),
        "samples": len(found),
    }


MEASURED: dict[str, Callable[[], Awaitable[dict[str, Any]]]] = {
    "idle": idle,
    "amid": amid,
    "flood": flood,
    "restart": restart,
    "escalation": escalation,
    "auditor": auditor,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.crises", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MEASURED, []], help="what to measure (default: all)")
    console = Console()
    for name in parser.parse_args().names or MEASURED:
        load = os.getloadavg()[0]
        found = asyncio.run(MEASURED[name]())  # type: ignore[arg-type]
        said = ", ".join(f"{key} {value:.3g}" for key, value in found.items())
        console.print(f"{name} (load {load:.1f}): {said}", highlight=False)


if __name__ == "__main__":
    main()
