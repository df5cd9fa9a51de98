"""The door: each chat in order, all chats side by side, and nothing lost whatever the store does."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.clock import SystemClock
from bot.door import Door
from bot.knock import knock
from bot.wire import Reply
from handlers.refusal import Refusal
from handlers.room import runs
from handlers.turn import Turn
from locales.phrase import F
from storage.engine import Archive
from storage.file import open_file
from storage.records import Delivery, RawUpdate, Role, UpdateState
from storage.store import Store
from tests.bot.machinery import Moody, until
from tests.stage import UNHURRIED


class Mouth:
    """A wire that only remembers what it was asked to say."""

    def __init__(self) -> None:
        self.said: list[tuple[str, dict[str, Any]]] = []

    async def call(self, method: str, body: bytes, seconds: float = 1) -> Reply:
        self.said.append((method, json.loads(body)))
        return Reply(200, {"ok": True, "result": True})


def message(number: int, words: str, chat: int = 1, kind: str = "private") -> RawUpdate:
    person = {"id": chat, "is_bot": False, "first_name": "A", "language_code": "de"}
    place = {"id": chat, "type": kind, "first_name": "A"}
    body = {"message_id": number, "from": person, "chat": place, "date": 1, "text": words}
    return RawUpdate(number, json.dumps({"update_id": number, "message": body}), 0)


def press(number: int, carried: str, chat: int = 1) -> RawUpdate:
    shown = json.loads(message(5, "shown", chat).raw)["message"]
    query = {
        "id": f"q{number}",
        "from": shown["from"],
        "message": shown,
        "chat_instance": "1",
        "data": carried,
    }
    return RawUpdate(number, json.dumps({"update_id": number, "callback_query": query}), 0)


class House:
    """A door with one room behind it, whose act the test sets."""

    def __init__(self, archive: Any) -> None:
        self.archive = archive
        self.mouth = Mouth()
        self.acts: Callable[[Turn], None] = lambda turn: None
        self.heard: list[str] = []
        both = [
            CallbackQueryHandler(runs(self._act)),
            MessageHandler(filters.ALL, runs(self._act)),
        ]
        self.door = Door(archive, self.mouth, SystemClock(), both)  # type: ignore[arg-type]
        self.door.allow(UNHURRIED)

    def _act(self, turn: Turn) -> None:
        self.acts(turn)
        self.heard.append(turn.asked.text or (turn.asked.press.verb if turn.asked.press else ""))

    async def comes(self, *updates: RawUpdate) -> None:
        batch = [(one.update_id, one.raw, knock(one).whose) for one in updates]
        now = SystemClock().now()
        self.door.admit(await _plain(self.archive).write(lambda store: store.updates.keep(batch, now)))

    async def quiet(self, within: float = 8.0) -> None:
        await until(lambda: self.door.waiting == 0, within)

    async def states(self) -> dict[int, str]:
        def look(store: Store) -> dict[int, str]:
            rows = store.connection.exec_driver_sql("SELECT update_id, state FROM updates").all()
            return {row[0]: row[1] for row in rows}

        return await _plain(self.archive).read(look)


def _plain(archive: Any) -> Archive:
    return archive._archive if isinstance(archive, Moody) else archive


async def owed(archive: Archive) -> list[Delivery]:
    """All that is owed, the oldest first; their leases have run out by then."""
    later = SystemClock().now() + timedelta(hours=1)
    return await archive.write(lambda store: store.deliveries.claim(later, 100))


@pytest.fixture
async def house(archive: Archive) -> Any:
    made = House(archive)
    yield made
    await made.door.stop(0.5)


async def test_one_chat_is_heard_in_order(house: House) -> None:
    await house.comes(*(message(n, str(n)) for n in range(1, 60)))
    await house.quiet()
    assert house.heard == [str(n) for n in range(1, 60)]
    assert set((await house.states()).values()) == {UpdateState.DONE}


async def test_a_slow_chat_holds_up_nobody_else(archive: Archive) -> None:
    moody = Moody(archive)
    made = House(moody)
    gate = asyncio.Event()
    write = moody.write

    async def slow_for_the_first(job: Callable[[Store], Any]) -> Any:
        if not gate.is_set() and asyncio.current_task() is first:
            await gate.wait()
        return await write(job)

    moody.write = slow_for_the_first  # type: ignore[method-assign]
    await made.comes(message(1, "slow", chat=1))
    (first,) = made.door._tasks._held
    await made.comes(message(2, "waits", chat=1), message(3, "quick", chat=2))
    await until(lambda: made.heard == ["quick"])
    gate.set()
    await made.quiet()
    assert made.heard == ["quick", "slow", "waits"]


async def test_a_locked_store_keeps_the_update_first_in_line(tmp_path: Path, archive: Archive) -> None:
    def less_patient(store: Store) -> None:
        store.connection.exec_driver_sql("PRAGMA busy_timeout=100")

    await archive.write(less_patient)
    made = House(archive)
    blocker = open_file(f"{tmp_path}/paenz.db", archive.vault.store_key)
    now = SystemClock().now()
    updates = [message(n, str(n)) for n in (1, 2, 3)] + [press(4, "a:four", chat=2)]
    fresh = await archive.write(
        lambda store: store.updates.keep([(one.update_id, one.raw, knock(one).whose) for one in updates], now)
    )
    blocker.execute("BEGIN IMMEDIATE")
    made.door.admit(fresh)
    await asyncio.sleep(1.5)
    assert made.heard == []
    assert made.door.waiting == 4
    blocker.execute("ROLLBACK")
    blocker.close()
    await made.quiet()
    assert [one for one in made.heard if one != "four"] == ["1", "2", "3"]
    assert "four" in made.heard
    assert set((await made.states()).values()) == {UpdateState.DONE}
    await made.door.stop(0.5)


async def test_a_failure_that_can_not_be_written_down_yet_loses_nothing_behind_it(archive: Archive) -> None:
    moody = Moody(archive)
    made = House(moody)

    def breaks_once(turn: Turn) -> None:
        if turn.asked.text == "odd" and not made.heard:
            made.heard.append("broke")
            moody.refusals = 1  # and now the store is locked as well
            raise LookupError

    made.acts = breaks_once
    await made.comes(message(1, "odd"), message(2, "behind"))
    await made.quiet()
    assert moody.refused == 1
    assert made.heard == ["broke", "odd", "behind"]
    assert set((await made.states()).values()) == {UpdateState.DONE}


@pytest.mark.parametrize(
    "error",
    [
        LookupError("our mistake"),
        IntegrityError("INSERT", None, Exception("UNIQUE constraint failed")),
        TypeError("our mistake"),
    ],
)
async def test_an_update_we_can_not_deal_with_is_parked_and_a_lead_told(
    house: House, archive: Archive, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    now = SystemClock().now()

    def with_a_lead(store: Store) -> None:
        lead = store.people.met(99, "de", now)
        store.people.grant(lead.id, Role.LEAD, now)

    await archive.write(with_a_lead)

    def breaks(turn: Turn) -> None:
        if turn.asked.text == "odd":
            raise error

    house.acts = breaks
    await house.comes(message(1, "odd"), message(2, "behind"), message(3, "beside", chat=2))
    await house.quiet()
    assert sorted(house.heard) == ["behind", "beside"]
    assert await house.states() == {1: "parked", 2: "done", 3: "done"}
    told = await owed(archive)
    assert sorted(one.chat_id for one in told) == [1, 99]  # who wrote it and the lead, each once
    for one in told:
        assert '"text":' in one.body
        assert "odd" not in one.body


MALFORMED = [
    "7",
    "null",
    '"text"',
    "[]",
    '{"update_id": 1, "message": 7}',
    '{"update_id": 1, "message": {"from": 7}}',
    '{"update_id": 1, "message": {"message_id": "x", "from": {"id": 1e999}}}',
    '{"update_id": 1, "callback_query": {"from": {"id": [1]}}}',
]


@pytest.mark.parametrize("raw", MALFORMED)
async def test_malformed_updates_are_put_aside_while_others_go_on(house: House, raw: str) -> None:
    await house.comes(RawUpdate(1, raw, 0), message(2, "well formed"))
    await house.quiet()
    assert house.heard == ["well formed"]
    assert (await house.states())[2] == "done"
    assert (await house.states())[1] in {"parked", "done"}


async def test_a_lead_is_told_even_of_a_sender_nobody_could_store(house: House, archive: Archive) -> None:
    now = SystemClock().now()
    await archive.write(lambda store: store.people.grant(store.people.met(99, "de", now).id, Role.LEAD, now))
    await house.comes(RawUpdate(1, '{"update_id": 1, "message": {"from": {"id": %s}}}' % 10**30, 0))
    await house.quiet()
    assert await house.states() == {1: "parked"}
    assert [one.chat_id for one in await owed(archive)] == [99]


@pytest.mark.parametrize("raw", MALFORMED)
def test_malformed_updates_stand_in_a_line_all_the_same(raw: str) -> None:
    assert isinstance(knock(RawUpdate(1, raw, 0)).whose, int)


async def test_a_refusal_undoes_the_act_and_is_said(house: House, archive: Archive) -> None:
    def acts_and_refuses(turn: Turn) -> None:
        turn.store.people.rename(turn.person.id, "never")
        turn.note("act", "x")
        raise Refusal(F("refusal.not_paired"))

    house.acts = acts_and_refuses
    await house.comes(message(1, "please"))
    await house.quiet()
    person = await archive.read(lambda store: store.people.by_telegram(1))
    assert person is not None
    assert person.name == ""
    assert await archive.read(lambda store: store.journal.newest()) == []
    (said,) = await archive.read(lambda store: store.deliveries.newest())
    assert said["method"] == "sendMessage"
    assert await house.states() == {1: "done"}
    await house.comes(press(2, "a:b"))
    await house.quiet()
    await until(lambda: house.mouth.said)
    method, body = house.mouth.said[0]
    assert (method, body["callback_query_id"], body["show_alert"]) == ("answerCallbackQuery", "q2", True)
    assert body["text"]


async def test_every_press_is_answered_once(house: House) -> None:
    await house.comes(*(press(n, "a:b", chat=n % 3 + 1) for n in range(1, 20)))
    await house.quiet()
    await until(lambda: len(house.mouth.said) == 19)
    assert {body["callback_query_id"] for _, body in house.mouth.said} == {f"q{n}" for n in range(1, 20)}


async def test_in_a_group_it_says_why_and_goes_once_a_minute(house: House, archive: Archive) -> None:
    await house.comes(*(message(n, "/start", kind="group") for n in range(1, 4)))
    await house.quiet()
    assert house.heard == []
    assert set((await house.states()).values()) == {"done"}
    assert [(one.method, one.chat_id) for one in await owed(archive)] == [
        ("sendMessage", 1),
        ("leaveChat", 1),
    ]
    assert await archive.read(lambda store: store.people.by_telegram(1)) is None


async def test_an_earlier_runs_updates_are_taken_in(house: House, archive: Archive) -> None:
    batch = [
        (one.update_id, one.raw, 1) for one in (message(5, "a"), message(6, "b"), message(7, "c", chat=2))
    ]
    now = SystemClock().now()
    await archive.write(lambda store: store.updates.keep(batch, now))
    await archive.write(lambda store: store.updates.done(7))
    await house.door.recover()
    await house.quiet()
    assert house.heard == ["a", "b"]


async def test_unholdable_letters_are_taken_out_and_the_rest_is_heard(house: House) -> None:
    await house.comes(message(1, "a\0b\ud800c"))
    await house.quiet()
    assert house.heard == ["ab\ufffdc"]


async def test_stopping_lets_what_waits_be_dealt_with_and_answered(archive: Archive) -> None:
    made = House(archive)
    await made.comes(*(press(n, "a:b") for n in range(1, 30)))
    await made.door.stop(5.0)
    assert len(made.heard) == 29
    assert len(made.mouth.said) == 29


async def test_a_stop_in_trouble_leaves_the_rest_stored(archive: Archive) -> None:
    moody = Moody(archive)
    moody.refusals = 10**6
    made = House(moody)
    await made.comes(message(1, "a"), message(2, "b"))
    await made.door.stop(0.2)
    assert made.heard == []
    assert await made.states() == {1: "waiting", 2: "waiting"}
