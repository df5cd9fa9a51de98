"""Small truths on staff's screens in a crisis: the right words, the right warning, and one screen that follows."""

from storage.records import Role
from tests.phones import plain
from tests.stage import Stage


async def test_a_colleague_who_takes_back_her_own_alarm_reads_staffs_words(stage: Stage) -> None:
    koch = await stage.staff("Mrs Koch", Role.ON_CALL, language="en")
    await koch.types("/language")
    await koch.presses("English")
    await koch.reads_everything()
    await koch.types("/alarm")
    await koch.reads_everything()

    await koch.presses("✋")

    await koch.toasted("The team now knows")
    await koch.reads_everything()


async def test_a_leads_late_press_shows_the_warning_again(stage: Stage) -> None:
    lead = await stage.staff("Frau Lang", Role.LEAD)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    warning = await lead.sees("Niemand ist in Rufbereitschaft")
    alarm = await stage.machine.archive.read(lambda store: store.alarms.not_ended()[0].id)

    query = lead.hand.forges(warning.message_id, f"crisis:pass:{alarm}:9:9")
    assert await query.answer(5.0)
    await stage.quiet()

    assert "Niemand ist in Rufbereitschaft" in plain(lead.account.messages[warning.message_id].words)
    await amina.reads_everything()
    await lead.reads_everything()


async def test_opening_an_alarm_again_and_again_leaves_one_that_follows(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    weber = await stage.staff("Herr Weber", Role.ON_CALL)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await koch.sees("Jemand braucht Hilfe")
    for _ in range(3):
        await koch.presses("🚨")
        await koch.sees("Offene Alarme")
        await koch.presses("A-0001")
        await koch.sees("Jemand braucht Hilfe")
    await stage.quiet()

    await weber.presses("✅ Ich übernehme")
    await stage.quiet()

    shown = [plain(one.words) for one in koch.account.messages.values()]
    assert sum("Übernommen von: Herr Weber" in one for one in shown) == 1
    assert sum("Weiter unten steht der neue Stand" in one for one in shown) == 3
    for phone in (koch, weber, amina):
        await phone.reads_everything()
