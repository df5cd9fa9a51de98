"""A person changes the language in the middle of things; all that follows is in the new one."""

from storage.records import Role
from tests.diary import books, until
from tests.stage import Stage


async def test_cards_reminders_and_keyboard_follow(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", berger))
    visit = await books(stage, berger)
    await amina.sees("Ihr Termin")

    await amina.presses("🌐 Sprache")
    await amina.sees("Welche Sprache möchten Sie lesen?")
    await amina.presses("Türkçe")
    await amina.sees("Hangi dilde okumak istersiniz?")
    await amina.sees("Randevularınız aşağıdadır")

    await amina.presses("✅ Ja")
    await amina.toasted("Kaydedildi: Evet")
    await amina.sees("Kabul ettiniz")
    await berger.sees("Zusage von: Amina")
    await berger.sees("✅ Ja: Amina")
    await until(stage, visit.eve("17:05"))
    await amina.sees("Randevunuz yarın")
    assert "📅 Randevular" in amina.keyboard


async def test_keyboard_buttons_of_another_language_are_understood(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "ar", await stage.family("Ahorn 12", berger))

    await amina.types("📅 Termine")
    await amina.sees("لا توجد مواعيد")
    await amina.types("💬 Nasılsınız?")
    await amina.sees("كيف حالكم اليوم؟")
    await amina.types("🌐 Dil")
    await amina.sees("ما هي لغة القراءة")
    await amina.types("🆘 Hilfe")
    await amina.sees("112")


async def test_a_guest_reads_the_language_of_the_phone_and_may_choose(stage: Stage) -> None:
    guest = stage.stranger("Guest", "tr")
    await guest.types("/start")
    await guest.sees("Kodunuz mu var?")
    await guest.sees("Hangi dilde")

    await guest.presses("العربية")

    await guest.sees("ما هي لغة القراءة")
    await guest.sees("ستجدون المواعيد")


async def test_a_phone_in_a_language_we_do_not_speak_is_answered_in_german(stage: Stage) -> None:
    guest = stage.stranger("Guest", "eo")

    await guest.types("/start")

    await guest.sees("Haben Sie einen Code?")
    picker = await guest.sees("Welche Sprache")
    offered = {button["text"] for row in picker.inline or [] for button in row}
    assert {"Deutsch", "Türkçe", "العربية"} <= offered
