"""A place for tonight: held while on the phone, confirmed or lapsed, given to Porz first, and never freed by itself."""

from datetime import datetime

from handlers.places import rules
from locales.translator import voice
from locales.zone import here
from storage.records import HoldState, Role
from storage.store import Store
from tests.diary import in_days, until
from tests.phones import Phone
from tests.stage import Stage

FIRST, SECOND, FLAT = "Goethestraße 1", "Goethestraße 2", "Krisenwohnung"


async def noon(stage: Stage) -> None:
    """Tomorrow at twelve: nights are counted from the clock on the wall."""
    await until(stage, in_days(stage, 1, "12:00").at)


async def english(stage: Stage, name: str) -> Phone:
    """Somebody on call who works in English."""
    phone = await stage.staff(name, Role.ON_CALL, language="en")
    await phone.presses("English")
    await phone.reads_everything()
    return phone


async def board(phone: Phone) -> None:
    await phone.presses("🛏 Krisenplätze")
    await phone.sees("🛏 Krisenplätze")


async def holds(phone: Phone, label: str = FIRST, porz: str = "Aus Porz") -> None:
    await phone.presses(f"✋ {label}")
    await phone.sees(f"✋ {label} halten: Kommt die Anfrage aus Porz?")
    await phone.presses(porz)
    await phone.sees("Zuständig:")


async def confirms(phone: Phone, nights: str = "Nächte: 1,") -> None:
    await phone.presses("✅ Person kommt")
    await phone.sees("Bis wann?")
    await phone.presses(nights)
    await phone.toasted("Der Platz ist belegt.")
    await phone.sees("Zuständig:")


async def fills(stage: Stage, phone: Phone, *labels: str) -> None:
    """Takes places for two weeks."""
    for label in labels:
        await board(phone)
        await holds(phone, label)
        await confirms(phone, "Nächte: 14,")
        await phone.reads_everything()


