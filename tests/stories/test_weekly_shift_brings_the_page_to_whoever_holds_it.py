"""A lead writes a weekly shift down; when it begins, pages go to whoever holds it, and to nobody else."""

from datetime import timedelta

from handlers.rota import rules
from locales.dates import weekdays
from storage.records import Role
from tests.shifts import at, goes_off, one_step, plans, shifts, today, winds_to
from tests.stage import Stage


async def test_a_weekly_shift_written_in_the_chat_pages_whoever_holds_it(stage: Stage) -> None:
    await one_step(stage)
    weber = await stage.staff("Herr Weber", Role.LEAD)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    neu = await stage.staff("Herr Neu", Role.ON_CALL)
    await goes_off(stage, koch, neu)
    tomorrow = today(stage, 1)
    await weber.presses("☎️ Rufbereitschaft")
    await weber.sees("Niemand ist in Rufbereitschaft")
    await weber.presses("🛠 Dienstplan ändern")
    await weber.sees("Was möchten Sie")
    await weber.presses("🔁 Neue Wochenschicht")
    await weber.sees("Wer hat die Schicht?")
    await weber.presses("Frau Koch")
    await weber.sees("Für welchen Standort?")
    await weber.presses("🏘 Alle Standorte")
    await weber.sees("Auf welcher Stufe?")
    await weber.presses("Stufe 1")
    await weber.sees("An welchen Tagen")
    await weber.presses(weekdays("de", short=True)[tomorrow.weekday()])
    await weber.presses("👍 Weiter")
    await weber.sees("Ab wann?")
    await weber.types("21:45")
    await weber.sees("Ab 21:45 bis wann?")
    await weber.presses("06:00")
    await weber.sees("Ist das richtig?")
    await weber.presses("💾 Speichern")
    await weber.sees(f"Eingetragene Schichten: {rules.WEEKS_AHEAD}")
    await weber.sees("Hier hört niemand einen Alarm")
    await koch.sees(f"Sie haben neue Schichten: {rules.WEEKS_AHEAD}")

    await winds_to(stage, at(tomorrow, 21, 45))

    await koch.sees("Ihre Schicht hat begonnen: Stufe 1")
    await weber.sees("Hier hört niemand einen Alarm")
    amina = stage.stranger("Amina", "de")
    await amina.types("/alarm")
    await koch.sees("Alarm A-0001")
    await stage.quiet()
    await neu.sees_nothing()
    await koch.presses("✅")
    await stage.quiet()
    for phone in (koch, amina, weber):
        await phone.reads_everything()

    await winds_to(stage, at(tomorrow + timedelta(days=1), 6))

    ended = await koch.sees("Ihre Schicht ist zu Ende")
    assert "Diese Alarme sind noch bei Ihnen: A-0001" in ended.words
    assert "Stufe 1 hat jetzt niemand" in ended.words
    await weber.reads_everything()
    await koch.reads_everything()


async def test_who_comes_learns_which_alarms_are_open_and_who_goes_learns_who_came(stage: Stage) -> None:
    await one_step(stage)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    neu = await stage.staff("Herr Neu", Role.ON_CALL)
    await goes_off(stage, koch, neu)
    tomorrow = today(stage, 1)
    await plans(stage, koch, at(tomorrow, 8), at(tomorrow, 16))
    await plans(stage, neu, at(tomorrow, 16), at(tomorrow, 23))
    await winds_to(stage, at(tomorrow, 8))
    first = await koch.sees("Ihre Schicht hat begonnen")
    assert "Kein Alarm ist offen" in first.words
    amina, ben = stage.stranger("Amina", "de"), stage.stranger("Ben", "de")
    await amina.types("/alarm")
    await koch.sees("Alarm A-0001")
    await koch.presses("✅")
    await ben.types("/alarm")
    await koch.sees("Alarm A-0002")
    await winds_to(stage, at(tomorrow, 16))
    begun = await neu.sees("Ihre Schicht hat begonnen")
    assert "Offene Alarme: 2" in begun.words
    assert "A-0001: bei Frau Koch" in begun.words
    assert "A-0002: noch bei niemandem" in begun.words
    assert "Amina" not in begun.words
    ended = await koch.sees("Ihre Schicht ist zu Ende")
    assert "Stufe 1 hat jetzt: Herr Neu" in ended.words
    assert "noch bei Ihnen: A-0001." in ended.words
    await stage.quiet()
    for phone in (koch, neu, amina, ben):
        await phone.reads_everything()


async def test_two_shifts_of_the_same_person_that_meet_are_one(stage: Stage) -> None:
    await one_step(stage)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    await goes_off(stage, koch)
    tomorrow = today(stage, 1)
    await plans(stage, koch, at(tomorrow, 8), at(tomorrow, 16))
    await plans(stage, koch, at(tomorrow, 16), at(tomorrow, 20))
    await winds_to(stage, at(tomorrow, 8))
    await koch.sees("Ihre Schicht hat begonnen")
    await winds_to(stage, at(tomorrow, 16))
    await koch.sees_nothing()
    await winds_to(stage, at(tomorrow, 20))
    await koch.sees("Ihre Schicht ist zu Ende")


async def test_off_during_a_shift_ends_it_and_the_leads_see_the_gap(stage: Stage) -> None:
    await one_step(stage)
    weber = await stage.staff("Herr Weber", Role.LEAD)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    neu = await stage.staff("Herr Neu", Role.ON_CALL)
    await goes_off(stage, neu)
    await plans(stage, koch, stage.clock.now() - timedelta(hours=1), stage.clock.now() + timedelta(hours=8))
    await stage.forward(seconds=1)
    await koch.sees("Ihre Schicht hat begonnen")
    await weber.sees_nothing()
    await koch.presses("☎️ Rufbereitschaft")
    await koch.sees("Frau Koch")
    await koch.presses("📴 Ich beende den Dienst")
    await koch.sees("Niemand ist in Rufbereitschaft")
    await weber.sees("Niemand ist in Rufbereitschaft")
    await weber.sees("Hier hört niemand einen Alarm")
    await stage.forward(hours=9)
    await koch.sees_nothing()
    await neu.sees_nothing()
    assert await shifts(stage) == []
    await weber.reads_everything()
