"""Whatever the question was: who writes that they are being hurt is asked whether they need help now."""

from datetime import timedelta

import pytest

from storage.records import Role
from storage.settings import CODES_ASKED
from storage.tables import worries
from tests.oncall import not_tested
from tests.phones import Phone, read_all
from tests.shifts import goes_off, plans
from tests.stage import Stage

SPOKEN = {
    # language: her words, the question, 🚨, no, what follows a no
    "de": ("Er schlägt mich wieder", "Brauchen Sie jetzt Hilfe?", "Nein, es geht", "Niemand wurde gerufen"),
    "tr": (
        "Akşam beni dövüyor, çok korkuyorum",
        "yardıma ihtiyacınız var mı",
        "Hayır, ben",
        "Kimse çağrılmadı",
    ),
    "ar": ("زوجي يضربني كل يوم", "هل هناك حاجة إلى مساعدة الآن", "لا، كل شيء", "لم يتم استدعاء أحد"),
}


async def family_of_three(stage: Stage, language: str) -> tuple[Phone, Phone, Phone]:
    """A parent, the caseworker, and who is on call."""
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    return await stage.parent("Amina", language, await stage.family("Linde", klein)), klein, koch


async def states(stage: Stage) -> list[str]:
    rows = await stage.machine.archive.read(lambda store: store.connection.execute(worries.select()).all())
    return [row.state for row in rows]


@pytest.mark.parametrize("language", SPOKEN)
async def test_a_note_is_saved_as_a_note_and_asked_about(stage: Stage, language: str) -> None:
    words, question, _, _ = SPOKEN[language]
    amina, klein, koch = await family_of_three(stage, language)
    await amina.types("😟")
    await amina.sees("😟")
    await klein.sees("Linde")

    await amina.types(words)

    await amina.sees("Frau Klein")  # the note is saved, and she reads who gets it
    await amina.sees(question)
    assert any("🚨" in label for label in amina.keyboard)
    assert await states(stage) == ["asked"]
    await stage.quiet()
    notes = await stage.machine.archive.read(lambda store: [one.note for one in _checkins(store)])
    assert notes == [words]
    await klein.sees("Notiz")
    await koch.sees_nothing()


def _checkins(store):  # type: ignore[no-untyped-def]
    return [taken for family in store.families.all() for taken in store.checkins.of_family(family.id)]


@pytest.mark.parametrize("language", SPOKEN)
async def test_yes_is_an_alarm_and_takes_her_words_along(stage: Stage, language: str) -> None:
    words, question, _, _ = SPOKEN[language]
    amina, klein, koch = await family_of_three(stage, language)
    await amina.types(words)
    await amina.sees(question)

    await amina.presses("🚨")

    await koch.sees("Alarm A-0001")
    await koch.sees(words)
    await stage.forward(minutes=6)
    assert "kein Alarm" not in koch.screen + klein.screen
    assert await states(stage) == ["needs_help"]
    for phone in (amina, klein, koch):
        await phone.reads_everything()


@pytest.mark.parametrize(("language", "yes"), [("de", "Ja!"), ("tr", "evet"), ("ar", "نعم")])
async def test_a_typed_yes_is_a_yes(stage: Stage, language: str, yes: str) -> None:
    words, question, _, _ = SPOKEN[language]
    amina, _, koch = await family_of_three(stage, language)
    await amina.types(yes)  # nobody has asked: it is nothing to us
    await amina.types(words)
    await amina.sees(question)

    await amina.types(yes)

    await koch.sees(words)
    await amina.reads_everything()
    await koch.reads_everything()


@pytest.mark.parametrize("typed", [True, False])
@pytest.mark.parametrize("language", SPOKEN)
async def test_no_is_told_to_the_caseworker_alone(stage: Stage, language: str, typed: bool) -> None:
    words, question, no, good = SPOKEN[language]
    amina, klein, koch = await family_of_three(stage, language)
    await amina.types(words)
    await amina.sees(question)

    if typed:
        await amina.types({"de": "nein danke", "tr": "hayır", "ar": "لا شكرا"}[language])
    else:
        await amina.presses(no)

    said = await amina.sees(good)
    assert "Frau Klein" in said.words
    news = await klein.sees("Linde")
    assert words not in news.words
    await klein.presses("👁 Lesen")
    await klein.sees(words)
    await stage.forward(minutes=6)
    await koch.sees_nothing()
    assert await states(stage) == ["needs_none"]


