"""One message, and what it says is so: saved, sent, seen, taken, promised, forgotten, ended; and nothing too early."""

import pytest

from storage.records import Happening, Role
from tests.phones import plain, read_all
from tests.stage import Stage

SAID = {
    "de": {
        "sent": "Personen: 1",
        "seen": "Gesehen von Personen: 1",
        "taken": "kümmert sich",
        "calls_at": "Ein Anruf ist zugesagt für: ",
        "on_the_way": "auf dem Weg zu Ihnen",
        "calls_now": "ruft Sie jetzt an",
        "asking": "gerade ohne Antwort",
        "ended": "beendet",
        "waiting": "Noch hat niemand geantwortet",
        "nobody": "niemanden im Team",
        "leads": "andere benachrichtigt. Personen: 1",
        "who": "Frau Koch, Person am Not-Telefon",
    },
    "tr": {
        "sent": "Kişi sayısı: 1",
        "seen": "Gören kişi sayısı: 1",
        "taken": "sizinle ilgileniyor",
        "calls_at": "Sizi arayacakları saat: ",
        "on_the_way": "size doğru yola çıktı",
        "calls_now": "sizi şimdi arıyor",
        "asking": "şu an yanıt yok",
        "ended": "sona erdi",
        "waiting": "Henüz kimse yanıt vermedi",
        "nobody": "ekipten kimseye ulaşamıyoruz",
        "leads": "Başkalarına haber verdik. Kişi sayısı: 1",
        "who": "Frau Koch, nöbetçi",
    },
    "ar": {
        "sent": "عدد الأشخاص: 1",
        "seen": "عدد من رآه: 1",
        "taken": "يهتم بالأمر",
        "calls_at": "موعد الاتصال بكم: ",
        "on_the_way": "في الطريق إليكم",
        "calls_now": "يتصل بكم الآن",
        "asking": "لا رد الآن",
        "ended": "انتهى نداء الطوارئ",
        "waiting": "لم يرد أحد حتى الآن",
        "nobody": "إلى أحد من الفريق",
        "leads": "أبلغنا غيرهم. عدد الأشخاص: 1",
        "who": "Frau Koch، المناوبة",
    },
}
LANGUAGES = pytest.mark.parametrize("tongue", SAID)


@LANGUAGES
async def test_the_whole_evening_stands_in_one_message(stage: Stage, tongue: str) -> None:
    said = SAID[tongue]
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", tongue, await stage.family("Linde", klein))
    await amina.presses("🆘")
    await amina.sees("116 016")
    await amina.presses("🚨")
    status = await amina.sees(said["sent"])
    await koch.sees("Alarm A-0001")

    for button, truth in (
        ("❓", "seen"),
        ("✅ Ich übernehme", "taken"),
        ("🕐", "calls_at"),
        ("🚶", "on_the_way"),
        ("📞 Rufe jetzt an", "calls_now"),
    ):
        assert said["who"] not in plain(status.words) or truth not in {"seen", "taken"}
        await koch.presses(button)
        assert await amina.sees(said[truth]) is status
        await koch.reads_everything()
    assert said["who"] in plain(status.words)
    await koch.presses("🏁")
    await stage.quiet()
    await koch.presses("💬 Beraten")

    assert await amina.sees(said["ended"]) is status
    assert status.inline is None
    await read_all(koch, klein, amina)


@LANGUAGES
async def test_a_promised_call_names_its_time(stage: Stage, tongue: str) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = stage.stranger("Amina", tongue)
    await amina.types("/alarm")
    await koch.sees("Alarm A-0001")
    await koch.presses("✅ Ich übernehme")
    await amina.sees(SAID[tongue]["taken"])
    await koch.presses("🕐")

    status = await amina.sees(SAID[tongue]["calls_at"])

    hour = plain(status.words).partition(SAID[tongue]["calls_at"])[2][:5]
    due = await stage.machine.archive.read(lambda store: store.alarms.not_ended()[0].promised_for)
    assert due is not None
    assert hour[3:] == f"{due:%M}"
    await read_all(koch, amina)


@LANGUAGES
async def test_when_a_step_runs_out_she_reads_whom_else_to_call(stage: Stage, tongue: str) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
    weber = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    amina = stage.stranger("Amina", tongue)
    await amina.types("/alarm")
    status = await amina.sees(SAID[tongue]["sent"])
    assert "116 016" not in plain(status.words)

    await stage.forward(minutes=5, seconds=1)

    assert await amina.sees(SAID[tongue]["waiting"]) is status
    for number in ("112", "110", "116 016"):
        assert number in plain(status.words)
    await read_all(koch, weber, amina)


@LANGUAGES
async def test_nobody_on_duty_is_said_as_it_is(stage: Stage, tongue: str) -> None:
    amina = stage.stranger("Amina", tongue)
    await amina.types("/alarm")
    status = await amina.sees(SAID[tongue]["nobody"])
    assert "116 016" in plain(status.words)
    lead = await stage.staff("Frau Lang", Role.LEAD)

    await stage.forward(minutes=2)

    await lead.sees("Niemand ist in Rufbereitschaft")
    assert await amina.sees(SAID[tongue]["leads"]) is status
    assert SAID[tongue]["taken"] not in plain(status.words)
    await read_all(lead, amina)


@LANGUAGES
async def test_a_taker_who_falls_silent_is_not_passed_off_as_help(stage: Stage, tongue: str) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL, step=1)
    weber = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    amina = stage.stranger("Amina", tongue)
    await amina.types("/alarm")
    await koch.sees("Alarm A-0001")
    await koch.presses("✅ Ich übernehme")
    status = await amina.sees(SAID[tongue]["taken"])

    await stage.forward(minutes=40)

    assert await amina.sees(SAID[tongue]["asking"]) is status
    assert "116 016" in plain(status.words)
    await read_all(koch, weber, amina)


async def test_a_repeated_cry_begins_a_new_message_and_the_old_one_points_to_it(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = stage.stranger("Amina", "tr")
    await amina.types("/alarm")
    first = await amina.sees("Kişi sayısı: 1")

    await amina.presses("🚨")

    assert await amina.sees("Yeni durum aşağıda") is first
    assert await amina.sees("Kişi sayısı: 1") is not first
    await koch.sees("Alarm A-0001")
    happened = await stage.machine.archive.read(
        lambda store: [one.what for one in store.alarms.logged(store.alarms.not_ended()[0].id)]
    )
    assert happened[0] is Happening.RAISED
    assert happened.count(Happening.REPEATED) == 1
    await read_all(koch, amina)
