"""Whoever cries again is heard again, whatever became of the first cry."""

from storage.records import Role
from tests.stage import Stage


async def test_a_second_cry_after_the_alarm_was_taken_pages_again(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await koch.sees("Alarm A-0001")
    await koch.presses("✅")
    await koch.reads_everything()
    await amina.reads_everything()
    await stage.forward(days=30)
    await koch.reads_everything()

    await amina.presses("🚨")

    await koch.sees("Jemand braucht Hilfe")
    await amina.sees("Kişi sayısı: 1")
    await koch.presses("✅ Ich übernehme")
    await amina.sees("Frau Koch")
    await koch.reads_everything()
    await amina.reads_everything()


async def test_a_cry_after_the_taker_left_reaches_the_others(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
    weber = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await koch.sees("Alarm A-0001")
    await koch.presses("✅")
    await stage.quiet()
    koch.blocks_the_bot()
    await koch.reads_everything()

    await amina.presses("🚨")

    await weber.sees("Alarm A-0001")
    await amina.reads_everything()
    await koch.reads_everything()


async def test_crying_again_after_a_mistake_takes_the_mistake_back(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await amina.sees("Kişi sayısı: 1")
    await amina.presses("✋")
    await koch.sees("Zurückgenommen")

    await amina.presses("🚨")

    page = await koch.sees("Jemand braucht Hilfe")
    assert "Zurückgenommen" not in page.body["text"]
    await amina.sees("Kişi sayısı: 1")
    await koch.reads_everything()
    await amina.reads_everything()


async def test_leads_are_rung_again_and_again_while_nobody_is_on_duty(stage: Stage) -> None:
    lead = await stage.staff("Frau Lang", Role.LEAD)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await lead.sees("Niemand ist in Rufbereitschaft")
    await amina.sees("kimseye ulaşamıyoruz")

    for _ in range(3):
        await stage.forward(minutes=6)
        await lead.sees("Niemand ist in Rufbereitschaft")
        await lead.reads_everything()

    await lead.presses("✅")
    await amina.sees("Frau Lang")
    await lead.reads_everything()


async def test_nobody_is_paged_for_their_own_alarm(stage: Stage) -> None:
    lead = await stage.staff("Frau Lang", Role.LEAD)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)

    await koch.types("/alarm")

    await koch.sees("niemand erreichbar")
    await lead.sees("Niemand ist in Rufbereitschaft")
    assert "Jemand braucht Hilfe" not in koch.screen


async def test_what_she_writes_reaches_whoever_takes_it_later(stage: Stage) -> None:
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await amina.sees("kimseye ulaşamıyoruz")
    await amina.types("Kapıyı kırıyor. " + "Çok korkuyorum. " * 40 + "Bonner Straße 7")
    await amina.sees("Henüz kimse okumadı")
    koch = await stage.staff("Frau Koch", Role.ON_CALL)

    await stage.forward(minutes=2)
    await koch.presses("✅")

    line = await koch.sees("Kapıyı kırıyor")
    assert "Bonner Straße 7" in line.body["text"]
    await koch.reads_everything()
    await amina.reads_everything()


async def test_during_an_alarm_words_go_to_the_team_whatever_she_was_doing(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Linde", klein))
    await amina.types("/alarm")
    await koch.sees("Alarm A-0001")
    await amina.types("😟")
    await klein.sees("Linde")

    await amina.types("kapıda")

    await koch.sees("kapıda")
    await amina.types("Yardım!")
    await koch.sees("Yardım!")
    await amina.reads_everything()


async def test_one_text_for_each_press_of_the_pen(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = stage.stranger("Amina", "tr")
    bea = stage.stranger("Bea", "de")
    await amina.types("/alarm")
    await koch.sees("A-0001")
    await koch.presses("✅")
    await stage.quiet()
    await koch.presses("✍️")
    await koch.sees("Schreiben Sie jetzt")
    await koch.types("Erste Nachricht")
    await amina.sees("Erste Nachricht")
    await bea.types("/alarm")
    await koch.sees("A-0002")
    await koch.presses("✅ Ich übernehme")
    await stage.quiet()

    await koch.types("Bea, ich komme")
    await stage.quiet()

    assert "Bea, ich komme" not in amina.screen
    for phone in (koch, amina, bea):
        await phone.reads_everything()


async def test_when_the_only_one_paged_goes_the_next_step_comes_at_once(stage: Stage) -> None:
    first = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
    second = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await first.sees("Alarm A-0001")

    await first.presses("☎️")
    await first.sees("Stufe 1")
    await first.presses("📴")

    await second.sees("Alarm A-0001")
    await amina.reads_everything()
    await first.reads_everything()


async def test_when_the_only_one_paged_blocks_the_bot_the_next_step_comes_at_once(stage: Stage) -> None:
    first = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
    second = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await first.sees("Alarm A-0001")

    first.blocks_the_bot()

    await second.sees("Alarm A-0001")
    await amina.reads_everything()


async def test_a_colleague_can_take_over_and_end_a_forgotten_alarm(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    weber = await stage.staff("Herr Weber", Role.ON_CALL)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await weber.sees("Alarm A-0001")
    await koch.sees("Alarm A-0001")
    await koch.presses("✅")
    await weber.sees("Übernommen von: Frau Koch")

    await weber.presses("🔄")
    await koch.sees("Übernommen von: Herr Weber")
    await weber.presses("🏁")
    await weber.sees("Wie ist es ausgegangen?")
    await weber.presses("💬 Beraten")

    await koch.sees("Beendet")
    await amina.sees("🏁")
    await weber.reads_everything()
    await koch.reads_everything()
    await amina.reads_everything()


async def test_a_cry_under_a_photo_is_heard(stage: Stage) -> None:
    amina = stage.stranger("Amina", "tr")

    amina.hand.sends_photo("Yardım")

    await amina.sees("112")


async def test_a_corrected_cry_is_heard(stage: Stage) -> None:
    amina = stage.stranger("Amina", "de")
    message_id = await amina.types("Hlfe")
    await amina.reads_everything()

    amina.hand.edits(message_id, "Hilfe")

    await amina.sees("112")
