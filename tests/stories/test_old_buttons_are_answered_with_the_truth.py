"""Buttons outlive what they were made for; whoever presses one is shown how things stand now."""

from datetime import timedelta

from storage.records import Role
from tests import forgery
from tests.diary import books, in_days, starts_booking, until
from tests.phones import Phone
from tests.stage import Stage


async def pair(stage: Stage) -> tuple[Phone, Phone]:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    return berger, await stage.parent("Amina", "de", await stage.family("Ahorn 12", berger))


async def test_a_press_that_crosses_with_the_cancelling_is_told_so(stage: Stage) -> None:
    berger, amina = await pair(stage)
    await books(stage, berger)
    card = await amina.sees("Ihr Termin")
    assert card.inline
    carried = card.inline[0][0]["callback_data"]
    await berger.presses("❌ Termin absagen")
    await berger.sees("wirklich absagen?")
    await berger.presses("❌ Ja, absagen")
    await berger.sees("abgesagt.")
    await amina.sees("fällt aus")
    await amina.sees("❌ Abgesagt: ")

    late = forgery.presses(amina, carried, card.message_id)

    assert "Hier hat sich etwas geändert" in await forgery.answer(late)
    await stage.quiet()
    assert "❌ Abgesagt: " in card.words
    await berger.sees_nothing()


async def test_an_appointment_in_the_past_takes_no_answer(stage: Stage) -> None:
    berger, amina = await pair(stage)
    amina.ignores("Morgen ist", "ist bald")
    visit = await books(stage, berger)
    await amina.sees("Ihr Termin")
    await until(stage, visit.at + timedelta(minutes=1))

    await amina.presses("✅ Ja")

    await amina.toasted("Hier hat sich etwas geändert")
    await amina.sees("Dieser Termin ist vorbei.")
    await berger.presses("❌ Termin absagen")
    await berger.toasted("Hier hat sich etwas geändert")
    await berger.sees("Dieser Termin ist vorbei.")


async def test_a_step_that_was_left_behind_can_not_be_pressed_again(stage: Stage) -> None:
    berger, amina = await pair(stage)
    await books(stage, berger)
    await amina.sees("Ihr Termin")
    await berger.presses("➕ Neuer Termin")
    first = await berger.sees("Für welche Familie")
    await berger.presses("➕ Neuer Termin")
    second = await berger.sees("Für welche Familie")
    assert first.inline

    abandoned = forgery.presses(berger, first.inline[0][0]["callback_data"], first.message_id)

    assert "nicht mehr offen" in await forgery.answer(abandoned)
    assert await berger.sees("Bitte beginnen Sie neu") is first
    await berger.presses("Ahorn 12")
    assert await berger.sees("Welche Art von Termin?") is second
    await berger.presses("✖️ Abbrechen")
    await berger.sees("Es wurde nichts gesendet")
    await amina.sees_nothing()


async def test_sending_twice_makes_one_appointment(stage: Stage) -> None:
    berger, amina = await pair(stage)
    await starts_booking(berger, in_days(stage, 3), "Ahorn 12", "Arzttermin")
    await berger.presses("Goethestraße")
    preview = await berger.sees("So liest es die Familie")

    impatient = [berger.hand.presses(preview.message_id, 0, 0) for _ in range(3)]

    for press in impatient:
        assert not isinstance(press, str)
        assert await press.answer(5)
    await amina.sees("Ihr Termin")
    assert await berger.sees("Noch offen: Amina") is preview
    await berger.presses("📅 Termine")
    one = await berger.sees("Ihre nächsten Termine")
    assert one.inline
    to_open = [row for row in one.inline if row[0]["callback_data"].startswith("appointments:open")]
    assert len(to_open) == 1
    await amina.sees_nothing()
