"""kill -9 at random moments, again and again: every update has its effect once, every message arrives."""

import asyncio
import random
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.clock import SystemClock, ticks
from bot.demo.telegram.hand import Hand
from bot.demo.telegram.world import World
from handlers import consenting
from storage.engine import Archive
from storage.keyring import Keyring
from storage.records import Purpose, Role
from storage.store import Store
from storage.tables import alarms, checkins, deliveries, updates
from tests import template
from tests.stage import HURRIED, served

ROOT = Path(__file__).parents[2]
PER_ROUND = 4
LATE = 60.0  # seconds: what has not arrived by then is counted as lost and not as late


class Evening:
    """A store, a double, and a bot that is killed over and over."""

    def __init__(self, world: World, address: str, url: str, archive: Archive) -> None:
        self.world, self.address, self.url, self.archive = world, address, url, archive
        self.on_call = Hand(world, world.account("Frau Koch", language_code="de"))
        self.strangers: list[Hand] = []
        self.parents: list[Hand] = []
        self.owed_at_kills: Counter[tuple[bytes, bytes]] = Counter()

    async def bring_in(self, parents: int) -> None:
        """The cast, written into the store before the first bot starts."""
        self.parents = [
            Hand(self.world, self.world.account(f"P{n}", language_code="tr")) for n in range(parents)
        ]
        await self.archive.write(self._bring_in)
        for hand in [self.on_call, *self.parents]:
            hand.account.started = True

    def _bring_in(self, store: Store) -> None:
        now = datetime.now(UTC)  # noqa: TID251 - the real clock: the bot under test is another process
        koch = store.people.met(self.on_call.account.id, "de", now)
        store.people.rename(koch.id, "Frau Koch")
        store.people.grant(koch.id, Role.ON_CALL, now)
        store.duties.assign(koch.id, 1, now)
        store.duties.tested(koch.id, now)
        family = store.families.add("Linde", koch.id, now)
        for hand in self.parents:
            parent = store.people.met(hand.account.id, "tr", now)
            store.people.grant(parent.id, Role.PARENT, now)
            store.families.join(family.id, parent.id)
            consenting.give(store, store.people.get(parent.id), Purpose.CHECKINS, now)

    async def start(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.unhurried",
            self.address,
            self.world.token,
            self.url,
            str(self.archive.vault.keyring.where.file.parent),
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
        )

    def somebody_writes(self, parent: Hand) -> None:
        for _ in range(PER_ROUND):
            name = f"S{len(self.strangers)}"
            self.strangers.append(Hand(self.world, self.world.account(name, language_code="tr")))
            self.strangers[-1].types("/alarm")
        parent.types("🙂")

    async def polled(self) -> None:
        """Waits until the bot of this round is about to ask for updates."""
        before = self.polls()
        while self.polls() == before:
            await asyncio.sleep(0.005)

    def polls(self) -> int:
        return sum(request.method == "setChatMenuButton" for request in self.world.requests)

    async def killed(self, bot: asyncio.subprocess.Process) -> None:
        bot.kill()
        await bot.wait()
        owed = select(deliveries.c.chat_id, deliveries.c.body).where(deliveries.c.state == "queued")
        rows = await self.archive.read(lambda store: store.connection.execute(owed).all())
        self.owed_at_kills.update((row.chat_id, row.body) for row in rows)

    async def all_settled(self) -> None:
        """Waits until nothing is waiting and nothing is owed any more."""
        end = ticks() + LATE
        while await self._anything_left() and ticks() < end:
            await asyncio.sleep(0.05)

    async def _anything_left(self) -> bool:
        waiting = await self.archive.read(lambda store: store.updates.waiting())
        queued = select(deliveries.c.id).where(deliveries.c.state == "queued").limit(1)
        owed = await self.archive.read(lambda store: store.connection.execute(queued).all())
        return bool(len(self.world.updates) or waiting or owed)

    async def count(self, table: object) -> int:
        counted = select(func.count()).select_from(table)  # type: ignore[arg-type]
        return await self.archive.read(lambda store: store.connection.execute(counted).scalar_one())


async def killed_again_and_again(folder: Path, kills: int, seed: int) -> None:
    dice = random.Random(seed)
    world = World(SystemClock(), rules=HURRIED, seed=seed)
    keyring = Keyring(template.keys_in(folder))
    url = template.store_in(folder, "kills.db")
    archive = await Archive.open(url, keyring)
    try:
        async with served(world) as address:
            evening = Evening(world, address, url, archive)
            await evening.bring_in(kills)
            for parent in evening.parents:
                bot = await evening.start()
                if dice.random() < 0.8:
                    await evening.polled()
                evening.somebody_writes(parent)
                await asyncio.sleep(dice.uniform(0.0, 0.12))
                await evening.killed(bot)
            bot = await evening.start()
            await evening.all_settled()
            bot.terminate()
            await bot.wait()
            await nothing_is_lost(evening, kills)
    finally:
        await archive.close()
        keyring.close()


async def nothing_is_lost(evening: Evening, kills: int) -> None:
    assert not await evening._anything_left()
    sent = kills * (PER_ROUND + 1)
    assert await evening.count(updates) == sent
    assert await evening.count(select(updates).where(updates.c.state == "done").subquery()) == sent
    assert await evening.count(alarms) == len(evening.strangers) == kills * PER_ROUND
    assert await evening.count(checkins) == kills
    assert (
        await evening.count(select(deliveries).where(deliveries.c.state == "undeliverable").subquery()) == 0
    )
    pages = texts(evening.on_call)
    for number in range(1, len(evening.strangers) + 1):
        assert any(f"A-{number:04d}" in text for text in pages), f"no page for alarm {number}"
    for hand in [*evening.strangers, *evening.parents]:
        assert texts(hand), f"{hand.account.first_name} was never answered"
    doubled = sum(len(texts(hand)) - 2 for hand in evening.strangers)
    in_flight = sum(evening.owed_at_kills.values())
    assert doubled <= in_flight
    assert in_flight > 0, "no kill hit a moment at which anything was under way"
    print(f"{kills} kills, {in_flight} deliveries owed at a kill, {doubled} doubled")


def texts(hand: Hand) -> list[str]:
    return [str(m.body.get("text", "")) for m in hand.account.messages.values() if m.from_bot]


@pytest.mark.timeout(300)  # fifty starts of a whole bot, on a machine that may be busy
async def test_fifty_kills(tmp_path: Path) -> None:
    await killed_again_and_again(tmp_path, kills=50, seed=50)


@pytest.mark.soak
async def test_a_thousand_kills(tmp_path: Path) -> None:
    await killed_again_and_again(tmp_path, kills=1000, seed=1000)
