"""Telegram is away, slow or confused for a while: afterwards everything has arrived, and nothing twice."""

import pytest

from bot.clock import ticks
from storage.records import Role
from tests.diary import books, in_days, starts_booking
from tests.phones import Phone
from tests.stage import Stage

PATIENCE = 12.0


async def pair(stage: Stage) -> tuple[Phone, Phone]:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    return berger, await stage.parent("Amina", "tr", await stage.family("Ahorn 12", berger))


def times(phone: Phone, fragment: str) -> int:
    return sum(fragment in message.words for message in phone.account.messages.values())


@pytest.mark.parametrize("trouble", ["down", "error500", "html"])
async def test_what_was_said_meanwhile_arrives_once(stage: Stage, trouble: str) -> None:
    berger, amina = await pair(stage)
    await books(stage, berger)
    card = await amina.sees("Randevunuz")
    assert card.inline

    stage.world.faults.set(trouble)
    amina.hand.presses(card.message_id, 0, 0)
    await amina.types("💬 Nasılsınız?")
    await amina.sees_nothing(0.7)
    stage.world.faults.set("none")

    await amina.sees("Kabul ettiniz", within=PATIENCE)
    await amina.sees("Bugün nasılsınız?", within=PATIENCE)
    await berger.sees("Zusage von: Amina", within=PATIENCE)
    await berger.sees("✅ Ja: Amina", within=PATIENCE)
    await stage.quiet()
    assert times(amina, "Bugün nasılsınız?") == 1
    assert times(berger, "Zusage von: ") == 1


async def test_an_appointment_sent_into_the_silence_arrives_once(stage: Stage) -> None:
    berger, amina = await pair(stage)
    await starts_booking(berger, in_days(stage, 3), "Ahorn 12", "Arzttermin")
    await berger.presses("Goethestraße")
    await berger.sees("So liest es die Familie")
    stage.world.faults.set("error500", methods=["sendmessage", "editmessagetext"])

    await berger.presses("✅ Senden")

    await amina.sees_nothing(0.7)
    stage.world.faults.set("none")
    await amina.sees("Doktor randevusu", within=PATIENCE)
    await berger.sees("Noch offen: Amina", within=PATIENCE)
    await stage.quiet()
    assert times(amina, "Doktor randevusu") == 1


async def test_an_answer_that_got_lost_may_come_twice_and_every_card_still_works(stage: Stage) -> None:
    berger, amina = await pair(stage)
    stage.world.faults.set("lost", methods=["sendmessage"], chat_id=amina.account.id)
    await books(stage, berger)
    first = await amina.sees("Randevunuz")
    stage.world.faults.set("none")
    second = await amina.sees("Randevunuz", within=PATIENCE)
    assert first is not second
    await amina.reads_everything()

    amina.hand.presses(first.message_id, 0, 0)

    assert {await amina.sees("Kabul ettiniz"), await amina.sees("Kabul ettiniz")} == {first, second}
    await berger.sees("Zusage von: Amina")
    await berger.sees("✅ Ja: Amina")


async def test_updates_handed_out_twice_count_once(stage: Stage) -> None:
    berger, amina = await pair(stage)
    await books(stage, berger)
    await amina.sees("Randevunuz")
    stage.world.faults.set("duplicate")

    await amina.presses("❌")
    await amina.sees("Gelemeyeceğinizi")
    await amina.types("💬 Nasılsınız?")
    await amina.sees("Bugün nasılsınız?")
    await amina.types("/menu")
    await amina.sees("Randevularınız aşağıdadır")

    stage.world.faults.set("none")
    await stage.quiet()
    await berger.sees("Absage von: Amina")
    await berger.sees("❌ Nein: Amina")
    assert times(berger, "Absage von: ") == 1
    assert times(amina, "Bugün nasılsınız?") == 1


async def test_one_slow_phone_keeps_nobody_else_waiting(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina, selim = await stage.parent("Amina", "tr", family), await stage.parent("Selim", "de", family)
    stage.world.faults.set("slow", chat_id=amina.account.id, delay=2.0)

    await books(stage, berger)
    begun = ticks()
    await selim.sees("Ihr Termin")
    await selim.presses("✅ Ja")
    await selim.sees("zugesagt")
    await berger.sees("Zusage von: Selim")
    await berger.sees("✅ Ja: Selim")

    assert ticks() - begun < 1.5
    await amina.sees("Randevunuz")


async def test_a_flood_warning_for_one_phone_is_obeyed_and_loses_nothing(stage: Stage) -> None:
    berger, amina = await pair(stage)
    stage.world.faults.set("flood429", chat_id=amina.account.id, methods=["sendmessage"], retry_after=1)
    await books(stage, berger)
    await amina.sees_nothing(0.3)
    stage.world.faults.set("none")

    await amina.sees("Randevunuz", within=PATIENCE)
    await stage.quiet()
    assert times(amina, "Randevunuz") == 1
