"""An appointment is agreed phone in hand: few taps, a month to tap on, and a preview that says what one should know."""

from datetime import date, datetime, timedelta

import pytest

from handlers import calendar
from handlers.feasts import feast
from storage.records import Role
from storage.store import Store
from tests.diary import BERLIN, Booking, books, day_button, in_days, starts_booking, turns_to, until
from tests.phones import Phone, plain
from tests.stage import Stage

CARD = {"de": "Ihr Termin: Beratung", "tr": "Randevunuz: Danışma", "ar": "موعدكم: جلسة استشارة"}
BRING = {"de": "Impfpass, Windeln", "tr": "aşı kartı, bebek bezi", "ar": "دفتر التطعيم، حفاضات"}
FURTHER = {"de": "🔁 Weitere Tage:", "tr": "🔁 Diğer günler:", "ar": "🔁 الأيام الأخرى:"}
OFF = {"de": "fällt aus", "tr": "Randevu iptal edildi", "ar": "تم إلغاء الموعد"}
TOMORROW = {"de": "Morgen ist Ihr Termin", "tr": "Randevunuz yarın", "ar": "موعدكم غدًا"}


async def caseworker_and_parent(stage: Stage, language: str = "de") -> tuple[Phone, Phone]:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    return berger, await stage.parent("Amina", language, await stage.family("Ahorn 12", berger))


def today(stage: Stage) -> date:
    return stage.clock.now().astimezone(BERLIN).date()


def week_before_a_holiday(stage: Stage) -> Booking:
    """A day, no holiday itself, after which a weekly series meets a holiday at once."""
    ahead = (today(stage) + timedelta(days=n) for n in range(3, 150))
    day = next(day for day in ahead if feast(day + timedelta(weeks=1)) and not feast(day))
    return Booking(day, "14:30")


async def test_eight_taps_are_enough(stage: Stage) -> None:
    berger, amina = await caseworker_and_parent(stage, "tr")
    visit = in_days(stage, 3)
    pressed = 0
    for label, shown in (
        ("➕ Neuer Termin", "Für welche Familie"),
        ("Ahorn 12", "Welche Art von Termin?"),
        ("Beratungsgespräch", "An welchem Tag?"),
        (None, "Um wie viel Uhr?"),
        ("10 Uhr", "Um wie viel Uhr genau?"),
        ("10:30", "📍 Wo?"),
        ("Goethestraße", "So liest es die Familie"),
        ("✅ Senden", "Noch offen: Amina"),
    ):
        if label is None and visit.month not in berger.keyboard:
            await turns_to_quietly(berger, visit)
        await berger.presses(label or day_button(berger, visit.day))
        pressed += 1
        await berger.sees(shown)
    assert pressed == 8
    card = await amina.sees(CARD["tr"])
    assert visit.date in card.words


async def turns_to_quietly(phone: Phone, booking: Booking) -> None:
    """The month changes while the story runs: one page on is no tap of the plain way."""
    await phone.presses("▶️")
    await phone.sees("An welchem Tag?")
    assert booking.month in phone.keyboard


async def test_the_calendar_turns_its_pages_and_knows_what_is_no_day(stage: Stage) -> None:
    berger, _ = await caseworker_and_parent(stage)
    await berger.presses("➕ Neuer Termin")
    await berger.sees("Für welche Familie")
    await berger.presses("Ahorn 12")
    await berger.sees("Welche Art von Termin?")
    await berger.presses("Arzttermin")
    first = await berger.sees("An welchem Tag?")
    if calendar.hours(today(stage), stage.clock.now()):
        assert f"[{today(stage).day}]" in " ".join(berger.keyboard)
    assert berger.keyboard[2:9] == ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]
    await berger.presses("Mo")
    await berger.toasted("Bitte tippen Sie auf einen Tag.")
    named = []
    for _ in range(6):
        await berger.presses("▶️")
        page = await berger.sees("An welchem Tag?")
        assert page is first
        named += [line for line in plain(page.words).splitlines() if line.startswith("• ")]
    assert "▶️" not in berger.keyboard
    assert any(line.endswith("Neujahr") for line in named)
    assert any(line.endswith(("Karfreitag", "Allerheiligen", "Erster Mai")) for line in named)
    await berger.presses("◀️")
    await berger.sees("An welchem Tag?")
    await berger.presses("◀️ Zurück")
    await berger.sees("Welche Art von Termin?")
    await berger.presses("✖️ Abbrechen")
    await berger.sees("Es wurde nichts gesendet")


