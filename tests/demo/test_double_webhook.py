"""The webhook: its setting, its secret, one update in flight per chat, and patience with a failing bot."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.clock import ticks
from bot.demo.telegram.hand import Hand
from bot.demo.telegram.world import World
from tests.demo.wire import Api, StillClock


@dataclass
class House:
    """A bot that takes updates by webhook: what came, what it answers, and whether it holds an answer back."""

    url: str = ""
    updates: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    answers: list[web.Response] = field(default_factory=list)
    held: dict[int, asyncio.Event] = field(default_factory=dict)
    flying: set[int] = field(default_factory=set)
    together: int = 0
    came: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self, request: web.Request) -> web.Response:
        update = await request.json()
        chat = update["message"]["chat"]["id"]
        assert chat not in self.flying, "two updates of one chat in flight"
        self.flying.add(chat)
        self.together = max(self.together, len(self.flying))
        self.updates.append(update)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.came.set()
        if chat in self.held:
            await self.held[chat].wait()
        self.flying.discard(chat)
        return self.answers.pop(0) if self.answers else web.Response()

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates]

    async def has(self, count: int) -> None:
        """Waits until so many updates have come."""
        async with asyncio.timeout(3):
            while len(self.updates) < count:
                self.came.clear()
                await self.came.wait()


@pytest.fixture
async def house() -> AsyncIterator[House]:
    house = House()
    app = web.Application()
    app.router.add_post("/hook", house.receive)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    house.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield house
    await runner.cleanup()


async def settled(world: World) -> None:
    """Waits until every update has been taken."""
    async with asyncio.timeout(3):
        while len(world.updates):
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"url": "https://"}, "invalid webhook URL specified"),
        ({"url": "ftp://127.0.0.1/"}, "invalid webhook URL specified"),
        ({"url": "http://example.org/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://example.org:444/hook"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": "http://127.0.0.1:1/", "secret_token": "a" * 257}, "secret token is too long"),
        ({"url": "http://127.0.0.1:1/", "secret_token": "ä"}, "secret token contains unallowed characters"),
    ],
)
async def test_webhooks_that_are_refused(api: Api, params: dict[str, Any], complaint: str) -> None:
    assert await api.refused("setWebhook", **params) == f"400 Bad Request: {complaint}"


async def test_setting_deleting_and_looking(api: Api, house: House, clock: StillClock) -> None:
    answer = await api.call("setWebhook", url=house.url, max_connections=500, allowed_updates=["message"])
    assert answer.body == {"ok": True, "result": True, "description": "Webhook was set"}
    info = await api.result("getWebhookInfo")
    assert (info["url"], info["max_connections"], info["pending_update_count"]) == (house.url, 100, 0)
    assert info["allowed_updates"] == ["message"]
    assert (await api.call("setWebhook", url=house.url)).status == 429
    clock.forward(timedelta(seconds=1))
    again = await api.call("setWebhook", url=house.url, max_connections=100)
    assert again.body["description"] == "Webhook is already set"
    assert (await api.call("deleteWebhook")).body["description"] == "Webhook was deleted"
    assert (await api.call("deleteWebhook")).body["description"] == "Webhook is already deleted"
    assert (await api.result("getWebhookInfo"))["url"] == ""


async def test_polling_and_a_webhook_exclude_each_other(api: Api, house: House) -> None:
    polling = asyncio.ensure_future(api.refused("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    await api.result("setWebhook", url=house.url)
    assert await polling == "409 Conflict: terminated by setWebhook request"
    assert await api.refused("getUpdates") == (
        "409 Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )


async def test_updates_arrive_with_the_secret(api: Api, house: House, amina: Hand, world: World) -> None:
    amina.types("schon vorher da")
    await api.result("setWebhook", url=house.url, secret_token="nur-wir_2")
    amina.types("und danach")
    await house.has(2)
    await settled(world)
    assert house.texts == ["schon vorher da", "und danach"]
    assert house.secrets == ["nur-wir_2"] * 2


async def test_waiting_updates_can_be_dropped(api: Api, house: House, amina: Hand, world: World) -> None:
    amina.types("alt")
    await api.result("setWebhook", url=house.url, drop_pending_updates=True)
    amina.types("neu")
    await house.has(1)
    assert house.texts == ["neu"]
    assert house.secrets == [None]


async def test_one_chat_waits_while_others_go_on(api: Api, house: House, amina: Hand, world: World) -> None:
    chidi = Hand(world, world.account("Chidi"))
    house.held[amina.account.id] = asyncio.Event()
    await api.result("setWebhook", url=house.url)
    for text in ("a1", "a2"):
        amina.types(text)
    chidi.types("c1")
    await house.has(2)
    await asyncio.sleep(0.05)
    assert house.texts == ["a1", "c1"]
    house.held[amina.account.id].set()
    await settled(world)
    assert house.texts == ["a1", "c1", "a2"]
    assert house.together == 2


async def test_an_update_comes_until_it_is_taken_and_others_of_the_chat_wait(
    api: Api, house: House, amina: Hand, world: World
) -> None:
    house.answers = [web.Response(status=500), web.Response(status=503), web.Response(status=302)]
    await api.result("setWebhook", url=house.url)
    amina.types("eins")
    amina.types("zwei")
    await settled(world)
    assert house.texts == ["eins"] * 4 + ["zwei"]
    info = await api.result("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 302 Found"


async def test_the_second_try_comes_at_once_and_the_third_later(
    api: Api, house: House, amina: Hand, world: World
) -> None:
    world.rules = replace(world.rules, webhook_retry=0.15)
    house.answers = [web.Response(status=500), web.Response(status=500)]
    await api.result("setWebhook", url=house.url)
    begun = ticks()
    amina.types("eins")
    await house.has(2)
    assert ticks() - begun < 0.25
    await house.has(3)
    assert ticks() - begun >= 0.3


async def test_a_bot_may_ask_for_more_time(api: Api, house: House, amina: Hand) -> None:
    house.answers = [web.Response(status=429, headers={"Retry-After": "1"})]
    await api.result("setWebhook", url=house.url)
    begun = ticks()
    amina.types("eins")
    await house.has(2)
    assert ticks() - begun >= 1


async def test_no_more_connections_than_allowed(api: Api, house: House, amina: Hand, world: World) -> None:
    hands = [amina, *(Hand(world, world.account(f"Kind {number}")) for number in range(5))]
    house.held = {hand.account.id: asyncio.Event() for hand in hands}
    await api.result("setWebhook", url=house.url, max_connections=2)
    for hand in hands:
        hand.types("Hallo")
    await house.has(2)
    await asyncio.sleep(0.05)
    assert house.together == 2
    for event in house.held.values():
        event.set()
    await settled(world)
    assert (house.together, len(house.updates)) == (2, 6)


async def test_a_bot_that_is_away_is_noticed(api: Api, amina: Hand, world: World) -> None:
    await api.result("setWebhook", url="http://127.0.0.1:9/hook")
    amina.types("hallo?")
    async with asyncio.timeout(3):
        while world.webhook.last_error is None:
            await asyncio.sleep(0.01)
    assert (await api.result("getWebhookInfo"))["pending_update_count"] == 1


async def test_updates_too_old_are_given_up(
    api: Api, house: House, amina: Hand, world: World, clock: StillClock
) -> None:
    amina.types("gestern")
    clock.forward(timedelta(days=1, seconds=1))
    amina.types("heute")
    await api.result("setWebhook", url=house.url)
    await settled(world)
    assert house.texts == ["heute"]


async def test_a_method_in_the_answer_is_carried_out(
    api: Api, house: House, amina: Hand, world: World
) -> None:
    reply = {"method": "sendMessage", "chat_id": amina.account.id, "text": "Guten Tag"}
    house.answers = [web.json_response(reply)]
    await api.result("setWebhook", url=house.url)
    amina.types("Hallo")
    await settled(world)
    newest = amina.account.newest()
    assert newest is not None
    assert newest.words == "Guten Tag"


async def test_updates_can_come_twice(api: Api, house: House, amina: Hand, world: World) -> None:
    world.faults.set("duplicate")
    await api.result("setWebhook", url=house.url)
    amina.types("einmal")
    await settled(world)
    assert [update["update_id"] for update in house.updates] == [house.updates[0]["update_id"]] * 2


async def test_after_deleting_what_waits_can_be_polled(api: Api, amina: Hand, world: World) -> None:
    await api.result("setWebhook", url="http://127.0.0.1:9/hook")
    amina.types("noch da")
    await asyncio.sleep(0.05)
    await api.result("deleteWebhook")
    (update,) = await api.result("getUpdates")
    assert update["message"]["text"] == "noch da"
