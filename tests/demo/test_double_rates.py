"""Rolling windows: what counts, to the millisecond, and what is said when it is too much."""

from datetime import timedelta
from typing import Any

import pytest

from bot.demo.telegram.hand import Hand
from bot.demo.telegram.rules import Rules
from bot.demo.telegram.world import World
from tests.demo.wire import Api, StillClock


@pytest.fixture
def rules() -> Rules:
    return Rules()


def many(world: World, count: int) -> list[int]:
    """Chats of people who have pressed start."""
    hands = [Hand(world, world.account(f"Kind {number}")) for number in range(count)]
    for hand in hands:
        hand.types("/start")
    return [hand.account.id for hand in hands]


async def send(api: Api, chat_id: int, **more: Any) -> int:
    return (await api.call("sendMessage", chat_id=chat_id, text="a", **more)).status


async def test_one_message_a_second_per_chat(api: Api, chat_id: int, clock: StillClock) -> None:
    assert await send(api, chat_id) == 200
    clock.forward(timedelta(milliseconds=999))
    answer = await api.call("sendMessage", chat_id=chat_id, text="a")
    assert answer.status == 429
    assert answer.body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    assert answer.headers["Retry-After"] == "1"
    clock.forward(timedelta(milliseconds=1))
    assert await send(api, chat_id) == 200


async def test_thirty_a_second_over_all_chats_in_a_rolling_window(
    api: Api, world: World, clock: StillClock
) -> None:
    chats = many(world, 40)
    for chat in chats[:15]:
        assert await send(api, chat) == 200
    clock.forward(timedelta(milliseconds=600))
    for chat in chats[15:30]:
        assert await send(api, chat) == 200
    assert await send(api, chats[30]) == 429
    clock.forward(timedelta(milliseconds=400))
    assert [await send(api, chat) for chat in chats[:16]] == [200] * 15 + [429]


async def test_edits_count_like_messages_and_vain_ones_too(api: Api, chat_id: int, clock: StillClock) -> None:
    sent = await api.result("sendMessage", chat_id=chat_id, text="a")
    edit = {"chat_id": chat_id, "message_id": sent["message_id"]}
    assert (await api.call("editMessageText", **edit, text="b")).status == 429
    clock.forward(timedelta(seconds=1))
    assert (await api.call("editMessageText", **edit, text="a")).status == 400
    assert await send(api, chat_id) == 429
    clock.forward(timedelta(seconds=1))
    assert (await api.call("editMessageText", **edit, text="b")).status == 200
    assert await send(api, chat_id) == 429


async def test_refused_messages_and_everything_else_are_free(api: Api, chat_id: int) -> None:
    for _ in range(40):
        assert (await api.call("sendMessage", chat_id=chat_id, text="")).status == 400
        assert (await api.call("sendChatAction", chat_id=chat_id, action="typing")).status == 200
        assert (await api.call("getMe")).status == 200
        assert (await api.call("answerCallbackQuery", callback_query_id="1")).status == 400
    assert await send(api, chat_id) == 200


async def test_a_refusal_takes_no_place(api: Api, chat_id: int, clock: StillClock) -> None:
    assert await send(api, chat_id) == 200
    clock.forward(timedelta(milliseconds=900))
    assert await send(api, chat_id) == 429
    clock.forward(timedelta(milliseconds=100))
    assert await send(api, chat_id) == 200


async def test_rates_can_be_switched_off(api: Api, chat_id: int, world: World) -> None:
    world.rules = Rules(per_second=None, per_chat_per_second=None)
    assert [await send(api, chat_id) for _ in range(50)] == [200] * 50


async def test_every_limit_can_be_changed(api: Api, chat_id: int, world: World) -> None:
    world.rules = Rules(per_second=2, per_chat_per_second=None, text=3)
    assert [await send(api, chat_id) for _ in range(3)] == [200, 200, 429]
    assert (
        await api.refused("sendMessage", chat_id=chat_id, text="abcd")
        == "400 Bad Request: message is too long"
    )
