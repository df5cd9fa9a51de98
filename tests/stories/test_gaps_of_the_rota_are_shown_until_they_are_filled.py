"""Where nobody would hear an alarm in the next 14 days, the leads see it until somebody does."""

from datetime import timedelta

from storage.records import Role
from tests.phones import Phone
from tests.shifts import at, goes_off, one_step, plans, today, winds_to
from tests.stage import Stage

GAPS, FILLED, OLDER = "Hier hört niemand einen Alarm", "ist jede Stufe besetzt", "stehen jetzt weiter unten"


async def covered(stage: Stage) -> tuple[Phone, Phone, Phone]:
    """A lead, and two on call who share 17 days without a gap."""
    await one_step(stage)
    weber = await stage.staff("Herr Weber", Role.LEAD)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    neu = await stage.staff("Herr Neu", Role.ON_CALL)
    await goes_off(stage, neu)
    now, noon = stage.clock.now(), at(today(stage, 2), 12)
    await plans(stage, koch, now, noon)
    await plans(stage, neu, noon, noon + timedelta(hours=8))
    await plans(stage, koch, noon + timedelta(hours=8), noon + timedelta(days=30))
    await goes_off(stage, koch)
    await stage.forward(seconds=1)
    await koch.sees("Ihre Schicht hat begonnen")
    await weber.reads_everything()
    return weber, koch, neu


async def falls_ill(weber: Phone) -> None:
    """The lead cancels Herr Neu's shift."""
    await weber.presses("☎️ Rufbereitschaft")
    await weber.sees("In Rufbereitschaft")
    await weber.presses("🗓 Nächste 14 Tage")
    await weber.sees("Dienstplan, Seite 1 von 1")
    await weber.presses("Herr Neu")
    await weber.sees("Herr Neu")
    await weber.presses("🤒 Schicht fällt aus")
    await weber.sees("wirklich")
    await weber.presses("🤒 Ja, sie fällt aus")
    await weber.toasted("fällt aus")
    await weber.sees("Dienstplan, Seite 1 von 1")


async def test_a_cancelled_shift_is_a_gap_at_once_and_filled_with_two_presses(stage: Stage) -> None:
    weber, koch, neu = await covered(stage)
    await falls_ill(weber)
    shown = await weber.sees(GAPS)
    assert "12:00–20:00" in shown.words
    await neu.sees("Diese Schicht ist nicht mehr bei Ihnen")
    await stage.forward(hours=2)
    await weber.sees_nothing()
    await weber.presses("➕")
    await weber.sees("Wer übernimmt?")
    await weber.presses("Frau Koch")
    await weber.toasted("Gespeichert")
    await weber.sees("Frau Koch")
    await weber.sees(FILLED)
    await koch.sees("Sie haben eine neue Schicht")
    await winds_to(stage, at(today(stage, 2), 13))
    await weber.sees_nothing()
    await koch.reads_everything()


async def test_a_new_gap_rings_and_a_known_one_only_changes(stage: Stage) -> None:
    weber, koch, neu = await covered(stage)
    await falls_ill(weber)
    first = await weber.sees(GAPS)
    await neu.reads_everything()
    later = today(stage, 2)
    await plans(stage, neu, at(later, 12), at(later, 14))
    changed = await weber.sees(GAPS)
    assert changed.message_id == first.message_id
    assert "14:00–20:00" in changed.words
    await koch.presses("☎️ Rufbereitschaft")
    await koch.sees("In Rufbereitschaft")
    await koch.presses("📴 Ich beende den Dienst")
    await koch.sees("Niemand ist in Rufbereitschaft")
    await weber.sees("Niemand ist in Rufbereitschaft")
    await weber.sees(OLDER)
    newest = await weber.sees(GAPS)
    assert newest.message_id > first.message_id


async def test_untested_people_fill_no_gap_until_they_have_answered(stage: Stage) -> None:
    await one_step(stage)
    weber = await stage.staff("Herr Weber", Role.LEAD)
    koch = stage.stranger("Frau Koch", "de")
    await stage.enters(koch, await stage.invitation(Role.ON_CALL, "Frau Koch", step=1))
    await plans(stage, koch, stage.clock.now() + timedelta(hours=1), at(today(stage, 30), 12))
    shown = await weber.sees(GAPS)
    assert "ohne beantworteten Testruf: Frau Koch" in shown.words
    await stage.forward(seconds=10)
    await koch.sees("Testruf")
    await koch.presses("✅ Ja, gehört")
    await koch.sees("Sie zählen jetzt")
    await weber.sees(FILLED)


async def test_who_goes_on_by_hand_alone_has_no_list_of_gaps(stage: Stage) -> None:
    await one_step(stage)
    weber = await stage.staff("Herr Weber", Role.LEAD)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    await koch.presses("☎️ Rufbereitschaft")
    await koch.sees("In Rufbereitschaft")
    await koch.presses("📴 Ich beende den Dienst")
    await koch.sees("Niemand ist in Rufbereitschaft")
    await weber.sees("Niemand ist in Rufbereitschaft")
    await stage.forward(days=2)
    await weber.sees_nothing()


async def test_a_gap_that_is_days_away_makes_no_sound_at_night(stage: Stage) -> None:
    weber, koch, neu = await covered(stage)
    await winds_to(stage, at(today(stage, 1), 2))
    shift = await stage.machine.archive.read(
        lambda store: next(
            one
            for one in store.rota.between(stage.clock.now(), stage.clock.now() + timedelta(days=9))
            if one.ends_at - one.starts_at == timedelta(hours=8)
        )
    )
    await stage.machine.archive.write(lambda store: store.rota.cancel(shift.id))
    await stage.forward(hours=1)
    shown = await weber.sees(GAPS)
    sent = [
        line.params
        for line in stage.world.requests
        if line.method.lower() == "sendmessage" and GAPS in str(line.params.get("text"))
    ]
    assert sent[-1]["disable_notification"] is True
    assert shown.words
    await koch.reads_everything()
    await neu.reads_everything()


async def test_whoever_is_on_call_no_more_leaves_a_gap(stage: Stage) -> None:
    weber, koch, neu = await covered(stage)
    await weber.presses("👥 Team")
    await weber.sees("Herr Neu")
    await weber.presses("Herr Neu")
    await weber.sees("Herr Neu")
    await weber.presses("❌ Rufbereitschaft beenden")
    await weber.sees("Herr Neu")
    await weber.presses("❌ Ja, beenden")
    await stage.forward(seconds=2)
    shown = await weber.sees(GAPS)
    assert "12:00–20:00" in shown.words
    for phone in (weber, koch, neu):
        await phone.reads_everything()
