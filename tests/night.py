"""A night in which the bot is killed over and over, while people cry for help and others press buttons."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import func, select

from bot import agency
from bot.clock import ticks
from bot.demo.telegram.errors import ApiError
from bot.demo.telegram.hand import Hand
from bot.demo.telegram.messages import Message
from bot.demo.telegram.world import World
from handlers import consenting
from storage.engine import Archive
from storage.records import DeliveryState, Purpose, Role
from storage.store import Store
from storage.tables import deliveries, people
from tests.lives import Nursery
from tests.stage import SAMPLE

EARLIEST, LATEST = 0.02, 0.4  # seconds after its birth at which a bot is killed, whatever it is doing
AWAKE = 0.75  # of all lives reach Telegram first
BUSY = 0.2  # seconds at most from there to the kill
LATE = 60.0  # seconds: what has not arrived by then is counted as lost and not as late
STEPS = (1, 1, 2)  # of those on call
PARENTS = 10
BY_STAFF = ("crisis:take:", "crisis:pass:", "crisis:over:")
BY_PARENTS = ("crisis:safe:", "crisis:mistake:", "crisis:wish:")


@dataclass
class Night:
    """A store, a double, and bots that are killed one after the other."""

    world: World
    archive: Archive
    nursery: Nursery
    dice: random.Random
    on_call: list[Hand] = field(default_factory=list)
    parents: list[Hand] = field(default_factory=list)
    strangers: list[Hand] = field(default_factory=list)
    cries: int = 0
    owed_at_kills: Counter[int] = field(default_factory=Counter)  # new messages, by chat
    sent: Counter[int] = field(default_factory=Counter)  # new messages that arrived, by chat
    read_until: int = 0

    def hand(self, name: str, language: str) -> Hand:
        return Hand(self.world, self.world.account(name, language_code=language))

    async def bring_in(self) -> None:
        """The cast, written into the store before the first bot starts."""
        self.on_call = [self.hand(f"Koch {n}", "de") for n, _ in enumerate(STEPS)]
        self.parents = [self.hand(f"P{n}", ("tr", "ar", "de")[n % 3]) for n in range(PARENTS)]
        await self.archive.write(self._bring_in)
        for hand in [*self.on_call, *self.parents]:
            hand.account.started = True

    def _bring_in(self, store: Store) -> None:
        now = datetime.now(UTC)  # noqa: TID251 - the real clock: the bot under test is another process
        agency.write(store, agency.read(SAMPLE))
        for hand, step in zip(self.on_call, STEPS, strict=True):
            koch = store.people.met(hand.account.id, "de", now)
            store.people.rename(koch.id, hand.account.first_name)
            store.people.grant(koch.id, Role.ON_CALL, now)
            store.duties.assign(koch.id, step, now)
            store.duties.tested(koch.id, now)
        family = store.families.add("Linde", koch.id, now)
        for hand in self.parents:
            parent = store.people.met(hand.account.id, "tr", now)
            store.people.grant(parent.id, Role.PARENT, now)
            store.families.join(family.id, parent.id)
            consenting.give(store, store.people.get(parent.id), Purpose.CONTACT, now)

    async def one_life(self, *, cold: bool) -> None:
        """Things happen before it, in it, and it is killed."""
        self.something_happens()
        asked, ends = self.requests_seen(), ticks() + 10.0
        life = await self.nursery.live(cold=cold)
        if cold or self.dice.random() < AWAKE:
            while self.requests_seen() == asked and ticks() < ends:
                await asyncio.sleep(0.002)
            self.something_happens()
            await asyncio.sleep(self.dice.uniform(0.0, BUSY))
        else:
            await asyncio.sleep(self.dice.uniform(EARLIEST, LATEST))
        await self.nursery.ends(life)
        await self.archive.read(self._look_what_is_owed)
        self.reads_transcript()

    def requests_seen(self) -> int:
        return max((request.n for request in self.world.requests), default=0)

    def something_happens(self) -> None:
        """Somebody cries for help, somebody new or somebody who may have before; and buttons are pressed."""
        for _ in range(self.dice.choice((0, 1, 1, 2))):
            self.strangers.append(self.hand(f"S{len(self.strangers)}", self.dice.choice(("tr", "ar", "de"))))
            self._cries(self.strangers[-1])
        if self.dice.random() < 0.3:
            self._cries(self.dice.choice(self.parents))
        for hand in self.on_call:
            if self.dice.random() < 0.5:
                self._presses_one(hand, BY_STAFF)
        if self.dice.random() < 0.3:
            self._presses_one(
                self.dice.choice([*self.parents, *self.strangers[-5:]] or self.parents), BY_PARENTS
            )

    def _cries(self, hand: Hand) -> None:
        hand.types("/alarm")
        self.cries += 1

    def _presses_one(self, hand: Hand, verbs: tuple[str, ...]) -> None:
        offered = [
            (message.message_id, data)
            for message in list(hand.account.messages.values())[-6:]
            for data in carried(message)
            if data.startswith(verbs)
        ]
        if offered:
            try:
                hand.forges(*self.dice.choice(offered))
            except ApiError:
                return

    def _look_what_is_owed(self, store: Store) -> None:
        owed = (
            select(people.c.id, func.count().label("n"))
            .join(deliveries, deliveries.c.person_id == people.c.id)
            .where(deliveries.c.state == DeliveryState.QUEUED, deliveries.c.edits == 0)
            .group_by(people.c.id)
        )
        for row in store.connection.execute(owed).all():
            self.owed_at_kills[store.people.get(row.id).telegram_id] += row.n

    def reads_transcript(self) -> None:
        """The transcript keeps only the newest."""
        for request in self.world.requests.after(self.read_until):
            self.read_until = request.n
            if request.method == "sendMessage" and request.status == 200:
                self.sent[int(request.params["chat_id"])] += 1

    async def all_settled(self) -> None:
        """Waits until nothing waits and nothing is owed any more."""
        end = ticks() + LATE
        while ticks() < end and (len(self.world.updates) or await self.archive.read(self.anything_left)):
            await asyncio.sleep(0.05)
            self.reads_transcript()

    def anything_left(self, store: Store) -> bool:
        queued = select(deliveries.c.id).where(deliveries.c.state == DeliveryState.QUEUED).limit(1)
        now = datetime.now(UTC)  # noqa: TID251 - as above
        return bool(
            store.updates.waiting() or store.connection.execute(queued).all() or store.timers.due(now, 1)
        )


def carried(message: Message) -> list[str]:
    """What the inline buttons under a message carry."""
    return [str(button.get("callback_data", "")) for row in message.inline or () for button in row]
