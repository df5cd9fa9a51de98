"""getUpdates: offsets, limits, filters, expiry and the quarrel of two pollers."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.demo.telegram.hand import Hand
from bot.demo.telegram.messages import Query
from bot.demo.telegram.rules import Rules
from bot.demo.telegram.world import World
from tests.demo.wire import Api, StillClock

BUTTON = {"inline_keyboard": [[{"text": "Ja", "callback_data": "ja"}]]}


async def texts(api: Api, **params: Any) -> list[str]:
    return [update["message"]["text"] for update in await api.result("getUpdates", **params)]


@pytest.fixture
def three(amina: Hand, chat_id: int, world: World) -> list[int]:
    """Three messages waiting; their update ids."""
    for text in ("eins", "zwei", "drei"):
        amina.types(text)
    return [entry.update_id for entry in world.updates.live()]


async def test_ids_follow_one_another_from_somewhere(three: list[int]) -> None:
    assert three[0] > 1_000_000
    assert three == [three[0], three[0] + 1, three[0] + 2]


async def test_what_is_not_confirmed_comes_again(api: Api, three: list[int]) -> None:
    assert await texts(api) == await texts(api) == ["eins", "zwei", "drei"]


async def test_a_higher_offset_confirms_for_good(api: Api, three: list[int], world: World) -> None:
    assert await texts(api, offset=three[1]) == ["zwei", "drei"]
    assert await texts(api) == ["zwei", "drei"]
    assert await texts(api, offset=three[2] + 1) == []
    assert len(world.updates) == 0


async def test_a_negative_offset_keeps_the_last_and_forgets_the_rest(api: Api, three: list[int]) -> None:
    assert await texts(api, offset=-1) == ["drei"]
    assert await texts(api) == ["drei"]


@pytest.mark.parametrize("far", [+11, -200_000])
async def test_an_offset_beyond_reason_counts_as_none(api: Api, three: list[int], far: int) -> None:
    assert await texts(api, offset=three[2] + 1 + far) == ["eins", "zwei", "drei"]


@pytest.mark.parametrize(("limit", "count"), [(2, 2), (0, 1), (-5, 1), (1000, 3), ("x", 1)])
async def test_the_limit_is_clamped(api: Api, three: list[int], limit: Any, count: int) -> None:
    assert len(await api.result("getUpdates", limit=limit)) == count


async def test_no_more_than_a_hundred_at_once(api: Api, amina: Hand, chat_id: int) -> None:
    for number in range(130):
        amina.types(str(number))
    assert len(await api.result("getUpdates", limit=500)) == 100
    assert len(await api.result("getUpdates")) == 100


async def test_an_answer_is_bounded_in_bytes(api: Api, three: list[int], world: World) -> None:
    world.rules = Rules(poll_oddities=False, answer_bytes=700)
    assert await texts(api) == ["eins", "zwei"]


async def test_a_long_poll_is_answered_by_the_first_update(api: Api, amina: Hand, chat_id: int) -> None:
    polling = asyncio.ensure_future(texts(api, timeout=30))
    await asyncio.sleep(0.05)
    assert not polling.done()
    amina.types("jetzt")
    assert await asyncio.wait_for(polling, 2) == ["jetzt"]


async def test_a_long_poll_ends_empty(api: Api) -> None:
    assert await asyncio.wait_for(texts(api, timeout=1), 3) == []


async def test_the_older_of_two_pollers_gets_a_conflict(api: Api, amina: Hand, chat_id: int) -> None:
    older = asyncio.ensure_future(api.refused("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    newer = asyncio.ensure_future(texts(api, timeout=30))
    assert await asyncio.wait_for(older, 2) == (
        "409 Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    amina.types("an den neuen")
    assert await asyncio.wait_for(newer, 2) == ["an den neuen"]


async def test_repeated_conflicts_are_held_back(api: Api, world: World) -> None:
    world.rules = Rules(poll_oddities=False, conflict_pause=0.3)
    polls = []
    for _ in range(3):
        polls.append(asyncio.ensure_future(api.call("getUpdates", timeout=30)))
        await asyncio.sleep(0.05)
    assert polls[0].done()
    assert not polls[1].done()
    assert (await asyncio.wait_for(polls[1], 2)).status == 409
    world.updates.interrupt()
    assert (await polls[2]).result == []


async def test_the_same_offset_again_at_once_brings_one_update(
    api: Api, three: list[int], world: World
) -> None:
    world.rules = Rules()
    assert await texts(api, offset=three[0]) == ["eins", "zwei", "drei"]
    assert await texts(api, offset=three[0]) == ["eins"]


async def test_the_same_offset_again_too_soon_has_to_wait(api: Api, clock: StillClock, world: World) -> None:
    world.rules = Rules()
    assert await texts(api, timeout=0) == []
    clock.forward(timedelta(seconds=2))
    waiting = asyncio.ensure_future(texts(api, timeout=0))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    world.updates.interrupt()
    assert await waiting == []
    clock.forward(timedelta(seconds=3))
    assert await asyncio.wait_for(texts(api, timeout=0), 1) == []


async def test_messages_live_for_a_day(api: Api, three: list[int], clock: StillClock, world: World) -> None:
    clock.forward(timedelta(hours=24))
    assert len(await texts(api)) == 3
    clock.forward(timedelta(seconds=1))
    assert await texts(api) == []
    assert len(world.updates) == 0


async def test_pressed_buttons_live_150_seconds(
    api: Api, amina: Hand, chat_id: int, clock: StillClock
) -> None:
    sent = await api.result("sendMessage", chat_id=chat_id, text="?", reply_markup=BUTTON)
    amina.presses(sent["message_id"], 0, 0)
    amina.types("nach dem Druck")
    clock.forward(timedelta(seconds=150))
    assert len(await api.result("getUpdates")) == 2
    clock.forward(timedelta(seconds=1))
    assert await texts(api) == ["nach dem Druck"]


async def test_kinds_not_asked_for_are_never_queued(
    api: Api, amina: Hand, chat_id: int, world: World
) -> None:
    await api.result("getUpdates", allowed_updates=["callback_query"])
    amina.types("ungehört")
    await api.result("getUpdates")
    assert len(world.updates) == 0
    await api.result("getUpdates", allowed_updates=[])
    amina.types("gehört")
    assert await texts(api) == ["gehört"]


async def test_the_queue_is_bounded(api: Api, amina: Hand, chat_id: int, world: World) -> None:
    world.rules = Rules(updates_kept=2)
    for text in ("eins", "zwei", "drei"):
        amina.types(text)
    assert await texts(api) == ["zwei", "drei"]


async def test_a_callback_query_is_too_old_after_fifteen_seconds(
    api: Api, amina: Hand, chat_id: int, clock: StillClock
) -> None:
    sent = await api.result("sendMessage", chat_id=chat_id, text="?", reply_markup=BUTTON)
    old, late, fresh = (amina.presses(sent["message_id"], 0, 0) for _ in range(3))
    assert isinstance(old, Query)
    assert isinstance(late, Query)
    assert isinstance(fresh, Query)
    too_old = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    clock.forward(timedelta(seconds=15))
    assert await api.result("answerCallbackQuery", callback_query_id=fresh.query_id) is True
    assert await api.refused("answerCallbackQuery", callback_query_id=fresh.query_id) == too_old
    clock.forward(timedelta(seconds=0.1))
    assert await api.refused("answerCallbackQuery", callback_query_id=late.query_id) == too_old
    assert await api.refused("answerCallbackQuery", callback_query_id="17") == too_old
    assert (old.answered, fresh.answered) == (False, True)


async def test_toasts_have_a_limit_and_addresses_a_shape(api: Api, amina: Hand, chat_id: int) -> None:
    sent = await api.result("sendMessage", chat_id=chat_id, text="?", reply_markup=BUTTON)
    pressed = amina.presses(sent["message_id"], 0, 0)
    assert isinstance(pressed, Query)
    query = {"callback_query_id": pressed.query_id}
    assert (
        await api.refused("answerCallbackQuery", **query, text="a" * 201)
        == "400 Bad Request: MESSAGE_TOO_LONG"
    )
    refusal = await api.refused("answerCallbackQuery", **query, url="https://example.org")
    assert refusal == "400 Bad Request: URL_INVALID"
    assert not pressed.answered
    deep = "https://t.me/PaenzPorzBot?start=x"
    assert await api.result("answerCallbackQuery", **query, text="a" * 200, url=deep)
    assert pressed.url == deep
