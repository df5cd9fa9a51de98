"""From the page to the end: who takes it, what they do next, how it ended; and everybody sees what is true."""

from storage.records import AlarmState, Happening, Outcome, Role
from tests.oncall import (
    END,
    NOW,
    ON,
    TAKE,
    WAY,
    alarm,
    happened,
    is_owed,
    speaks_english,
)
from tests.phones import read_all
from tests.stage import Stage


async def test_each_step_of_the_taker_is_read_by_the_mother_and_the_colleagues(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    smith = await stage.staff("Mrs Smith", Role.ON_CALL, language="en")
    await speaks_english(smith, stage)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await koch.sees("Jemand braucht Hilfe")
    await smith.sees("Somebody needs help")

    await koch.presses(TAKE)
    await amina.sees("Bir kişi şimdi sizinle ilgileniyor")
    await smith.sees("Taken by: Frau Koch", within=2.0)

    await koch.presses(WAY)
    await koch.toasted("Die Person liest das jetzt")
    await amina.sees("Bir kişi size doğru yola çıktı")
    await smith.sees("Is on the way")

    await koch.presses(NOW)
    await amina.sees("Bir kişi sizi şimdi arıyor")
    await smith.sees("Calls now")

    await koch.presses("🕐 in 20 Min.")
    await amina.sees("Sizi arayacakları saat")
    await smith.sees("Calls at")

    await koch.presses(END)
    await koch.sees("Wie ist es ausgegangen?")
    await koch.presses("◀️ Noch nicht beendet")
    await koch.sees("Ruft an um")
    await koch.presses(END)
    await koch.sees("Wie ist es ausgegangen?")
    await koch.presses("🚶 Besucht")
    await koch.toasted("ist beendet")
    await amina.sees("Acil çağrı sona erdi")
    await smith.sees("Ended: visited")

    ended = await alarm(stage)
    assert (ended.state, ended.outcome) == (AlarmState.ENDED, Outcome.VISITED)
    assert await happened(stage) == [
        Happening.RAISED,
        *[Happening.PAGED] * 2,
        *[Happening.DELIVERED] * 2,
        Happening.SEEN,
        Happening.TAKEN,
        *[Happening.PROMISED] * 3,
        Happening.ENDED,
    ]
    await stage.forward(hours=3)
    await read_all(amina, koch, smith)
    await stage.forward(hours=3)
    for phone in (amina, koch, smith):
        await phone.sees_nothing()


async def test_two_press_and_one_has_it(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    weber = await stage.staff("Herr Weber", Role.ON_CALL)
    amina = stage.stranger("Amina", "ar")
    await amina.types("/alarm")
    page = await weber.sees("Jemand braucht Hilfe")
    await koch.sees("Jemand braucht Hilfe")
    open_one = await alarm(stage)

    await koch.presses(TAKE)
    late = weber.hand.forges(page.message_id, f"crisis:take:{open_one.id}")
    assert await late.answer(5.0)

    assert "Frau Koch war schneller" in late.text
    await weber.sees("Übernommen von: Frau Koch")
    taken = await alarm(stage)
    assert (await happened(stage)).count(Happening.TAKEN) == 1
    assert taken.state is AlarmState.TAKEN
    await read_all(koch, weber, amina)


async def test_a_holder_hands_it_on_and_the_next_step_is_paged(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
    weber = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await koch.sees("Jemand braucht Hilfe")
    await koch.presses(TAKE)
    await amina.sees("ilgileniyor")
    await weber.sees_nothing()

    await koch.presses(ON)
    await koch.toasted("Weitergegeben")

    await weber.sees("Jemand braucht Hilfe")
    await amina.sees("Henüz kimse yanıt vermedi")
    given = await alarm(stage)
    assert (given.state, given.taken_by, given.step) == (AlarmState.OPEN, None, 2)
    assert await is_owed(stage, "crisis.escalate")
    assert not await is_owed(stage, "crisis.remind")
    await weber.presses(TAKE)
    await koch.sees("Übernommen von: Herr Weber")
    await read_all(koch, weber, amina)


async def test_any_press_shows_the_mother_that_it_was_seen(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
    await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    amina = stage.stranger("Amina", "de")
    await amina.types("/alarm")
    await koch.sees("Jemand braucht Hilfe")
    await amina.sees("Noch hat niemand geantwortet")

    await koch.presses("❓ Wer ist das?")

    await amina.sees("Gesehen von Personen: 1")
    assert (await happened(stage)).count(Happening.SEEN) == 1
    await read_all(*stage.phones)
