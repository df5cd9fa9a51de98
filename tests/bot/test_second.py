"""The sender of the second way: nobody waits for ever, nothing is lost when it dies, and it names no address."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.ringing import NotRung, in_thread, ring
from bot.second import TRIES_OF_A_TEST, Second, claimed, settle
from bot.tasks import Tasks
from storage.engine import Archive
from storage.records import DeliveryState, Probe, Ring, Role
from storage.rings import LEASE
from storage.settings import RINGS_HERE
from storage.store import Store
from tests.bot.machinery import Moody, Stopwatch, until
from tests.demo.wire import StillClock
from tests.pager import Pager, paging


@pytest.fixture
async def pager() -> AsyncIterator[Pager]:
    async with paging() as made:
        yield made


async def owed(archive: Archive, pager: Pager, now: datetime, *, alarm: bool = True) -> Ring:
    """A ring for an open alarm, or a test of an address."""

    def post(store: Store) -> Ring:
        store.settings.put(RINGS_HERE, "on")
        person = store.people.met(7, "de", now)
        store.people.grant(person.id, Role.ON_CALL, now)
        cry = store.alarms.open(store.people.met(8, "de", now).id, None, {"minutes": [5]}, now)
        way = store.second_ways.add(person.id, pager.address("koch"), now)
        return store.rings.post(way.id, "Alarm A-0001", now, cry.id if alarm else None)

    return await archive.write(post)


async def states(archive: Archive) -> list[Any]:
    return [row["state"] for row in await archive.read(lambda store: store.rings.newest())]


async def test_what_hangs_is_left_behind(pager: Pager) -> None:
    pager.delay = 30.0
    watch = Stopwatch()
    with pytest.raises(NotRung, match="no answer in time"):
        await ring(pager.address("koch"), "x", here=True, within=0.5)
    assert watch.seconds < 2


async def test_a_plugin_s_own_patience_is_shorter_than_ours(pager: Pager) -> None:
    pager.delay = 30.0
    watch = Stopwatch()
    with pytest.raises(NotRung, match="not accepted"):
        await ring(pager.address("koch"), "x", here=True)
    assert watch.seconds < 8


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("exec://x", "not understood"),
        ("ntfy://127.0.0.1:9/x", "it leads where"),
        ("ntfy://[::1]/x", "it leads where"),
    ],
)
async def test_what_may_not_be_rung_is_not(address: str, why: str) -> None:
    with pytest.raises(NotRung, match=why) as refused:
        await ring(address, "x")
    assert address not in str(refused.value)


async def test_a_thread_hands_over_what_it_raises() -> None:
    def fails() -> None:
        raise LookupError("x")

    with pytest.raises(LookupError):
        await in_thread(fails, "x")


async def test_it_outlives_a_store_in_trouble_and_what_it_never_expected(
    archive: Archive, pager: Pager, caplog: pytest.LogCaptureFixture
) -> None:
    moody, clock, tasks = Moody(archive), StillClock(), Tasks()
    await owed(archive, pager, clock.now())
    second = Second(moody, clock)  # type: ignore[arg-type]
    moody.refusals = 1
    tasks.start(second.run(), "second")
    await until(lambda: pager.heard)
    await until(lambda: _delivered(archive))
    moody.refusals, moody.error = 1, LookupError("x")
    await owed(archive, pager, clock.now())
    await pager.heard_by("koch", 2)
    await tasks.stop()
    await second.stop()
    assert "waits for the store" in caplog.text
    assert pager.address("koch") not in caplog.text


async def _delivered(archive: Archive) -> bool:
    return "queued" not in await states(archive)


async def test_who_dies_in_between_loses_no_ring(archive: Archive, pager: Pager) -> None:
    clock = StillClock()
    await owed(archive, pager, clock.now())
    now = clock.now()
    assert len(await archive.write(lambda store: claimed(store, now, 8))) == 1
    assert await archive.write(lambda store: claimed(store, now, 8)) == []
    later = now + LEASE + timedelta(seconds=1)
    assert len(await archive.write(lambda store: claimed(store, later, 8))) == 1
    await archive.write(lambda store: store.rings.release_all())
    assert len(await archive.write(lambda store: claimed(store, later, 8))) == 1


async def test_it_ends_once_and_is_tried_later_each_time(
    archive: Archive, pager: Pager, now: datetime
) -> None:
    made = await owed(archive, pager, now)
    waits = []
    at = now
    for _ in range(8):
        ((taken, _),) = await archive.write(lambda store, at=at: claimed(store, at, 8))
        await archive.write(lambda store, at=at, taken=taken: settle(store, taken, "not accepted", at))
        row = await archive.read(lambda store: store.rings.newest()[0])
        waits.append((row["not_before"] - at).total_seconds())
        at = row["not_before"]
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]
    await archive.write(lambda store: settle(store, made, None, at))
    assert await states(archive) == [DeliveryState.DELIVERED]
    assert not await archive.write(
        lambda store: store.rings.settle(made, DeliveryState.SUPERSEDED, at, "too late")
    )


async def test_an_ended_alarm_s_ring_does_not_leave(archive: Archive, pager: Pager, now: datetime) -> None:
    made = await owed(archive, pager, now)
    await archive.write(lambda store: store.alarms.end(str(made.alarm_id), None, now))
    assert await archive.write(lambda store: claimed(store, now, 8)) == []
    assert await states(archive) == [DeliveryState.SUPERSEDED]


@pytest.mark.parametrize("state", [one for one in DeliveryState if one is not DeliveryState.QUEUED])
async def test_a_code_is_not_kept_once_it_is_settled(
    archive: Archive, pager: Pager, now: datetime, state: DeliveryState
) -> None:
    made = await owed(archive, pager, now, alarm=False)
    await archive.write(lambda store: store.rings.settle(made, state, now))
    (row,) = await archive.read(lambda store: store.rings.newest())
    assert (row["state"], row["text"]) == (state, "")


def drilled(store: Store, made: Ring, now: datetime) -> Probe:
    """The ring is a drill's: its address is confirmed, and whoever is rung has not answered."""
    store.second_ways.confirm(made.way_id, now)
    way, lead = store.second_ways.get(made.way_id), store.people.met(9, "de", now)
    drill = store.drills.start(lead.id, now, now + timedelta(minutes=15))
    assert way is not None
    assert drill is not None
    return store.probes.send(way.person_id, now, drill.id)


