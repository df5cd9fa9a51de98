"""The heartbeat: late is never lost, one that fails holds up no other, and whoever moved a timer has won."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime, timedelta

import pytest

from bot.beat import AGAIN_AFTER, Beat
from storage.engine import Archive
from storage.store import Store
from tests.bot.machinery import Moody, until
from tests.demo.wire import StillClock

SECOND = timedelta(seconds=1)
Due = Callable[[Store, str, datetime], None]


class Post:
    """Stands in for the outbox: counts how often it was asked to look."""

    crowded = False

    def __init__(self) -> None:
        self.looked = 0

    async def claim(self) -> None:
        self.looked += 1


class Watch:
    def __init__(self, archive: Archive, due: Mapping[str, Due]) -> None:
        self.archive, self.clock, self.post = archive, StillClock(), Post()
        self.fired: list[str] = []
        acts = {"note": self._note, **due}
        self.beat = Beat(archive, self.clock, self.post, acts)  # type: ignore[arg-type]

    def _note(self, store: Store, scope: str, now: datetime) -> None:
        self.fired.append(scope)
        store.journal.write(now, "time", "noted", scope)

    async def sets(self, kind: str, scope: str, in_: timedelta) -> None:
        at = self.clock.now() + in_
        await self.archive.write(lambda store: store.timers.set(kind, scope, at))

    async def left(self) -> list[str]:
        return [timer.scope for timer in await self.archive.read(lambda store: store.timers.ahead())]


@pytest.fixture
async def watch(archive: Archive) -> AsyncIterator[Watch]:
    def fails(store: Store, scope: str, now: datetime) -> None:
        store.journal.write(now, "time", "half done", scope)
        raise LookupError

    def moves(store: Store, scope: str, now: datetime) -> None:
        store.timers.set("note", "moved", now + timedelta(hours=1))
        store.timers.drop("note", "dropped")

    made = Watch(archive, {"fails": fails, "moves": moves})
    yield made
    made.beat.stop()


async def test_what_is_due_happens_once_and_the_longest_overdue_first(watch: Watch) -> None:
    for scope, in_ in (("b", -SECOND), ("a", -2 * SECOND), ("now", timedelta(0)), ("later", SECOND)):
        await watch.sets("note", scope, in_)
    await watch.beat.tick()
    await watch.beat.tick()
    assert watch.fired == ["a", "b", "now"]
    assert await watch.left() == ["later"]
    assert watch.post.looked == 2


async def test_weeks_late_is_not_lost(watch: Watch) -> None:
    await watch.sets("note", "old", timedelta(0))
    watch.clock.forward(timedelta(days=40))
    await watch.beat.tick()
    assert watch.fired == ["old"]


async def test_more_than_one_look_brings_in(watch: Watch) -> None:
    at = watch.clock.now()

    def many(store: Store) -> None:
        for n in range(250):
            store.timers.set("note", f"{n:03}", at)

    await watch.archive.write(many)
    await watch.beat.tick()
    assert watch.fired == [f"{n:03}" for n in range(250)]


async def test_one_that_fails_is_put_off_undone_and_others_go_on(
    watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    await watch.sets("fails", "bad", -2 * SECOND)
    await watch.sets("note", "good", -SECOND)
    await watch.sets("no such kind", "unknown", -SECOND)
    await watch.beat.tick()
    assert watch.fired == ["good"]
    assert sorted(await watch.left()) == ["bad", "unknown"]
    acts = [line["act"] for line in await watch.archive.read(lambda store: store.journal.newest())]
    assert acts == ["noted"]
    due_at = await watch.archive.read(lambda store: store.timers.due_at("fails", "bad"))
    assert due_at == watch.clock.now() + AGAIN_AFTER
    assert "timer fails failed" in caplog.text


async def test_a_timer_moved_or_dropped_in_the_same_moment_does_not_fire(watch: Watch) -> None:
    await watch.sets("moves", "first", -3 * SECOND)
    await watch.sets("note", "moved", -SECOND)
    await watch.sets("note", "dropped", -SECOND)
    await watch.beat.tick()
    assert watch.fired == []
    assert await watch.left() == ["moved"]
    watch.clock.forward(timedelta(hours=2))
    await watch.beat.tick()
    assert watch.fired == ["moved"]


async def test_a_store_in_trouble_costs_a_beat_and_no_timer(
    archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    moody = Moody(archive)
    watch = Watch(moody, {})  # type: ignore[arg-type]
    await watch.sets("note", "a", -SECOND)
    moody.refusals = 2
    await watch.beat.tick()
    assert watch.fired == []
    assert "the beat missed" in caplog.text
    await watch.beat.tick()
    assert watch.fired == ["a"]


async def test_beats_that_overlap_fire_nothing_twice(watch: Watch) -> None:
    for n in range(20):
        await watch.sets("note", f"{n:02}", -SECOND)
    await asyncio.gather(*(watch.beat.tick() for _ in range(5)))
    assert watch.fired == [f"{n:02}" for n in range(20)]


async def test_it_beats_by_itself_and_a_stalled_loop_only_delays_it(watch: Watch) -> None:
    watch.beat.start()
    await watch.sets("note", "first", timedelta(0))
    await until(lambda: watch.fired == ["first"], 3)
    await watch.sets("note", "second", timedelta(0))
    time.sleep(2.2)  # noqa: ASYNC251 - the loop stands still longer than the library's own grace
    await until(lambda: watch.fired == ["first", "second"], 3)
    watch.beat.stop()
    looked = watch.post.looked
    await asyncio.sleep(1.2)
    assert watch.post.looked == looked
