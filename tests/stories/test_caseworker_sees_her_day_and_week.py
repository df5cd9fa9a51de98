"""A caseworker looks at her day and week, at who has not answered, and at how often nobody came."""

from datetime import datetime, timedelta

from handlers.diary import rules
from handlers.diary.rules import Rate
from storage.records import Answer, Appointment, AppointmentKind, Family, Role
from storage.store import Store
from tests.diary import books
from tests.phones import Phone
from tests.stage import Stage


def _id(store: Store, phone: Phone) -> str:
    person = store.people.by_telegram(phone.account.id)
    assert person is not None
    return person.id


def _planned(
    store: Store, family: Family, at: datetime, kind: AppointmentKind, session_id: str | None = None
) -> Appointment:
    return store.appointments.add(family.id, family.caseworker_id, kind, at, "x", session_id)


async def _plans(
    stage: Stage, family: Family, ahead: timedelta, kind: AppointmentKind = AppointmentKind.COUNSELLING
) -> Appointment:
    at = stage.clock.now() + ahead
    return await stage.machine.archive.write(lambda store: _planned(store, family, at, kind))


async def _trains(
    stage: Stage, leader: Phone, some: list[Family], ahead: timedelta, visited: timedelta
) -> None:
    """All of them are invited to one session of the leader's; the first is visited later that day."""
    now = stage.clock.now()

    def plan(store: Store) -> None:
        session = store.training.add(store.agency.offers()[0].id, _id(store, leader), now + ahead, "x")
        for family in some:
            _planned(store, family, now + ahead, AppointmentKind.PARENT_TRAINING_SESSION, session.id)
        _planned(store, some[0], now + visited, AppointmentKind.HOME_VISIT)

    await stage.machine.archive.write(plan)


async def _who_is_missing(berger: Phone) -> str:
    await berger.types("/week")
    await berger.sees("bis")
    await berger.presses("Wer fehlt noch?")
    return (await berger.sees("ntwort")).words


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
        store.families.enrol(family.id, offer.id, at - timedelta(days=30))
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


async def test_whoever_is_asked_far_ahead_is_missing_too(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    await stage.parent("Amina", "de", family)
    assert "✅ Zu allem, was noch kommt" in await _who_is_missing(berger)

    await _plans(stage, family, timedelta(days=150))

    missing = await _who_is_missing(berger)
    assert "Noch ohne Antwort: 1" in missing
    assert "⏳" in missing
    assert "Ahorn 12" in missing
    assert "❓" not in missing


async def test_whoever_has_not_understood_is_missing_with_a_sign_of_her_own(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", "de", family)
    made, now = await _plans(stage, family, timedelta(hours=2)), stage.clock.now()
    await stage.machine.archive.write(
        lambda store: store.appointments.answer(made.id, _id(store, amina), Answer.UNCLEAR, now, first=True)
    )

    missing = await _who_is_missing(berger)

    assert "Noch ohne Antwort: 1" in missing
    assert "❓ heißt: nicht verstanden." in missing
    assert "Ahorn 12" in missing


async def test_a_family_with_nobody_in_the_bot_has_not_answered(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    await _plans(stage, await stage.family("Ahorn 12", berger), timedelta(hours=2))

    missing = await _who_is_missing(berger)

    assert "Noch ohne Antwort: 1" in missing
    assert "Ahorn 12" in missing


async def test_many_who_are_missing_are_turned_through(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    for n in range(12):
        await _plans(stage, await stage.family(f"Linde {n}", berger), timedelta(days=n + 1))

    missing = await _who_is_missing(berger)
    assert "Noch ohne Antwort: 12" in missing
    assert "Linde 11" not in missing
    await berger.presses("▶️")
    await berger.sees("Linde 11")


async def test_a_big_session_hides_nothing_else_of_the_day(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    some = [await stage.family(f"Linde {n}", berger) for n in range(12)]
    await _trains(stage, berger, some, timedelta(hours=1), timedelta(hours=5))

    for command, sign in (("/today", "📅"), ("/week", "bis")):
        await berger.types(command)
        shown = await berger.sees(sign)
        assert "Elterntraining (12): ✅ 0 · ⏳ 12 · ❌ 0 · 🔁 0" in shown.words
        assert "Linde 0: Hausbesuch" in shown.words
        assert "Weitere" not in shown.words
    await berger.types("/today")
    await berger.sees("📅")
    await berger.presses("Elterntraining (12)")
    await berger.sees("Noch offen: 0")  # parents, of whom these families have none in the bot


async def test_a_colleagues_session_of_several_own_families_has_no_button(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    some = [await stage.family(f"Linde {n}", berger) for n in range(2)]
    await _trains(stage, koch, some, timedelta(hours=1), timedelta(hours=5))

    await berger.types("/today")

    assert "Elterntraining (2)" in (await berger.sees("📅")).words
    assert not [label for row in berger.keyboard for label in row if "Elterntraining" in label]


async def test_a_session_counts_for_its_own_offer_and_a_visit_from_the_enrolment_on(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", "de", family)
    now = stage.clock.now()

    def rates(store: Store) -> list[int]:
        found = []
        for offer in store.agency.offers()[:2]:
            noted = store.diary.of_offer(offer.id, now - timedelta(days=30), now)
            by_kind: dict[AppointmentKind, list[Rate]] = rules.rates(noted, rules.months(now))
            found.append(rules.altogether(one for some in by_kind.values() for one in some).noted)
        return found

    def lived(store: Store) -> tuple[list[int], list[int]]:
        one, two = store.agency.offers()[:2]
        store.families.enrol(family.id, one.id, now - timedelta(days=20))
        store.families.enrol(family.id, two.id, now - timedelta(days=5))
        at = now - timedelta(days=3)
        session = store.training.add(one.id, family.caseworker_id, at, "x")
        trained = _planned(store, family, at, AppointmentKind.PARENT_TRAINING_SESSION, session.id)
        visited = _planned(store, family, now - timedelta(days=10), AppointmentKind.HOME_VISIT)
        for made in (trained, visited):
            store.attendances.mark(made.id, _id(store, amina), False, now, family.caseworker_id)
        before = rates(store)
        store.families.leave(family.id, one.id)
        return before, rates(store)

    before, after = await stage.machine.archive.write(lived)

    assert before == [2, 0]
    assert after == [1, 0]
