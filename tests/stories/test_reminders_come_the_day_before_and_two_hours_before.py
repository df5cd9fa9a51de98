"""Whoever may still come is reminded twice, each in their own language."""

from datetime import timedelta

from storage.records import Role
from tests.diary import books, until
from tests.phones import plain
from tests.stage import Stage

TOMORROW = {"de": "Morgen ist Ihr Termin", "tr": "Randevunuz yarın", "ar": "موعدكم غدًا"}
SOON = {"de": "Ihr Termin ist bald", "tr": "Randevunuza az kaldı", "ar": "موعدكم قريب"}
NUDGE = ("Ein Tipp genügt", "Bir dokunuş yeter", "تكفي نقرة واحدة")
QUESTION = {"de": "Kommen Sie?", "tr": "Gelecek misiniz?", "ar": "هل ستحضرون؟"}
FIVE_PAST = timedelta(minutes=5)


async def test_at_five_the_day_before_and_two_hours_before_in_every_language(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    parents = {tongue: await stage.parent(f"Amina {tongue}", tongue, family) for tongue in TOMORROW}
    visit = await books(stage, berger)
    for phone in parents.values():
        await phone.sees(visit.date)
        phone.ignores(*NUDGE)  # nobody has answered

    await until(stage, visit.eve("16:59"))
    for phone in parents.values():
        await phone.sees_nothing(0.05)

    await until(stage, visit.eve("17:05"))
    for tongue, phone in parents.items():
        reminder = plain((await phone.sees(TOMORROW[tongue])).words)
        assert visit.date in reminder
        assert visit.time in reminder
        assert QUESTION[tongue] in reminder

    await until(stage, visit.at - timedelta(hours=2) - FIVE_PAST)
    for phone in parents.values():
        await phone.sees_nothing(0.05)

    await until(stage, visit.at - timedelta(hours=2) + FIVE_PAST)
    for tongue, phone in parents.items():
        await phone.sees(SOON[tongue])
    await until(stage, visit.at + timedelta(days=1))


async def test_a_reminder_can_be_answered_like_the_card(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", berger))
    visit = await books(stage, berger)
    card = await amina.sees("Ihr Termin")
    amina.ignores(*NUDGE, "zugesagt")
    await until(stage, visit.eve("17:05"))
    reminder = await amina.sees("Morgen ist Ihr Termin")

    await amina.presses("✅ Ja")

    assert {await amina.sees("zugesagt"), await amina.sees("zugesagt")} == {card, reminder}
    await berger.sees("Zusage von: Amina")
    await berger.sees("✅ Ja: Amina")


async def test_who_said_yes_is_reminded_and_not_asked_again(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", berger))
    berger.ignores("Zusage von: Amina", "Ja: Amina")
    visit = await books(stage, berger)
    await amina.sees("Ihr Termin")
    await amina.presses("✅ Ja")
    await amina.sees("zugesagt")

    await until(stage, visit.eve("17:05"))

    assert "Kommen Sie?" not in (await amina.sees("Morgen ist Ihr Termin")).words
