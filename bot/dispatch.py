"""Drains the outbox: takes what is owed, sends it at the pace Telegram allows, settles what became of it."""

import asyncio
import logging
import random
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import orjson

from bot.clock import Clock, ticks
from bot.lanes import Lanes
from bot.outcomes import LONGEST_WAIT, Fate, Outcome, backoff, outcome_of
from bot.settle import STALE, Ended, claimed, is_stale, settle, settle_all
from bot.tasks import Tasks
from bot.throttle import Pace
from bot.unwell import UNWELL, why
from bot.wire import Reply, Wire, has_to_draw
from handlers.room import Settled
from storage.engine import Archive
from storage.records import Delivery, Lane

log = logging.getLogger("paenz.dispatch")

MOST_IN_MEMORY = 4000
ENOUGH_REMINDERS = 300  # ten seconds' worth: more wait as timers, where the soonest appointment comes first
LOOK_EVERY = 5.0
LOOK_AGAIN = 0.02
PATIENCE = 1.0  # seconds that news waits while people are still to be answered
NOTHING = Reply(0, {})
NEVER = Outcome(Fate.POINTLESS, "its message never arrived")


class Dispatcher:
    """One for the whole bot: every message to anybody passes here."""

    def __init__(
        self, archive: Archive, wire: Wire, clock: Clock, hooks: dict[str, Settled], pace: Pace | None = None
    ) -> None:
        self._archive, self._wire, self._clock, self._hooks = archive, wire, clock, hooks
        self._pace = pace or Pace()
        self._lanes = Lanes()
        self._held: set[int] = set()
        self._drawing: set[int] = set()
        self._ended: list[Ended] = []
        self._writing = False
        self._tasks = Tasks()
        self._wake = asyncio.Event()
        self._floods = (0.0, 0)
        self._stopped = False
        self._next_look: asyncio.TimerHandle | None = None
        self._busy_since: float | None = None
        self.answers_to_come: Callable[[], bool] = lambda: False
        archive.on_posted = self.accept
        archive.on_withdrawn = self.withdraw

    def accept(self, posted: list[Delivery]) -> None:
        """Takes deliveries whose transaction has just been committed; this process already holds their lease."""
        for owed in posted:
            crowded = len(self._lanes) >= MOST_IN_MEMORY and owed.lane > Lane.NEWS
            if owed.id in self._held or crowded:
                continue  # what does not fit stays a row and is claimed when its lease has run out
            self._held.add(owed.id)
            if has_to_draw(owed.method, owed.body):
                self._drawing.add(owed.id)
                self._tasks.start(self._draw(owed), "draw")
            else:
                self._held -= {older.id for older in self._lanes.add(owed)}
        self._wake.set()

    async def _draw(self, owed: Delivery) -> None:
        """A picture takes its place in the lanes once it is drawn: nothing else for its chat waits for that."""
        try:
            await self._wire.draws_ahead(owed.body)
        finally:
            if owed.id in self._drawing:
                self._drawing.discard(owed.id)
                self._lanes.add(owed)
                self._wake.set()

    def withdraw(self, ids: list[int]) -> None:
        """What waits here and may not leave any more does not; a call already under way can't be taken back."""
        self._held -= {owed.id for owed in self._lanes.drop(set(ids))} | (self._drawing & set(ids))
        self._drawing -= set(ids)

    async def claim(self) -> None:
        """Takes what is owed and held by nobody: after a start, and when a retry is due."""
        room = MOST_IN_MEMORY - len(self._lanes)
        if room > 0:
            now = self._clock.now()
            job = partial(claimed, now=now, most=min(room, 500), hooks=self._hooks)
            self.accept(await self._archive.write(job))

    async def run(self) -> None:
        """Sends until cancelled."""
        while True:
            self._wake.clear()
            pause = self._send_what_may_leave()
            # not wait_for, which loses a cancellation that comes together with the wake-up (Python 3.11)
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._wake.wait()

    def _send_what_may_leave(self) -> float:
        """Starts every call that may start now; seconds until it is worth looking again."""
        while True:
            now = ticks()
            lane = self._lanes.peek(now)
            if lane is None:
                opens_at = self._lanes.opens_at()
                return LOOK_EVERY if opens_at is None else max(opens_at - now, 0.001)
            if lane >= Lane.NEWS and self._answers_first(now):
                return LOOK_AGAIN
            even = lane is Lane.REMINDER
            free_at = self._pace.free_at(now, crisis=lane <= Lane.CRISIS, even=even)
            if free_at is None or free_at > now:
                return LOOK_EVERY if free_at is None else max(free_at - now, 0.001)
            owed = self._lanes.take(now)
            if is_stale(owed, self._clock.now()):
                self._is_over(Ended(owed, STALE, None))
                continue
            self._pace.took(now, even=even)
            self._tasks.start(self._deliver(owed), "deliver")

    def _answers_first(self, now: float) -> bool:
        """Whether everything but answers still waits for those to come: not for ever, however many press."""
        if not self.answers_to_come():
            self._busy_since = None
            return False
        if self._busy_since is None:
            self._busy_since = now
        return now - self._busy_since < PATIENCE

    async def _deliver(self, owed: Delivery) -> None:
        try:
            reply, outcome = await self._call(owed)
        except BaseException:
            self._let_go(owed, self._pace.per_chat_gap)
            raise
        sent = reply.result.get("message_id") if isinstance(reply.result, dict) else None
        self._is_over(Ended(owed, outcome, sent))

    def _is_over(self, ended: Ended) -> None:
        self._ended.append(ended)
        if not self._writing:
            self._writing = True
            self._tasks.start(self._write_down_ended(), "write down")

    def _let_go(self, owed: Delivery, rest: float) -> None:
        """The next delivery to its chat may follow, after so many seconds."""
        self._held.discard(owed.id)
        now = ticks()
        self._lanes.done(owed.chat_id, now + rest, now)
        self._wake.set()

    async def _call(self, owed: Delivery) -> tuple[Reply, Outcome]:
        try:
            body = await self._addressed(owed)
            if isinstance(body, Outcome):
                return NOTHING, body
            if is_stale(owed, self._clock.now()):
                return NOTHING, STALE
            reply = await self._wire.call(owed.method, body)
        finally:
            self._pace.answered(ticks())
        outcome = judge(reply, owed.attempts)
        if outcome.fate is Fate.WAIT:
            self._flooded(outcome.seconds)
        return reply, outcome

    async def _addressed(self, owed: Delivery) -> str | Outcome:
        """The call's body; an edit posted before its message had left learns the message's number here."""
        if not owed.edits or owed.card_id is None or '"message_id":' in owed.body:
            return owed.body
        card_id = owed.card_id
        card, coming = await self._archive.read(
            lambda store: (store.cards.get(card_id), store.deliveries.is_owed(card_id))
        )
        if card is None or card.message_id is None:
            # soon again for a minute; then an outage is on, and the tries have to last for days
            wait = 1.0 if owed.attempts < 60 else LONGEST_WAIT
            return Outcome(Fate.RETRY, "its message has not left yet", wait) if coming else NEVER
        return orjson.dumps(orjson.loads(owed.body) | {"message_id": card.message_id}).decode()

    async def _write_down_ended(self) -> None:
        """All that have ended by now in one go, and again while more come; after an error each by itself."""
        try:
            while self._ended:
                batch, self._ended = self._ended, []
                now, hooks = self._clock.now(), self._hooks
                try:
                    await self._archive.write(partial(settle_all, batch, now, hooks))
                except Exception:  # whose it was shows when each is written down alone
                    for ended in batch:
                        self._tasks.start(self._write_down_alone(ended), "write down alone")
                else:
                    for ended in batch:
                        self._written_down(ended)
        finally:
            self._writing = False

    async def _write_down_alone(self, ended: Ended) -> None:
        try:
            await self._persist(ended)
        finally:
            self._written_down(ended)

    def _written_down(self, ended: Ended) -> None:
        owed, outcome = ended.owed, ended.outcome
        rest = outcome.seconds if outcome.fate is Fate.WAIT else 0.0
        self._let_go(owed, 0.0 if outcome is STALE else max(self._pace.per_chat_gap, rest))
        if outcome.fate in {Fate.RETRY, Fate.WAIT}:
            log.info("delivery %s again in %.1f s: %s", owed.id, outcome.seconds, outcome.reason)
            self._claim_in(outcome.seconds + 0.01)
        elif outcome.fate is Fate.STALE:
            log.info("delivery %s: stale", owed.id)
        elif outcome.fate is not Fate.DELIVERED:
            log.warning("delivery %s: %s, %s", owed.id, outcome.fate, outcome.reason)

    async def _persist(self, ended: Ended) -> None:
        """Telegram's part is done and must not be done again: what became of it waits for the store."""
        hooks, failures, number = self._hooks, 0, ended.owed.id
        while True:
            try:
                return await self._archive.write(partial(settle, ended, self._clock.now(), hooks))
            except UNWELL as error:
                failures += 1
                log.error("delivery %s waits for the store: %s", number, why(error))  # noqa: TRY400 - the statement may hold names
                await asyncio.sleep(backoff(failures, 0.5))
            except Exception:
                if not hooks:
                    raise
                log.exception("delivery %s: its room failed, and is left out", number)
                hooks = {}

    def _claim_in(self, seconds: float) -> None:
        """Looks again then; one look serves all who wait, and the heartbeat's finds whoever it came too early for."""
        loop = asyncio.get_running_loop()
        if self._next_look is not None and self._next_look.when() <= loop.time() + seconds:
            return
        if self._next_look is not None:
            self._next_look.cancel()
        self._next_look = loop.call_later(seconds, self._claim_now)

    def _claim_now(self) -> None:
        self._next_look = None
        if not self._stopped:
            self._tasks.start(self.claim(), "claim")

    def _flooded(self, seconds: float) -> None:
        """One chat that floods waits alone; a second one within a second means that all of us are too fast."""
        now = ticks()
        last, chats = self._floods
        chats = chats + 1 if now - last < 1.0 else 1
        self._floods = (now, chats)
        if chats > 1:
            self._pace.hold(now + seconds)

    @property
    def crowded(self) -> bool:
        """Whether so many reminders wait here that more are better left where they are."""
        return self._lanes.waiting(Lane.REMINDER) >= ENOUGH_REMINDERS

    @property
    def idle(self) -> bool:
        """Nothing is waiting in memory and nothing is under way."""
        return not self._held

    async def stop(self, within: float) -> None:
        """Lets calls under way end, for so many seconds; what is left stays owed."""
        self._stopped = True
        await self._tasks.finish(within)


def judge(reply: Reply, attempts: int) -> Outcome:
    """The outcome of a reply, with its parameters read."""
    if reply.ok:
        return Outcome(Fate.DELIVERED)
    if reply.status and reply.body.get("ok") is not False:
        # a page of somebody between us and Telegram; a proxy's 403 says nothing about the person
        return Outcome(Fate.RETRY, "unreadable answer", backoff(attempts, random.random()))
    return outcome_of(
        reply.status,
        reply.description,
        attempts,
        random.random(),
        retry_after=_parameter(reply, "retry_after"),
        moved_to=_parameter(reply, "migrate_to_chat_id"),
    )


def _parameter(reply: Reply, name: str) -> int:
    given = reply.body.get("parameters")
    value = given.get(name) if isinstance(given, dict) else None
    return value if type(value) is int else 0
