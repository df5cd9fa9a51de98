"""A Bot API as cheap as can be: hands out prepared updates and notes when which chat was written to.

It checks nothing and forgets nothing. Orders come line by line on stdin, findings leave line by line on
stdout, both as JSON. It runs in a process and on a core of its own, so that the bots pay for themselves only.
"""

import asyncio
import os
import random
import re
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import orjson

CHAT = re.compile(rb"chat_id\D{1,40}?(\d+)")
OFFSET = re.compile(rb"offset\D{1,40}?(\d+)")
TAKE = re.compile(rb"crisis:take:([\w-]+)")
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
ME = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
FIRST = 1000  # the number of the first update
HOLD = 5.0  # seconds an empty poll stays open
WRITES = (b"sendMessage", b"editMessageText")


def answer(result: object) -> bytes:
    body = orjson.dumps({"ok": True, "result": result})
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    return head + body


TRUE, NONE = answer(True), answer([])


def message(chat: int, number: int) -> bytes:
    """What Telegram returns for a message sent or changed; the libraries read it, so it is a whole one."""
    person = {"id": chat, "type": "private", "first_name": "Amina"}
    return answer({"message_id": number, "from": ME, "chat": person, "date": 1_750_000_000, "text": "ok"})


@dataclass
class Api:
    """The updates still to be handed out, and every message that arrived: (seconds, method, chat)."""

    updates: list[dict[str, Any]] = field(default_factory=list)
    handed: int = 0
    arrived: list[tuple[float, bytes, int]] = field(default_factory=list)
    calls: int = 0
    last_call: float = 0.0
    polling: "Line | None" = None
    said: dict[int, bytes] = field(default_factory=dict)  # the newest call to each chat, as it came
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    there: asyncio.Event = field(default_factory=asyncio.Event)  # the bot has polled

    def hand_out(self, updates: list[dict[str, Any]]) -> float:
        """Makes updates available; when that was."""
        first = FIRST + len(self.updates)
        self.updates += [update | {"update_id": first + n} for n, update in enumerate(updates)]
        at = time.perf_counter()
        if self.polling is not None:
            line, self.polling = self.polling, None
            line.write(self.batch())
        return at

    def batch(self) -> bytes:
        found = self.updates[self.handed : self.handed + 100]
        return answer(found)

    def poll(self, line: "Line", body: bytes) -> None:
        offset = OFFSET.search(body)
        if offset is not None:
            self.handed = max(self.handed, int(offset[1]) - FIRST)
        if self.handed < len(self.updates):
            line.write(self.batch())
            return
        self.polling = line
        self.there.set()
        asyncio.get_running_loop().call_later(HOLD, self.let_go, line)

    def let_go(self, line: "Line") -> None:
        if self.polling is line:
            self.polling = None
            line.write(NONE)

    def call(self, line: "Line", method: bytes, body: bytes) -> None:
        if method == b"getUpdates":
            return self.poll(line, body)
        self.calls += 1
        self.last_call = time.perf_counter()
        if method in WRITES:
            found = CHAT.search(body)
            chat = int(found[1]) if found else 0
            self.arrived.append((self.last_call, method, chat))
            self.said[chat] = body
            self.heard.set()
            return line.write(message(chat, 5000 + self.calls))
        return line.write(answer(ME) if method == b"getMe" else TRUE)


