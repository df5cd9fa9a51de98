"""A parent is asked before anything is sent or kept, may say no, and takes a yes back with one tap."""

from datetime import timedelta

import pytest

from handlers import consenting
from handlers.reminding import DUE
from storage.records import Consent, Family, Purpose, Role
from storage.store import Store
from tests.diary import books
from tests.phones import Phone
from tests.stage import Stage

ASKED = {"tr": "Size Telegram'dan yazabilir miyiz?", "ar": "هل يمكننا أن نكتب لكم عبر Telegram؟"}
MAY_READ = {"tr": "Telegram bu yazışmaları okuyabilir", "ar": "يمكن لـ Telegram قراءة"}
ON = {"tr": "▶️ Devam", "ar": "▶️ التالي"}
YES = {"tr": "✅ Evet, kabul ediyorum", "ar": "✅ نعم، أوافق"}
NO = {"tr": "❌ Hayır", "ar": "❌ لا"}
THANKS = {"tr": "Size buradan yazacağız", "ar": "سنكتب لكم هنا"}
FINE = {"tr": "Sizi telefonla arayacağız", "ar": "سنتصل بكم هاتفيًا"}
HOW = {"tr": "nasıl olduğunuzu sorabilir miyiz?", "ar": "هل يمكننا أن نسأل هنا عن حالكم؟"}
FACES = {"tr": "Bugün nasılsınız?", "ar": "كيف حالكم"}
CARD = {"tr": "Randevunuz", "ar": "موعدكم"}
STOP = {"tr": "↩️ Artık mesaj istemiyorum", "ar": "↩️ لا أريد رسائل"}
CALL = "bitte telefonisch erreichen"
BY_PHONE = "Nicht über Pänz erreichbar, bitte anrufen"


async def comes_in(stage: Stage, language: str) -> tuple[Phone, Phone, Family]:
    """Amina, let in by her caseworker a moment ago, with the question on her phone."""
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", klein)
    amina = stage.stranger("Amina", language)
    await stage.enters(amina, await stage.invitation(Role.PARENT, "Amina", family=family))
    await klein.presses("✅ Ja")
    await stage.quiet()
    await amina.sees(ASKED[language])
    await amina.reads_everything()
    await klein.reads_everything()
    return klein, amina, family


async def given(stage: Stage, phone: Phone) -> dict[Purpose, Consent]:
    def look(store: Store) -> dict[Purpose, Consent]:
        person = store.people.by_telegram(phone.account.id)
        assert person is not None
        found = ((purpose, store.consents.current(person.id, purpose)) for purpose in Purpose)
        return {purpose: consent for purpose, consent in found if consent is not None}

    return await stage.machine.archive.read(look)


async def takes_back(phone: Phone, language: str) -> None:
    await phone.types("/daten")
    await phone.sees("🔐")
    await phone.presses(STOP[language])
    await phone.sees(FINE[language])


@pytest.mark.parametrize("language", ["tr", "ar"])
async def test_a_yes_is_kept_with_the_words_that_were_read(stage: Stage, language: str) -> None:
    _, amina, _ = await comes_in(stage, language)

    assert not any(label == YES[language] for label in amina.keyboard)
    await amina.presses(ON[language])
    await amina.sees(MAY_READ[language])
    await amina.presses(YES[language])
    await amina.sees(THANKS[language])
    await amina.sees(HOW[language])
    await amina.presses(ON[language])
    await amina.sees("🤫")
    await amina.presses(NO[language])
    await amina.sees("🤝")

    kept = await given(stage, amina)
    assert set(kept) == {Purpose.CONTACT}
    yes = kept[Purpose.CONTACT]
    assert (yes.version, yes.language) == (consenting.VERSIONS[Purpose.CONTACT], language)
    assert stage.clock.now() - yes.given_at < timedelta(minutes=1)
    assert yes.text_hash == consenting.text_hash(Purpose.CONTACT, language)


