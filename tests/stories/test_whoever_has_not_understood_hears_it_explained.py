"""A parent has not understood: the caseworker explains in her own voice, has it translated, or calls."""

from datetime import timedelta

import pytest

from handlers.calls import room as calls_room
from storage.records import Answer, Role, Why
from storage.store import Store
from tests.agreed import agreed
from tests.diary import in_days, on, until
from tests.expected import family_of, tuesday
from tests.phones import Phone, read_all
from tests.stage import Stage

TONGUES = {
    "de": (
        "❓ Nicht verstanden",
        "Wir erklären es Ihnen",
        "Wir erklären Ihnen den Termin",
        "✅ Ja",
        "zugesagt",
    ),
    "tr": ("❓ Anlamadım", "Size açıklayacağız", "Size randevuyu açıklıyoruz", "✅ Evet", "Kabul ettiniz"),
    "ar": ("❓ لم أفهم", "سنشرح لكم ذلك", "نشرح لكم الموعد", "✅ نعم", "تم تأكيد الموعد"),
}


async def not_understood(caseworker: Phone) -> None:
    """She is told at once, and her sheet says so."""
    await caseworker.sees("❓ Nicht verstanden von: Amina")
    await caseworker.sees("❓ Amina: nicht verstanden")


@pytest.mark.parametrize("language", TONGUES)
async def test_she_speaks_once_and_the_parent_hears_it_above_a_fresh_card(
    stage: Stage, language: str
) -> None:
    unclear, soon, explained, yes, thanks = TONGUES[language]
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", language, family)
    selim = await stage.parent("Selim", "tr", family)
    await agreed(stage, family, in_days(stage, 3).at)
    await amina.reads_everything()
    await selim.reads_everything()
    await berger.reads_everything()

    await amina.presses(unclear)
    await amina.sees(soon)
    await not_understood(berger)

    await berger.presses("🎙 Sprachnachricht senden")
    waiting = await berger.sees("Bitte nehmen Sie jetzt eine Sprachnachricht auf")
    assert "Sie geht an: Amina" in waiting.words
    await berger.speaks(41)

    voice = await amina.sees(explained)
    assert voice.body["voice"]["duration"] == 41
    assert voice.protected
    card = await amina.sees("Café am Markt")
    assert (card.silent, voice.silent) == (True, False)
    await berger.sees("unterwegs an: Amina")
    await selim.sees_nothing()

    await amina.presses(yes)
    assert await amina.sees(thanks) is card
    await amina.sees(thanks)  # the older card follows
    await berger.sees("Zusage von: Amina")
    await berger.sees("✅ Ja: Amina")


