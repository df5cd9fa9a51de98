"""Before registration, without a yes to anything, in a pause, with short notices, in a flood: the same help."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.bucket import Allowance
from storage.records import Role
from tests.giveaways import giveaways
from tests.phones import Phone, plain, read_all
from tests.stage import Stage, opened

GEWALT = {"de": "💜 Gewalt", "tr": "💜 Şiddet", "ar": "💜 عنف"}
TAKEN = {"de": "kümmert sich", "tr": "ilgileniyor", "ar": "يهتم بالأمر"}
SHORT = {"de": "Kurz anzeigen", "tr": "Kısa göster", "ar": "عرض مختصر"}
PAUSE = {"de": "⏸ Pause", "tr": "⏸ Ara ver", "ar": "⏸ استراحة"}
LANGUAGES = pytest.mark.parametrize("tongue", ["de", "tr", "ar"])


@pytest.fixture
async def real(tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage whose door is as patient as in real life, and no more."""
    async with opened(tmp_path) as evening:
        yield evening
        await evening.hangs_up()


async def is_helped(stage: Stage, amina: Phone, koch: Phone, tongue: str) -> None:
    """The whole way: numbers, a situation, an alarm that somebody takes, and a line from them."""
    await amina.presses("🆘") if amina.keyboard else await amina.types("🆘")
    await amina.sees("116 016")
    await amina.sees("🧭")
    await amina.presses(GEWALT[tongue])
    await amina.sees("🚓")
    await amina.sees("Ich brauche Hilfe.")
    await amina.presses("🚨")
    await koch.sees("Alarm A-0001")
    await koch.presses("✅ Ich übernehme")
    await amina.sees(TAKEN[tongue])
    await koch.presses("✍️ Nachricht schreiben")
    await koch.sees("Schreiben Sie jetzt")
    await koch.types("Ich komme")
    await stage.quiet()


@LANGUAGES
async def test_whom_nobody_knows(stage: Stage, tongue: str) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = stage.stranger("Amina", tongue)

    await is_helped(stage, amina, koch, tongue)

    await amina.sees("Ich komme")
    await read_all(koch, amina)


async def test_who_has_said_yes_to_nothing(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    family = await stage.family("Linde", klein)
    amina = stage.stranger("Amina", "tr")
    await stage.enters(amina, await stage.invitation(Role.PARENT, "Amina", family=family))

    await is_helped(stage, amina, koch, "tr")

    await amina.sees("Ich komme")
    await read_all(koch, klein, amina)


@LANGUAGES
async def test_who_pauses(stage: Stage, tongue: str) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", tongue, await stage.family("Linde", klein))
    await amina.presses("⚙️")
    await amina.sees("⚙️")
    await amina.presses(PAUSE[tongue])
    await stage.quiet()

    await is_helped(stage, amina, koch, tongue)

    await amina.sees("Ich komme")
    await read_all(koch, klein, amina)


@LANGUAGES
async def test_who_must_not_be_found_out(stage: Stage, tongue: str) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", tongue, await stage.family("Linde", klein))
    await amina.presses("⚙️")
    await amina.sees("⚙️")
    await amina.presses("👁")
    await stage.quiet()
    await amina.presses(SHORT[tongue])
    await read_all(amina)

    await is_helped(stage, amina, koch, tongue)

    # what she did not ask for says nothing: the line from staff stands behind 👁
    pushed = [one for one in amina.account.messages.values() if one.from_bot and not one.silent and one.fresh]
    assert all(giveaways(tongue, plain(one.words)) == [] for one in pushed)
    assert "Ich komme" not in amina.screen
    await amina.presses("👁")
    await amina.sees("Ich komme")
    await read_all(koch, klein, amina)


async def test_who_floods(real: Stage) -> None:
    koch = await real.staff("Frau Koch", Role.ON_CALL)
    amina = real.stranger("Amina", "tr")
    await amina.types("/start")
    await real.quiet()
    real.machine.door.allow(Allowance())
    for number in range(200):
        await amina.types(f"bir şey {number}")
    await real.quiet()
    await read_all(amina)

    await is_helped(real, amina, koch, "tr")

    await amina.sees("Ich komme")
    await read_all(koch, amina)


async def test_who_touches_while_we_are_away_finds_the_numbers_there_already(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = stage.stranger("Amina", "tr")
    await amina.types("🆘")
    shown = await amina.sees("116 016")
    assert {"112", "110"} <= set(plain(shown.words).split())
    await amina.sees("🧭")

    # the alarm is a key that is typed, so that Telegram keeps it for us as long as we are away
    assert "🚨 Ekibe haber ver" in [
        key["text"] for row in (amina.account.reply_keyboard or {})["keyboard"] for key in row
    ]
    await read_all(koch, amina)
