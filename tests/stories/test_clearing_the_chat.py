"""🧹: the chat is empty, the red button is there, and what matters still arrives."""

import asyncio
from datetime import timedelta

import pytest

from storage.records import Role
from tests.diary import books, until
from tests.phones import Phone, plain
from tests.stage import Stage

YES = {"de": "🧹 Ja, leeren", "tr": "🧹 Evet, temizle", "ar": "🧹 نعم، تنظيف"}
WIPED = {"de": "Geleert", "tr": "Temizlendi", "ar": "تم التنظيف"}
HOME = {"de": "Bei Not", "tr": "Acil durumda", "ar": "عند الخطر"}
CANCELLED = {"de": "Der Termin fällt aus", "tr": "Randevu iptal edildi", "ar": "تم إلغاء الموعد"}


async def clears(stage: Stage, phone: Phone, tongue: str) -> None:
    await phone.types("/wipe")
    await phone.sees("🧹")
    await phone.presses(YES[tongue])
    await phone.sees(WIPED[tongue])
    await phone.reads_everything()


def texts(phone: Phone) -> list[str]:
    return [plain(one.words) for one in phone.account.messages.values()]


@pytest.mark.parametrize("tongue", ["de", "tr", "ar"])
async def test_both_sides_are_gone_and_the_keyboard_is_back(stage: Stage, tongue: str) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", tongue, await stage.family("Ahorn 12", berger))
    visit = await books(stage, berger)
    await amina.sees(visit.date)
    await amina.types("Hallo")
    await stage.quiet()

    await clears(stage, amina, tongue)

    said = texts(amina)
    assert len(said) == 2
    assert WIPED[tongue] in said[0]
    assert HOME[tongue] in said[1]
    assert amina.keyboard[0].startswith("🆘")


async def test_an_answer_or_a_change_does_not_bring_back_what_was_cleared(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina, selim = await stage.parent("Amina", "tr", family), await stage.parent("Selim", "de", family)
    visit = await books(stage, berger)
    await amina.sees(visit.date)
    await selim.sees(visit.date)
    await clears(stage, amina, "tr")

    await selim.presses("✅ Ja")
    await selim.sees("zugesagt")
    await berger.sees("Zusage von: Selim")
    await berger.sees("✅ Ja: Selim")
    await amina.sees_nothing(0.05)

    await berger.presses("❌ Termin absagen")
    await berger.sees("wirklich absagen?")
    await berger.presses("❌ Ja, absagen")
    await amina.sees(CANCELLED["tr"])
    await selim.sees(CANCELLED["de"])
    await selim.sees("Abgesagt")
    await berger.sees("Dieser Termin ist abgesagt.")
    await stage.quiet()
    assert not [text for text in texts(amina) if visit.date in text and CANCELLED["tr"] not in text]


async def test_a_reminder_still_comes_after_clearing(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "ar", await stage.family("Ahorn 12", berger))
    visit = await books(stage, berger)
    await amina.sees(visit.date)
    await clears(stage, amina, "ar")
    await until(stage, visit.eve("17:05"))
    await amina.sees("موعدكم غدًا")


async def test_what_is_too_old_is_made_to_say_nothing(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", berger))
    visit = await books(stage, berger, days=10)
    await amina.sees(visit.date)
    await amina.types("Merhaba")
    await amina.reads_everything()
    await stage.forward(hours=72)

    await clears(stage, amina, "tr")

    assert not [text for text in texts(amina) if visit.date in text]
    assert "Merhaba" in texts(amina)
    assert "✔️ Tamam" in texts(amina)
    assert any("🆘" in label for label in amina.keyboard)


async def test_saying_no_changes_nothing(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", berger))
    before = len(amina.account.messages)
    await amina.presses("⚙️")
    await amina.sees("⚙️")
    await amina.presses("🧹 Chat leeren")
    await amina.sees("Diesen Chat leeren?")
    await amina.presses("Nein")
    await amina.sees("Alles bleibt")
    assert len(amina.account.messages) == before + 2
    await berger.reads_everything()


async def test_staff_clear_their_chat_too_and_go_on_working(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", berger))
    await amina.presses("🆘")
    await stage.quiet()
    await amina.presses("🚨")
    await koch.sees("A-0001")
    await clears(stage, koch, "de")

    assert "🚨 Offene Alarme" in koch.keyboard
    await koch.presses("🚨 Offene Alarme")
    await stage.quiet()
    await koch.presses("A-0001")
    await stage.quiet()
    await koch.presses("Ich übernehme")
    await amina.sees("Frau Koch")
    await stage.quiet()
    for phone in (amina, berger, koch):
        await phone.reads_everything()


async def test_whoever_cried_for_help_and_cleared_the_chat_learns_that_somebody_comes(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", berger))
    await amina.presses("🆘")
    await stage.quiet()
    await amina.presses("🚨")
    await koch.sees("A-0001")
    await stage.quiet()
    await clears(stage, amina, "tr")

    await koch.presses("Ich übernehme")

    await amina.sees("Frau Koch")
    await stage.quiet()
    assert len([text for text in texts(amina) if "Frau Koch" in text]) == 1
    for phone in (amina, berger, koch):
        await phone.reads_everything()


async def test_what_got_too_old_while_telegram_was_away_does_not_keep_the_rest(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", berger))
    await stage.forward(hours=46)
    visit = await books(stage, berger, days=10)
    await amina.sees(visit.date)
    await amina.types("/wipe")
    await amina.sees("🧹")

    stage.world.faults.set("error500", methods=["deletemessages"])
    await amina.presses(YES["tr"])
    await amina.sees(WIPED["tr"])
    stage.clock.forward(timedelta(hours=3))
    stage.world.faults.set("none")
    await stage.quiet()
    await stage.forward(minutes=2)

    async with asyncio.timeout(12):
        while [text for text in texts(amina) if visit.date in text or text == "/wipe"]:
            await asyncio.sleep(0.05)
    assert [text for text in texts(amina) if text.startswith("/start")]
    for phone in (amina, berger):
        await phone.reads_everything()
