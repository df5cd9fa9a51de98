"""A parent says no, and with a pictogram why: only whoever opens the sheet reads it, and nobody is reproached."""

import pytest

from storage.records import Role
from tests.agreed import agreed, moved
from tests.diary import in_days
from tests.stage import Stage

TONGUES = {
    "de": ("Möchten Sie sagen, warum?", "🤒 Krank", "Gute Besserung"),
    "tr": ("Nedenini söylemek ister misiniz?", "🤒 Hasta", "Geçmiş olsun"),
    "ar": ("هل تودّون ذكر السبب؟", "🤒 مرض", "نتمنى الشفاء العاجل"),
}


@pytest.mark.parametrize("language", TONGUES)
async def test_no_counts_at_once_and_the_reason_stands_on_the_opened_sheet(
    stage: Stage, language: str
) -> None:
    asked, ill, kind = TONGUES[language]
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", language, family)
    await agreed(stage, family, in_days(stage, 3).at)
    await amina.reads_everything()

    await amina.presses("❌")
    card = await amina.sees(asked)
    await berger.sees("Absage von: Amina")
    await berger.sees("❌ Nein: Amina")

    await amina.presses(ill)
    assert await amina.sees(kind) is card
    await berger.sees_nothing()

    await berger.presses("📅 Termin öffnen")
    sheet = await berger.sees("❌ Nein (🤒 krank): Amina")
    assert "Anruf" not in sheet.words
    said = [str(line.params.get("text", "")) for line in stage.world.requests]
    assert sum("krank" in text for text in said) == 1
    acts = await stage.machine.archive.read(lambda store: str(store.journal.newest(50)))
    assert "ill" not in acts


async def test_whoever_does_not_want_to_is_better_called(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina, selim = await stage.parent("Amina", "tr", family), await stage.parent("Selim", "de", family)
    await agreed(stage, family, in_days(stage, 3).at)
    await amina.reads_everything()
    await selim.reads_everything()

    await selim.presses("❌")
    await selim.sees("Möchten Sie sagen, warum?")
    await selim.presses("🙅")
    await selim.sees("Das ist in Ordnung")
    await berger.reads_everything()
    await amina.sees_nothing()

    await berger.presses("📅 Termin öffnen")
    sheet = await berger.sees("möchte gerade nicht): Selim")
    assert "ruhiger Anruf" in sheet.words

    await selim.presses("✅ Ja")
    await selim.sees("zugesagt")
    await berger.sees("Zusage von: Selim")
    await berger.sees("✅ Ja: Selim")


async def test_nobody_has_to_say_why(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", "de", family)
    await agreed(stage, family, in_days(stage, 3).at)
    await amina.reads_everything()

    await amina.presses("❌")
    await amina.sees("Möchten Sie sagen, warum?")
    await amina.presses("Nichts sagen")
    card = await amina.sees("Sie haben abgesagt")
    assert "warum" not in card.words
    await berger.reads_everything()
    await berger.presses("📅 Termin öffnen")
    await berger.sees("❌ Nein: Amina")


async def test_a_reason_for_an_appointment_that_was_moved_meanwhile_is_not_kept(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", "de", family)
    made = await agreed(stage, family, in_days(stage, 3).at)
    await amina.reads_everything()
    await amina.presses("❌")
    card = await amina.sees("Möchten Sie sagen, warum?")
    row, column = next(
        (at, place)
        for at, keys in enumerate(card.inline or [])
        for place, key in enumerate(keys)
        if "Krank" in key["text"]
    )
    data = (card.inline or [])[row][column]["callback_data"]
    assert await moved(stage, made, in_days(stage, 4).at, berger)
    await amina.reads_everything()
    await berger.reads_everything()

    query = amina.hand.forges(card.message_id, data)
    assert await query.answer(5)
    assert "geändert" in query.text
    assert await stage.machine.archive.read(lambda store: store.declines.of(made.id)) == {}
