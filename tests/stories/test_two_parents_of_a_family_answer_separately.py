"""Two parents of one family each give their own answer, and the caseworker sees both."""

from storage.records import Role
from tests.diary import books, until
from tests.stage import Stage


async def test_each_card_shows_only_its_owners_answer(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina, selim = await stage.parent("Amina", "tr", family), await stage.parent("Selim", "de", family)
    visit = await books(stage, berger)
    await amina.sees("Randevunuz")
    await selim.sees("Ihr Termin")

    await amina.presses("✅")
    await amina.sees("Kabul ettiniz")
    await berger.sees("Zusage von: Amina")
    sheet = await berger.sees("✅ Ja: Amina")
    assert "Noch offen: Selim" in sheet.words
    await selim.sees_nothing()

    await selim.presses("❌")
    await selim.sees("abgesagt")
    await berger.sees("Absage von: Selim")
    sheet = await berger.sees("❌ Nein: Selim")
    assert "Ja: Amina" in sheet.words

    await until(stage, visit.eve("17:05"))
    await amina.sees("Randevunuz yarın")
    await selim.sees_nothing()
