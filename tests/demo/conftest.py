"""A double on loopback, a clock that stands still, and two ways to talk to it: aiogram and plain HTTP."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import ClientSession, web

from bot.demo.telegram.hand import Hand
from bot.demo.telegram.rules import Rules
from bot.demo.telegram.web import bot_api
from bot.demo.telegram.world import World
from tests.demo.wire import Api, StillClock


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def rules() -> Rules:
    """No rates, no waiting: tests of those set their own."""
    return Rules(
        per_second=None, per_chat_per_second=None, poll_oddities=False, conflict_pause=0, webhook_retry=0.01
    )


@pytest.fixture
def world(clock: StillClock, rules: Rules) -> World:
    return World(clock, rules=rules, seed=1)


@pytest.fixture
async def base(world: World) -> AsyncIterator[str]:
    runner = web.AppRunner(bot_api(world), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.fixture
async def api(world: World, base: str) -> AsyncIterator[Api]:
    async with ClientSession() as session:
        yield Api(session, base, world.token)


@pytest.fixture
async def bot(world: World, base: str) -> AsyncIterator[Bot]:
    async with Bot(world.token, AiohttpSession(api=TelegramAPIServer.from_base(base))) as bot:
        yield bot


@pytest.fixture
def amina(world: World) -> Hand:
    """Somebody the bot does not know yet."""
    return Hand(world, world.account("Amina", "tr"))


@pytest.fixture
def chat_id(amina: Hand, world: World) -> int:
    """The chat of somebody who has pressed start; the queue is empty again."""
    amina.types("/start")
    world.updates.clear()
    return amina.account.id
