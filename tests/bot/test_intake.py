"""Intake: nothing is confirmed to Telegram before it is written down, whatever comes and whatever breaks."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.clock import WoundClock
from bot.demo.telegram.hand import Hand
from bot.demo.telegram.world import World
from bot.intake import Intake, update_id
from bot.tasks import Tasks
from bot.wire import Reply, Wire
from storage.engine import Archive
from storage.records import RawUpdate
from storage.store import Store
from tests.bot.machinery import Moody, until
from tests.stage import HURRIED, served


class Hall:
    """A door that only counts who comes in."""

    def __init__(self) -> None:
        self.waiting = 0
        self.came: list[RawUpdate] = []

    def admit(self, updates: Sequence[RawUpdate]) -> None:
        self.came += updates


async def stored(archive: Archive) -> list[int]:
    def look(store: Store) -> list[int]:
        return [one.update_id for one in store.updates.waiting()]

    return await archive.read(look)


@asynccontextmanager
async def polling(archive: Any, world: World) -> AsyncIterator[Hall]:
    hall, tasks = Hall(), Tasks()
    async with served(world) as address:
        wire = Wire(address, world.token)
        tasks.start(Intake(archive, wire, WoundClock(), hall).run(), "intake")
        try:
            yield hall
        finally:
            await tasks.stop()
            await wire.close()


@pytest.fixture
def world() -> World:
    return World(WoundClock(), rules=HURRIED, seed=1)


@pytest.fixture
def amina(world: World) -> Hand:
    return Hand(world, world.account("Amina", "tr"))


async def test_what_was_said_is_stored_then_confirmed(archive: Archive, world: World, amina: Hand) -> None:
    for n in range(150):
        amina.types(str(n))
    async with polling(archive, world) as hall:
        await until(lambda: len(world.updates) == 0)
        assert len(hall.came) == 150
        assert await stored(archive) == sorted(one.update_id for one in hall.came)


async def test_a_store_that_refuses_to_commit_loses_nothing(
    archive: Archive, world: World, amina: Hand
) -> None:
    moody = Moody(archive)
    moody.refusals = 2
    for n in range(3):
        amina.types(str(n))
    async with polling(moody, world) as hall:
        await until(lambda: moody.refused == 1)
        assert len(world.updates) == 3
        assert hall.came == []
        assert await stored(archive) == []
        await until(lambda: len(world.updates) == 0)
        assert moody.refused == 2
        assert len(hall.came) == 3
        offsets = [line.params.get("offset") for line in world.requests if line.method == "getUpdates"]
        assert offsets[:2] == [None, None]


async def test_a_store_that_breaks_in_an_unknown_way_does_not_end_the_intake(
    archive: Archive, world: World, amina: Hand
) -> None:
    moody = Moody(archive)
    moody.refusals, moody.error = 1, RuntimeError("never seen before")
    amina.types("a")
    async with polling(moody, world) as hall:
        await until(lambda: len(hall.came) == 1)


async def test_updates_handed_out_twice_are_taken_once(archive: Archive, world: World, amina: Hand) -> None:
    world.faults.set("duplicate")
    async with polling(archive, world) as hall:
        for n in range(10):
            amina.types(str(n))
            await asyncio.sleep(0.01)
        await until(lambda: len(world.updates) == 0)
        amina.types("last")
        await until(lambda: len(world.updates) == 0)
        numbers = [one.update_id for one in hall.came]
        assert len(numbers) == len(set(numbers)) == 11


@pytest.mark.parametrize("mode", ["down", "reset", "lost", "error500", "html", "truncated", "flood429"])
async def test_a_line_in_trouble_only_delays(
    archive: Archive, world: World, amina: Hand, mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    world.faults.set(mode)
    amina.types("a")
    async with polling(archive, world) as hall:
        await until(lambda: "no updates" in caplog.text)
        world.faults.set("none")
        await until(lambda: len(hall.came) == 1)
        amina.types("b")
        await until(lambda: len(hall.came) == 2)


async def test_another_bot_with_our_token_is_told_to_the_operator(
    archive: Archive, world: World, amina: Hand, caplog: pytest.LogCaptureFixture
) -> None:
    async with polling(archive, world) as hall:
        await until(lambda: world.updates._poll is not None)
        async with served(world) as address:
            other = Wire(address, world.token)
            stealing = asyncio.ensure_future(other.call("getUpdates", '{"timeout": 20}'))
            await until(lambda: "another bot polls" in caplog.text)
            stealing.cancel()
            await asyncio.gather(stealing, return_exceptions=True)
            await other.close()
        amina.types("a")
        await until(lambda: len(hall.came) == 1)
    assert any(line.levelno == logging.ERROR for line in caplog.records)
    assert world.token not in caplog.text


async def test_numbers_may_start_anew(archive: Archive, world: World, amina: Hand) -> None:
    async with polling(archive, world) as hall:
        amina.types("before")
        await until(lambda: len(world.updates) == 0)
        world.updates._next_id = 1000  # after a week of silence
        amina.types("after")
        await until(lambda: len(hall.came) == 2)
        await until(lambda: len(world.updates) == 0)
        amina.types("and on")
        await until(lambda: len(hall.came) == 3)
        assert [one.update_id for one in hall.came][1:] == [1000, 1001]


async def test_a_crowd_at_the_door_is_left_with_telegram(archive: Archive, world: World, amina: Hand) -> None:
    async with polling(archive, world) as hall:
        hall.waiting = 10**6
        await asyncio.sleep(0.15)
        amina.types("the poll under way may still bring this")
        amina.types("a")
        await asyncio.sleep(0.3)
        for n in range(5):
            amina.types(str(n))
        await asyncio.sleep(0.3)
        assert len(world.updates) >= 5
        hall.waiting = 0
        await until(lambda: len(world.updates) == 0)
        assert len(hall.came) == 7


class Script:
    """A wire that answers as written, then stays silent."""

    def __init__(self, *replies: Any) -> None:
        self.replies = list(replies)
        self.asked: list[str] = []

    async def call(self, method: str, body: str, seconds: float = 1) -> Reply:
        self.asked.append(body)
        if self.replies:
            return Reply(200, {"ok": True, "result": self.replies.pop(0)})
        await asyncio.Event().wait()
        raise AssertionError


def plain(number: int) -> dict[str, Any]:
    return {"update_id": number, "message": {}}


ODD = [
    None,
    True,
    7,
    "text",
    {},
    [None],
    [7],
    [{"update_id": "x"}],
    [{"update_id": True}],
    [{"update_id": -4}],
]


@pytest.mark.parametrize("odd", ODD, ids=repr)
async def test_no_answer_ends_the_intake(archive: Archive, odd: Any) -> None:
    script, hall, tasks = Script(odd, [plain(5)]), Hall(), Tasks()
    tasks.start(Intake(archive, script, WoundClock(), hall).run(), "intake")  # type: ignore[arg-type]
    await until(lambda: 5 in [one.update_id for one in hall.came])
    await tasks.stop()


async def test_what_has_no_number_never_moves_the_offset(archive: Archive) -> None:
    script, hall, tasks = Script([plain(5), {"odd": 1}], [plain(6)], [{"odd": 2}]), Hall(), Tasks()
    tasks.start(Intake(archive, script, WoundClock(), hall).run(), "intake")  # type: ignore[arg-type]
    await until(lambda: len(script.asked) == 4)
    await tasks.stop()
    assert ['"offset": 6' in script.asked[1], '"offset": 7' in script.asked[2]] == [True, True]
    assert '"offset": 7' in script.asked[3]
    assert len(hall.came) == 4


def test_each_thing_without_a_number_gets_one_below_zero_of_its_own() -> None:
    made = [update_id(odd) for odd in (7, "7", None, {"a": 1}, {"a": 2}, {"update_id": 2**70})]
    assert all(number < 0 for number in made)
    assert len(set(made)) == len(made)
    assert update_id({"a": 1}) == update_id({"a": 1})
    assert update_id({"update_id": 0}) == 0
