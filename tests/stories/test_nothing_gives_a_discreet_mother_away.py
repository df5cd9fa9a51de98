"""Somebody else reads her phone: what arrives says nothing, opens for her alone, and does not stay."""

from datetime import timedelta

import pytest

from storage.records import Role
from tests.diary import books, until
from tests.giveaways import giveaways
from tests.phones import Phone, plain
from tests.stage import Stage

NEWS = {"de": "Neue Nachricht", "tr": "Yeni mesaj", "ar": "رسالة جديدة"}
LOOK = {"de": "👁 Ansehen", "tr": "👁 Göster", "ar": "👁 إظهار"}
HIDE = {"de": "🙈 Schließen", "tr": "🙈 Kapat", "ar": "🙈 إغلاق"}
SHORT = {"de": "Kurz anzeigen", "tr": "Kısa göster", "ar": "عرض مختصر"}
CARD = {"de": "Ihr Termin", "tr": "Randevunuz", "ar": "موعدكم"}
LANGUAGES = pytest.mark.parametrize("tongue", ["de", "tr", "ar"])


async def a_discreet_mother(stage: Stage, tongue: str) -> tuple[Phone, Phone]:
    """Her phone and her caseworker's."""
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", tongue, await stage.family("Ahorn 12", berger))
    await amina.presses("⚙️")
    await amina.sees("⚙️")
    await amina.presses("👁")
    await amina.sees("👁")
    await amina.presses(SHORT[tongue])
    await stage.quiet()
    await amina.presses("🧹")
    await stage.quiet()
    await amina.presses("🧹")
    await amina.reads_everything()
    return amina, berger


def chat(phone: Phone) -> list[str]:
    """Every text of ours that stands in the chat."""
    return [plain(one.words) for one in phone.account.messages.values() if one.from_bot]


@LANGUAGES
async def test_an_appointment_arrives_as_a_line_that_says_nothing(stage: Stage, tongue: str) -> None:
    amina, berger = await a_discreet_mother(stage, tongue)
    visit = await books(stage, berger)

    pushed = await amina.sees(NEWS[tongue])
    assert plain(pushed.words).split(maxsplit=1)[1] == NEWS[tongue]
    assert pushed.protected

    await amina.presses(LOOK[tongue])
    assert await amina.sees(visit.date) is pushed

    await amina.presses("✅")
    await berger.sees("Zusage von: Amina")
    await amina.presses(HIDE[tongue])
    assert await amina.sees(NEWS[tongue]) is pushed

    await amina.presses(LOOK[tongue])
    assert await amina.sees(visit.date) is pushed
    await stage.forward(minutes=6)
    assert await amina.sees(NEWS[tongue]) is pushed
    await berger.reads_everything()


@LANGUAGES
async def test_reminders_and_cancellations_say_nothing_either(stage: Stage, tongue: str) -> None:
    amina, berger = await a_discreet_mother(stage, tongue)
    visit = await books(stage, berger)
    await until(stage, visit.eve("17:05"))
    await amina.sees(NEWS[tongue])
    await berger.reads_everything()
    await berger.presses("❌ Termin absagen")
    await berger.presses("❌ Ja, absagen")
    await stage.quiet()

    for text in chat(amina):
        assert giveaways(tongue, text) == []
    assert NEWS[tongue] in chat(amina)[-1]
    for phone in (amina, berger):
        await phone.reads_everything()


async def test_her_own_press_is_answered_without_a_sound_and_closes_again(stage: Stage) -> None:
    amina, berger = await a_discreet_mother(stage, "tr")
    visit = await books(stage, berger)
    await amina.sees(NEWS["tr"])

    await amina.presses("📅")
    answered = await amina.sees(visit.date)
    assert answered.silent

    await stage.forward(minutes=6)
    assert await amina.sees(NEWS["tr"]) is answered


