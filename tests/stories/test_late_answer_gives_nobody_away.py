"""Telegram was away, and the answer comes late: by then somebody else may hold her phone."""

import asyncio
from datetime import timedelta

from handlers.late import LATE
from tests.phones import Phone
from tests.stage import Stage
from tests.stories.test_nothing_gives_a_discreet_mother_away import LOOK, NEWS, a_discreet_mother, chat

ASKS = "💬 Wie geht es Ihnen?"
ANSWER = "Wie geht es Ihnen heute?"
AN_OUTAGE = ["sendmessage", "editmessagetext"]


async def answered_after(stage: Stage, amina: Phone, words: str, span: timedelta) -> None:
    """She types, and for so long nothing reaches her."""
    stage.world.faults.set("error500", methods=AN_OUTAGE)
    await amina.types(words)
    await asyncio.sleep(0.4)
    stage.clock.forward(span)
    stage.world.faults.set("none")


def ever_sent(stage: Stage, text: str) -> int:
    """How many calls to Telegram carried these words, whatever became of them."""
    return sum(text in str(call.params.get("text")) for call in stage.world.requests)


async def test_what_comes_late_says_nothing_and_still_opens(stage: Stage) -> None:
    amina, berger = await a_discreet_mother(stage, "de")
    await answered_after(stage, amina, ASKS, LATE + timedelta(minutes=1))
    late = await amina.sees(NEWS["de"], within=10)
    assert not any(ANSWER in text for text in chat(amina))
    await amina.presses(LOOK["de"])
    assert await amina.sees(ANSWER) is late
    await berger.reads_everything()


async def test_after_hours_it_says_nothing_in_any_call(stage: Stage) -> None:
    amina, berger = await a_discreet_mother(stage, "de")
    await answered_after(stage, amina, ASKS, timedelta(hours=3))
    tried = ever_sent(stage, ANSWER)
    await amina.sees(NEWS["de"], within=10)
    await stage.quiet()
    assert ever_sent(stage, ANSWER) == tried
    assert not any(ANSWER in text for text in chat(amina))
    await berger.reads_everything()


async def test_what_comes_within_the_minute_is_her_answer(stage: Stage) -> None:
    amina, berger = await a_discreet_mother(stage, "de")
    await answered_after(stage, amina, ASKS, timedelta(minutes=1))
    await amina.sees(ANSWER, within=10)
    await berger.reads_everything()
