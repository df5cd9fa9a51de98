"""An alarm that nobody takes climbs from step to step, round after round, and the parent sees the truth."""

from storage.records import Role
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

    await stage.forward(hours=2)

    await amina.sees_nothing()
    await first.sees_nothing()
