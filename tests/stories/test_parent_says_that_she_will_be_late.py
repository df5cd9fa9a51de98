"""A parent is late: one tap says by how much, and whoever waits for her knows at once."""

from datetime import timedelta

import pytest

from storage.records import Role
from tests.agreed import agreed
from tests.diary import in_days, until
from tests.phones import plain
from tests.stage import Stage

TONGUES = {
    "de": ("⏰ Ich komme später", "Kein Problem", "20 Min.", "Minuten: 20", "✅ Ja"),
    "tr": ("⏰ Geç kalacağım", "Sorun değil", "20 dk.", "Dakika: 20", "✅ Evet"),
    "ar": ("⏰ سأتأخر", "لا مشكلة", "20 د", "عدد الدقائق: 20", "✅ نعم"),
}


@pytest.mark.parametrize("language", TONGUES)
async def test_the_caseworker_knows_at_once_and_it_may_change(stage: Stage, language: str) -> None:
    late, asked, twenty, said, yes = TONGUES[language]
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", language, family)
    at = in_days(stage, 3).at
    await agreed(stage, family, at)
    await amina.reads_everything()
    await amina.presses(yes)
    await stage.quiet()
    assert late not in amina.keyboard  # it is days away

    await until(stage, at - timedelta(minutes=50))
    await amina.reads_everything()
    await berger.reads_everything()
    await amina.presses("📅")
    await amina.reads_everything()
    await amina.presses(late)
    await amina.sees(asked)
    await amina.presses(twenty)
    card = await amina.sees(said)
    told = await berger.sees("⏰ Kommt später: Amina")
    assert "Minuten: 20" in plain(told.words)
    await berger.sees("✅ Ja, ⏰ später (Minuten: 20): Amina")
    await stage.quiet()
    await amina.reads_everything()  # her other cards follow

    await until(stage, at + timedelta(minutes=5))
    await amina.reads_everything()
    await berger.reads_everything()
    query = amina.hand.forges(card.message_id, _carried(card, late))
    assert await query.answer(5)
    await amina.sees(asked)
    await amina.presses(twenty.replace("20", "30"))
    await amina.sees(said.replace("20", "30"))
    await berger.sees("⏰ Kommt später: Amina")
    await amina.reads_everything()
    await berger.reads_everything()


def _carried(card, label: str) -> str:  # type: ignore[no-untyped-def]
    return str(next(key["callback_data"] for row in card.inline for key in row if key["text"] == label))


async def test_long_after_the_start_nobody_can_be_late_any_more(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", "de", family)
    at = in_days(stage, 3).at
    made = await agreed(stage, family, at)
    await amina.reads_everything()
    await amina.presses("✅ Ja")
    card = await amina.sees("zugesagt")
    await until(stage, at + timedelta(minutes=61))
    await amina.reads_everything()
    await berger.reads_everything()
    for verb in ("late", "by"):
        query = amina.hand.forges(card.message_id, f"appointments:{verb}:{made.id}:1:10")
        assert await query.answer(5)
        assert "geändert" in query.text
    await amina.sees("Dieser Termin ist vorbei")
    await berger.sees_nothing()
