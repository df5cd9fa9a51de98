"""A parent declines: the caseworker knows at once, and nobody reminds the parent of it."""

from datetime import timedelta

from storage.records import Role
from tests.diary import books, until
from tests.stage import Stage


async def test_after_a_no_the_caseworker_is_told_and_no_reminder_comes(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", berger))
    visit = await books(stage, berger, "Ahorn 12", "Arzttermin")
    await amina.sees("Doktor randevusu")

    await amina.presses("❌")

    await amina.sees("Gelemeyeceğinizi bildirdiniz")
    told = await berger.sees("Absage von: Amina")
    assert "Familie: Ahorn 12" in told.words
    await berger.sees("❌ Nein: Amina")

    await until(stage, visit.at + timedelta(minutes=1))

    await amina.sees_nothing()
    await berger.sees_nothing()


async def test_pressing_twice_tells_the_caseworker_once(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", berger))
    await books(stage, berger)
    card = await amina.sees("Ihr Termin")

    impatient = [amina.hand.presses(card.message_id, 0, 1) for _ in range(3)]

    for press in impatient:
        assert not isinstance(press, str)
        assert await press.answer(5)
    await amina.sees("abgesagt")
    await berger.sees("Absage von: Amina")
    await berger.sees("❌ Nein: Amina")
    await berger.sees_nothing()