async def test_before_a_code_the_caseworker_reads_nothing(stage: Stage) -> None:
    words, question, no, good = SPOKEN["tr"]
    amina, klein, _ = await family_of_three(stage, "tr")
    await stage.machine.archive.write(lambda store: store.settings.put(CODES_ASKED, "on"))
    await amina.types(words)
    await amina.sees(question)

    await amina.presses(no)
    await amina.sees(good)

    await stage.quiet()
    assert "Linde" not in klein.screen.split("Neu")[-1] or "👁" in klein.screen
    assert words not in klein.screen
    await klein.reads_everything()


@pytest.mark.parametrize("language", SPOKEN)
async def test_without_an_answer_those_on_call_may_look(stage: Stage, language: str) -> None:
    words, question, no, _ = SPOKEN[language]
    amina, klein, koch = await family_of_three(stage, language)
    await amina.types(words)
    await amina.sees(question)

    await stage.forward(minutes=5, seconds=1)

    for phone in (koch, klein):
        told = await phone.sees("Das ist kein Alarm")
        assert words not in told.words
        assert "Amina" not in told.words
        assert "Linde" not in told.words
        assert len(told.words) < 300
    await koch.presses("❓ Wer ist das?")
    shown = await koch.sees(words)
    assert "Linde" in shown.words
    acts = await stage.machine.archive.read(lambda store: [line["act"] for line in store.journal.newest(20)])
    assert "read.read_worry" in acts
    assert await states(stage) == ["unanswered"]
    await amina.presses(no)  # late, and still true
    await amina.sees("Frau Klein")
    await koch.sees("keine Hilfe gebraucht wird")
    await klein.reads_everything()


async def test_nobody_else_may_look(stage: Stage) -> None:
    amina, klein, koch = await family_of_three(stage, "tr")
    other = await stage.staff("Herr Weber", Role.CASEWORKER, Role.ON_CALL)
    await other.types("/alarms")
    await stage.quiet()
    await amina.types(SPOKEN["tr"][0])
    await stage.quiet()
    await stage.forward(minutes=6)
    await amina.reads_everything()
    for phone in (klein, koch, other):
        await phone.reads_everything()
    late = await stage.staff("Frau Spät", Role.CASEWORKER)
    data = next(one for one in reversed(koch.account.messages.values()) if one.inline).inline[0][0]
    stolen = late.hand.forges(late.last.message_id, data["callback_data"])
    assert await stolen.answer(5)
    await stage.quiet()
    assert SPOKEN["tr"][0] not in late.screen
    await late.reads_everything()