@pytest.mark.parametrize("language", ["tr", "ar"])
async def test_without_a_yes_nothing_is_sent_and_the_caseworker_is_asked_to_call(
    stage: Stage, language: str
) -> None:
    klein, amina, _ = await comes_in(stage, language)
    await amina.presses(ON[language])
    await amina.sees(MAY_READ[language])
    await amina.presses(NO[language])
    await amina.sees(FINE[language])
    told = await klein.sees(CALL)
    assert "Nein" not in told.words

    await books(stage, klein)
    await klein.sees(BY_PHONE)
    await stage.forward(days=4)
    await amina.sees_nothing()
    await amina.presses("📅")
    await amina.sees(ASKED[language])
    await amina.presses("💬")
    await amina.sees(HOW[language])
    await amina.types("😟")
    await amina.sees(HOW[language])
    await klein.sees_nothing()
    counted = "SELECT count(*) FROM checkins"
    kept = await stage.machine.archive.read(
        lambda store: store.connection.exec_driver_sql(counted).scalar_one()
    )
    assert kept == 0


async def test_the_red_button_needs_no_yes_and_keeps_the_least(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    await koch.types("/an")
    await stage.quiet()
    _, amina, _ = await comes_in(stage, "tr")
    await koch.reads_everything()

    await amina.presses("🆘")
    await amina.sees("Tehlikede misiniz?")
    await amina.presses("🚨")
    await amina.sees("💾")
    await koch.sees("🚨")
    assert await given(stage, amina) == {}
    await amina.reads_everything()


@pytest.mark.parametrize("language", ["tr", "ar"])
async def test_one_tap_takes_it_back_and_a_later_yes_brings_what_was_missed(
    stage: Stage, language: str
) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", language, await stage.family("Ahorn 12", klein))
    await takes_back(amina, language)
    await klein.sees(CALL)
    await books(stage, klein)
    await klein.sees(BY_PHONE)
    await amina.sees_nothing()

    await amina.presses("📅")
    await amina.sees(ASKED[language])
    await amina.presses(ON[language])
    await amina.sees(MAY_READ[language])
    await amina.presses(YES[language])
    await amina.sees(THANKS[language])
    await stage.forward(seconds=1)
    await amina.sees(CARD[language])
    await klein.sees("wieder über Pänz erreichbar")
    await klein.reads_everything()


async def test_an_old_card_asks_before_it_takes_an_answer(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", klein))
    await books(stage, klein)
    await amina.sees(CARD["tr"])
    await takes_back(amina, "tr")
    await klein.sees(CALL)

    await amina.presses("✅ Evet")
    await amina.sees(ASKED["tr"])
    await klein.sees_nothing()


async def said_yes_to_older_words(stage: Stage, phone: Phone) -> None:
    """Her yes is to a version of which nobody speaks any more."""

    def older(store: Store) -> None:
        person = store.people.by_telegram(phone.account.id)
        assert person is not None
        store.consents.give(person.id, Purpose.CONTACT, 0, "0" * 64, "tr", stage.clock.now())

    await stage.machine.archive.write(older)


async def test_new_words_void_an_old_yes(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", klein))
    await said_yes_to_older_words(stage, amina)

    await books(stage, klein)
    await klein.sees(BY_PHONE)
    await amina.sees_nothing()
    await amina.presses("📅")
    question = await amina.sees(ASKED["tr"])
    pressed = amina.hand.forges(question.message_id, "consent:yes:contact:one:0:tr")
    assert await pressed.answer(5.0)
    assert "Metin yenilendi" in pressed.text

    await amina.presses(ON["tr"])
    await amina.sees(MAY_READ["tr"])
    await amina.presses(YES["tr"])
    await amina.sees(THANKS["tr"])
    assert (await given(stage, amina))[Purpose.CONTACT].version == consenting.VERSIONS[Purpose.CONTACT]
    await stage.forward(seconds=1)
    await amina.sees(CARD["tr"])
    await klein.reads_everything()


async def test_another_language_asks_nobody_again(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", klein))
    await amina.types("/language")
    await amina.sees("🌐")
    await amina.presses("العربية")
    await amina.reads_everything()

    await books(stage, klein)
    await amina.sees(CARD["ar"])


async def test_reminders_stop_with_the_yes(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", klein))
    await books(stage, klein)
    await amina.sees(CARD["tr"])
    await takes_back(amina, "tr")
    await klein.sees(CALL)
    ahead = await stage.machine.archive.read(lambda store: {timer.kind for timer in store.timers.ahead()})
    assert DUE in ahead

    await stage.forward(days=4)
    await amina.sees_nothing()
    await klein.reads_everything()
