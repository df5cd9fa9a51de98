"""The place of an appointment may be pressed, typed, or the family's own home."""

from storage.records import Role
from tests.diary import books, in_days, starts_booking
from tests.stage import Stage


async def test_a_typed_place_stands_on_the_parents_card(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "ar", await stage.family("Ahorn 12", berger))
    await starts_booking(berger, in_days(stage, 3), "Ahorn 12", "Termin bei einer Behörde")

    await berger.types("Jugendamt Porz,\nFriedrich-Ebert-Ufer 64-70")

    await berger.sees("📍 Jugendamt Porz, Friedrich-Ebert-Ufer 64-70")
    await berger.presses("✅ Senden")
    await berger.sees("Noch offen: Amina")
    await amina.sees("Jugendamt Porz, Friedrich-Ebert-Ufer 64-70")


async def test_a_place_too_long_is_asked_for_again(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", berger))
    await starts_booking(berger, in_days(stage, 3), "Ahorn 12", "Arzttermin")

    await berger.types("sehr lang " * 20)
    await berger.sees("Bitte schreiben Sie den Ort in einer kurzen Zeile")
    await berger.types("Praxis Dr. Kaya")

    await berger.sees("📍 Praxis Dr. Kaya")
    await amina.sees_nothing()


NOTHING = "\u3164"  # a letter that is drawn as nothing: apps let it through


async def test_an_invisible_place_is_asked_for_again(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    await stage.family("Ahorn 12", berger)
    await starts_booking(berger, in_days(stage, 3), "Ahorn 12", "Arzttermin")

    await berger.types(NOTHING)

    await berger.sees("Bitte schreiben Sie einen kurzen Text.")
    await berger.types("Praxis Dr. Kaya")
    await berger.sees("📍 Praxis Dr. Kaya")


async def test_a_family_and_a_parent_need_a_name_one_can_see(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    await berger.presses("👪 Familien")
    await berger.sees("noch keine Familie")
    await berger.presses("➕ Neue Familie")
    await berger.sees("Wie soll die Familie hier heißen?")
    await berger.types(NOTHING)
    await berger.sees("Bitte schreiben Sie einen kurzen Text.")
    await berger.types("Ahorn 12")
    await berger.sees("Noch niemand ist verbunden")
    await berger.presses("➕ Elternteil einladen")
    await berger.sees("Wie soll die Person für das Team heißen?")
    await berger.types(NOTHING)
    await berger.sees("Bitte schreiben Sie einen kurzen Text.")


async def test_a_colleague_needs_a_name_one_can_see(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    await haas.presses("👥 Team")
    await haas.sees("Ihr Team: 1")
    await haas.presses("➕ Fachkraft")
    await haas.sees("Wie heißt die Person im Team?")
    await haas.types(NOTHING)
    await haas.sees("Bitte schreiben Sie einen kurzen Text.")


async def test_a_visit_at_home_says_so_in_her_own_words(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", berger))

    await books(stage, berger, kind="Hausbesuch", place="🏠")

    card = await amina.sees("Ev ziyareti")
    assert "sizin evinizde" in card.words
    assert "Bu zaman size uyar mı?" in card.words


async def test_going_back_and_choosing_another_hour(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", berger))
    await starts_booking(berger, in_days(stage, 3, "10:30"), "Ahorn 12", "Arzttermin")

    await berger.presses("◀️ Zurück")
    await berger.sees("Um wie viel Uhr genau?")
    await berger.presses("◀️ Zurück")
    await berger.sees("Um wie viel Uhr?")
    await berger.presses("15 Uhr")
    await berger.sees("Um wie viel Uhr genau?")
    await berger.presses("15:45")
    await berger.sees("📍 Wo?")
    await berger.presses("Mörikeweg")
    await berger.sees("So liest es die Familie")
    await berger.presses("✅ Senden")

    await berger.sees("Noch offen: Amina")
    assert "15:45" in (await amina.sees("Ihr Termin")).words
