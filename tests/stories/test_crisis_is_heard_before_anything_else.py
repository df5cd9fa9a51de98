"""The red button works for everybody, at once: before registration, language or consent, in any state."""

import pytest

from storage.records import Role
from tests.stage import Stage

CRIES = ["🆘", "🆘 Yardım", "🆘 مساعدة", "/sos", "Hilfe!", "yardim", "مساعدة", "help", "SOS"]


@pytest.mark.parametrize("cry", CRIES)
async def test_a_stranger_gets_the_numbers_at_the_first_word(stage: Stage, cry: str) -> None:
    stranger = stage.stranger("Somebody", "de")

    await stranger.types(cry)

    await stranger.sees("112")
    assert any("🚨" in label for label in stranger.keyboard)


@pytest.mark.parametrize(
    ("language", "saved_or_sent", "taken"),
    [
        ("de", "Personen: 1", "kümmert sich"),
        ("tr", "Kişi sayısı: 1", "ilgileniyor"),
        ("ar", "عدد الأشخاص: 1", "يهتم بالأمر"),
    ],
)
async def test_every_truth_is_told_in_the_own_language(
    stage: Stage, language: str, saved_or_sent: str, taken: str
) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    family = await stage.family("Linde", klein)
    parent = await stage.parent("Parent", language, family)

    await parent.presses("🆘")
    await parent.sees("110")
    await parent.presses("🚨")
    await parent.sees(saved_or_sent)
    await koch.sees("Alarm A-0001")
    await koch.presses("✅")
    await koch.sees("Familie: Linde")
    await koch.sees("Übernommen von: Frau Koch")
    await parent.sees(taken)
    assert "Frau Koch" in parent.screen
    await koch.presses("🏁")
    await koch.sees("Wie ist es ausgegangen?")
    await koch.presses("💬 Beraten")
    await koch.sees("Beendet")
    await parent.sees("🏁")


async def test_a_page_names_nobody_and_quotes_nothing(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Linde", klein))

    await amina.types("/alarm")

    page = (await koch.sees("Alarm A-0001")).body["text"]
    assert "Amina" not in page
    assert "Linde" not in page
    assert len(page) < 300
    await amina.reads_everything()


async def test_two_who_press_at_once_have_one_winner(stage: Stage) -> None:
    first = await stage.staff("Frau Koch", Role.ON_CALL)
    second = await stage.staff("Herr Weber", Role.ON_CALL)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await first.sees("Alarm A-0001")
    await second.sees("Alarm A-0001")

    first.hand.presses(first.last.message_id, 0, 0)
    second.hand.presses(second.last.message_id, 0, 0)

    await amina.sees("Frau Koch")
    await first.sees("Übernommen von: Frau Koch")
    await first.sees("nicht kennen")
    await second.sees("Übernommen von: Frau Koch")
    await stage.quiet()
    assert "Herr Weber" not in amina.screen
    await amina.reads_everything()
    await second.reads_everything()


async def test_a_repeat_joins_the_open_alarm(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await koch.sees("Alarm A-0001")

    await amina.types("/alarm")
    await stage.quiet()

    await koch.sees_nothing()
    assert "A-0002" not in koch.screen
    await amina.reads_everything()


async def test_nobody_on_call_is_said_and_the_lead_is_told(stage: Stage) -> None:
    lead = await stage.staff("Herr Weber", Role.LEAD)
    amina = stage.stranger("Amina", "tr")

    await amina.types("/alarm")

    await lead.sees("Niemand ist in Rufbereitschaft")
    await lead.presses("✅")
    await lead.sees("nicht kennen")
    await amina.sees("Herr Weber")
    await amina.reads_everything()
    await lead.reads_everything()


async def test_paging_goes_round_and_round_until_somebody_takes_it(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await koch.sees("Alarm A-0001")
    await koch.reads_everything()

    for _ in range(5):
        await stage.forward(minutes=5, seconds=1)
        await koch.sees("Alarm A-0001")
        await koch.reads_everything()

    await koch.presses("✅")
    await amina.sees("Frau Koch")
    await koch.presses("🏁")
    await koch.sees("Wie ist es ausgegangen?")
    await koch.presses("💬 Beraten")
    await stage.forward(hours=1)
    await amina.reads_everything()
    await koch.reads_everything()
    await koch.sees_nothing()


async def test_on_call_who_blocked_the_bot_is_passed_over_at_once(stage: Stage) -> None:
    lead = await stage.staff("Frau Lang", Role.LEAD)
    first = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
    second = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    first.blocks_the_bot()
    await lead.reads_everything()
    amina = stage.stranger("Amina", "tr")

    await amina.types("/alarm")

    await second.sees("Alarm A-0001")
    await amina.sees("Kişi sayısı: 1")
    await lead.reads_everything()


async def test_a_mistake_is_shown_and_stays_open_until_staff_end_it(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await koch.sees("Alarm A-0001")
    await amina.sees("Kişi sayısı: 1")

    await amina.presses("✋")

    await amina.sees("Yanlışlıkla bastığınızı")
    await koch.sees("Zurückgenommen")
    await koch.presses("✅")
    await koch.sees("nicht kennen")
    await amina.sees("Frau Koch")
    await koch.reads_everything()


async def test_lines_go_both_ways_while_the_alarm_is_open(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    await koch.sees("Alarm A-0001")
    await koch.presses("✅")
    await koch.sees("nicht kennen")
    await amina.reads_everything()
    await koch.reads_everything()

    await amina.types("Kapıdayım")
    await koch.sees("Kapıdayım")
    await amina.sees("iletiliyor")
    await koch.presses("✍️")
    await koch.sees("Schreiben Sie jetzt")
    await koch.types("Ich komme")
    await koch.sees("auf dem Weg")
    await amina.sees("Ich komme")


async def test_only_on_call_staff_act_on_alarms(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    await klein.types("/alarm")
    await klein.sees("Personen: 1")
    page = await koch.sees("Alarm A-0001")
    await koch.presses("☎️")
    await koch.sees("Stufe 1")

    stolen = klein.hand.forges(klein.last.message_id, page.inline[0][0]["callback_data"])

    assert await stolen.answer(5)
    assert "nicht" in stolen.text
    await stage.quiet()
    assert "Übernommen" not in koch.screen
