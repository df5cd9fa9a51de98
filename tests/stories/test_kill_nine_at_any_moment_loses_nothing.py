"""kill -9 at random moments while a quarter of all calls go wrong: no alarm is lost, all read what is true."""

import asyncio
import os
import random
import re
import signal
import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot import agency
from bot.clock import SystemClock, ticks
from bot.demo.telegram.errors import ApiError
from bot.demo.telegram.hand import Hand
from bot.demo.telegram.messages import Message
from bot.demo.telegram.world import World
from handlers import consenting
from handlers.crisis import sight
from handlers.desk import voice_of
from handlers.screen import words
from storage.engine import Archive
from storage.keyring import Keyring
from storage.records import Alarm, DeliveryState, Person, Purpose, Role
from storage.store import Store
from storage.tables import deliveries, people, updates
from tests import template
from tests.stage import HURRIED, SAMPLE, served

ROOT = Path(__file__).parents[2]
STORM = 0.25  # of all calls meet a fault
PATIENCE = 2.0  # seconds the bot waits for an answer: more than the double ever needs on a busy machine
EARLIEST, LATEST = 0.02, 0.4  # seconds after its birth at which a bot is killed, whatever it is doing
AWAKE = 0.75  # of all lives reach Telegram first
BUSY = 0.2  # seconds at most from there to the kill
COLD = 20  # every so many lives a whole new process is started
LATE = 60.0  # seconds: what has not arrived by then is counted as lost and not as late
STEPS = (1, 1, 2)  # of those on call
PARENTS = 10
NUMBER = re.compile(r"\b\d{4}\b")
BY_STAFF = ("crisis:take:", "crisis:pass:", "crisis:over:")
BY_PARENTS = ("crisis:safe:", "crisis:mistake:", "crisis:wish:")


@dataclass
class Life:
    """A bot's process, warm from the nursery or a whole new one."""

    pid: int
    cold: asyncio.subprocess.Process | None


class Nursery:
    """Starts lives and kills them."""

    def __init__(self, arguments: list[str]) -> None:
        self.arguments = arguments
        self.keeper: asyncio.subprocess.Process | None = None

    async def opens(self) -> None:
        self.keeper = await self._process("tests.nursery", stdout=asyncio.subprocess.PIPE)
        await self._hears()

    async def _process(self, module: str, stdout: int | None = None) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            module,
            *self.arguments,
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=stdout,
        )

    async def _hears(self) -> int:
        assert self.keeper is not None
        assert self.keeper.stdout is not None
        said = (await self.keeper.stdout.readline()).strip()
        return int(said) if said.isdigit() else 0

    def _asks(self, what: bytes) -> None:
        assert self.keeper is not None
        assert self.keeper.stdin is not None
        self.keeper.stdin.write(what + b"\n")

    async def live(self, *, cold: bool = False) -> Life:
        if cold:
            process = await self._process("tests.unhurried")
            return Life(process.pid, process)
        self._asks(b"live")
        return Life(await self._hears(), None)

    async def ends(self, life: Life, how: signal.Signals = signal.SIGKILL) -> int:
        """The status it ended with: minus the signal for a new process, the signal for one of the nursery's."""
        os.kill(life.pid, how)
        if life.cold is not None:
            return await life.cold.wait()
        self._asks(b"bury")
        return await self._hears()

    async def closes(self) -> None:
        if self.keeper is not None:
            self.keeper.terminate()
            await self.keeper.wait()


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
        while ticks() < end and (len(self.world.updates) or await self.archive.read(self._anything_left)):
            await asyncio.sleep(0.05)
            self.reads_transcript()

    def _anything_left(self, store: Store) -> bool:
        queued = select(deliveries.c.id).where(deliveries.c.state == DeliveryState.QUEUED).limit(1)
        now = datetime.now(UTC)  # noqa: TID251 - as above
        return bool(
            store.updates.waiting() or store.connection.execute(queued).all() or store.timers.due(now, 1)
        )


def carried(message: Message) -> list[str]:
    """What the inline buttons under a message carry."""
    return [str(button.get("callback_data", "")) for row in message.inline or () for button in row]


async def killed_again_and_again(folder: Path, kills: int, seed: int, storm: float = STORM) -> None:
    rules = replace(HURRIED, messages_kept=100_000)
    world = World(SystemClock(), rules=rules, seed=seed)
    keyring = Keyring(template.keys_in(folder))
    url = template.store_in(folder, "kills.db")
    archive = await Archive.open(url, keyring)
    try:
        async with served(world) as address:
            keys = str(keyring.where.file.parent)
            nursery = Nursery([address, world.token, url, keys, str(PATIENCE)])
            night = Night(world, archive, nursery, random.Random(seed))
            await night.bring_in()
            try:
                await nursery.opens()
                world.faults.set("any", storm, retry_after=1)
                for n in range(kills):
                    await night.one_life(cold=n % COLD == COLD - 1)
                world.faults.set("none")
                life = await nursery.live()
                await night.all_settled()
                await nursery.ends(life, signal.SIGKILL)
            finally:
                await nursery.closes()
            await nothing_is_lost(night, kills)
    finally:
        await archive.close()
        keyring.close()


