"""kill -9 at random moments while a quarter of all calls go wrong: no alarm is lost, all read what is true."""

import random
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.clock import SystemClock
from bot.demo.telegram.hand import Hand
from bot.demo.telegram.world import World
from handlers.crisis import sight
from handlers.desk import voice_of
from handlers.screen import words
from storage.engine import Archive
from storage.keyring import Keyring
from storage.records import Alarm, DeliveryState, Person
from storage.store import Store
from storage.tables import deliveries, updates
from tests import template
from tests.lives import Nursery
from tests.night import STEPS, Night
from tests.stage import HURRIED, served

STORM = 0.25  # of all calls meet a fault
PATIENCE = 2.0  # seconds the bot waits for an answer: more than the double ever needs on a busy machine
COLD = 20  # every so many lives a whole new process is started
NUMBER = re.compile(r"\b\d{4}\b")


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
                await nursery.ends(life)
            finally:
                await nursery.closes()
            await nothing_is_lost(night, kills)
    finally:
        await archive.close()
        keyring.close()


async def nothing_is_lost(night: Night, kills: int) -> None:
    assert not len(night.world.updates)
    assert not await night.archive.read(night.anything_left), "late or lost"
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
async def test_sixty_kills_while_a_quarter_of_all_calls_go_wrong(tmp_path: Path, seed: int) -> None:
    await killed_again_and_again(tmp_path, kills=60, seed=seed)


@pytest.mark.timeout(120)
async def test_thirty_kills_while_all_is_well(tmp_path: Path) -> None:
    await killed_again_and_again(tmp_path, kills=30, seed=3, storm=0.0)


@pytest.mark.soak
async def test_two_thousand_kills(tmp_path: Path) -> None:
    await killed_again_and_again(tmp_path, kills=2000, seed=2000)
