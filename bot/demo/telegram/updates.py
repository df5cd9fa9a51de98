"""The queue of updates a bot fetches: offsets, expiry, filters and the quarrel of two pollers."""

import asyncio
import itertools
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from bot.demo.telegram import names
from bot.demo.telegram.bell import Bell
from bot.demo.telegram.call import Call
from bot.demo.telegram.errors import ApiError, conflict
from bot.demo.telegram.rules import Rules

KINDS = names.words(
    "message edited_message channel_post edited_channel_post business_connection business_message "
    "edited_business_message deleted_business_messages message_reaction message_reaction_count inline_query "
    "chosen_inline_result callback_query shipping_query pre_checkout_query purchased_paid_media poll "
    "poll_answer my_chat_member chat_member chat_join_request chat_boost removed_chat_boost managed_bot"
)
_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}
DEFAULT = KINDS - _ON_REQUEST
_TAIL_TOLERANCE = 10
_OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"  # exact text
)
_WEBHOOK_SET = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_LONGEST = 50


@dataclass(slots=True)
class Entry:
    """An update as Telegram keeps it: encoded once, when it happened."""

    update_id: int
    kind: str
    lane: int  # updates of one lane reach a webhook one after the other
    expires_at: float
    encoded: bytes  # the JSON object with its update_id


@dataclass(slots=True)
class _Poll:
    future: asyncio.Future[ApiError | None]