async def nothing_is_lost(night: Night, kills: int) -> None:
    assert not len(night.world.updates)
    assert not await night.archive.read(night._anything_left), "late or lost"
    assert await night.archive.damage() == []
    await night.archive.read(lambda store: the_store_is_sound(store))
    await night.archive.read(lambda store: every_cry_is_an_alarm(store, night))
    await night.archive.read(lambda store: everybody_was_paged(store, night))
    await night.archive.read(lambda store: everybody_reads_the_truth(store, night))
    await night.archive.read(lambda store: nothing_came_twice_without_cause(store, night))
    doubled = sum(night.sent.values())
    print(
        f"{kills} kills, {len(night.strangers)} strangers and {night.cries} cries in all, "
        f"{sum(night.owed_at_kills.values())} messages owed at a kill, "
        f"{night.world.faults.answers_lost.total()} answers lost, {doubled} messages arrived"
    )


def the_store_is_sound(store: Store) -> None:
    assert list(store.journal.faults()) == []
    assert store.journal.faults_of_ends(store.journal.known_outside()) == []
    assert store.connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    states = select(updates.c.state, func.count()).group_by(updates.c.state)
    assert [state for state, _ in store.connection.execute(states).all()] == ["done"]
    unsent = select(deliveries.c.failure).where(deliveries.c.state == DeliveryState.UNDELIVERABLE)
    assert store.connection.execute(unsent).all() == []


def every_cry_is_an_alarm(store: Store, night: Night) -> None:
    raised = Counter(alarm.person_id for alarm in store.alarms.newest(10**6))
    for hand in night.strangers:
        assert raised[whose(store, hand).id] == 1, f"{hand.account.first_name} cried once"
    assert sum(raised.values()) == len(store.alarms.not_ended())  # nobody ended one
    assert set(raised.values()) == {1}, "a cry joins the open alarm"


def everybody_was_paged(store: Store, night: Night) -> None:
    first = [hand for hand, step in zip(night.on_call, STEPS, strict=True) if step == 1]
    for alarm in store.alarms.not_ended():
        reached = {page.person_id for page in store.alarms.paged(alarm.id) if page.delivered}
        for hand in first:
            assert whose(store, hand).id in reached, (
                f"{hand.account.first_name} has no page of {alarm.called}"
            )
            if alarm.taken_by is None:
                assert shows(hand, alarm), f"{hand.account.first_name} does not see {alarm.called}"


def shows(hand: Hand, alarm: Alarm) -> bool:
    texts = [message.words for message in hand.account.messages.values() if message.from_bot]
    return any(f"{alarm.number:04d}" in NUMBER.findall(text) for text in texts)


def everybody_reads_the_truth(store: Store, night: Night) -> None:
    hands = {hand.account.id: hand for hand in [*night.parents, *night.strangers]}
    now = datetime.now(UTC)  # noqa: TID251 - as above
    for alarm in store.alarms.not_ended():
        person = store.people.get(alarm.person_id)
        true = words(sight.seen_by(store, alarm, person, now), voice_of(person))
        card = store.cards.newest(sight.about(alarm), person.id)
        assert card is not None
        assert card.message_id is not None
        read = hands[person.telegram_id].account.messages[card.message_id].words
        assert plain(read) == plain(true), alarm.called


def plain(text: str) -> str:
    """What is read, without the marks of HTML."""
    return re.sub(r"<[^>]+>", "", text).strip()


def nothing_came_twice_without_cause(store: Store, night: Night) -> None:
    """No more to anybody than was owed, and what was under way at a kill, and what Telegram's answer was lost of."""
    ended = DeliveryState.DELIVERED, DeliveryState.SUPERSEDED
    owed = (
        select(deliveries.c.person_id, func.count().label("n"))
        .where(deliveries.c.method == "sendMessage", deliveries.c.state.in_(ended))
        .group_by(deliveries.c.person_id)
    )
    lost = night.world.faults.answers_lost
    for row in store.connection.execute(owed).all():
        chat = store.people.get(row.person_id).telegram_id
        most = row.n + night.owed_at_kills[chat] + lost["sendmessage", chat]
        assert night.sent[chat] <= most, f"{night.sent[chat]} messages came and {most} had a cause"


def whose(store: Store, hand: Hand) -> Person:
    found = store.people.by_telegram(hand.account.id)
    assert found is not None, f"{hand.account.first_name} is not known"
    return found


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [1, 2])
async def test_a_hundred_and_fifty_kills_while_a_quarter_of_all_calls_go_wrong(
    tmp_path: Path, seed: int
) -> None:
    await killed_again_and_again(tmp_path, kills=150, seed=seed)


@pytest.mark.timeout(120)
async def test_thirty_kills_while_all_is_well(tmp_path: Path) -> None:
    await killed_again_and_again(tmp_path, kills=30, seed=3, storm=0.0)


@pytest.mark.soak
async def test_two_thousand_kills(tmp_path: Path) -> None:
    await killed_again_and_again(tmp_path, kills=2000, seed=2000)