async def test_a_clash_is_shown_before_it_is_sent(stage: Stage) -> None:
    berger, amina = await caseworker_and_parent(stage)
    await books(stage, berger, days=3, clock="10:30")
    await amina.sees("Ihr Termin")
    again = in_days(stage, 3, "11:00")

    await berger.presses("➕ Neuer Termin")
    await berger.sees("Für welche Familie")
    await berger.presses("Ahorn 12")
    await berger.sees("Welche Art von Termin?")
    await berger.presses("Arzttermin")
    await turns_to(berger, again)
    assert day_button(berger, again.day).endswith("•")
    await berger.presses(day_button(berger, again.day))
    await berger.sees("Um wie viel Uhr?")
    assert {"10 Uhr •", "11 Uhr •"} <= set(berger.keyboard)
    await berger.presses("11 Uhr •")
    await berger.sees("⛔ belegt")
    assert berger.keyboard[:4] == ["⛔ 11:00", "⛔ 11:15", "11:30", "11:45"]
    await berger.presses("⛔ 11:00")
    await berger.sees("📍 Wo?")
    await berger.presses("Goethestraße")
    warned = plain((await berger.sees("So liest es die Familie")).words)
    assert f"⛔ Da haben Sie schon etwas:\n• {weekday(again.day)}, {again.date}, 10:30 bis 11:30" in warned

    await berger.presses("✅ Senden")

    await berger.sees("Noch offen: Amina")
    await amina.sees("Ihr Termin: Arzt-Termin")


def weekday(day: date) -> str:
    names = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
    return names[day.weekday()]


@pytest.mark.parametrize("language", ["de", "tr", "ar"])
async def test_an_interpreter_and_what_to_bring_stand_on_her_card(stage: Stage, language: str) -> None:
    berger, amina = await caseworker_and_parent(stage, language)
    await starts_booking(berger, in_days(stage, 3), "Ahorn 12", "Beratungsgespräch")
    await berger.presses("Bezirksrathaus Porz")
    await berger.sees("So liest es die Familie auf: Deutsch")
    await berger.presses("🗣 Übersetzung")
    await berger.sees("Soll jemand übersetzen?")
    await berger.presses("🗣 Arabisch")
    await berger.sees("So liest es die Familie auf: Deutsch")
    await berger.presses("🎒 Mitbringen")
    await berger.sees("Was soll die Familie mitbringen?")
    for thing in ("▫️ Windeln", "▫️ Stift", "▫️ Impfpass", "✅ Stift"):
        await berger.presses(thing)
        await berger.sees("Was soll die Familie mitbringen?")
    await berger.presses("✅ Fertig")
    preview = plain((await berger.sees("So liest es die Familie auf: Deutsch")).words)
    assert BRING["de"] in preview
    assert BRING[language] in preview

    await berger.presses("✅ Senden")

    await berger.sees("Noch offen: Amina")
    card = plain((await amina.sees("Bezirksrathaus Porz, Friedrich-Ebert-Ufer 64-70")).words)
    assert CARD[language] in card
    assert BRING[language] in card
    assert "🗣" in card


@pytest.mark.parametrize("language", ["de", "tr", "ar"])
async def test_a_series_rings_once_and_each_of_its_days_is_told(stage: Stage, language: str) -> None:
    berger, amina = await caseworker_and_parent(stage, language)
    visit = in_days(stage, 3)

    said = await makes_a_series(berger, visit, "4 Mal")

    assert "Jede Woche, Termine: 4" in said
    assert FURTHER[language] in said
    card = plain((await amina.sees(FURTHER[language])).words)
    await amina.sees_nothing()
    series = await series_of(stage)
    assert len(series) == 4
    assert all(f"{at:%d.%m.}" in card for at in series)

    berger.ignores("Anrufliste")
    await until(stage, visit.eve("17:05"))
    await amina.sees(TOMORROW[language])


