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
from bot.bucket import Allowance
from bot.clock import WoundClock, wall
from bot.demo import pairing
from bot.demo.telegram.rules import Rules
from bot.demo.telegram.transcript import Request
from bot.demo.telegram.web import bot_api
from bot.demo.telegram.world import World
from bot.demo.winding import wind
from bot.throttle import Pace
from locales.zone import BERLIN
from storage.records import Family, Role
from storage.settings import CODES_ASKED
from tests import template
from tests.demo.oracle import check
from tests.phones import Phone, read_all

SAMPLE = Path(agency.__file__).parent / "demo" / "agency.toml"
OUR_LOGS = ("paenz", "locales")
# what follows by itself where nobody answers and nobody notes who came; stories about just that mind it
UNANSWERED = (
    *("🌼", "Auf Ihrer Anrufliste stehen", "Families on your call list"),
    *("Wer war da? Termine", "Who was there? Appointments"),
)
UNHURRIED = Allowance(at_once=10**6)  # a story's people press faster than any hand
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
        phone = Phone(self.world, self.world.account(name, language_code=language), self.quiet)
        self.phones.append(phone)
        # numbers and what they are for come with every cry, drills by the calendar
        return phone.ignores("🚑", "🧭", "🧯", *UNANSWERED)

    async def staff(self, name: str, *roles: Role, language: str = "de", step: int = 1) -> Phone:
        """A member of staff, paired through real invitations; the greetings are read."""
        phone = self.stranger(name, language)
        for role in roles:
            code = await self.invitation(role, name, step=step if role is Role.ON_CALL else None)
            await self.enters(phone, code)
        now = self.clock.now()
        await self.machine.archive.write(
            lambda store: pairing.counts_as_on_call(store, phone.account.id, now)
        )
        return phone

    async def family(self, label: str, caseworker: Phone) -> Family:
        """A family of this caseworker, without anybody in it yet."""
        now = self.clock.now()

        def add(store) -> Family:  # type: ignore[no-untyped-def]
            person = store.people.by_telegram(caseworker.account.id)
            return store.families.add(label, person.id, now)

        return await self.machine.archive.write(add)

    async def parent(self, name: str, language: str, family: Family) -> Phone:
        """A parent of the family, confirmed, with a yes to everything, who has chosen the language.

        The greetings are read.
        """
        phone = self.stranger(name, language)
        await self.enters(phone, await self.invitation(Role.PARENT, name, family=family))
        await self.lets_in(phone, language)
        return phone

    async def lets_in(self, phone: Phone, language: str | None = None) -> None:
        """Whoever came by an invitation is known to the caseworker and has said yes to everything; all is read."""
        now = self.clock.now()
        await self.machine.archive.write(
            lambda store: pairing.lets_in(store, phone.account.id, language, now)
        )
        await read_all(*self.phones)

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
        await read_all(*self.phones)

    async def forward(self, **by: float) -> None:
        """Winds the clock on (hours=2, minutes=5 …); all that falls due on the way happens."""
        await wind(self.machine, self.clock, timedelta(**by))

    async def quiet(self) -> None:
        """Until the bot has dealt with all that was said to it."""
        async with asyncio.timeout(10):
            while len(self.world.updates):
                await asyncio.sleep(0.002)
        await self.machine.settle_down()

    async def hangs_up(self) -> None:
        """The story is over and all is said. Nobody may have an unread surprise, every request was valid."""
        await self.quiet()
        for phone in self.phones:
            phone.hangs_up()
        assert not self.world.ignored, self.world.ignored
        wrong = [problem for line in self.world.requests for problem in check(line.method, line.params)]
        assert not wrong, wrong
        assert not unprotected(self.world.requests)

    def expects_error(self, fragment: str) -> None:
        """Excuses log lines with this fragment: this story breaks something on purpose."""
        self.excused.append(fragment)

    def logged(self, records: Iterable[logging.LogRecord]) -> None:
        """Fails on errors the bot logged and the story did not expect."""
        ours = [one for one in records if one.levelno >= logging.ERROR and one.name.startswith(OUR_LOGS)]
        said = [f"{one.name}: {one.getMessage()}" for one in ours]
        wrong = [line for line in said if not any(fragment in line for fragment in self.excused)]
        assert not wrong, wrong


def unprotected(requests: Iterable[Request]) -> list[str]:
    """The texts that could be forwarded or saved. Pictures and files are made to be passed on."""
    sent = [line.params for line in requests if line.method.lower() == "sendmessage"]
    return [str(params.get("text")) for params in sent if params.get("protect_content") is not True]


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


def in_the_morning() -> WoundClock:
    """Ten o'clock in Köln on this very day: at night what is no answer waits until people have slept."""
    now = wall()
    return WoundClock(now.astimezone(BERLIN).replace(hour=10, minute=0, second=0) - now)


@asynccontextmanager
async def opened(folder: Path, rules: Rules = HURRIED, pace: Pace | None = None) -> AsyncIterator[Stage]:
    """A stage with the sample agency loaded and nobody on it."""
    clock = in_the_morning()
    world = World(clock, rules=rules, seed=1)
    unhurried = pace or Pace(per_second=None, per_chat_gap=0.0)
    keys, store = template.keys_in(folder), template.store_in(folder, "story.db")
    async with (
        served(world) as address,
        running(address, world.token, store, keys, clock, unhurried) as machine,
    ):
        machine.door.allow(UNHURRIED)
        facts = agency.read(SAMPLE)
        await machine.archive.write(lambda store: agency.write(store, facts))
        await machine.archive.write(lambda store: store.settings.put(CODES_ASKED, "off"))
        yield Stage(world, clock, machine, address)
