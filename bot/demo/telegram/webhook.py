"""Updates brought to the bot: one in flight per chat, other chats beside it, back-off when the bot fails."""

import asyncio
import ipaddress
import re
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp
import orjson

from bot.demo.telegram.call import Call, Told
from bot.demo.telegram.errors import bad, conflict, too_many
from bot.demo.telegram.updates import DEFAULT, Entry

if TYPE_CHECKING:
    from bot.demo.telegram.world import World

_PORTS = (80, 88, 443, 8443)
_LONGEST_SECRET = 256
_LONGEST_BACKOFF = 60
_LONGEST_RETRY_AFTER = 3600
_GIVE_UP_READING = aiohttp.ClientTimeout(total=60)


class Webhook:
    """The webhook setting, and the postman once `run` is running."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.url = ""
        self.secret = ""
        self.max_connections = 40
        self.last_error: tuple[int, str] | None = None
        self.on_reply: Callable[[Call], Any] = lambda call: None
        self._next_setting = float("-inf")
        self._generation = 0
        self._seen = 0
        self._lanes: dict[int, deque[Entry]] = {}
        self._places = asyncio.Semaphore(self.max_connections)

    def set(self, call: Call) -> Told:
        """setWebhook; an empty url deletes it. Raises 400, or 429 more than once a second."""
        url = call.text("url")
        if not url:
            return self.delete(call)
        now = self.world.seconds()
        if now < self._next_setting:
            raise too_many(1)
        self._next_setting = now + 1
        secret = call.text("secret_token")
        _check(url, secret)
        self.world.updates.allow(call)
        connections = call.number("max_connections", 40, 1, 100)
        if (url, secret, connections) == (self.url, self.secret, self.max_connections):
            return Told(True, "Webhook is already set")
        self._drop_pending(call)
        self.world.updates.interrupt(conflict("terminated by setWebhook request"))
        self._change(url, secret, connections)
        return Told(True, "Webhook was set")

    def delete(self, call: Call) -> Told:
        """deleteWebhook; what is waiting stays for getUpdates unless drop_pending_updates."""
        self._drop_pending(call)
        was_set = bool(self.url)
        self._change("", "", 40)
        return Told(True, "Webhook was deleted" if was_set else "Webhook is already deleted")

    def _drop_pending(self, call: Call) -> None:
        if call.flag("drop_pending_updates"):
            self.world.updates.clear()

    def _change(self, url: str, secret: str, connections: int) -> None:
        self.url, self.secret, self.max_connections = url, secret, connections
        self.world.updates.webhook_set = bool(url)
        self.last_error = None
        self._generation += 1
        self._seen = 0
        self._lanes = {}
        self._places = asyncio.Semaphore(connections)
        self.world.updates.grown.ring()

    def info(self) -> dict[str, Any]:
        """getWebhookInfo."""
        shape: dict[str, Any] = {"url": self.url, "has_custom_certificate": False}
        shape["pending_update_count"] = len(self.world.updates)
        if self.last_error:
            shape["last_error_date"], shape["last_error_message"] = self.last_error
        if self.url:
            shape |= {"max_connections": self.max_connections, "ip_address": "127.0.0.1"}
        if self.world.updates.allowed != DEFAULT:
            shape["allowed_updates"] = sorted(self.world.updates.allowed)
        return shape

    async def run(self) -> None:
        """Delivers updates while a webhook is set. Runs until cancelled."""
        async with aiohttp.ClientSession(timeout=_GIVE_UP_READING) as session, asyncio.TaskGroup() as group:
            while True:
                self._load(session, group)
                await self.world.updates.grown.heard()

    def _load(self, session: aiohttp.ClientSession, group: asyncio.TaskGroup) -> None:
        if not self.url:
            return
        for entry in self.world.updates.since(self._seen):
            self._seen = entry.update_id
            lane = self._lanes.get(entry.lane)
            if lane is None:
                self._lanes[entry.lane] = deque([entry])
                group.create_task(self._drain(session, entry.lane, self._generation))
            else:
                lane.append(entry)

    async def _drain(self, session: aiohttp.ClientSession, lane: int, generation: int) -> None:
        while self._generation == generation and self._lanes.get(lane):
            entry = self._lanes[lane][0]
            await self._deliver(session, entry, generation)
            if self._generation == generation:
                self.world.updates.forget(entry.update_id)
                self._lanes[lane].popleft()
        if self._generation == generation:
            del self._lanes[lane]

    async def _deliver(self, session: aiohttp.ClientSession, entry: Entry, generation: int) -> None:
        fails, backoff = 0, self.world.rules.webhook_retry
        while self._generation == generation and entry.expires_at >= self.world.seconds():
            wait = await self._attempt(session, entry)
            if wait is None:
                return
            # Telegram tries a second time at once, then ever more slowly.
            if not wait and fails:
                longest = self.world.dice.uniform(_LONGEST_BACKOFF, 2 * _LONGEST_BACKOFF)
                wait = backoff = min(longest, backoff * 2)
            fails += 1
            if self.world.seconds() + wait > entry.expires_at:
                return
            await asyncio.sleep(wait)

    async def _attempt(self, session: aiohttp.ClientSession, entry: Entry) -> float | None:
        """Posts once, or twice under "duplicate". None when taken, else seconds the bot asked to wait."""
        times = 2 if self.world.faults.duplicates() else 1
        outcome: float | None = None
        for _ in range(times):
            try:
                async with self._places:
                    outcome = await self._post(session, entry)
            except (aiohttp.ClientError, OSError, TimeoutError) as fault:
                self._failed(f"Connection failed: {type(fault).__name__}")
                outcome = 0.0
        return outcome

    async def _post(self, session: aiohttp.ClientSession, entry: Entry) -> float | None:
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        async with session.post(self.url, data=entry.encoded, headers=headers) as answer:
            body = await answer.read()
            if 200 <= answer.status < 300:
                self._reply(body)
                return None
            self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
            asked = answer.headers.get("Retry-After", "")
            return float(min(int(asked), _LONGEST_RETRY_AFTER)) if asked.isdigit() else 0.0

    def _failed(self, sentence: str) -> None:
        self.last_error = (int(self.world.seconds()), sentence)

    def _reply(self, body: bytes) -> None:
        # The bot may put one method call into its answer; nobody tells it what became of it.
        try:
            reply = orjson.loads(body)
        except orjson.JSONDecodeError:
            return
        if isinstance(reply, dict) and isinstance(reply.get("method"), str):
            self.on_reply(Call(reply.pop("method").lower(), reply))


def _check(url: str, secret: str) -> None:
    parts = urlsplit(url if "://" in url else f"https://{url}")
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise bad("invalid webhook URL specified")
    if len(secret) > _LONGEST_SECRET:
        raise bad("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad("secret token contains unallowed characters")
    # Telegram wants https on four ports; loopback is let through so that a bot under test can be reached.
    if not _loopback(parts.hostname):
        if parts.scheme != "https":
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if (parts.port or 443) not in _PORTS:
            raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
        raise bad("bad webhook: Failed to resolve host: this double reaches nobody but loopback")


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
