"""A caseworker makes an appointment by pressing; the parent reads it in her language and answers."""

import pytest

from storage.records import Role
from tests.diary import books
from tests.phones import plain
from tests.stage import Stage

CARD = {"de": "Ihr Termin: Beratung", "tr": "Randevunuz: Danışma", "ar": "موعدكم: جلسة استشارة"}
SAID = {
    "de": {"✅": "zugesagt", "❌": "abgesagt"},
    "tr": {"✅": "Kabul ettiniz", "❌": "Gelemeyeceğinizi"},
    "ar": {"✅": "تم تأكيد", "❌": "تم الاعتذار"},
}
TOLD = {"✅": "Zusage von: Amina", "❌": "Absage von: Amina"}
SHEET = {"✅": "✅ Ja: Amina", "❌": "❌ Nein: Amina"}


@pytest.mark.parametrize("language", ["de", "tr", "ar"])
async def test_the_card_is_in_her_language_and_every_change_of_mind_arrives(
    stage: Stage, language: str
) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", language, await stage.family("Ahorn 12", berger))

    visit = await books(stage, berger, "Ahorn 12", "Beratungsgespräch", place="Goethestraße")

    card = await amina.sees(CARD[language])
    for fact in (visit.date, visit.time, "Goethestraße, 51143 Köln"):
        assert fact in plain(card.words)
    for sign in ("✅", "❌", "✅", "❌"):
        await amina.presses(sign)
        await amina.toasted(sign)
        assert await amina.sees(SAID[language][sign]) is card
        await berger.sees(TOLD[sign])
        await berger.sees(SHEET[sign])
        assert not any(label.startswith(sign) for label in amina.keyboard)


async def test_an_english_speaking_caseworker_works_in_english_and_the_parent_reads_german(
    stage: Stage,
) -> None:
    smith = await stage.staff("Ms Smith", Role.CASEWORKER, language="en")
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", smith))
    await smith.types("/language")
    await smith.sees("🌐")
    await smith.presses("English")
    await smith.reads_everything()

    await smith.presses("➕ New appointment")
    await smith.sees("family")
    await smith.presses("Ahorn 12")
    await smith.sees("Ahorn 12")
    await smith.presses("Home visit")
    await smith.sees("Home visit")

    assert {"Mon", "Sun"} <= set(smith.keyboard)  # the head of the calendar
    await amina.sees_nothing()
