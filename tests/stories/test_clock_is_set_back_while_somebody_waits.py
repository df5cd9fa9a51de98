"""Somebody sets the machine's clock back by an hour: nobody waits an hour longer for that."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot import agency
from bot.app import running
from bot.audit import findings
from bot.clock import WoundClock
from bot.demo.telegram.world import World
from bot.throttle import Pace
from storage.keyring import Keys
from storage.records import AlarmState, Role
from storage.settings import CODES_ASKED
from tests import template
from tests.oncall import TAKE, alarm
from tests.pager import carries, paging
from tests.phones import Phone, plain, read_all
from tests.stage import HURRIED, SAMPLE, UNHURRIED, Stage, served

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
CRY = "Alarm A-0001"


def told(phone: Phone) -> int:
    """How many messages on this phone are about the alarm."""
    return sum(CRY in plain(one.words) for one in phone.account.messages.values() if one.from_bot)


async def test_the_next_step_is_paged_in_time(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
    weber = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    amina = stage.stranger("Amina", "de")
    await amina.types("/alarm")
    await koch.sees(CRY)
    await stage.quiet()

    stage.clock.set_back(HOUR)

    await stage.forward(minutes=4)
    assert told(weber) == 0
    await stage.forward(minutes=1, seconds=5)
    await weber.sees(CRY)
    now = stage.clock.now()
    assert await stage.machine.archive.read(lambda store: list(findings(store, now))) == []
    await read_all(koch, weber, amina)


async def test_what_telegram_refused_is_tried_again(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = stage.stranger("Amina", "de")
    stage.world.faults.set("error500", chat_id=koch.account.id)
    await amina.types("/alarm")
    await amina.sees("gespeichert")

    stage.clock.set_back(HOUR)
    stage.world.faults.set("none")

    await stage.forward(minutes=2)
    await koch.sees(CRY)
    await read_all(koch, amina)


async def test_leads_are_rung_again_where_nobody_is_on_duty(stage: Stage) -> None:
    lang = await stage.staff("Frau Lang", Role.LEAD)
    amina = stage.stranger("Amina", "de")
    await amina.types("/alarm")
    await lang.sees("Niemand ist")
    await stage.quiet()
    before = len(lang.account.messages)

    stage.clock.set_back(HOUR)

    await stage.forward(minutes=6)
    assert len(lang.account.messages) > before
    await read_all(lang, amina)


@dataclass
class Evening:
    """A stage whose bot can be started again, by a clock that somebody has set back in between."""

    world: World
    address: str
    keys: Keys
    store: str
    clock: WoundClock

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[Stage]:
        pace = Pace(per_second=None, per_chat_gap=0.0)
        async with running(
            self.address, self.world.token, self.store, self.keys, self.clock, pace
        ) as machine:
            machine.door.allow(UNHURRIED)
            yield Stage(self.world, self.clock, machine, self.address)

    def sets_back(self) -> None:
        """While the bot is away, which then starts in a new process."""
        self.clock.set_back(HOUR)
        self.clock = self.world.clock = self.clock.started_anew()


@pytest.fixture
async def evening(tmp_path: Path) -> AsyncIterator[Evening]:
    clock = WoundClock()
    world = World(clock, rules=HURRIED, seed=1)
    keys, store = template.keys_in(tmp_path), template.store_in(tmp_path, "story.db")
    async with served(world) as address:
        made = Evening(world, address, keys, store, clock)
        async with made.bot() as stage:
            facts = agency.read(SAMPLE)
            await stage.machine.archive.write(lambda store: agency.write(store, facts))
            await stage.machine.archive.write(lambda store: store.settings.put(CODES_ASKED, "off"))
        yield made


async def test_after_a_restart_the_next_step_has_what_was_left(
    evening: Evening, caplog: pytest.LogCaptureFixture
) -> None:
    async with evening.bot() as stage:
        koch = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
        weber = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
        await stage.stranger("Amina", "de").types("/alarm")
        await koch.sees(CRY)
        await stage.forward(minutes=2)
    evening.sets_back()
    async with evening.bot() as stage:
        assert sum("go on with what was left" in line for line in caplog.messages) == 1
        await stage.forward(minutes=2, seconds=30)
        assert told(weber) == 0
        await stage.forward(minutes=1)
        await weber.sees(CRY)
        await stage.quiet()
    async with evening.bot():
        assert sum("go on with what was left" in line for line in caplog.messages) == 1


async def test_after_a_restart_leads_and_retries_go_on(evening: Evening) -> None:
    async with evening.bot() as stage:
        lang = await stage.staff("Frau Lang", Role.LEAD)
        weber = await stage.staff("Herr Weber", Role.LEAD)
        stage.world.faults.set("error500", chat_id=weber.account.id)
        await stage.stranger("Amina", "de").types("/alarm")
        await lang.sees("Niemand ist")
        await stage.forward(seconds=40)
    before = len(lang.account.messages)
    evening.sets_back()
    evening.world.faults.set("none")
    async with evening.bot() as stage:
        await weber.sees("Niemand ist")
        await stage.forward(minutes=6)
        assert len(lang.account.messages) > before
        await stage.quiet()


async def test_after_a_restart_a_forgotten_alarm_is_rung_over_the_second_way(evening: Evening) -> None:
    async with paging() as pager:
        async with evening.bot() as stage:
            koch = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
            weber = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
            await carries(stage, weber, pager, "weber")
            await stage.stranger("Amina", "de").types("/alarm")
            await koch.sees(CRY)
            await koch.presses(TAKE)
            await stage.quiet()
            assert (await alarm(stage)).state is AlarmState.TAKEN
            await stage.machine.beat.tick()  # leaves behind when it was last alive
        evening.sets_back()
        async with evening.bot() as stage:
            evening.world.faults.set("error500", chat_id=weber.account.id)
            for minutes in (10.2, 5.2, 0.4):  # asked, forgotten, and Telegram says nothing
                stage.clock.forward(minutes * MINUTE)
                await stage.machine.beat.tick()
            await pager.rings("weber")
            evening.world.faults.set("none")
