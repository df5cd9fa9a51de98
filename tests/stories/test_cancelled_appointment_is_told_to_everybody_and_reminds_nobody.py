"""A caseworker cancels: every card changes, every parent is told, and no reminder comes any more."""

from storage.records import Role
from tests.diary import books, until
from tests.phones import plain
from tests.stage import Stage

DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


async def test_cancelling_changes_all_cards_and_tells_both_parents(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina, selim = await stage.parent("Amina", "ar", family), await stage.parent("Selim", "tr", family)
    visit = await books(stage, berger)
    cards = await amina.sees("موعدكم"), await selim.sees("Randevunuz")

    await berger.presses("❌ Termin absagen")
    await berger.sees("wirklich absagen?")
    await berger.presses("❌ Ja, absagen")

    await berger.toasted("Abgesagt")
    await berger.sees("Dieser Termin ist abgesagt.")
    news = await amina.sees("تم إلغاء الموعد"), await selim.sees("Randevu iptal edildi")
    assert news == (amina.last, selim.last)
    changed = await amina.sees("تم الإلغاء"), await selim.sees("İptal edildi")
    assert changed == cards
    for card in changed:
        assert visit.date in card.words
        assert visit.time in card.words
        assert len(card.words.splitlines()) == 1

    await until(stage, visit.at)

    for phone in (amina, selim, berger):
        await phone.sees_nothing(0.05)


async def test_keeping_it_after_all_tells_nobody(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", berger))
    await books(stage, berger)
    await amina.sees("Ihr Termin")
    await berger.presses("❌ Termin absagen")
    await berger.sees("wirklich absagen?")

    await berger.presses("◀️ Nein, behalten")

    await berger.sees("Noch offen: Amina")
    await amina.sees_nothing()


async def test_cancelling_from_the_list_works_as_from_the_card(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", berger))
    visit = await books(stage, berger)
    await amina.sees("Ihr Termin")

    await berger.presses("📅 Termine")
    await berger.sees("Ihre nächsten Termine")
    await berger.presses(f"{visit.day:%d.%m.} {visit.time}")
    opened = await berger.sees("Noch offen: Amina")
    await berger.presses("❌ Termin absagen")
    await berger.sees("wirklich absagen?")
    await berger.presses("❌ Ja, absagen")

    assert {await berger.sees("abgesagt."), await berger.sees("abgesagt.")} > {opened}
    told = await amina.sees("Der Termin fällt aus")
    assert plain(told.words).splitlines()[1:] == [f"🗓 {DAYS[visit.day.weekday()]}, {visit.date}", "🕒 10:30"]
    await amina.sees("❌ Abgesagt: ")
    await berger.presses("◀️ Alle Termine")
    await berger.sees("Im Moment sind keine Termine geplant")
