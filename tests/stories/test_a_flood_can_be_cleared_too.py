"""Whoever wrote very much at once can clear it as well: 🧹 and the farewell know every message."""

from bot.bucket import Allowance
from storage.records import Role
from tests.phones import Phone, read_all
from tests.stage import Stage
from tests.stories.test_clearing_the_chat import clears
from tests.wishes import files_and_proposes, wishes

MANY = 40


async def floods(stage: Stage, phone: Phone, words: str) -> None:
    """Different words each time, then the same over and over."""
    stage.machine.door.allow(Allowance())
    for number in range(MANY):
        await phone.types(f"{words} {number}")
    for _ in range(MANY):
        await phone.types(words)
    await stage.quiet()
    await stage.forward(minutes=5)
    await read_all(*stage.phones)


async def test_the_broom_takes_all_of_it(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", klein))
    await floods(stage, amina, "Ich habe Angst")
    assert "Ich habe Angst" in amina.screen

    await clears(stage, amina, "de")

    assert "Ich habe Angst" not in amina.screen


async def test_the_farewell_takes_all_of_it(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    weber = await stage.staff("Herr Weber", Role.LEAD)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", klein))
    await floods(stage, amina, "Ich habe Angst")

    await wishes(amina, "de")
    await stage.quiet()
    await files_and_proposes(stage, klein)
    await stage.quiet()
    await weber.presses("🗑 Zustimmen")
    await stage.quiet()
    await weber.presses("🗑 Endgültig löschen")
    await stage.quiet()

    await read_all(*stage.phones)
    assert "Ich habe Angst" not in amina.screen
