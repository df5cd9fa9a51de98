"""Ten thousand messages of one person: one friendly word, nobody else waits, and no cry is lost among them."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.bucket import Allowance
from bot.clock import ticks
from storage.records import Role
from tests import forgery
from tests.phones import Phone
from tests.stage import Stage, opened

MANY = 10_000
AT_ONCE = 50
FEW = 300
SOON = 1.0  # seconds
SLOWLY = "Einen Moment bitte, langsam"


@pytest.fixture
async def real(tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage whose door is as patient as in real life, and no more."""
    async with opened(tmp_path) as evening:
        yield evening
        await evening.hangs_up()


async def cast(stage: Stage) -> tuple[Phone, Phone, Phone]:
    """Somebody on call, somebody who floods, and somebody in need."""
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    flooding = stage.stranger("Mallory", "de").ignores("Das habe ich nicht verstanden")
    amina = stage.stranger("Amina", "tr")
    for phone in (flooding, amina):
        await phone.types("/start")
    await stage.quiet()
    for phone in (flooding, amina):
        await phone.reads_everything()
    stage.machine.door.allow(Allowance())
    return koch, flooding, amina


def answers(phone: Phone, words: str) -> int:
    """How often the bot said this to them; by its requests, for a phone forgets what ten thousand push out."""
    mine = [one.params for one in phone.world.requests if one.params.get("chat_id") == phone.account.id]
    return sum(words in said.get("text", "") for said in mine)


async def sees_soon(phone: Phone, words: str) -> None:
    began = ticks()
    await phone.sees(words)
    assert ticks() - began < SOON


async def test_who_floods_is_asked_once_to_be_slower(real: Stage) -> None:
    _, flooding, _ = await cast(real)
    for number in range(FEW):
        flooding.hand.types(f"Unsinn {number}")
    await real.quiet()
    await flooding.sees(SLOWLY)
    assert answers(flooding, SLOWLY) == 1
    assert answers(flooding, "Das habe ich nicht verstanden") == Allowance().at_once
    await real.forward(minutes=1)
    await flooding.types("Und nun in Ruhe")
    await flooding.sees("Das habe ich nicht verstanden")
    for number in range(FEW):
        flooding.hand.types(f"Noch mehr {number}")
    await real.quiet()
    assert answers(flooding, SLOWLY) == 2
    await flooding.reads_everything()


async def test_who_wrote_much_while_we_were_away_has_flooded_nobody(real: Stage) -> None:
    _, away, _ = await cast(real)
    real.world.faults.set("error500", methods=["getUpdates"])
    for number in range(60):
        away.hand.types(f"Eins nach dem anderen {number}")
        real.clock.forward(timedelta(seconds=2))
    real.world.faults.set("none")
    await real.quiet()
    assert answers(away, "Das habe ich nicht verstanden") == 60
    assert answers(away, SLOWLY) == 0


async def pours(flooding: Phone) -> None:
    """Two thousand a second: ten thousand at one blow would measure how long Telegram needs to hand them over."""
    for number in range(MANY):
        flooding.hand.types(f"Unsinn {number}")
        if number % AT_ONCE == 0:
            await asyncio.sleep(AT_ONCE / 2000)


async def test_ten_thousand_messages_keep_nobody_waiting(real: Stage) -> None:
    koch, flooding, amina = await cast(real)
    pouring = asyncio.ensure_future(pours(flooding))
    await asyncio.sleep(2)
    amina.hand.types("/alarm")
    await sees_soon(koch, "A-0001")
    await amina.sees("Acil çağrınız")
    assert not pouring.done()
    await pouring
    amina.hand.types("/sos")
    await sees_soon(amina, "112")
    await real.quiet()
    assert answers(flooding, SLOWLY) == 1
    for phone in (koch, amina, flooding):
        await phone.reads_everything()


async def test_a_cry_in_the_midst_of_ones_own_flood_is_heard_at_once(real: Stage) -> None:
    koch, flooding, _ = await cast(real)
    pouring = asyncio.ensure_future(pours(flooding))
    await asyncio.sleep(2)
    flooding.hand.types("🚨 Team alarmieren")
    await sees_soon(koch, "A-0001")
    await flooding.sees("Ihr Notruf")
    assert not pouring.done()
    await pouring
    await koch.sees(f"Unsinn {MANY - 1}", within=10)
    for phone in (koch, flooding):
        await phone.reads_everything()


async def test_the_same_cry_a_thousand_times_is_one_alarm_and_a_few_answers(real: Stage) -> None:
    koch, flooding, _ = await cast(real)
    for _ in range(1000):
        flooding.hand.types("/alarm")
    await sees_soon(koch, "A-0001")
    await real.quiet()
    alarms = await real.machine.archive.read(lambda store: store.alarms.not_ended())
    assert len(alarms) == 1
    assert answers(flooding, "Ihr Notruf") < 100
    assert answers(flooding, SLOWLY) == 0
    await flooding.reads_everything()


async def test_every_word_typed_into_an_open_alarm_arrives_in_order(real: Stage) -> None:
    koch, flooding, amina = await cast(real)
    flooding.hand.types("/alarm")
    await koch.sees("A-0001")
    for number in range(FEW):
        flooding.hand.types(f"Wort-{number}.")
    amina.hand.types("/alarm")
    await sees_soon(koch, "A-0002")
    await koch.sees(f"Wort-{FEW - 1}.", within=10)
    read = "\n".join(message.words for message in koch.account.messages.values())
    places = [read.find(f"Wort-{number}.") for number in range(FEW)]
    assert -1 not in places
    assert places == sorted(places)
    for phone in (koch, flooding, amina):
        await phone.reads_everything()


async def test_forged_presses_by_the_hundred_end_quietly_and_one_of_the_crisis_room_is_heard(
    real: Stage,
) -> None:
    koch, flooding, _ = await cast(real)
    queries = [forgery.presses(flooding, f"appointments:yes:{number}:1") for number in range(FEW)]
    help_now = forgery.presses(flooding, "crisis:help")
    assert await help_now.answer(SOON)
    await flooding.sees("112")
    assert await queries[-1].answer(5)
    await real.quiet()
    answered = sum(query.answered for query in queries)
    assert Allowance().at_once < answered < 100
    assert answers(flooding, SLOWLY) == 1
    await flooding.reads_everything()
    await koch.sees_nothing()


async def test_blocking_the_bot_is_noticed_in_a_flood(real: Stage) -> None:
    _, flooding, _ = await cast(real)
    for number in range(FEW):
        flooding.hand.types(f"Unsinn {number}")
    flooding.blocks_the_bot()
    await real.quiet()
    known = await real.machine.archive.read(lambda store: store.people.by_telegram(flooding.account.id))
    assert known is not None
    assert known.blocked
    await flooding.reads_everything()
