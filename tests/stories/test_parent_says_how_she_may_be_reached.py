"""Write, do not call; do not ring, he is here; I am safe now: said with one touch, seen by whoever helps."""

import pytest

from storage.records import Role, Wish
from tests.phones import Phone, plain
from tests.stage import Stage

LABELS = {
    "de": ("✍️ Schreiben", "🔕 Leise", "☎️ Anrufen ist wieder gut", "💚 Ich bin"),
    "tr": ("✍️ Yazın", "🔕 Sessiz", "☎️ Artık", "💚 Şimdi"),
    "ar": ("✍️ كتابة", "🔕 بلا صوت", "☎️ الاتصال", "💚 أنا الآن"),
}
SEEN = {
    "de": ("bitte schreiben, nicht anrufen", "bitte nicht anrufen", "in Sicherheit"),
    "tr": ("lütfen yazın, aramayın", "lütfen aramayın", "güvende olduğunuzu"),
    "ar": ("الكتابة فقط", "دون اتصال", "أنكم الآن في أمان"),
}
LANGUAGES = pytest.mark.parametrize("tongue", LABELS)


async def an_alarm(stage: Stage, tongue: str, *, taken: bool = True) -> tuple[Phone, Phone]:
    """Her phone and the one of whoever is on call."""
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = stage.stranger("Amina", tongue)
    await amina.types("/alarm")
    await koch.sees("Alarm A-0001")
    if taken:
        await koch.presses("✅ Ich übernehme")
    await stage.quiet()
    for phone in (koch, amina):
        await phone.reads_everything()
    return amina, koch


async def wish_of(stage: Stage) -> Wish | None:
    return await stage.machine.archive.read(lambda store: store.alarms.not_ended()[0].wish)


@LANGUAGES
async def test_write_do_not_call_reaches_the_taker_at_once(stage: Stage, tongue: str) -> None:
    amina, koch = await an_alarm(stage, tongue)
    write, _, call_again, _ = LABELS[tongue]

    await amina.presses(write)

    await amina.sees(SEEN[tongue][0])
    heard = await koch.sees("Alarm A-0001: Bitte schreiben, nicht anrufen.")
    assert not heard.silent
    assert await wish_of(stage) is Wish.WRITE
    await amina.presses(call_again)
    await koch.sees("Alarm A-0001: Anrufen ist wieder möglich.")
    assert await wish_of(stage) is None
    await koch.reads_everything()
    await amina.reads_everything()


@LANGUAGES
async def test_while_he_is_here_nothing_of_ours_makes_a_sound(stage: Stage, tongue: str) -> None:
    amina, koch = await an_alarm(stage, tongue)

    await amina.presses(LABELS[tongue][1])
    await amina.sees(SEEN[tongue][1])
    await koch.sees("Bitte nicht anrufen. Die Person ist nicht allein.")
    await koch.presses("✍️ Nachricht schreiben")
    await koch.sees("Schreiben Sie jetzt")
    await koch.types("Ich bin da.")

    line = await amina.sees("Ich bin da.")
    assert line.silent
    await amina.types("pst")
    await koch.sees("pst")
    await stage.quiet()
    await amina.presses("🚨")
    await stage.quiet()
    after = [
        one for one in amina.account.messages.values() if one.from_bot and one.message_id > line.message_id
    ]
    assert after
    assert all(one.silent for one in after)
    await koch.reads_everything()
    await amina.reads_everything()


async def test_when_it_has_ended_messages_ring_again(stage: Stage) -> None:
    amina, koch = await an_alarm(stage, "tr")
    await amina.presses("🔕 Sessiz")
    await stage.quiet()
    await koch.presses("🏁")
    await stage.quiet()
    await koch.presses("💬 Beraten")
    await amina.sees("sona erdi")

    await amina.presses("🆘")

    assert not (await amina.sees("116 016")).silent
    await koch.reads_everything()
    await amina.reads_everything()