async def test_held_on_the_phone_and_confirmed_for_three_nights(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    haas = await stage.staff("Frau Haas", Role.LEAD, Role.ON_CALL)
    await board(koch)
    await board(haas)
    await holds(koch)
    assert f"🟡 {FIRST}: gehalten bis" in (await haas.sees("Frau Koch, ohne Alarm")).words
    await koch.sees("Frau Koch, ohne Alarm")
    await confirms(koch, "Nächte: 3,")
    for phone in (haas, koch):
        assert f"🔴 {FIRST}: belegt bis" in (await phone.sees("🛏 Krisenplätze")).words
    await stage.forward(hours=2)
    await haas.sees_nothing()
    await koch.sees_nothing()


async def test_two_who_hold_the_same_place_and_one_has_it(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    demir = await english(stage, "Herr Demir")
    await board(koch)
    await demir.types("/places")
    await demir.sees("🛏 Crisis places")
    for phone, asks in ((koch, "halten: Kommt"), (demir, "Hold Goethestraße 1: does")):
        await phone.presses(f"✋ {FIRST}")
        await phone.sees(asks)
    await koch.presses("Aus Porz")
    await koch.sees("gehalten bis")
    await koch.sees("🛏 Krisenplätze")
    await demir.presses("From Porz")
    await demir.toasted("Somebody was faster.")
    await demir.sees("Goethestraße 1 is no longer free.")
    await demir.sees("Frau Koch, no alarm")


async def test_a_hold_warns_lapses_and_goes_to_whoever_waits(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    demir = await english(stage, "Herr Demir")
    await fills(stage, koch, SECOND, FLAT)
    await board(koch)
    await holds(koch)
    await demir.types("/places")
    await demir.sees("🛏 Crisis places")
    await demir.presses("⏳ Join the waiting list")
    await demir.sees("does the request come from Porz?")
    await demir.presses("Not from Porz")
    await demir.sees("Waiting list, position: 1 of 1")
    await demir.sees("On the waiting list: 1")
    await koch.sees("Auf der Warteliste: 1")
    await stage.forward(minutes=25)
    await koch.sees(f"⏳ {FIRST}: Der Platz verfällt in 5 Minuten.")
    await stage.forward(minutes=5)
    await koch.sees("⌛️ Ihr Platz ist nicht mehr gehalten")
    await demir.sees(f"🔔 {FIRST} is free now and held for you. Please confirm.")
    await koch.reads_everything()
    await demir.reads_everything()
    await demir.presses("✅ Person is coming")
    await demir.sees("until when?")
    await demir.presses("Nights: 1,")
    await demir.sees("taken until")
    await demir.reads_everything()
    await koch.reads_everything()


async def test_held_half_an_hour_longer_it_lapses_half_an_hour_later(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    await board(koch)
    await holds(koch)
    await koch.sees("🛏 Krisenplätze")
    await stage.forward(minutes=25)
    await koch.sees("verfällt in 5 Minuten")
    await koch.presses("⏳ 30 Minuten länger")
    await koch.toasted("30 Minuten länger")
    await stage.forward(minutes=10)
    (held,) = await stage.machine.archive.read(lambda store: store.holds.current())
    assert held.state is HoldState.HELD
    await koch.reads_everything()
    await stage.forward(minutes=15)
    await koch.sees("verfällt in 5 Minuten")
    await stage.forward(minutes=5)
    await koch.sees("⌛️ Ihr Platz ist nicht mehr gehalten")
    await koch.reads_everything()


async def test_porz_comes_first_and_a_freed_place_is_offered(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    demir = await stage.staff("Herr Demir", Role.ON_CALL)
    yildiz = await stage.staff("Frau Yildiz", Role.ON_CALL)
    await fills(stage, koch, FIRST, SECOND, FLAT)
    for phone, porz in ((demir, "Nicht aus Porz"), (yildiz, "Aus Porz")):
        await board(phone)
        await phone.presses("⏳ Auf die Warteliste")
        await phone.sees("Warteliste: Kommt die Anfrage aus Porz?")
        await phone.presses(porz)
        await phone.sees("Warteliste, Platz: 1 von")
    await demir.sees("Warteliste, Platz: 2 von 2")
    await stage.quiet()
    for phone in (koch, demir, yildiz):
        await phone.reads_everything()
    await board(koch)
    await koch.presses(f"👁 {FIRST}")
    await koch.sees(f"🔴 {FIRST}: belegt bis")
    await koch.presses("🏁 Platz ist leer")
    await koch.sees("Schläft dort niemand mehr?")
    await koch.presses("✅ Ja, der Platz ist leer")
    await koch.toasted("Freigegeben.")
    await yildiz.sees(f"🔔 {FIRST} ist jetzt frei und für Sie gehalten.")
    await demir.sees("Warteliste, Platz: 1 von 1")
    await stage.quiet()
    for phone in (koch, demir, yildiz):
        await phone.reads_everything()


async def test_a_stay_that_ends_is_told_and_nothing_becomes_free_by_itself(stage: Stage) -> None:
    await noon(stage)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    haas = await stage.staff("Frau Haas", Role.LEAD)
    await board(koch)
    await holds(koch)
    await confirms(koch)
    await koch.sees("🛏 Krisenplätze")
    await until(stage, in_days(stage, 1, "08:05").at)
    for phone in (haas, koch):
        await phone.sees("🌅 Heute endet ein Aufenthalt.")
    await stage.forward(hours=2)
    for phone in (haas, koch):
        await phone.sees("⚠️ Ein Aufenthalt ist überfällig.")
        await phone.reads_everything()
    await haas.types("/plaetze")
    assert f"⚠️ {FIRST}: überfällig seit" in (await haas.sees("🛏 Krisenplätze")).words
    await haas.presses(f"👁 {FIRST}")
    await haas.sees("überfällig seit")
    await haas.presses("📅 Verlängern")
    await haas.sees("Bis wann?")
    await haas.presses("📅 Anderer Tag")
    await haas.sees("Bis zum Morgen welches Tages?")
    await haas.presses((await _days(stage))[6])
    await haas.toasted("Verlängert.")
    await haas.sees("🔴 Goethestraße 1: belegt bis")
    await haas.sees("🛏 Krisenplätze")
    await stage.quiet()
    for phone in (haas, koch):
        await phone.reads_everything()
    await stage.forward(days=5)
    await haas.sees_nothing()
    (stay,) = await stage.machine.archive.read(lambda store: store.holds.current())
    assert stay.state is HoldState.TAKEN


async def _days(stage: Stage) -> list[str]:
    return [voice("de").day_short(day) for day in rules.days(stage.clock.now(), here())]


def raised_and_taken(store: Store, parent: Phone, on_call: Phone, now: datetime) -> None:
    person = store.people.by_telegram(parent.account.id)
    taker = store.people.by_telegram(on_call.account.id)
    assert person is not None
    assert taker is not None
    alarm = store.alarms.open(person.id, None, {"minutes": [5]}, now)
    store.alarms.take(alarm.id, taker.id, now)


async def test_it_carries_the_number_of_an_alarm_and_never_a_name(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", berger))
    await stage.machine.archive.write(lambda store: raised_and_taken(store, amina, koch, stage.clock.now()))
    await board(koch)
    await koch.presses(f"✋ {FLAT}")
    await koch.sees("Kommt die Anfrage aus Porz?")
    await koch.presses("A-0001: nicht")
    sheet = await koch.sees("Zum Alarm A-0001")
    assert f"🟡 {FLAT}: gehalten bis" in sheet.words
    assert "Aus Porz: nein" in sheet.words
    shown = await koch.sees("Frau Koch, A-0001")
    assert not {"Amina", "Ahorn"} & set(shown.words.split())
    await koch.presses("↩️ Freigeben")
    await koch.sees("freigegeben")
    await koch.sees(f"🟢 {FLAT}: frei")


async def test_families_and_guests_never_see_the_board(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", berger))
    for phone in (amina, berger):
        await phone.types("/plaetze")
        await stage.quiet()
        assert FIRST not in phone.screen
        await phone.reads_everything()


async def test_the_lead_looks_back_at_what_is_over(stage: Stage) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    await haas.types("/plaetze")
    await haas.sees("🛏 Krisenplätze")
    await holds(haas)
    await haas.sees("Frau Haas")
    await haas.presses("↩️ Freigeben")
    await haas.sees("freigegeben")
    await haas.sees(f"🟢 {FIRST}: frei")
    await haas.presses("📜 Die letzten 20")
    await haas.sees(f"{FIRST}: freigegeben")
