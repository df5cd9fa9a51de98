"""An alarm that nobody takes climbs from step to step, round after round, and the parent sees the truth."""

from datetime import timedelta

from storage.records import Happening, Role
from tests.oncall import alarm, happened
from tests.phones import read_all
from tests.stage import Stage


async def test_the_second_on_call_is_paged_when_the_first_does_not_answer(stage: Stage) -> None:
    first = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
    second = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/sos")
    await amina.sees("112")
    await amina.presses("🚨")
    await amina.sees("Kişi sayısı: 1")
    await first.sees("Alarm A-0001")

    await stage.forward(minutes=5, seconds=1)

    await second.sees("Alarm A-0001")
    await first.sees("Stufe: 2")
    await amina.sees("Henüz kimse yanıt vermedi")
    await second.presses("✅")
    await second.toasted("gehört jetzt Ihnen")
    await amina.sees("Herr Weber")
    await first.sees("Übernommen von: Herr Weber")
    await second.sees("Übernommen")
    await second.sees("jemandem, den wir nicht kennen")

    await second.presses("🏁 Beenden")
    await second.sees("Wie ist es ausgegangen?")
    await second.presses("💬 Beraten")
    await stage.quiet()
    for phone in (amina, first, second):
        await phone.reads_everything()
    await stage.forward(hours=2)

    await amina.sees_nothing()
    await first.sees_nothing()


async def test_the_next_step_comes_neither_early_nor_late(stage: Stage) -> None:
    first = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
    second = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    amina = stage.stranger("Amina", "ar")
    await amina.types("/alarm")
    await first.sees("Alarm A-0001")
    raised = (await alarm(stage)).opened_at

    stage.clock.forward(raised + timedelta(minutes=5, seconds=-1) - stage.clock.now())
    await second.sees_nothing()
    await second.sees("Alarm A-0001", within=3.0)

    logged = await stage.machine.archive.read(lambda store: store.alarms.logged(store.alarms.newest(1)[0].id))
    paged = [line.at for line in logged if line.what is Happening.PAGED]
    assert timedelta(0) <= paged[1] - raised - timedelta(minutes=5) <= timedelta(seconds=2)
    await read_all(first, second, amina)


async def test_a_clock_that_jumps_pages_each_step_once_and_loses_nobody(stage: Stage) -> None:
    """We slept for hours: what was owed happens at once, and not as often as it would have happened."""
    first = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
    second = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await first.sees("Alarm A-0001")

    stage.clock.forward(timedelta(hours=3))
    await stage.machine.beat.tick()
    await second.sees("Alarm A-0001")
    await stage.quiet()

    assert (await happened(stage)).count(Happening.PAGED) == 2
    await second.presses("✅ Ich übernehme")
    await second.sees("Übernommen von: Herr Weber")
    stage.clock.forward(timedelta(hours=3))
    await stage.machine.beat.tick()
    await second.sees("Sind Sie noch dran?")
    assert Happening.FORGOTTEN not in await happened(stage)
    await read_all(first, second, amina)
