"""A caseworker looks at her day and week, at who has not answered, and at how often nobody came."""

from datetime import datetime, timedelta

from storage.records import AppointmentKind, Role
from storage.store import Store
from tests.diary import books
from tests.stage import Stage


async def test_a_week_in_german_shows_how_each_stands(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", berger))
    yusuf = await stage.parent("Yusuf", "ar", await stage.family("Birke 3", berger))
    erika = await stage.parent("Erika", "de", await stage.family("Linde 7", berger))
    for label in ("Ahorn 12", "Birke 3", "Linde 7"):
        visit = await books(stage, berger, label, "Beratung")
    for phone in (amina, yusuf, erika):
        await phone.reads_everything()
    await amina.presses("✅")
    await erika.presses("❌")
    await berger.reads_everything()

    await berger.types("/week")

    assert visit.at > stage.clock.now()
    shown = await berger.sees("bis")
    if "Beratung" not in shown.words:
        await berger.presses("▶")
        shown = await berger.sees("Beratung")
    assert "✅ 1 · ⏳ 1 · ❌ 1 · 🔁 0" in shown.words
    assert all(label in shown.words for label in ("Ahorn 12", "Birke 3", "Linde 7"))

    await berger.presses("Wer fehlt noch?")
    missing = await berger.sees("Noch ohne Antwort: 1")
    assert "Birke 3" in missing.words
    assert "Ahorn 12" not in missing.words
    for phone in (amina, yusuf, erika):
        await phone.reads_everything()


async def test_the_week_comes_as_a_picture_too(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER, language="en")
    await berger.presses("English")
    await berger.reads_everything()
    await stage.parent("Amina", "tr", await stage.family("Ahorn 12", berger))
    await berger.types("/week")
    await berger.sees("Nothing is planned")

    await berger.presses("As a picture")

    shown = await berger.sees("Week from", within=20)
    assert "photo" in shown.body


async def test_shares_come_from_what_was_noted_and_name_nobody(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    herr = await stage.staff("Herr Weber", Role.LEAD)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", "tr", family)
    now = stage.clock.now()

    def noted(store: Store, at: datetime) -> None:
        whose = store.families.get(family.id)
        assert whose is not None
        offer = store.agency.offers()[0]
        store.families.enrol(family.id, offer.id, at)
        person = store.people.of_family(family.id)[0]
        for days, came in ((3, True), (10, False), (17, True), (24, True)):
            kind = AppointmentKind.COUNSELLING
            made = store.appointments.add(
                family.id, whose.caseworker_id, kind, at - timedelta(days=days), "x"
            )
            store.attendances.mark(made.id, person.id, came, at, whose.caseworker_id)

    await stage.machine.archive.write(lambda store: noted(store, now))
    await berger.types("/week")
    await berger.sees("bis")
    await berger.presses("Wie es lief")
    shown = await berger.sees("Nicht gekommen")
    assert "1 von 4 (25\u00a0%)" in shown.words
    assert "Ahorn" not in shown.words

    await herr.presses("Aufsicht")
    await herr.sees("")
    await herr.presses("Woche je Angebot")
    seen = await herr.sees("1 von 4 (25\u00a0%)")
    assert "Ahorn" not in seen.words
    await amina.sees_nothing()


async def test_a_colleagues_week_is_empty_and_a_parent_has_none(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    other = await stage.staff("Herr Sommer", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", berger))
    await books(stage, berger, "Ahorn 12", "Beratung")
    await amina.reads_everything()

    await other.types("/today")
    await other.sees("Nichts geplant")
    await other.presses("Woche")
    await other.sees("nichts geplant")
    await amina.types("/today")
    await amina.sees("")
    assert "Ahorn" not in amina.screen


async def test_a_forged_day_is_answered_as_the_nearest_one_may_look_at(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", berger))
    days = ("9999-12-31", "0001-01-01", "2199-12-31")
    for phone in (berger, amina):
        await phone.types("/start")
        await stage.quiet()
        for day in days:
            for verb in ("day", "week"):
                query = phone.hand.forges(max(phone.account.messages), f"diary:{verb}:{day}")
                assert await query.answer(5.0)
                await stage.quiet()
        await phone.reads_everything()
    parked = await stage.machine.archive.read(lambda store: store.updates.count_parked())
    assert parked == 0
    assert "Nichts geplant" in berger.screen or "nichts geplant" in berger.screen
