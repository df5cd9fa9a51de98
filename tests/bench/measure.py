"""One measurement: a fake Bot API on one core, one bot on the other, both fresh, both gone afterwards."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from handlers.callback import press
from storage.records import Outcome
from tests.bench.prepared import COLLEAGUE, ON_CALL, PARENT, Press, cries, order, pressed, typed

CALLS_OF_A_PRESS = 4  # the parent's card, the caseworker's card, the caseworker's message, the press itself
SECONDS = 120
PACED = (
    2.3  # seconds between cries: what whoever is on call gets of one has left, and their chat is free again
)


@dataclass
class Pair:
    """A running bot and the API it talks to."""

    api: "subprocess.Popen[bytes]"
    bot: "subprocess.Popen[bytes]"

    def asks(self, asked: bytes) -> dict[str, Any]:
        """Gives the API an order and waits for what it found. Raises RuntimeError when it could not find it."""
        if self.api.stdin is None or self.api.stdout is None:
            raise RuntimeError("the API has no ear")
        self.api.stdin.write(asked)
        self.api.stdin.flush()
        line = self.api.stdout.readline()
        if not line:
            raise RuntimeError("the bot did not answer everything")
        found: dict[str, Any] = orjson.loads(line)
        return found


@contextmanager
def pair(name: str, store: Path | None = None) -> Iterator[Pair]:
    """Both processes, each on a core of its own where there are two."""
    cores = sorted(os.sched_getaffinity(0))
    module = [sys.executable, "-m"]
    api = subprocess.Popen(
        [*module, "tests.bench.api", str(cores[0])], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert api.stdout is not None
    url = f"http://127.0.0.1:{int(api.stdout.readline())}"
    where = [f"sqlite:///{store}"] if store else []
    bot = subprocess.Popen(
        [*module, "tests.bench.bots", name, url, str(cores[-1]), *where], stderr=subprocess.DEVNULL
    )
    try:
        yield Pair(api, bot)
    finally:
        for process, sign in ((bot, signal.SIGTERM), (api, signal.SIGKILL)):
            process.send_signal(sign)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def copied(store: Path) -> Path:
    """A fresh copy for one measurement: a press counts only once."""
    target = store.with_name("measured.db")
    for old in target.parent.glob("measured.db*"):
        old.unlink()
    shutil.copy(store, target)
    return target


def answers(store: Path, presses: list[Press], warm: int, name: str = "paenz") -> dict[str, Any]:
    """Pänz: every parent presses ✅; counted when the own card has changed. The first `warm` are not counted."""
    with pair(name, copied(store)) as both:
        for some in (presses[:warm], presses[warm:]):
            updates, chats = [pressed(one) for one in some], [one.chat for one in some]
            calls = CALLS_OF_A_PRESS * len(some)
            found = both.asks(order("backlog", updates, chats, calls=calls, pid=both.bot.pid))
    return found


def echoes(name: str, count: int, warm: int) -> dict[str, Any]:
    """A bare echo bot: everybody's message comes back."""
    with pair(name) as both:
        for chats in (range(PARENT, PARENT + warm), range(PARENT + warm, PARENT + warm + count)):
            updates = [typed(chat, "Guten Morgen") for chat in chats]
            asked = order("backlog", updates, list(chats), calls=len(chats), pid=both.bot.pid)
            found = both.asks(asked)
    return found


def alarms(store: Path, count: int, warm: int = 10) -> list[float]:
    """Pänz: milliseconds from a guest's 🚨 being handed out until the on-call's page arrives."""
    with pair("paenz", copied(store)) as both:
        both.asks(crying(0, warm))
        found = both.asks(crying(warm, count))
    return list(found["waits_ms"])


def alarms_amid(
    store: Path, presses: list[Press], count: int, bursts: int, at_once: int = 200
) -> list[float]:
    """As above at Telegram's pace, with an outbox full of a broadcast, and so many who press at once."""
    with pair("paced", copied(store)) as both:
        both.asks(crying(0, 3, pause=PACED))
        groups = [presses[n * at_once : (n + 1) * at_once] for n in range(bursts)]
        every = max(1, count // bursts)
        meanwhile = [
            groups[n // every] if n % every == 0 and n // every < bursts else [] for n in range(count)
        ]
        updates = [[pressed(one) for one in group] for group in meanwhile]
        found = both.asks(crying(3, count, pause=PACED, meanwhile=updates))
    return list(found["waits_ms"])


def crying(
    first: int, count: int, pause: float = 0.0, meanwhile: list[list[dict[str, Any]]] | None = None
) -> bytes:
    """The order for so many cries, each ended before the next one comes."""
    presses = press("crisis", "take", "ALARM"), press("crisis", "end", "ALARM", Outcome.ADVISED)
    ends = [pressed(Press(COLLEAGUE, carries)) for carries in presses]
    more = {"ends": ends, "pause": pause, "meanwhile": meanwhile or []}
    return order("cries", cries(count, first), [ON_CALL] * count, **more)


def echo_waits(name: str, count: int, warm: int = 10) -> list[float]:
    """A bare echo bot: milliseconds from a message being handed out until it comes back."""
    with pair(name) as both:
        for first, many in ((PARENT, warm), (PARENT + warm, count)):
            chats = list(range(first, first + many))
            updates = [typed(chat, "Guten Morgen") for chat in chats]
            found = both.asks(order("one_by_one", updates, chats))
    return list(found["waits_ms"])