async def test_what_is_too_long_or_no_voice_is_asked_for_again(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", "de", family)
    await agreed(stage, family, in_days(stage, 3).at)
    await amina.reads_everything()
    await amina.presses("❓")
    await amina.sees("Wir erklären es Ihnen")
    await not_understood(berger)
    await berger.presses("🎙 Sprachnachricht senden")
    await berger.sees("Bitte nehmen Sie jetzt")

    await berger.speaks(61)
    await berger.sees("zu lang und ging nicht weiter")
    await berger.types("Kommen Sie bitte")
    await berger.sees("Bitte nehmen Sie jetzt")
    await amina.sees_nothing()
    await berger.presses("✖️ Abbrechen")
    await berger.sees("❓ Amina: nicht verstanden")
    await berger.speaks(5)
    await berger.sees("kann nur Text")
    await amina.sees_nothing()


async def test_a_voice_that_nobody_asked_for_is_refused_as_ever(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", "de", family)
    await agreed(stage, family, in_days(stage, 3).at)
    await amina.reads_everything()
    await berger.reads_everything()
    await amina.speaks()
    await amina.sees("nur Text")
    await berger.sees_nothing()


async def test_a_discreet_phone_shows_the_voice_only_when_asked(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", "tr", family)
    await stage.machine.archive.write(
        lambda store: store.people.set_discreet(store.people.by_telegram(amina.account.id).id, True)  # type: ignore[union-attr]
    )
    await agreed(stage, family, in_days(stage, 3).at)
    await amina.reads_everything()
    await amina.presses("👁")
    await amina.sees("Randevunuz")
    await amina.presses("❓")
    await amina.sees("Size açıklayacağız")
    await not_understood(berger)
    await berger.presses("🎙 Sprachnachricht senden")
    assert "nur ein neutraler Hinweis" in (await berger.sees("Bitte nehmen Sie jetzt")).words
    before = len(amina.account.messages)
    await berger.speaks(9)
    await berger.sees("unterwegs an: Amina")
    await stage.quiet()

    arrived = list(amina.account.messages.values())[before:]
    assert [("voice" in one.body, "Randevu" in one.words) for one in arrived] == [(False, False)] * 2
    await amina.reads_everything()
    looks = (arrived[0].inline or [])[0][0]["callback_data"]
    query = amina.hand.forges(arrived[0].message_id, looks)
    assert await query.answer(5)
    assert (await amina.sees("Size randevuyu açıklıyoruz")).body["voice"]["duration"] == 9


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Eine Person übersetzt für Sie. Sprache: Türkisch"),
        ("tr", "Bir kişi sizin için çeviri yapacak. Dil: Türkçe"),
        ("ar", "سيترجم لكم شخص. اللغة: التركية"),
    ],
)
async def test_somebody_is_asked_to_translate_and_every_card_says_so(
    stage: Stage, language: str, words: str
) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", "tr", family)
    selim = await stage.parent("Selim", language, family)
    await agreed(stage, family, in_days(stage, 3).at)
    await amina.reads_everything()
    await selim.reads_everything()
    await amina.presses("❓")
    await amina.sees("Size açıklayacağız")
    await not_understood(berger)

    await berger.presses("🗣 Übersetzung")
    await berger.sees("In welche Sprache")
    assert berger.keyboard[0] == "Türkisch"
    await berger.presses("Türkisch")

    await berger.sees("🗣 Übersetzung nötig: Türkisch")
    await berger.sees("🗣 Übersetzung nötig: Türkisch")  # the first sheet, and the news that she pressed on
    card = await selim.sees(words)
    ringing = await selim.sees("🗣")
    assert ringing is not card
    assert not ringing.silent
    await amina.sees("Bir kişi sizin için çeviri yapacak")
    await amina.sees("Randevunuzda bir kişi")


async def test_who_is_to_be_called_stands_on_the_list_until_a_yes(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", "ar", family)
    made = await agreed(stage, family, in_days(stage, 3).at)
    await amina.reads_everything()
    await amina.presses("❓")
    await amina.sees("سنشرح")
    await not_understood(berger)
    await berger.presses("📞 Anrufen")
    await berger.toasted("Anrufliste")

    async def why() -> list[Why]:
        me = amina.account.id
        return await stage.machine.archive.read(
            lambda store: [
                call.why
                for call in store.calls.open_about(made.id, store.people.by_telegram(me).id)  # type: ignore[union-attr]
            ]
        )

    assert await why() == [Why.UNCLEAR]
    await amina.presses("✅")
    await amina.sees("تم تأكيد الموعد")
    await berger.sees("Zusage von: Amina")
    await berger.sees("✅ Ja: Amina")
    assert await why() == []


async def test_deputies_learn_of_it_too_and_may_explain(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", "de", family)
    now = stage.clock.now()

    def stands_in(store) -> None:  # type: ignore[no-untyped-def]
        one, other = (store.people.by_telegram(phone.account.id) for phone in (berger, klein))
        store.deputies.add(one.id, other.id, now, now + timedelta(days=9), one.id)

    await stage.machine.archive.write(stands_in)
    await agreed(stage, family, in_days(stage, 3).at)
    await amina.reads_everything()
    await berger.reads_everything()
    await amina.presses("❓")
    await amina.sees("Wir erklären es Ihnen")
    await not_understood(berger)
    await klein.sees("❓ Nicht verstanden von: Amina")
    await klein.presses("🎙")
    await klein.sees("Sie geht an: Amina")
    await klein.speaks(3)
    await klein.sees("unterwegs an: Amina")
    await amina.sees("Wir erklären Ihnen den Termin")
    await amina.sees("Café am Markt")


async def test_whom_nobody_explains_it_to_stands_on_the_call_list_next_day(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", klein))
    day = await tuesday(stage)
    visit = await agreed(stage, await family_of(stage, amina), on(day + timedelta(days=6), "10:30"))
    await amina.presses("❓")
    await stage.quiet()
    for phone in stage.phones:
        await phone.minds("Auf Ihrer Anrufliste stehen").reads_everything()
    await until(stage, on(day + timedelta(days=1), "09:59"))
    await klein.sees_nothing()

    def loses(store: Store) -> None:  # as when the store came out of an older copy
        for timer in store.timers.ahead(99):
            if timer.kind == "calls.unclear":
                store.timers.drop(timer.kind, timer.scope)
        assert calls_room.opens is not None
        calls_room.opens(store, stage.clock.now() - timedelta(days=1))

    await stage.machine.archive.write(loses)
    await until(stage, on(day + timedelta(days=1), "10:10"))
    await klein.sees("Anrufliste")
    await klein.presses("📞 Anrufliste")
    await klein.sees("Amina: hat den Termin nicht verstanden")
    await klein.presses("Amina")
    await klein.presses("✅")
    await klein.toasted("kommt")
    await stage.quiet()
    said = await stage.machine.archive.read(lambda store: store.appointments.answers(visit.id))
    assert set(said.values()) == {Answer.YES}
    await read_all(*stage.phones)


async def test_a_later_answer_spares_the_call(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", klein))
    day = await tuesday(stage)
    await agreed(stage, await family_of(stage, amina), on(day + timedelta(days=6), "10:30"))
    await amina.presses("❓")
    await stage.quiet()
    await until(stage, on(day, "18:00"))
    await amina.presses("✅")
    await stage.quiet()
    for phone in stage.phones:
        await phone.minds("Auf Ihrer Anrufliste stehen").reads_everything()
    await until(stage, on(day + timedelta(days=4), "18:00"))
    await klein.sees_nothing()