async def test_a_drill_s_ring_that_fails_is_tried_again_and_its_address_stays(
    archive: Archive, pager: Pager, now: datetime
) -> None:
    made = await owed(archive, pager, now, alarm=False)
    await archive.write(lambda store: drilled(store, made, now))
    at = now
    for _ in range(TRIES_OF_A_TEST + 2):
        ((taken, _),) = await archive.write(lambda store, at=at: claimed(store, at, 8))
        await archive.write(lambda store, at=at, taken=taken: settle(store, taken, "not accepted", at))
        at += timedelta(minutes=1)
    assert await states(archive) == [DeliveryState.QUEUED]
    assert await archive.read(lambda store: store.second_ways.get(made.way_id)) is not None


@pytest.mark.parametrize("answered", [True, False])
async def test_a_drill_s_ring_leaves_no_more_once_it_is_answered_or_over(
    archive: Archive, pager: Pager, now: datetime, answered: bool
) -> None:
    made = await owed(archive, pager, now, alarm=False)

    def story(store: Store) -> None:
        probe = drilled(store, made, now)
        if answered:
            store.probes.answer(probe.id, now)
        else:
            store.drills.end(str(probe.drill_id), now)
        assert claimed(store, now, 8) == []

    await archive.write(story)
    assert await states(archive) == [DeliveryState.SUPERSEDED]


async def test_an_address_whose_key_is_gone_holds_up_no_other(
    archive: Archive, pager: Pager, now: datetime
) -> None:
    made = await owed(archive, pager, now)
    way = await archive.read(lambda store: store.second_ways.get(made.way_id))
    assert way is not None
    archive.vault.keyring.destroy(f"person:{way.person_id}")
    assert await archive.write(lambda store: claimed(store, now, 8)) == []
    assert await states(archive) == [DeliveryState.UNDELIVERABLE]


async def test_the_log_says_only_numbers_and_why(
    archive: Archive, pager: Pager, caplog: pytest.LogCaptureFixture
) -> None:
    clock, tasks = StillClock(), Tasks()
    pager.status = 500
    await owed(archive, pager, clock.now())
    second = Second(archive, clock)
    with caplog.at_level(logging.DEBUG):
        tasks.start(second.run(), "second")
        await until(lambda: "try 1: not accepted" in caplog.text)
    await tasks.stop()
    await second.stop()
    await asyncio.sleep(0)
    assert str(pager.port) not in caplog.text
