"""Where the stories play: a Telegram double, the real bot over real HTTP, and people with phones."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from aiohttp import web

from bot import agency
from bot.app import Machine, running
from bot.clock import WoundClock
from bot.demo.telegram.rules import Rules
from bot.demo.telegram.web import bot_api
from bot.demo.telegram.world import World
from bot.demo.winding import wind
from bot.throttle import Pace
from storage.records import Family, Role
from tests.demo.oracle import check
from tests.phones import Phone

SAMPLE = Path(agency.__file__).parent / "demo" / "agency.toml"
OUR_LOGS = ("paenz", "locales")
HURRIED = Rules(per_second=None, per_chat_per_second=None, poll_oddities=False, conflict_pause=0)


@dataclass
class Stage:
    """One evening: everything a story needs in one hand."""

    world: World
    clock: WoundClock
    machine: Machine
    address: str
    phones: list[Phone] = field(default_factory=list)
    excused: list[str] = field(default_factory=list)

    def stranger(self, name: str, language: str) -> Phone:
        """Somebody with a phone whom the bot has never met."""
        phone = Phone(self.world, self.world.account(name, language_code=language))
        self.phones.append(phone)
        return phone.ignores("🚑")  # the help numbers, which come with every cry

    async def staff(self, name: str, *roles: Role, language: str = "de", step: int = 1) -> Phone:
        """A member of staff, paired through real invitations; the greetings are read."""
        phone = self.stranger(name, language)
        for role in roles:
            code = await self.invitation(role, name, step=step if role is Role.ON_CALL else None)
            await self.enters(phone, code)
        return phone

    async def family(self, label: str, caseworker: Phone) -> Family:
        """A family of this caseworker, without anybody in it yet."""
        now = self.clock.now()

        def add(store) -> Family:  # type: ignore[no-untyped-def]
            person = store.people.by_telegram(caseworker.account.id)
            return store.families.add(label, person.id, now)

        return await self.machine.archive.write(add)

    async def parent(self, name: str, language: str, family: Family) -> Phone:
        """A parent of the family who has chosen the language; the greetings are read."""
        phone = self.stranger(name, language)
        await self.enters(phone, await self.invitation(Role.PARENT, name, family=family))
        await self.machine.archive.write(
            lambda store: store.people.speaks(store.people.by_telegram(phone.account.id).id, language)
        )
        return phone

    async def invitation(
        self, role: Role, name: str, family: Family | None = None, step: int | None = None
    ) -> str:
        family_id = family.id if family else None
        now = self.clock.now()
        code, _ = await self.machine.archive.write(
            lambda store: store.invitations.add(role, name, now, family_id=family_id, step=step)
        )
        return code

    async def enters(self, phone: Phone, code: str) -> None:
        await phone.types(f"/start {code}")
        await self.quiet()
        for other in self.phones:
            other.reads_everything()

    async def forward(self, **by: float) -> None:
        """Winds the clock on (hours=2, minutes=5 …); all that falls due on the way happens."""
        await wind(self.machine, self.clock, timedelta(**by))

    async def quiet(self) -> None:
        """Until the bot has dealt with all that was said to it."""
        async with asyncio.timeout(10):
            while len(self.world.updates):
                await asyncio.sleep(0.002)
        await self.machine.settle_down()

    def hangs_up(self) -> None:
        """The story is over: nobody may have an unread surprise, and every request must have been valid."""
        for phone in self.phones:
            phone.hangs_up()
        assert not self.world.ignored, self.world.ignored
        wrong = [problem for line in self.world.requests for problem in check(line.method, line.params)]
        assert not wrong, wrong

    def expects_error(self, fragment: str) -> None:
        """Excuses log lines with this fragment: this story breaks something on purpose."""
        self.excused.append(fragment)

    def logged(self, records: Iterable[logging.LogRecord]) -> None:
        """Fails on errors the bot logged and the story did not expect."""
        ours = [one for one in records if one.levelno >= logging.ERROR and one.name.startswith(OUR_LOGS)]
        said = [f"{one.name}: {one.getMessage()}" for one in ours]
        wrong = [line for line in said if not any(fragment in line for fragment in self.excused)]
        assert not wrong, wrong


@asynccontextmanager
async def served(world: World) -> AsyncIterator[str]:
    """The double on a free port of loopback; its address."""
    runner = web.AppRunner(bot_api(world), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def opened(folder: Path, rules: Rules = HURRIED, pace: Pace | None = None) -> AsyncIterator[Stage]:
    """A stage with the sample agency loaded and nobody on it."""
    clock = WoundClock()
    world = World(clock, rules=rules, seed=1)
    unhurried = pace or Pace(per_second=None, per_chat_gap=0.0)
    async with (
        served(world) as address,
        running(address, world.token, f"sqlite:///{folder}/story.db", clock, unhurried) as machine,
    ):
        facts = agency.read(SAMPLE)
        await machine.archive.write(lambda store: agency.write(store, facts))
        yield Stage(world, clock, machine, address)