class Line(asyncio.Protocol):
    """One kept-alive connection: splits what comes into requests, nothing more."""

    def __init__(self, api: Api) -> None:
        self.api, self.rest = api, b""
        self.transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def write(self, reply: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(reply)

    def data_received(self, came: bytes) -> None:
        self.rest += came
        while (ends := self.rest.find(b"\r\n\r\n")) >= 0:
            head = self.rest[:ends]
            length = LENGTH.search(head)
            until = ends + 4 + (int(length[1]) if length else 0)
            if len(self.rest) < until:
                return
            body, self.rest = self.rest[ends + 4 : until], self.rest[until:]
            path = head.split(b" ", 2)[1]
            self.api.call(self, path.partition(b"?")[0].rpartition(b"/")[2], body or path)


def cpu(pid: int) -> float:
    """CPU seconds of another process, all its threads, to the nanosecond (Linux clock_getcpuclockid)."""
    return time.clock_gettime((~pid << 3) | 2)


async def quiet(api: Api, seconds: float) -> None:
    """Until no call has come for so long."""
    while time.perf_counter() - api.last_call < seconds:
        await asyncio.sleep(seconds / 4)


async def until(api: Api, methods: tuple[bytes, ...], wanted: set[int], since: int) -> list[float]:
    """Waits for the first such call to each wanted chat; when each arrived, after the first `since`."""
    times: dict[int, float] = {}
    while True:
        api.heard.clear()
        for at, method, chat in api.arrived[since:]:
            if method in methods and chat in wanted:
                times.setdefault(chat, at)
        since = len(api.arrived)
        if len(times) == len(wanted):
            return sorted(times.values())
        await asyncio.wait_for(api.heard.wait(), 60)
        await asyncio.sleep(0.002)  # one look for many arrivals: looking is not what is measured


async def backlog(api: Api, order: dict[str, Any]) -> dict[str, Any]:
    """Hands out all updates at once; how long until each person, and until everybody, was answered."""
    since, calls, cpu_before = len(api.arrived), api.calls, cpu(order["pid"])
    wanted, everything = set(order["chats"]), calls + order["calls"]
    began = api.hand_out(order["updates"])
    answered = await until(api, WRITES, wanted, since)
    while api.calls < everything:
        await asyncio.sleep(0.002)
    ended = api.last_call
    await quiet(api, 0.1)
    return {
        "answered_s": answered[-1] - began,
        "everything_s": ended - began,
        "cpu_s": cpu(order["pid"]) - cpu_before,
        "calls": api.calls - calls,
        "answered_ms": [round((at - began) * 1000, 2) for at in answered],
    }


async def one_by_one(api: Api, order: dict[str, Any]) -> dict[str, Any]:
    """Hands out one update after the other to an idle bot; milliseconds until the watched chat is written to."""
    waits = []
    for update, chat in zip(order["updates"], order["chats"], strict=True):
        since = len(api.arrived)
        began = api.hand_out([update])
        waits.append((await first_to(api, chat, since) - began) * 1000)
        await quiet(api, 0.02)
    return {"waits_ms": waits}


async def first_to(api: Api, chat: int, since: int) -> float:
    while True:
        api.heard.clear()
        for at, method, to in api.arrived[since:]:
            if method == b"sendMessage" and to == chat:
                return at
        await asyncio.wait_for(api.heard.wait(), 30)


async def cries(api: Api, order: dict[str, Any]) -> dict[str, Any]:
    """One cry after the other; milliseconds until whoever is on call is written to. A colleague ends each alarm.

    `meanwhile` holds lists of updates, each handed out together at its turn, a fraction of `pause` before a cry.
    """
    waits = []
    for n, (cry, chat) in enumerate(zip(order["updates"], order["chats"], strict=True)):
        meanwhile = order["meanwhile"][n] if n < len(order["meanwhile"]) else []
        if meanwhile:
            api.hand_out(meanwhile)
            await asyncio.sleep(order["pause"] * random.random() / 10)
        since = len(api.arrived)
        began = api.hand_out([cry])
        waits.append((await first_to(api, chat, since) - began) * 1000)
        carried = TAKE.search(api.said[chat])
        if carried is None:
            raise ValueError("a page without a button")
        api.hand_out([about(one, carried[1].decode()) for one in order["ends"]])
        # amid other work it is never quiet
        await (asyncio.sleep(order["pause"]) if order["pause"] else quiet(api, 0.03))
    return {"waits_ms": waits}


def about(press: dict[str, Any], alarm: str) -> dict[str, Any]:
    """The prepared press, on this alarm's button."""
    query = press["callback_query"]
    return {"callback_query": query | {"data": query["data"].replace("ALARM", alarm)}}


ORDERS = {"backlog": backlog, "one_by_one": one_by_one, "cries": cries}


async def serve() -> None:
    api = Api()
    server = await asyncio.get_running_loop().create_server(lambda: Line(api), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    while given := await asyncio.to_thread(sys.stdin.readline):
        order = orjson.loads(given)
        await api.there.wait()
        found = await ORDERS[order["order"]](api, order)
        print(orjson.dumps(found).decode(), flush=True)


if __name__ == "__main__":
    os.sched_setaffinity(0, {int(sys.argv[1])})
    asyncio.run(serve())
