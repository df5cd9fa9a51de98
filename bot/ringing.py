"""One message over an address beside Telegram: in a thread that nobody has to wait for longer than is sensible."""

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

from handlers.addresses import NotUnderstood, may_lead_there, understood

T = TypeVar("T")
HARD_STOP = 8.0  # seconds; the plugins' own limits end before


class NotRung(Exception):  # noqa: N818 - what it says
    """It did not get through; the text says why, in words of ours that name no address."""


async def ring(address: str, text: str, *, here: bool = False, within: float = HARD_STOP) -> None:
    """Sends the text there. Raises NotRung, after so many seconds at the latest."""
    try:
        async with asyncio.timeout(within):
            await in_thread(lambda: _sent(address, text, here=here), "ring")
    except TimeoutError:
        raise NotRung("no answer in time") from None


def _sent(address: str, text: str, *, here: bool) -> None:
    refusal: str | None
    try:
        refusal = _refusal(address, text, here=here)
    except NotUnderstood:
        refusal = "not understood"
    except Exception as error:  # whatever a plugin raises may quote the address
        refusal = type(error).__name__
    if refusal is not None:
        raise NotRung(refusal)


def _refusal(address: str, text: str, *, here: bool) -> str | None:
    way = understood(address, here=here)
    if way.server and not may_lead_there(way.server, here=here):
        return "it leads where nobody may be rung"
    return None if way.sender.notify(body=text) else "not accepted"


async def in_thread(work: Callable[[], T], name: str) -> T:
    """Runs the work in a thread of its own, which is left behind if nobody waits any more.

    The loop's own threads would be waited for at the end, however long they hang.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if done.done():
            return
        if error is None:
            done.set_result(result)  # type: ignore[arg-type]
        else:
            done.set_exception(error)

    def run() -> None:
        result, failed = None, None
        try:
            result = work()
        except BaseException as error:
            failed = error
        try:
            loop.call_soon_threadsafe(settle, result, failed)
        except RuntimeError:
            return  # the loop is closed; nobody wants to know any more

    threading.Thread(target=run, name=name, daemon=True).start()
    return await done
