"""Whoever took an alarm is asked whether it goes on. Without an answer others are paged, and the mother sees it."""

from storage.records import AlarmState, Happening, Role
from tests.oncall import END, TAKE, WAY, alarm, happened, is_owed, rule
from tests.phones import read_all
from tests.stage import Stage


async def test_the_holder_is_asked_and_says_that_it_goes_on(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
    weber = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await koch.sees("Jemand braucht Hilfe")
    await koch.presses(TAKE)
    await read_all(koch, amina)

    await stage.forward(minutes=9, seconds=50)
    await koch.sees_nothing()
    await stage.forward(seconds=12)
    await koch.sees("Sind Sie noch dran?")

    await koch.presses("✅ Ja, ich bin dran")
    await koch.toasted("Wir fragen später noch einmal")
    await koch.sees("Übernommen von: Frau Koch")
    await read_all(koch, amina)
    await stage.forward(minutes=9)
    await koch.sees_nothing()
    await stage.forward(minutes=2)
    await koch.sees("Sind Sie noch dran?")
    await weber.sees_nothing()
    assert (await happened(stage))[-2:] == [Happening.REMINDED, Happening.REMINDED]
    await read_all(koch, amina)


async def test_without_an_answer_the_step_after_it_is_paged_again_and_again(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
    weber = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    huber = await stage.staff("Frau Huber", Role.ON_CALL, step=3)
    amina = stage.stranger("Amina", "ar")
    await amina.types("/alarm")
    await koch.sees("Jemand braucht Hilfe")
    await koch.presses(TAKE)
    await amina.reads_everything()
    assert await is_owed(stage, "crisis.remind")
    assert not await is_owed(stage, "crisis.escalate")

    await stage.forward(minutes=10, seconds=1)
    await koch.sees("Sind Sie noch dran?")
    await weber.sees_nothing()
    await stage.forward(minutes=5)
    await weber.sees("Antwortet gerade nicht")
    await koch.sees("Andere werden jetzt auch gerufen")
    await amina.sees("Frau Koch")
    held = await alarm(stage)
    assert (held.state, held.taken_by is not None, held.step) == (AlarmState.TAKEN, True, 2)

    await stage.forward(minutes=5)
    await huber.sees("Antwortet gerade nicht")
    assert await is_owed(stage, "crisis.remind")
    await read_all(koch, weber, amina)

    await huber.presses("🔄")
    await huber.toasted("gehört jetzt Ihnen")
    await amina.sees("Frau Huber")
    await koch.sees("Übernommen von: Frau Huber")
    assert (await happened(stage)).count(Happening.FORGOTTEN) == 2
    await stage.forward(minutes=9)
    await read_all(koch, weber, huber, amina)


async def test_a_holder_who_answers_late_keeps_it(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
    weber = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await koch.sees("Jemand braucht Hilfe")
    await koch.presses(TAKE)
    await stage.forward(minutes=16)
    await weber.sees("Antwortet gerade nicht")
    await read_all(koch, amina)

    await koch.presses("✅ Ja, ich bin dran")

    await weber.sees("Übernommen von: Frau Koch")
    assert "Antwortet" not in weber.last.words
    await amina.sees("Bir kişi şimdi sizinle ilgileniyor")
    await stage.forward(minutes=9)
    await weber.sees_nothing()
    await read_all(koch, amina)


async def test_a_promised_call_is_asked_about_when_it_is_due(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await koch.sees("Jemand braucht Hilfe")
    await koch.presses(TAKE)
    await koch.sees("Übernommen von")
    await koch.presses("🕐 in 30 Min.")
    await amina.sees("Sizi arayacakları saat")
    await read_all(koch, amina)

    await stage.forward(minutes=29, seconds=50)
    await koch.sees_nothing()
    await stage.forward(seconds=12)
    await koch.sees("Sie wollten um")

    await koch.presses(END)
    await koch.sees("Wie ist es ausgegangen?")
    await koch.presses("💬 Beraten")
    await read_all(koch, amina)
    await stage.forward(hours=1)
    await koch.sees_nothing()


async def test_without_anybody_else_the_leads_are_rung(stage: Stage) -> None:
    lead = await stage.staff("Frau Lang", Role.LEAD)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await koch.sees("Jemand braucht Hilfe")
    await koch.presses(TAKE)
    await stage.forward(minutes=10, seconds=1)
    await lead.sees_nothing()
    await stage.forward(minutes=5)

    await lead.sees("A-0001")
    await lead.presses("🔄")
    await lead.sees("Übernommen von: Frau Lang")
    await lead.presses(WAY)
    await amina.sees("yola çıktı")
    assert Happening.NOBODY in await happened(stage)
    await read_all(koch, lead, amina)


async def test_the_rule_says_how_long(stage: Stage) -> None:
    await rule(stage, remind_minutes=3, forgotten_minutes=1)
    koch = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
    weber = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    amina = stage.stranger("Amina", "de")
    await amina.types("/alarm")
    await koch.sees("Jemand braucht Hilfe")
    await koch.presses(TAKE)
    await stage.forward(minutes=3, seconds=1)
    await koch.sees("Sind Sie noch dran?")
    await weber.sees_nothing()
    await stage.forward(minutes=1)
    await weber.sees("Antwortet gerade nicht")
    await read_all(koch, weber, amina)
