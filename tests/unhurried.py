"""The bot as `paenz run` starts it, but without Telegram's speed limits: what the kill tests run and kill.

Arguments: the API's address, the token, the store's URL, the folder of the keys, and seconds after which a call
without an answer is given up.
"""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

import aiohttp

from bot import wire
from bot.app import running
from bot.log import write_log
from bot.loop import run
from bot.throttle import Pace
from storage.keyring import Keys


async def main(arguments: list[str], left_alone: Callable[[], object]) -> None:
    """Lives until `left_alone` returns, which waits in a thread of its own."""
    address, token, store, keys, patience = arguments
    wire.USUAL = aiohttp.ClientTimeout(total=float(patience))
    pace = Pace(per_second=None, per_chat_gap=0.0)
    async with running(address, token, store, Keys.within(Path(keys)), pace=pace):
        await asyncio.to_thread(left_alone)


def lives(arguments: list[str], left_alone: Callable[[], object]) -> None:
    write_log("CRITICAL", arguments[1])  # what goes wrong here on purpose would fill pages
    run(main(arguments, left_alone))


if __name__ == "__main__":
    lives(sys.argv[1:6], sys.stdin.read)  # ends with the test that started us, however that ends