@LANGUAGES
async def test_a_day_later_the_chat_is_empty_but_for_the_keys(stage: Stage, tongue: str) -> None:
    amina, berger = await a_discreet_mother(stage, tongue)
    await amina.presses("💬")
    await stage.quiet()
    await books(stage, berger, days=10)
    await amina.sees(NEWS[tongue])
    await amina.presses(LOOK[tongue])
    await stage.quiet()

    await stage.forward(hours=23)
    assert len(amina.account.messages) > 2
    await stage.forward(hours=2)

    left = list(amina.account.messages.values())
    assert [plain(one.words) for one in left if not one.from_bot] == []
    assert all(giveaways(tongue, plain(one.words)) == [] for one in left)
    await stage.forward(hours=48)
    assert len([one for one in amina.account.messages.values() if one.from_bot]) == 1
    assert any("🆘" in label for label in amina.keyboard)
    for phone in (amina, berger):
        await phone.reads_everything()


@LANGUAGES
async def test_in_a_crisis_the_numbers_come_at_once_and_go_again(stage: Stage, tongue: str) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina, berger = await a_discreet_mother(stage, tongue)
    await amina.presses("🆘")
    await amina.sees("🚑")
    await stage.quiet()
    await amina.presses("🚨")
    await koch.sees("A-0001")
    await koch.presses("Ich übernehme")
    await stage.quiet()
    assert "Frau Koch" in "\n".join(chat(amina))

    await stage.forward(hours=1, minutes=5)

    assert all(giveaways(tongue, text) == [] for text in chat(amina))
    assert not any("🚨" in label for label in amina.keyboard)
    assert any("🆘" in label for label in amina.keyboard)
    for phone in (amina, berger, koch):
        await phone.reads_everything()


async def test_what_staff_write_in_a_crisis_is_covered_too(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina, berger = await a_discreet_mother(stage, "ar")
    await amina.presses("🆘")
    await stage.quiet()
    await amina.presses("🚨")
    await koch.sees("A-0001")
    await koch.presses("Ich übernehme")
    await stage.quiet()
    await koch.presses("schreiben")
    await stage.quiet()
    await koch.types("Ich bin gleich da.")
    pushed = await amina.sees(NEWS["ar"])
    await amina.presses(LOOK["ar"])
    assert await amina.sees("Ich bin gleich da.") is pushed
    await stage.quiet()
    for phone in (amina, berger, koch):
        await phone.reads_everything()


async def test_a_message_she_deleted_herself_comes_back_as_a_line_that_says_nothing(stage: Stage) -> None:
    amina, berger = await a_discreet_mother(stage, "tr")
    visit = await books(stage, berger)
    pushed = await amina.sees(NEWS["tr"])
    await amina.presses(LOOK["tr"])
    await amina.sees(visit.date)
    amina.hand.deletes(pushed.message_id)

    await berger.presses("❌ Termin absagen")
    await stage.quiet()
    await berger.presses("❌ Ja, absagen")
    await stage.quiet()

    assert chat(amina)[2:] == ["✉️ Yeni mesaj"] * 2
    for phone in (amina, berger):
        await phone.reads_everything()


async def test_turned_off_everything_reads_as_before(stage: Stage) -> None:
    amina, berger = await a_discreet_mother(stage, "de")
    visit = await books(stage, berger)
    covered = await amina.sees(NEWS["de"])
    await amina.presses("⚙️")
    await stage.quiet()
    await amina.presses("👁 Anzeige")
    await stage.quiet()
    await amina.presses("Ausführlich anzeigen")
    await amina.reads_everything()

    await amina.presses(LOOK["de"])
    assert await amina.sees(visit.date) is covered
    assert "📅 Termine" in amina.keyboard
    await stage.forward(minutes=10)
    assert visit.date in plain(covered.words)
    await until(stage, visit.at - timedelta(hours=1))
    await amina.sees("Morgen ist Ihr Termin")
    await amina.sees("Ihr Termin ist bald")
