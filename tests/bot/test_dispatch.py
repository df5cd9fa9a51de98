"""The outbox, over the real double and all that can go wrong with Telegram."""

import asyncio
import logging
from datetime import timedelta
from typing import Any

import pytest

from bot import dispatch
from bot.clock import ticks
from bot.demo.telegram.rules import Rules
from bot.demo.telegram.world import World
from bot.dispatch import Dispatcher
from bot.throttle import Pace
from handlers import desk
from handlers.screen import screen
from locales.phrase import S
from storage.engine import Archive
from storage.records import Lane, Role
from tests.bot.machinery import Moody, Stopwatch, at_work, brisk, texts, until
from tests.demo.wire import StillClock


async def test_what_is_owed_arrives_once(archive: Archive) -> None:
    async with at_work(archive) as office:
        hand, amina = await office.person()
        for n in range(20):
            await office.owes(amina, f"{n}")
        await office.drained()
        assert texts(hand) == [str(n) for n in range(20)]
        assert await office.states() == ["delivered"] * 20


async def test_a_message_learns_its_number_and_its_change_finds_it(archive: Archive) -> None:
    async with at_work(archive) as office:
        hand, amina = await office.person()
        card = await office.owes(amina, "one")
        await office.drained()
        await office.changes(card, amina, "two")
        await office.drained()
        assert texts(hand) == ["two"]


@pytest.mark.parametrize("mode", ["down", "reset", "error500", "html"])
async def test_after_trouble_before_the_act_it_arrives_exactly_once(archive: Archive, mode: str) -> None:
    async with at_work(archive) as office:
        hand, amina = await office.person()
        office.world.faults.set(mode, methods=["sendMessage"])
        await office.owes(amina, "help", Lane.CRISIS)
        await until(lambda: len(office.asked("sendMessage")) >= 2)
        office.world.faults.set("none")
        await office.drained()
        assert texts(hand) == ["help"]
        (row,) = await office.rows()
        assert row["attempts"] >= 2


@pytest.mark.parametrize("mode", ["lost", "truncated"])
async def test_when_the_answer_is_lost_it_is_sent_again_rather_than_lost(archive: Archive, mode: str) -> None:
    async with at_work(archive) as office:
        hand, amina = await office.person()
        office.world.faults.set(mode, methods=["sendMessage"])
        await office.owes(amina, "help", Lane.CRISIS)
        await until(lambda: len(texts(hand)) >= 1)
        office.world.faults.set("none")
        await office.drained()
        assert set(texts(hand)) == {"help"}
        assert len(texts(hand)) == len(office.asked("sendMessage"))