async def test_a_stranger_is_asked_and_found_too(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    chidi = stage.stranger("Chidi", "en")

    await chidi.types("he beats me, I can't go on")

    await chidi.sees("Brauchen Sie jetzt Hilfe?")
    assert "verstanden" not in chidi.screen
    await stage.forward(minutes=5, seconds=1)
    await koch.sees("Das ist kein Alarm")
    await koch.presses("❓ Wer ist das?")
    await koch.sees("he beats me")
    await chidi.presses("🚨")
    await koch.sees("Alarm A-0001")
    await koch.sees("he beats me")
    await chidi.reads_everything()
    await koch.reads_everything()


async def test_whoever_is_on_call_at_one_site_hears_of_a_stranger(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    lang = await stage.staff("Frau Lang", Role.LEAD)
    now = stage.clock.now()
    await goes_off(stage, koch)
    await plans(stage, koch, now - timedelta(minutes=1), now + timedelta(hours=8), site="poll")
    for phone in (koch, lang):
        await phone.reads_everything()
    chidi = stage.stranger("Chidi", "de")
    await chidi.types("ich will nicht mehr leben")
    await chidi.sees("Brauchen Sie jetzt Hilfe?")

    await stage.forward(minutes=5, seconds=1)

    await koch.sees("Das ist kein Alarm")
    assert "kein Alarm" not in lang.screen
    await read_all(koch, lang, chidi)


async def test_where_nobody_has_answered_a_test_page_they_hear_of_it_and_leads_too(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    lang = await stage.staff("Frau Lang", Role.LEAD)
    await not_tested(stage, koch)
    chidi = stage.stranger("Chidi", "de")
    await chidi.types("ich will nicht mehr leben")
    await chidi.sees("Brauchen Sie jetzt Hilfe?")

    await stage.forward(minutes=5, seconds=1)

    for phone in (koch, lang):
        await phone.sees("Das ist kein Alarm")
    await read_all(koch, lang, chidi)


async def test_where_nobody_is_there_somebody_hears_of_it_as_soon_as_they_are(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    lang = await stage.staff("Frau Lang", Role.LEAD)
    await goes_off(stage, koch)
    lang.blocks_the_bot()
    await stage.quiet()
    chidi = stage.stranger("Chidi", "de")
    await chidi.types("ich will nicht mehr leben")
    await chidi.sees("Brauchen Sie jetzt Hilfe?")

    await stage.forward(minutes=20)

    assert await states(stage) == ["asked"]
    await koch.types("☎️ Rufbereitschaft")
    await stage.quiet()
    await koch.presses("Ich übernehme den Dienst")
    await stage.forward(minutes=1, seconds=1)
    await koch.sees("Das ist kein Alarm")
    assert await states(stage) == ["unanswered"]
    await read_all(koch, chidi)


async def test_a_strangers_no_is_nobodys_business(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    lead = await stage.staff("Frau Lang", Role.LEAD)
    chidi = stage.stranger("Chidi", "ar")
    await chidi.types("أنا خائفة جدا")
    await chidi.sees("هل هناك حاجة")

    await chidi.presses("لا، كل شيء بخير")

    await chidi.sees("لم يتم استدعاء أحد")
    await stage.forward(minutes=6)
    await koch.sees_nothing()
    await lead.sees_nothing()


async def test_nobody_is_asked_twice_within_minutes_and_nothing_is_lost(stage: Stage) -> None:
    amina, klein, koch = await family_of_three(stage, "tr")
    await amina.types("çok korkuyorum")  # a cry as well: the numbers come, and then the question
    await amina.sees("112")
    await amina.sees("yardıma ihtiyacınız")

    await amina.types("bana vuruyor, kapıyı kilitledi")

    await amina.sees("Bunu da sakladık")
    await stage.forward(minutes=3)
    await amina.presses("🚨")
    await koch.sees("çok korkuyorum")
    await koch.sees("kapıyı kilitledi")
    assert await states(stage) == ["needs_help", "needs_help"]
    for phone in (amina, klein, koch):
        await phone.reads_everything()


async def test_after_ten_minutes_the_question_comes_again(stage: Stage) -> None:
    amina, klein, koch = await family_of_three(stage, "de")
    await amina.types("ich kann nicht mehr")
    await amina.sees("Brauchen Sie jetzt Hilfe?")
    await stage.forward(minutes=11)

    await amina.types("ich halte es nicht mehr aus")

    await amina.sees("Brauchen Sie jetzt Hilfe?")
    await stage.quiet()
    for phone in (klein, koch):
        await phone.reads_everything()


async def test_during_an_alarm_nobody_is_asked(stage: Stage) -> None:
    amina, klein, koch = await family_of_three(stage, "tr")
    await amina.types("/alarm")
    await koch.sees("Alarm A-0001")
    await stage.quiet()

    await amina.types("Yine beni dövüyor")

    await koch.sees("beni dövüyor")
    await stage.quiet()
    assert await states(stage) == []
    assert "ihtiyacınız var mı" not in amina.screen
    for phone in (amina, klein, koch):
        await phone.reads_everything()


async def test_a_discreet_phone_shows_the_question_as_an_answer_with_its_keys(stage: Stage) -> None:
    amina, klein, koch = await family_of_three(stage, "tr")
    await stage.machine.archive.write(
        lambda store: store.people.set_discreet(store.people.by_telegram(amina.account.id).id, True)
    )

    await amina.types("beni öldürecek")

    asked = await amina.sees("yardıma ihtiyacınız var mı")
    assert asked.body.get("disable_notification", True) is not False
    assert any("🚨" in label for label in amina.keyboard)
    await amina.presses("🚨")
    await koch.sees("öldürecek")
    await stage.quiet()
    for phone in (amina, klein, koch):
        await phone.reads_everything()


@pytest.mark.parametrize(
    "words", ["Gestern habe ich keine Angst gehabt", "Termin am Montag passt", "Hilfeplangespräch"]
)
async def test_ordinary_words_ask_nothing(stage: Stage, words: str) -> None:
    amina, klein, _ = await family_of_three(stage, "de")

    await amina.types(words)

    await amina.sees("verstanden")
    assert await states(stage) == []
    await klein.reads_everything()


async def test_what_somebody_else_wrote_is_not_hers(stage: Stage) -> None:
    amina, klein, _ = await family_of_three(stage, "de")

    amina.hand.forwards("Er schlägt mich")
    await stage.quiet()

    assert await states(stage) == []
    await amina.reads_everything()
    await klein.reads_everything()


async def test_below_a_picture_they_are_heard_too(stage: Stage) -> None:
    amina, klein, koch = await family_of_three(stage, "ar")

    amina.hand.sends_photo("ضربني مرة أخرى")

    await amina.sees("هل هناك حاجة")
    await stage.quiet()
    for phone in (amina, klein, koch):
        await phone.reads_everything()
