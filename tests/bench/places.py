"""Where crises are measured: a store, a double that holds Telegram's rules, and the bot in a process of its own."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.clock import SystemClock, ticks
from bot.demo.telegram.hand import Hand
from bot.demo.telegram.rules import Rules
from bot.demo.telegram.world import World
from storage.engine import Archive
from storage.keyring import opened
from storage.records import Role
from storage.store import Store
from tests.bench.bots import TOKEN
from tests.bench.prepared import filled, keys_of, person
from tests.stage import served

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0
STEPS = (1, 1, 2)  # on which those on call stand


@dataclass
class House:
    """A store with a few on call, a double that holds Telegram's limits, and the bot in a process of its own."""

    folder: Path
    world: World
    address: str
    archive: Archive
    on_call: list[Hand] = field(default_factory=list)
    bot: "subprocess.Popen[bytes] | None" = None
    strangers: int = 0

    @property
    def store(self) -> str:
        return f"sqlite:///{self.folder / 'filled.db'}"

    async def bring_in(self, steps: tuple[int, ...], policy: dict[str, Any] | None = None) -> None:
        self.on_call = [
            Hand(self.world, self.world.account(f"Koch {n}", language_code="de")) for n in range(len(steps))
        ]
        now = SystemClock().now()

        def write(store: Store) -> None:
            for duty in store.duties.by_hand():
                store.duties.switch(duty.person_id, False, now)
            for hand, step in zip(self.on_call, steps, strict=True):
                koch = person(store, hand.account.id, hand.account.first_name, "de", Role.ON_CALL, now)
                store.duties.assign(koch.id, step, now)
                store.duties.tested(koch.id, now)
            if policy is not None:
                store.agency.replace_policies({"": policy})

        await self.archive.write(write)
        for hand in self.on_call:
            hand.account.started = True

    def starts(self, name: str = "paced") -> None:
        core = str(sorted(os.sched_getaffinity(0))[-1])
        words = [sys.executable, "-m", "tests.bench.bots", name, self.address, core, self.store]
        self.bot = subprocess.Popen(words, cwd=ROOT, stderr=subprocess.DEVNULL)

    def ends(self, how: signal.Signals = signal.SIGKILL) -> None:
        if self.bot is not None:
            self.bot.send_signal(how)
            self.bot.wait()
            self.bot = None

    async def is_up(self) -> None:
        """Until the bot has spoken to Telegram, and a moment more."""
        before = len(self.world.requests)
        await self.until(lambda: len(self.world.requests) > before)
        await asyncio.sleep(1.0)

    async def until(self, come: Callable[[], bool], within: float = PATIENCE) -> float:
        """Looks until it has come true; when that was. Raises TimeoutError."""
        async with asyncio.timeout(within):
            while not come():
                await asyncio.sleep(0.005)
        return ticks()

    def cries(self, text: str = "/alarm") -> None:
        self.strangers += 1
        Hand(self.world, self.world.account(f"S{self.strangers}", language_code="tr")).types(text)

    async def counted(self, sql: Any) -> Any:
        return await self.archive.read(lambda store: store.connection.execute(sql).all())


_filling = asyncio.Lock()


@asynccontextmanager
async def house(
    steps: tuple[int, ...] = STEPS, policy: dict[str, Any] | None = None, **rules: Any
) -> AsyncIterator[House]:
    with tempfile.TemporaryDirectory() as folder:
        async with _filling:  # Alembic fills one store at a time
            path, _ = await filled(Path(folder), 1)
        keyring = opened(keys_of(path))
        archive = await Archive.open(f"sqlite:///{path}", keyring)
        world = World(
            SystemClock(),
            token=TOKEN,
            rules=replace(Rules(), messages_kept=10**5, requests_kept=10**6, **rules),
        )
        async with served(world) as address:
            made = House(Path(folder), world, address, archive)
            await made.bring_in(steps, policy)
            try:
                yield made
            finally:
                made.ends()
                await archive.close()
                keyring.close()