async def series_of(stage: Stage) -> list[datetime]:
    now = stage.clock.now()

    def job(store: Store) -> list[datetime]:
        (family,) = store.families.all()
        return [one.starts_at.astimezone(BERLIN) for one in store.appointments.ahead(family.id, now)]

    return await stage.machine.archive.read(job)


async def makes_a_series(berger: Phone, first: Booking, times: str) -> str:
    """Up to the caseworker's sheet; what the preview said."""
    await starts_booking(berger, first, "Ahorn 12", "Beratungsgespräch")
    await berger.presses("Goethestraße")
    await berger.sees("So liest es die Familie")
    await berger.presses("🔁 Serie")
    await berger.sees("Wie oft?")
    await berger.presses(times)
    preview = await berger.sees("So liest es die Familie")
    said = plain(preview.words)
    await berger.presses("✅ Senden")
    await berger.sees("Noch offen: Amina")
    return said


async def test_a_series_pauses_on_a_holiday_and_says_so(stage: Stage) -> None:
    berger, amina = await caseworker_and_parent(stage)
    first = week_before_a_holiday(stage)

    said = await makes_a_series(berger, first, "6 Mal")

    off = first.day + timedelta(weeks=1)
    assert f"🎉 Wegen Feiertag ausgelassen:\n• {weekday(off)}, {off:%d.%m.%Y}: {feast(off)}" in said
    card = plain((await amina.sees(FURTHER["de"])).words)
    series = await series_of(stage)
    assert len(series) == 6
    assert not [at for at in series if feast(at.date())]
    assert {(at.weekday(), at.hour, at.minute) for at in series} == {(first.day.weekday(), 14, 30)}
    assert all(f"{at:%d.%m.}" in card for at in series[1:])
    assert f"{off:%d.%m.}" not in card


@pytest.mark.parametrize("language", ["de", "tr", "ar"])
async def test_a_later_day_of_a_series_is_called_off_aloud(stage: Stage, language: str) -> None:
    berger, amina = await caseworker_and_parent(stage, language)
    await makes_a_series(berger, in_days(stage, 3), "4 Mal")
    card = await amina.sees(FURTHER[language])
    last = (await series_of(stage))[-1]
    assert f"{last:%d.%m.}" in card.words

    await berger.presses("📅 Termine")
    await berger.sees("Ihre nächsten Termine")
    await berger.presses(f"{last:%d.%m.}")
    await berger.sees("Noch offen: Amina")
    await berger.presses("❌ Termin absagen")
    await berger.sees("wirklich absagen?")
    await berger.presses("❌ Ja, absagen")
    await berger.sees("abgesagt.")

    told = await amina.sees(OFF[language])
    assert f"{last:%d.%m.%Y}" in told.words
    assert await amina.sees(FURTHER[language]) is card
    assert f"{last:%d.%m.}" not in card.words


async def test_parents_who_live_apart_each_get_their_own(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", "ar", family)
    yusuf = await stage.parent("Yusuf", "tr", family)

    hers = await books(stage, berger, kind="Hausbesuch", days=3, clock="09:15", place="🏠", whom="Nur Amina")
    card = await amina.sees("موعدكم")
    assert hers.date in card.words
    await yusuf.sees_nothing()
    his = await books(stage, berger, kind="Hausbesuch", days=4, clock="16:00", place="🏠", whom="Nur Yusuf")
    card = await yusuf.sees("Ev ziyareti")
    assert his.date in card.words
    await amina.sees_nothing()

    await yusuf.presses("✅ Evet")
    await yusuf.sees("Kabul ettiniz")
    await berger.sees("Zusage von: Yusuf")
    await berger.reads_everything()
    await amina.types("📅 المواعيد")
    await amina.sees("09:15")
    await amina.sees_nothing()
