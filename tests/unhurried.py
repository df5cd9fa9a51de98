"""The bot as `paenz run` starts it, but without Telegram's speed limits: what the kill tests run and kill.

Arguments: the API's address, the token, the store's URL, the folder of the keys.
"""

import asyncio
import sys
from pathlib import Path

from bot.app import running
from bot.log import write_log
from bot.loop import run
from bot.throttle import Pace
from storage.keyring import Keys


async def main(address: str, token: str, store: str, keys: str) -> None:
    pace = Pace(per_second=None, per_chat_gap=0.0)
    async with running(address, token, store, Keys.within(Path(keys)), pace=pace):
        await asyncio.to_thread(sys.stdin.read)  # ends with the test that started us, however that ends


if __name__ == "__main__":
    write_log("WARNING", sys.argv[2])
    run(main(*sys.argv[1:5]))