@LANGUAGES
async def test_i_am_safe_now_is_seen_and_decided_by_a_human(stage: Stage, tongue: str) -> None:
    amina, koch = await an_alarm(stage, tongue, taken=False)

    await amina.presses(LABELS[tongue][3])

    await amina.sees(SEEN[tongue][2])
    await koch.sees("💚")
    assert await stage.machine.archive.read(lambda store: len(store.alarms.not_ended())) == 1
    await stage.forward(minutes=6)
    await koch.sees("Jemand braucht Hilfe")
    await koch.presses("✅ Ich übernehme")
    await amina.sees("Frau Koch")
    await koch.reads_everything()
    await amina.reads_everything()


async def test_a_cry_after_being_safe_pages_again(stage: Stage) -> None:
    amina, koch = await an_alarm(stage, "tr")
    await amina.presses("💚")
    await koch.sees("sie ist in Sicherheit")
    await koch.reads_everything()

    await amina.presses("🚨")

    await koch.sees("Jemand braucht Hilfe")
    status = await amina.sees("Kişi sayısı: 1")
    assert "güvende" not in plain(status.words).replace("Şimdi güvendeyim", "")
    await koch.reads_everything()
    await amina.reads_everything()


async def test_all_she_says_stands_in_the_alarms_log_and_in_the_journal(stage: Stage) -> None:
    amina, koch = await an_alarm(stage, "tr")
    for label in ("✍️ Yazın", "🔕 Sessiz", "💚", "✋"):
        await amina.presses(label)
        await stage.quiet()
    await amina.types("Buradayım")
    await stage.quiet()

    happened, journal = await stage.machine.archive.read(
        lambda store: (
            [one.what for one in store.alarms.logged(store.alarms.not_ended()[0].id)],
            [str(line["act"]) for line in store.journal.newest(20)],
        )
    )

    assert [one for one in happened if one in {"wished", "safe", "withdrawn", "wrote"}] == [
        "wished",
        "wished",
        "safe",
        "withdrawn",
        "wrote",
    ]
    assert [act for act in reversed(journal) if act.startswith("alarm.")][-5:] == [
        "alarm.wished",
        "alarm.wished",
        "alarm.said_safe",
        "alarm.withdrawn",
        "alarm.person_wrote",
    ]
    await koch.reads_everything()
    await amina.reads_everything()


async def test_the_same_wish_twice_is_one_and_an_odd_one_is_none(stage: Stage) -> None:
    amina, koch = await an_alarm(stage, "tr")
    shown = amina.last
    alarm = await stage.machine.archive.read(lambda store: store.alarms.not_ended()[0].id)
    for word in ("silent", "silent", "loud", ""):
        query = amina.hand.forges(shown.message_id, f"crisis:wish:{alarm}:{word}")
        assert await query.answer(5.0)
    await stage.quiet()

    assert await wish_of(stage) is Wish.SILENT
    told = [one for one in koch.account.messages.values() if "nicht allein" in plain(one.words)]
    assert sum("🔕 Alarm A-0001: Bitte" in plain(one.words) for one in told) == 1
    await koch.reads_everything()
    await amina.reads_everything()


async def test_only_she_may_say_it(stage: Stage) -> None:
    _amina, koch = await an_alarm(stage, "tr")
    bea = stage.stranger("Bea", "de")
    await bea.types("🆘")
    shown = await bea.sees("🧭")
    alarm = await stage.machine.archive.read(lambda store: store.alarms.not_ended()[0].id)

    for said in ("wish", "safe", "mistake"):
        query = bea.hand.forges(shown.message_id, f"crisis:{said}:{alarm}:silent")
        assert await query.answer(5.0)
        assert "nicht Ihr Notruf" in query.text

    assert await wish_of(stage) is None
    await koch.reads_everything()
    await bea.reads_everything()


async def test_a_late_touch_finds_that_it_is_over(stage: Stage) -> None:
    amina, koch = await an_alarm(stage, "tr")
    shown = amina.last
    alarm = await stage.machine.archive.read(lambda store: store.alarms.not_ended()[0].id)
    await koch.presses("🏁")
    await stage.quiet()
    await koch.presses("💬 Beraten")
    await amina.sees("sona erdi")

    for said in ("wish", "safe", "mistake"):
        query = amina.hand.forges(shown.message_id, f"crisis:{said}:{alarm}:silent")
        assert await query.answer(5.0)
        assert "sona erdi" in plain(query.text)
    await koch.reads_everything()
    await amina.reads_everything()
