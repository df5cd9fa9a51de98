"""A lead looks at the rota, gives a shift to somebody else, ends a weekly one, and takes it all along as a file."""

from datetime import timedelta

from handlers.rota import making
from storage.records import Pattern, Role
from storage.store import Store
from tests.phones import Phone
from tests.shifts import at, goes_off, one_step, person_of, plans, shifts, today, winds_to
from tests.stage import Stage


async def cast(stage: Stage) -> tuple[Phone, Phone, Phone]:
    """A lead and two on call who are off by hand."""
    await one_step(stage)
    weber = await stage.staff("Herr Weber", Role.LEAD)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    neu = await stage.staff("Herr Neu", Role.ON_CALL)
    await goes_off(stage, koch, neu)
    weber.ignores("Hier hört niemand", "Die Lücken im Dienstplan")
    return weber, koch, neu


async def opens_plan(weber: Phone, button: str, sees: str) -> None:
    await weber.presses("☎️ Rufbereitschaft")
    await weber.sees("Niemand ist in Rufbereitschaft")
    await weber.presses("🛠 Dienstplan ändern")
    await weber.sees("Was möchten Sie am Dienstplan ändern?")
    await weber.presses(button)
    await weber.sees(sees)


async def test_somebody_takes_a_shift_of_somebody_who_can_not(stage: Stage) -> None:
    weber, koch, neu = await cast(stage)
    await plans(stage, koch, at(today(stage, 1), 12), at(today(stage, 1), 20))
    await opens_plan(weber, "🗓 Nächste 14 Tage", "Seite 1 von 1")
    await weber.presses("Frau Koch")
    await weber.sees("Frau Koch")
    await weber.presses("👤 Jemand anders übernimmt")
    await weber.sees("Wer übernimmt diese Schicht?")
    await weber.presses("Herr Neu")
    await weber.sees("Herr Neu")
    await koch.sees("Diese Schicht ist nicht mehr bei Ihnen")
    await neu.sees("Sie haben eine neue Schicht")
    await winds_to(stage, at(today(stage, 1), 12))
    await neu.sees("Ihre Schicht hat begonnen")
    await koch.sees_nothing()


async def test_a_running_shift_is_given_at_once(stage: Stage) -> None:
    weber, koch, neu = await cast(stage)
    now = stage.clock.now()
    shift = await plans(stage, koch, now, now + timedelta(hours=8))
    await stage.forward(seconds=1)
    await koch.sees("Ihre Schicht hat begonnen")
    await weber.presses("☎️ Rufbereitschaft")
    await weber.sees("Frau Koch")
    await weber.presses("🗓 Nächste 14 Tage")
    await weber.sees("Seite 1 von 1")
    await weber.presses("Frau Koch")
    await weber.sees("Frau Koch")
    await weber.presses("👤 Jemand anders übernimmt")
    await weber.sees("Wer übernimmt diese Schicht?")
    await weber.presses("Herr Neu")
    await weber.sees("Herr Neu")
    await stage.forward(seconds=2)
    await koch.sees("Diese Schicht ist nicht mehr bei Ihnen")
    await neu.sees("Sie haben eine neue Schicht")
    await neu.sees("Ihre Schicht hat begonnen")
    amina = stage.stranger("Amina", "de")
    await amina.types("/alarm")
    await neu.sees("Alarm A-0001")
    await koch.sees_nothing()
    assert [one.id for one in await shifts(stage)] == [shift.id]
    for phone in (neu, amina, weber):
        await phone.reads_everything()


async def test_a_weekly_shift_that_ends_takes_what_it_made_with_it_and_makes_nothing_more(
    stage: Stage,
) -> None:
    weber, koch, neu = await cast(stage)
    now, first = stage.clock.now(), today(stage, 2)

    def weekly(store: Store) -> None:
        who = person_of(store, koch).id
        made = Pattern("", who, None, 1, first.weekday(), "22:00", "06:00", first.isoformat(), None)
        making.make(store, [store.rota.add_pattern(made)], now)

    await stage.machine.archive.write(weekly)
    assert len(await shifts(stage)) == 8
    await stage.forward(days=7)
    assert len(await shifts(stage)) == 8
    await koch.reads_everything()
    await opens_plan(weber, "📋 Alle Wochenschichten", "22:00–06:00 · Stufe 1 · Frau Koch")
    await weber.presses("🗑")
    await weber.sees("Diese Wochenschicht beenden?")
    await weber.presses("🗑 Ja, beenden")
    await weber.toasted("Gespeichert")
    await weber.sees("Es gibt noch keine Wochenschicht")
    assert await shifts(stage) == []
    await stage.forward(days=3)
    assert await shifts(stage) == []
    await koch.reads_everything()
    await neu.reads_everything()


async def test_the_rota_is_taken_along_as_a_calendar_file(stage: Stage) -> None:
    weber, koch, neu = await cast(stage)
    tomorrow = today(stage, 1)
    await plans(stage, koch, at(tomorrow, 12), at(tomorrow, 20))
    await plans(stage, neu, at(tomorrow, 20), at(tomorrow, 23))
    await opens_plan(weber, "📤 Als Kalenderdatei", "rufbereitschaft.ics")
    await koch.presses("☎️ Rufbereitschaft")
    await koch.sees("Niemand ist in Rufbereitschaft")
    await koch.presses("📅 Meine Schichten")
    await koch.sees("Ihre Schichten der nächsten vier Wochen")
    await koch.presses("📤 Als Kalenderdatei")
    await koch.sees("rufbereitschaft.ics")
    await neu.sees_nothing()