class UpdateQueue:
    """All updates not yet confirmed, oldest first."""

    def __init__(self, rules: Callable[[], Rules], now: Callable[[], float], first_id: int) -> None:
        self._rules = rules
        self._now = now
        self._next_id = first_id
        self._entries: OrderedDict[int, Entry] = OrderedDict()
        self._poll: _Poll | None = None
        self._again: list[Entry] = []
        self._last_offset: int | None = None
        self._last_started = float("-inf")
        self._next_conflict = float("-inf")
        self.allowed = DEFAULT
        self.webhook_set = False
        self.duplicating: Callable[[], bool] = lambda: False
        self.grown = Bell()

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, kind: str, payload: Any, lane: int, lifetime: float) -> int | None:
        """Queues an update for `lifetime` seconds; returns its id, or None if it is not wanted."""
        if kind not in self.allowed:
            return None
        update_id, self._next_id = self._next_id, self._next_id + 1
        encoded = orjson.dumps({"update_id": update_id, kind: payload})
        entry = Entry(update_id, kind, lane, self._now() + lifetime, encoded)
        self._entries[update_id] = entry
        if len(self._entries) > self._rules().updates_kept:
            self._entries.popitem(last=False)
        self._wake(None)
        self.grown.ring()
        return update_id

    def allow(self, call: Call) -> None:
        """Takes over allowed_updates if the call has it; an empty or unknown list means the default."""
        try:
            wanted = call.structure("allowed_updates", "")
        except ApiError:
            wanted = None
        if isinstance(wanted, list) and all(isinstance(kind, str) for kind in wanted):
            call.ignored.extend(f"allowed_updates: {kind}" for kind in wanted if kind.lower() not in KINDS)
            self.allowed = frozenset(kind.lower() for kind in wanted) & KINDS or DEFAULT
        elif call.has("allowed_updates"):
            call.ignored.append("allowed_updates")

    async def fetch(self, call: Call) -> bytes:
        """Answers getUpdates with the encoded list. Raises 409 for the older poller or beside a webhook."""
        if self.webhook_set:
            raise await self._conflicting(_WEBHOOK_SET)
        offset = call.number("offset")
        limit = call.number("limit", 100, 1, 100)
        timeout = call.number("timeout", 0, 0, _LONGEST)
        self.allow(call)
        limit, timeout = self._oddities(offset, limit, timeout)
        entries = self._take(offset, limit)
        if entries or not timeout:
            return _encoded(entries)
        return _encoded(await self._wait(offset, limit, timeout))

    def _oddities(self, offset: int, limit: int, timeout: int) -> tuple[int, int]:
        # telegram-bot-api slows down whoever asks for the same offset again at once.
        now = self._now()
        since, self._last_started = now - self._last_started, now
        repeated, self._last_offset = offset == self._last_offset, offset
        if not repeated or not self._rules().poll_oddities:
            return limit, timeout
        return 1 if since < 0.5 else limit, 3 if timeout < 3 and since < 3 else timeout

    async def _wait(self, offset: int, limit: int, seconds: int) -> list[Entry]:
        poll = _Poll(asyncio.get_running_loop().create_future())
        self._wake(conflict(_OTHER_POLLER))
        self._poll = poll
        try:
            outcome = await asyncio.wait_for(poll.future, seconds)
        except TimeoutError:
            outcome = None
        finally:
            if self._poll is poll:
                self._poll = None
        if outcome is not None:
            raise await self._paused(outcome)
        return self._take(offset, limit)

    def _wake(self, outcome: ApiError | None) -> None:
        if self._poll is not None and not self._poll.future.done():
            self._poll.future.set_result(outcome)
            self._poll = None

    def interrupt(self, outcome: ApiError | None = None) -> None:
        """Ends the poll that is waiting, with an error or with what there is."""
        self._wake(outcome)

    async def _conflicting(self, sentence: str) -> ApiError:
        return await self._paused(conflict(sentence))

    async def _paused(self, outcome: ApiError) -> ApiError:
        # Telegram answers the first conflict at once and holds back those that follow.
        now = self._now()
        if outcome.code == 409 and now < self._next_conflict:
            await asyncio.sleep(self._rules().conflict_pause)
        elif outcome.code == 409:
            self._next_conflict = now + self._rules().conflict_pause
        return outcome

    def _take(self, offset: int, limit: int) -> list[Entry]:
        if offset < 0:
            while len(self._entries) > -offset:
                self._entries.popitem(last=False)
        elif offset and self._plausible(offset):
            while self._entries and next(iter(self._entries)) < offset:
                self._entries.popitem(last=False)
        return self._doubled(self._heads(limit))

    def _plausible(self, offset: int) -> bool:
        head = next(iter(self._entries), self._next_id)
        return head - self._rules().updates_kept <= offset <= self._next_id + _TAIL_TOLERANCE

    def _heads(self, limit: int) -> list[Entry]:
        now, room = self._now(), self._rules().answer_bytes
        chosen: list[Entry] = []
        late: list[int] = []
        for entry in self._entries.values():
            if len(chosen) == limit:
                break
            if entry.expires_at < now:
                late.append(entry.update_id)
                continue
            room -= 50 + len(entry.encoded)
            if room <= 0:
                break
            chosen.append(entry)
        for update_id in late:
            del self._entries[update_id]
        return chosen

    def _doubled(self, entries: list[Entry]) -> list[Entry]:
        # The fault "duplicate": what was handed out once comes again in front of the next answer.
        again, self._again = self._again, []
        repeated = {entry.update_id for entry in again}
        fresh = [entry for entry in entries if entry.update_id not in repeated]
        if fresh and self.duplicating():
            self._again = fresh
        return again + fresh

    def live(self) -> list[Entry]:
        """Everything not yet expired, for a webhook."""
        return self._heads(len(self._entries))

    def since(self, update_id: int) -> list[Entry]:
        """The entries after an update id, oldest first."""
        newest_first = itertools.takewhile(
            lambda entry: entry.update_id > update_id, reversed(self._entries.values())
        )
        return list(newest_first)[::-1]

    def forget(self, update_id: int) -> None:
        """Drops an update a webhook took or let expire."""
        self._entries.pop(update_id, None)

    def clear(self) -> None:
        """Drops everything."""
        self._entries.clear()
        self._again.clear()


def _encoded(entries: list[Entry]) -> bytes:
    return b"[" + b",".join([entry.encoded for entry in entries]) + b"]"
