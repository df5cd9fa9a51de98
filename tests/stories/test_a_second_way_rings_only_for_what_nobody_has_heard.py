"""The second way is a last resort: not for what Telegram has, not many times at once, and for no former colleague."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from handlers.watch import look_at_alarms
from storage.records import DeliveryState, Role
from storage.store import Store
from tests.oncall import person_id, rule
from tests.pager import Pager, carries, paging
from tests.phones import Phone
from tests.stage import Stage


@pytest.fixture
async def pager() -> AsyncIterator[Pager]:
    async with paging() as made:
        yield made


async def on_call(stage: Stage, pager: Pager, name: str) -> Phone:
    phone = await stage.staff(f"Frau {name}", Role.ON_CALL)
    await carries(stage, phone, pager, name.lower())
    return phone.ignores("")


async def cries(stage: Stage, n: int) -> None:
    for at in range(n):
        await stage.stranger(f"Amina {at}", "de").ignores("").types("/alarm")


async def later(stage: Stage, seconds: float) -> None:
    """As `forward`, without waiting until Telegram has said something."""
    stage.clock.forward(timedelta(seconds=seconds))
    await stage.machine.beat.tick()


async def test_a_list_that_arrived_again_is_no_reason_to_ring(stage: Stage, pager: Pager) -> None:
    await rule(stage, minutes=[5])
    await on_call(stage, pager, "Koch")
    for at in range(6):
        await stage.stranger(f"Amina {at}", "de").ignores("").types("/alarm")
        await stage.quiet()
    await stage.forward(seconds=40)
    await stage.forward(minutes=5)
    await stage.quiet()
    await stage.forward(minutes=3)
    await pager.stays_silent()
    assert pager.heard == []


async def test_a_way_that_was_broken_rings_once_when_it_works_again(stage: Stage, pager: Pager) -> None:
    koch = await on_call(stage, pager, "Koch")
    pager.status = 500
    stage.world.faults.set("error500", chat_id=koch.account.id)
    await cries(stage, 5)
    await stage.machine.until(lambda: owed(stage, 1))
    for _ in range(30):
        await later(stage, 10)
        await asyncio.sleep(0.02)
    await stage.machine.until(lambda: owed(stage, 3))

    pager.status = 200
    await later(stage, 61)
    await pager.rings("koch")
    await pager.stays_silent(1.5)
    assert len(pager.told("koch")) == 1
    assert not await owed(stage, 1)
    await later(stage, 61)
    await pager.rings("koch")
    stage.world.faults.set("none")


async def owed(stage: Stage, n: int) -> bool:
    """Whether so many rings are still to leave."""

    def look(store: Store) -> int:
        return sum(row["state"] == DeliveryState.QUEUED for row in store.rings.newest(50))

    return await stage.machine.archive.read(look) >= n


async def test_a_former_colleague_is_not_rung(stage: Stage, pager: Pager) -> None:
    (await stage.staff("Frau Koch", Role.ON_CALL)).ignores("")
    weber = await on_call(stage, pager, "Weber")
    stage.world.faults.set("error500", chat_id=weber.account.id)
    pager.status = 500
    await cries(stage, 1)
    await stage.machine.until(lambda: owed(stage, 1))
    id, now = await person_id(stage, weber), stage.clock.now()

    def leaves(store: Store) -> None:
        store.people.revoke(id, Role.ON_CALL)
        store.duties.switch(id, False, now)
        look_at_alarms(store, now)

    await stage.machine.archive.write(leaves)
    pager.status = 200
    await later(stage, 20)
    await later(stage, 60)
    await pager.stays_silent(1.5)
    assert pager.heard == []
    stage.world.faults.set("none")