async def test_silence_is_given_up_in_time(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_work(archive) as office:
        hand, amina = await office.person()
        patient = office.wire.call
        monkeypatch.setattr(office.wire, "call", lambda method, body: patient(method, body, 0.2))
        office.world.faults.set("drop", methods=["sendMessage"])
        await office.owes(amina, "help")
        await until(lambda: len(office.asked("sendMessage")) >= 1)
        office.world.faults.set("none")
        await office.drained()
        assert texts(hand) == ["help"]


async def test_a_chat_that_floods_waits_alone_and_as_long_as_asked(archive: Archive) -> None:
    async with at_work(archive) as office:
        hand, amina = await office.person()
        other, chidi = await office.person("Chidi")
        office.world.faults.set("flood429", chat_id=amina.telegram_id, methods=["sendMessage"], retry_after=1)
        await office.owes(amina, "a")
        await until(lambda: len(office.asked("sendMessage")) == 1)
        watch = Stopwatch()
        office.world.faults.set("none")
        await office.owes(amina, "b")
        await office.owes(chidi, "c")
        await until(lambda: texts(other) == ["c"])
        assert watch.seconds < 0.9
        assert texts(hand) == []
        await office.drained()
        assert watch.seconds >= 0.95
        assert sorted(texts(hand)) == ["a", "b"]


async def test_when_two_chats_flood_at_once_all_but_the_crisis_wait(archive: Archive) -> None:
    pace = brisk()
    async with at_work(archive, pace=pace) as office:
        hands = [await office.person(name) for name in ("Amina", "Chidi", "Elif", "Yusuf")]
        office.world.faults.set("flood429", methods=["sendMessage"], retry_after=1)
        for _, person in hands[:2]:
            await office.owes(person, "early")
        await until(lambda: len(office.asked("sendMessage")) == 2)
        office.world.faults.set("none")
        watch = Stopwatch()
        await asyncio.sleep(0.05)
        await office.owes(hands[2][1], "bulk")
        await office.owes(hands[3][1], "help", Lane.CRISIS)
        await until(lambda: texts(hands[3][0]) == ["help"])
        assert watch.seconds < 0.8
        assert texts(hands[2][0]) == []
        await office.drained()
        assert watch.seconds >= 0.9


async def test_who_blocked_the_bot_is_marked_and_the_caseworker_told(archive: Archive) -> None:
    async with at_work(archive) as office:
        hand, amina = await office.person()
        desk_phone, klein = await office.person("Frau Klein")
        now = office.clock.now()

        def pair(store: Any) -> None:
            store.people.grant(klein.id, Role.CASEWORKER, now)
            store.people.grant(amina.id, Role.PARENT, now)
            store.people.rename(amina.id, "Amina")
            store.families.join(store.families.add("Linde", klein.id, now).id, amina.id)

        await archive.write(pair)
        hand.account.blocked = True
        await office.owes(amina, "one")
        await office.owes(amina, "two")
        await office.drained()
        assert await office.states() == ["undeliverable", "undeliverable", "delivered"]
        assert (await archive.read(lambda store: store.people.get(amina.id))).blocked
        (told,) = texts(desk_phone)
        assert "Amina" in told


async def test_changes_for_somebody_who_can_not_be_reached_come_to_an_end(archive: Archive) -> None:
    async with at_work(archive) as office:
        hand, amina = await office.person()
        hand.account.blocked = True
        card = await office.owes(amina, "one", Lane.CRISIS)
        await office.drained()
        await office.changes(card, amina, "two", Lane.CRISIS)
        await office.drained(4.0)
        assert await office.states() == ["undeliverable", "superseded"]
        assert len(office.asked("sendMessage")) == 1
        assert office.asked("editMessageText") == []


async def test_a_change_of_a_message_that_is_gone_is_sent_anew(archive: Archive) -> None:
    async with at_work(archive) as office:
        hand, amina = await office.person()
        card = await office.owes(amina, "one")
        await office.drained()
        hand.deletes(next(iter(hand.account.messages)))
        await office.changes(card, amina, "two")
        await office.drained()
        assert texts(hand) == ["two"]
        await office.changes(card, amina, "three")
        await office.drained()
        assert texts(hand) == ["three"]


async def test_a_change_that_changes_nothing_is_delivered(archive: Archive) -> None:
    async with at_work(archive) as office:
        hand, amina = await office.person()
        card = await office.owes(amina, "one")
        await office.drained()
        await office.changes(card, amina, "one")
        await office.drained()
        assert await office.states() == ["delivered", "delivered"]
        assert texts(hand) == ["one"]


async def test_a_change_posted_before_its_message_left_finds_it(archive: Archive) -> None:
    async with at_work(archive) as office:
        hand, amina = await office.person()
        office.world.faults.set("error500", methods=["sendMessage"])
        card = await office.owes(amina, "one")
        await office.changes(card, amina, "two")
        await office.changes(card, amina, "three")
        await until(lambda: len(office.asked("sendMessage")) >= 2)
        office.world.faults.set("none")
        await office.drained()
        assert texts(hand) == ["three"]
        assert await office.states() == ["delivered", "superseded", "delivered"]


async def test_a_chat_that_moved_is_followed(archive: Archive) -> None:
    async with at_work(archive) as office:
        hand, amina = await office.person()
        new, other = await office.person("Amina")
        await archive.write(
            lambda store: store.connection.exec_driver_sql("DELETE FROM people WHERE id = ?", (other.id,))
        )
        hand.account.moved_to = new.account.id
        await office.owes(amina, "one")
        await office.drained()
        assert texts(new) == ["one"]
        assert (await archive.read(lambda store: store.people.get(amina.id))).telegram_id == new.account.id


async def test_a_message_telegram_will_never_take_ends_and_counts(
    archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    async with at_work(archive) as office:
        _, amina = await office.person()
        await office.owes(amina, "x" * 5000)
        await office.drained()
        assert await office.states() == ["undeliverable"]
        assert await archive.read(lambda store: store.deliveries.count_undeliverable()) == 1
        assert len(office.asked("sendMessage")) == 1
        assert "xxx" not in caplog.text


async def test_what_an_earlier_run_left_is_claimed(archive: Archive) -> None:
    archive.on_posted = lambda posted: None
    async with at_work(archive) as office:
        hand, amina = await office.person()
        archive.on_posted = lambda posted: None  # the earlier run died before it could send
        await office.owes(amina, "left behind")
        await office.dispatcher.claim()
        await asyncio.sleep(0.1)
        assert texts(hand) == []  # its lease still stands
        await archive.write(lambda store: store.deliveries.release_all())
        await office.dispatcher.claim()
        await office.drained()
        assert texts(hand) == ["left behind"]


async def test_what_is_claimed_twice_is_sent_once(archive: Archive) -> None:
    async with at_work(archive) as office:
        hand, amina = await office.person()
        office.world.faults.set("slow", methods=["sendMessage"], delay=0.3)
        await office.owes(amina, "one")
        office.clock.forward(timedelta(minutes=10))  # the lease ends while the call is under way
        await office.dispatcher.claim()
        await office.dispatcher.claim()
        await office.drained()
        assert texts(hand) == ["one"]


async def test_two_dispatchers_on_one_store_do_not_send_twice(archive: Archive, tmp_path: Any) -> None:
    other = await Archive.within(f"{tmp_path}/paenz.db", archive.vault)
    async with at_work(archive) as first, at_work(other, first.world) as second:
        hand, amina = await first.person()
        archive.on_posted = other.on_posted = lambda posted: None
        for n in range(60):
            await first.owes(amina, str(n))
        await archive.write(lambda store: store.deliveries.release_all())
        claims = [office.dispatcher.claim() for _ in range(5) for office in (first, second)]
        await asyncio.gather(*claims)
        await first.drained()
        assert sorted(texts(hand), key=int) == [str(n) for n in range(60)]
    await other.close()


async def test_a_store_in_trouble_does_not_double_what_was_sent(archive: Archive) -> None:
    moody = Moody(archive)
    async with at_work(moody) as office:  # type: ignore[arg-type]
        hand, amina = await office.person()
        moody.refusals = 0
        await office.owes(amina, "one")
        moody.refusals = 2  # just when its outcome is to be written down
        await office.drained()
        assert moody.refused == 2
        office.clock.forward(timedelta(minutes=10))
        await office.dispatcher.claim()
        await asyncio.sleep(0.2)
        assert texts(hand) == ["one"]


async def test_after_the_end_nothing_is_claimed_any_more(
    archive: Archive, tmp_path: Any, caplog: pytest.LogCaptureFixture
) -> None:
    own = await Archive.within(f"{tmp_path}/paenz.db", archive.vault)
    async with at_work(own) as office:
        _, amina = await office.person()
        office.world.faults.set("error500", methods=["sendMessage"])
        await office.owes(amina, "one")
        await until(lambda: len(office.asked("sendMessage")) == 1)
        await asyncio.sleep(0.05)
    await own.close()
    await asyncio.sleep(0.8)
    assert [line.getMessage() for line in caplog.records if line.levelno >= logging.ERROR] == []


@pytest.mark.parametrize("steps", range(6))
async def test_it_can_be_stopped_in_the_very_moment_it_is_woken(archive: Archive, steps: int) -> None:
    dispatcher = Dispatcher(archive, None, StillClock(), {})  # type: ignore[arg-type]
    running = asyncio.ensure_future(dispatcher.run())
    await asyncio.sleep(0.01)
    dispatcher.accept([])
    for _ in range(steps):
        await asyncio.sleep(0)
    running.cancel()
    ended, _ = await asyncio.wait([running], timeout=0.5)
    running.cancel()
    assert ended


async def test_a_room_that_fails_does_not_make_its_message_go_out_again(
    archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: object) -> None:
        raise LookupError("Amina's secret")

    async with at_work(archive) as office:
        office.dispatcher._hooks = {"a": breaks}
        hand, amina = await office.person()
        await office.owes(amina, "one")
        await office.drained()
        assert texts(hand) == ["one"]
        assert await office.states() == ["delivered"]
        assert "its room failed" in caplog.text


async def test_lanes_and_chats_share_the_pace_and_the_crisis_passes_all(archive: Archive) -> None:
    clock = StillClock()
    world = World(clock, rules=Rules(per_second=None, per_chat_per_second=None), seed=1)
    async with at_work(archive, world, Pace(per_second=5, per_chat_gap=0.0)) as office:
        people = [await office.person(f"P{n}") for n in range(12)]
        moments: list[float] = []
        spend = world.pace.spend
        world.pace.spend = lambda account: (moments.append(ticks()), spend(account))  # type: ignore[assignment, func-returns-value]
        for _, person in people[:-1]:
            await office.owes(person, "bulk", Lane.BROADCAST)
        hand, urgent = people[-1]
        await office.owes(urgent, "help", Lane.CRISIS)
        await until(lambda: texts(hand) == ["help"], 0.9)
        await office.drained(12)
        assert len(moments) == 12
        assert all(late - early > 1.0 for early, late in zip(moments, moments[5:], strict=False))


async def test_no_chat_is_written_to_twice_at_once_nor_too_soon(archive: Archive) -> None:
    async with at_work(archive, pace=Pace(per_second=None, per_chat_gap=0.15)) as office:
        office.world.faults.set("slow", methods=["sendMessage"], delay=0.05)
        hand, amina = await office.person()
        began: list[float] = []
        call = office.wire.call

        async def timed(method: str, body: Any) -> Any:
            began.append(ticks())
            reply = await call(method, body)
            ended.append(ticks())
            return reply

        ended: list[float] = []
        office.wire.call = timed  # type: ignore[method-assign, assignment]
        for n in range(4):
            await office.owes(amina, str(n))
        await office.drained()
        assert texts(hand) == ["0", "1", "2", "3"]
        gaps = [after - before for before, after in zip(ended, began[1:], strict=False)]
        assert min(gaps) >= 0.14


async def test_what_does_not_fit_into_memory_is_sent_all_the_same(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "MOST_IN_MEMORY", 5)
    async with at_work(archive) as office:
        hand, amina = await office.person()
        office.world.faults.set("slow", methods=["sendMessage"], delay=0.02)
        for n in range(12):
            await office.owes(amina, str(n), Lane.BROADCAST)
        await until(lambda: office.dispatcher.idle)
        assert len(texts(hand)) < 12
        for _ in range(3):
            office.clock.forward(timedelta(minutes=2))
            await office.dispatcher.claim()
            await until(lambda: office.dispatcher.idle)
        assert sorted(texts(hand), key=int) == [str(n) for n in range(12)]


async def test_a_crisis_page_is_never_given_up(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_work(archive) as office:
        office.world.faults.set("error500", methods=["sendMessage"])
        _, amina = await office.person()
        _, chidi = await office.person("Chidi")
        monkeypatch.setattr("bot.settle.MOST_ATTEMPTS", 1)
        await office.owes(amina, "help", Lane.CRISIS)
        await office.owes(chidi, "hello", Lane.BROADCAST)

        async def hello_ended() -> bool:
            return (await office.states())[1] == "undeliverable"

        await until(hello_ended)
        assert (await office.states())[0] == "queued"


async def test_the_desk_and_the_outbox_agree(archive: Archive) -> None:
    """A screen posted and changed by the desk itself, as rooms do."""
    async with at_work(archive) as office:
        hand, amina = await office.person()
        now = office.clock.now()
        first, second = screen(S("team.parked", number=1)), screen(S("team.parked", number=2))
        card = await archive.write(lambda store: desk.post(store, amina, first, now, Lane.ANSWER, "x:y"))
        await archive.write(lambda store: desk.change(store, card, amina, second, now, Lane.ANSWER))
        await office.drained()
        assert len(texts(hand)) == 1
        assert "2" in texts(hand)[0]


def test_a_dispatcher_takes_over_what_is_posted(archive: Archive) -> None:
    dispatcher = Dispatcher(archive, None, StillClock(), {})  # type: ignore[arg-type]
    assert archive.on_posted == dispatcher.accept
