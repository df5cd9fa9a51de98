"""⏸: nothing but answers and help, and afterwards nothing is lost."""

import pytest

from storage.records import Role
from tests.diary import books, until
from tests.phones import Phone, plain
from tests.stage import Stage

PAUSE = {"de": "⏸ Pause", "tr": "⏸ Ara ver", "ar": "⏸ استراحة"}
ON = {"de": "▶️ Weiter", "tr": "▶️ Devam et", "ar": "▶️ متابعة"}
CANCELLED = {"de": "Der Termin fällt aus", "tr": "Randevu iptal edildi", "ar": "تم إلغاء الموعد"}
LANGUAGES = pytest.mark.parametrize("tongue", ["de", "tr", "ar"])


async def pauses(stage: Stage, phone: Phone, caseworker: Phone, tongue: str) -> None:
    await phone.presses("⚙️")
    await phone.sees("⚙️")
    await phone.presses(PAUSE[tongue])
    await phone.sees("⏸")
    await caseworker.sees("macht gerade Pause")


@LANGUAGES
async def test_what_was_made_meanwhile_arrives_afterwards(stage: Stage, tongue: str) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", tongue, await stage.family("Ahorn 12", berger))
    await pauses(stage, amina, berger, tongue)

    visit = await books(stage, berger)
    await berger.sees("sieht diesen Termin erst danach")
    await until(stage, visit.eve("17:05"))
    await amina.sees_nothing(0.05)

    await amina.presses(ON[tongue])
    await amina.sees("▶️")
    await berger.sees("liest wieder mit")
    card = await amina.sees(visit.date)
    await amina.presses("✅")
    await berger.sees("Zusage von: Amina")
    await berger.sees("✅ Ja: Amina")
    assert await amina.sees(visit.date) is card


@LANGUAGES
async def test_a_cancellation_meanwhile_is_told_afterwards(stage: Stage, tongue: str) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", tongue, await stage.family("Ahorn 12", berger))
    visit = await books(stage, berger)
    card = await amina.sees(visit.date)
    await stage.forward(hours=1)
    await pauses(stage, amina, berger, tongue)

    await berger.presses("❌ Termin absagen")
    await berger.sees("wirklich absagen?")
    await berger.presses("❌ Ja, absagen")
    await berger.sees("Dieser Termin ist abgesagt.")
    # the card she has tells the truth, without a sound
    assert await amina.sees(visit.date) is card
    await amina.sees_nothing(0.05)

    await amina.presses(ON[tongue])
    await amina.sees("▶️")
    await amina.sees(CANCELLED[tongue])
    await berger.sees("liest wieder mit")


async def test_made_and_cancelled_meanwhile_is_not_worth_a_word(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", berger))
    await pauses(stage, amina, berger, "tr")
    await books(stage, berger)
    await berger.sees("sieht diesen Termin erst danach")
    await berger.presses("❌ Termin absagen")
    await berger.sees("wirklich absagen?")
    await berger.presses("❌ Ja, absagen")
    await berger.sees("Dieser Termin ist abgesagt.")
    await amina.presses(ON["tr"])
    await amina.sees("▶️")
    await berger.sees("liest wieder mit")
    await stage.forward(minutes=2)
    await amina.sees_nothing(0.05)


async def test_answers_and_help_work_all_the_time(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "ar", await stage.family("Ahorn 12", berger))
    visit = await books(stage, berger)
    await amina.sees(visit.date)
    await pauses(stage, amina, berger, "ar")

    await amina.presses("📅")
    await amina.sees(visit.date)
    await amina.presses("🆘")
    await stage.quiet()
    await amina.presses("🚨")
    await koch.sees("A-0001")
    await koch.presses("Ich übernehme")
    await amina.sees("Frau Koch")
    await stage.quiet()
    for phone in (amina, berger, koch):
        await phone.reads_everything()


async def test_the_menu_offers_the_way_back(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", berger))
    await pauses(stage, amina, berger, "de")
    await amina.presses("⚙️")
    shown = await amina.sees("⚙️")
    labels = [plain(button["text"]) for row in shown.inline or [] for button in row]
    assert ON["de"] in labels
    assert PAUSE["de"] not in labels
