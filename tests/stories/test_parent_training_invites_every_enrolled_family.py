"""A session of parent training is planned once and reaches every enrolled family in its own language."""

from storage.records import Role
from tests.diary import Booking, in_days, picks, until
from tests.phones import Phone, plain
from tests.stage import Stage

CARD = {"de": "Eltern-Training", "tr": "Anne-baba eğitimi", "ar": "تدريب للوالدين"}
TOMORROW = {"de": "Morgen ist Ihr Termin", "tr": "Randevunuz yarın", "ar": "موعدكم غدًا"}
GONE = {"de": "fällt aus", "tr": "Randevu iptal edildi", "ar": "تم إلغاء الموعد"}
SHORT = {"de": "Abgesagt", "tr": "İptal edildi", "ar": "تم الإلغاء"}


async def enrolled(stage: Stage, caseworker: Phone, tongue: str) -> Phone:
    """A parent whose family takes part in the training at Bonner Straße."""
    family = await stage.family(f"Ahorn {tongue}", caseworker)
    now = stage.clock.now()
    await stage.machine.archive.write(
        lambda store: store.families.enrol(family.id, "bonner-parent_training", now)
    )
    return await stage.parent(f"Amina {tongue}", tongue, family)


async def plans(stage: Stage, berger: Phone, days: int = 3) -> Booking:
    session = in_days(stage, days, "17:30")
    await berger.presses("👪 Elterntraining")
    await berger.sees("keine Trainings geplant")
    await berger.presses("➕ Neues Training")
    await berger.sees("Für welches Angebot?")
    await berger.presses("Elterntraining, Bonner Straße")
    await picks(berger, session)
    await berger.presses("Bonner Straße")
    await berger.sees("Eltern, die eine Einladung bekommen")
    await berger.presses("✅ Einladen")
    await berger.toasted("Die Einladungen gehen jetzt hinaus")
    await berger.sees("⏳ Noch offen")
    return session


async def test_everybody_is_invited_and_reminded_and_the_counts_are_right(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    parents = {tongue: await enrolled(stage, berger, tongue) for tongue in CARD}
    other = await stage.parent("Nadia", "de", await stage.family("Birke 3", berger))

    session = await plans(stage, berger)

    for tongue, phone in parents.items():
        card = await phone.sees(CARD[tongue])
        assert session.date in card.words
    berger.ignores("Zusage von", "Absage von")
    await parents["de"].presses("✅")
    await parents["de"].sees("zugesagt")
    await parents["ar"].presses("❌")
    await parents["ar"].sees("تم الاعتذار")
    await stage.quiet()
    await berger.presses("🔄 Neu laden")
    await berger.sees("✅ Ja: 1\n❌ Nein: 1\n🔁 Anderer Termin: 0\n⏳ Noch offen: 1")
    await berger.presses("◀️ Alle Trainings")
    await berger.sees("✅ 1 · ❌ 1 · 🔁 0 · ⏳ 1")

    await until(stage, session.eve("17:05"))

    await parents["de"].sees(TOMORROW["de"])
    await parents["tr"].sees(TOMORROW["tr"])
    await parents["ar"].sees_nothing()
    await other.sees_nothing()


async def test_cancelling_tells_every_family_and_nobody_is_reminded(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    parents = {tongue: await enrolled(stage, berger, tongue) for tongue in CARD}
    session = await plans(stage, berger)
    for tongue, phone in parents.items():
        await phone.sees(CARD[tongue])

    await berger.presses("❌ Training absagen")
    await berger.sees("wirklich absagen?")
    await berger.presses("❌ Ja, absagen")

    await berger.sees("Dieses Training ist abgesagt.")
    for tongue, phone in parents.items():
        card, news = await phone.sees(SHORT[tongue]), await phone.sees(GONE[tongue])
        assert card is not news
    await until(stage, session.at)
    for phone in (*parents.values(), berger):
        await phone.sees_nothing(0.05)


async def test_a_caseworker_enrols_a_family_by_pressing(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", berger))
    await berger.presses("👪 Familien")
    await berger.sees("Ihre Familien: 1")
    await berger.presses("Ahorn 12")
    await berger.sees("Noch kein Angebot")
    await berger.presses("🧩 Angebote ändern")
    await berger.sees("An welchem Ort")
    await berger.presses("Bonner Straße")
    await berger.sees("Tippen Sie an, woran die Familie teilnimmt")
    await berger.presses("▫️ Elterntraining")
    await berger.toasted("Nimmt jetzt teil: Elterntraining")
    await berger.sees("Tippen Sie an")

    await plans(stage, berger)

    await amina.sees("Anne-baba eğitimi")


async def test_an_offer_without_families_is_told_apart_at_the_choice(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    await enrolled(stage, berger, "tr")
    await berger.presses("👪 Elterntraining")
    await berger.sees("keine Trainings geplant")
    await berger.presses("➕ Neues Training")
    choice = plain((await berger.sees("Für welches Angebot?")).words)
    assert "Elterntraining, Ort: Bonner Straße, Familien: 1" in choice
    assert "Elterntraining, Ort: Mörikeweg, Familien: 0" in choice

    await berger.presses("Elterntraining, Mörikeweg")

    await berger.toasted("keine Familie eingetragen")
    await berger.sees_nothing()
    await berger.presses("Elterntraining, Bonner Straße")
    await berger.sees("An welchem Tag?")
