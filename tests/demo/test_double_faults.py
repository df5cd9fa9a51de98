"""Trouble on demand, and what a bot sees of it."""

import asyncio
from datetime import timedelta

import pytest
from aiohttp import ClientError, ClientTimeout

from bot.demo.telegram.errors import ApiError
from bot.demo.telegram.hand import Hand
from bot.demo.telegram.world import World
from tests.demo.wire import Api, StillClock


async def send(api: Api, chat_id: int) -> int:
    return (await api.call("sendMessage", chat_id=chat_id, text="Hallo")).status


def received(world: World, chat_id: int) -> int:
    return sum(message.from_bot for message in world.accounts[chat_id].messages.values())


@pytest.mark.parametrize(("mode", "arrived"), [("down", 0), ("reset", 0), ("lost", 1)])
async def test_broken_connections(api: Api, chat_id: int, world: World, mode: str, arrived: int) -> None:
    world.faults.set(mode)
    with pytest.raises(ClientError):
        await send(api, chat_id)
    assert received(world, chat_id) == arrived
    world.faults.set("none")
    assert await send(api, chat_id) == 200


@pytest.mark.parametrize(("acted", "arrived"), [(False, 0), (True, 1)])
async def test_silence(api: Api, chat_id: int, world: World, acted: bool, arrived: int) -> None:
    world.faults.set("drop", acted=acted)
    params = {"chat_id": chat_id, "text": "Hallo"}
    with pytest.raises(TimeoutError):
        await api.raw("POST", f"/bot{api.token}/sendMessage", json=params, timeout=ClientTimeout(total=0.2))
    assert received(world, chat_id) == arrived


async def test_slowness(api: Api, chat_id: int, world: World) -> None:
    world.faults.set("slow", delay=0.2)
    sending = asyncio.ensure_future(send(api, chat_id))
    await asyncio.sleep(0.1)
    assert received(world, chat_id) == 0
    assert await sending == 200
    assert received(world, chat_id) == 1


async def test_error_answers(api: Api, chat_id: int, world: World) -> None:
    world.faults.set("error500")
    assert await api.refused("sendMessage", chat_id=chat_id, text="a") == "500 Internal Server Error"
    world.faults.set("flood429", retry_after=7)
    answer = await api.call("sendMessage", chat_id=chat_id, text="a")
    assert (answer.status, answer.headers["Retry-After"]) == (429, "7")
    assert answer.body["parameters"] == {"retry_after": 7}
    world.faults.set("html")
    async with api.session.post(f"{api.base}/bot{api.token}/getMe") as page:
        assert (page.status, page.content_type) == (502, "text/html")
        assert "502 Bad Gateway" in await page.text()
    assert received(world, chat_id) == 0


async def test_half_an_answer_to_a_whole_deed(api: Api, chat_id: int, world: World) -> None:
    world.faults.set("truncated")
    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        await send(api, chat_id)
    assert received(world, chat_id) == 1


async def test_updates_come_twice(api: Api, amina: Hand, chat_id: int, world: World) -> None:
    world.faults.set("duplicate")
    amina.types("einmal")
    first = await api.result("getUpdates")
    confirmed = await api.result("getUpdates", offset=first[0]["update_id"] + 1)
    assert first == confirmed
    assert await api.result("getUpdates", offset=first[0]["update_id"] + 1) == []


async def test_faults_can_be_narrowed_to_methods_and_chats(api: Api, chat_id: int, world: World) -> None:
    other = Hand(world, world.account("Chidi"))
    other.types("/start")
    world.faults.set("error500", methods=["sendMessage"], chat_id=chat_id)
    assert await send(api, chat_id) == 500
    assert await send(api, other.account.id) == 200
    assert (await api.call("sendChatAction", chat_id=chat_id, action="typing")).status == 200


async def test_faults_end_by_the_clock(api: Api, chat_id: int, world: World, clock: StillClock) -> None:
    world.faults.set("error500", seconds=60)
    clock.forward(timedelta(seconds=59))
    assert await send(api, chat_id) == 500
    clock.forward(timedelta(seconds=1))
    assert await send(api, chat_id) == 200


async def test_a_share_of_faults_is_reproducible(api: Api, chat_id: int, world: World) -> None:
    outcomes = []
    for _ in range(2):
        world.faults.seed(7)
        world.faults.set("error500", 0.5)
        outcomes.append([await send(api, chat_id) for _ in range(30)])
    assert outcomes[0] == outcomes[1]
    assert 8 <= outcomes[0].count(500) <= 22


async def test_two_faults_side_by_side(api: Api, chat_id: int, world: World) -> None:
    world.faults.add("error500", methods=["sendMessage"])
    world.faults.add("flood429", methods=["getMe"])
    assert await send(api, chat_id) == 500
    assert (await api.call("getMe")).status == 429


async def test_a_waiting_poll_is_cut_short_when_trouble_begins(api: Api, world: World) -> None:
    polling = asyncio.ensure_future(api.result("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    world.faults.set("down")
    assert await asyncio.wait_for(polling, 2) == []


@pytest.mark.parametrize(("mode", "share"), [("earthquake", 1.0), ("down", 1.5)])
def test_there_are_no_other_faults(world: World, mode: str, share: float) -> None:
    with pytest.raises(ApiError, match="no such fault"):
        world.faults.set(mode, share)


async def test_unanswered_requests_are_in_the_transcript_too(api: Api, chat_id: int, world: World) -> None:
    world.faults.set("down")
    with pytest.raises(ClientError):
        await send(api, chat_id)
    (*_, last) = world.requests
    assert (last.method, last.status) == ("sendMessage", 0)
