"""Small exercises for at home: given, asked about on the next day, answered kindly, kept for as long as it takes."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import pytest

from handlers import consenting, practising
from locales.zone import here
from storage.records import Course, CourseState, Family, OfferKind, Purpose, Role
from storage.store import Store
from tests.phones import Phone, plain
from tests.stage import Stage

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
TODDLERS = "Alltag mit kleinen Kindern"


@dataclass(frozen=True)
class Words:
    """What a parent reads in one language."""

    given: str
    now: str
    first: str
    line: str
    second: str
    third: str
    asks: str
    yes: str
    well: str
    one: str
    bit: str
    step: str
    no: str
    stays: str
    again: str
    question: str
    told: str
    three: str
    pause: str
    rests: str
    on: str
    back: str
    more: str
    often: str
    how_often: str
    daily: str
    paces: str
    waits: str
    menu: str
    stale: str


WORDS = {
    "tr": Words(
        given="✨ Küçük çocuklarla günlük yaşam\nSayısı: 16.",
        now="▶️ Hemen şimdi",
        first="🎯 Alıştırmanız: 1 / 16\n✨ Beş dakika oyun\n🕒 Dakika: 5",
        line="• Oyunu çocuğunuz seçsin. Siz ona katılın.",
        second="🎯 Alıştırmanız: 2 / 16\n✨ Gördüğünüzü anlatın",
        third="🎯 Alıştırmanız: 3 / 16\n✨ Üç güzel şey",
        asks="🎯 Alıştırmayı yaptınız mı?",
        yes="✅ Evet",
        well="👏 Çok güzel yaptınız!",
        one="✅ Tamamlanan: 1 / 16\n🟩⬜⬜⬜⬜⬜⬜⬜",
        bit="🙂 Biraz",
        step="👏 Biraz yapmak da bir adımdır.",
        no="❌ Hayır",
        stays="🤝 Sorun değil. Alıştırma sizin için burada kalıyor.",
        again="🔁 Bir daha",
        question="❓ Sorum var",
        told="👤 Bunu ilettiğim kişi: Frau Klein",
        three="✅ Tamamlanan: 3 / 16",
        pause="⏸ Ara ver",
        rests="⏸ Ara. Yeriniz kalıyor.\nAlıştırma: 2 / 16",
        on="▶️ Devam",
        back="👋 Yeniden burada olmanız ne güzel.\n🎯 Küçük çocuklarla günlük yaşam\nKaldığınız alıştırma: 2 / 16",
        more="⚙️ Diğer",
        often="⏱ Ne sıklıkta?",
        how_often="⏱ Ne sıklıkta alıştırma istersiniz?",
        daily="Ertesi gün",
        paces="✔️ Haftada iki kez",
        waits="🎯 Alıştırmanız burada sizi bekliyor.\nAlıştırma: 2 / 16",
        menu="🎯 Alıştırmalar",
        stale="Bu eski bir mesaj.",
    ),
    "ar": Words(
        given="✨ الحياة اليومية مع الأطفال الصغار\nعددها: 16.",
        now="▶️ الآن",
        first="🎯 تمرينكم 1 من 16\n✨ خمس دقائق من اللعب\n🕒 الدقائق: 5",
        line="• الطفل يختار اللعبة، وأنتم تشاركونه.",
        second="🎯 تمرينكم 2 من 16\n✨ وصف ما ترونه",
        third="🎯 تمرينكم 3 من 16\n✨ ثلاثة أمور جميلة",
        asks="🎯 هل قمتم بالتمرين؟",
        yes="✅ نعم",
        well="👏 أحسنتم!",
        one="✅ تم إنجاز 1 من 16\n🟩⬜⬜⬜⬜⬜⬜⬜",
        bit="🙂 قليلًا",
        step="👏 القليل خطوة أيضًا.",
        no="❌ لا",
        stays="🤝 لا بأس. التمرين يبقى هنا من أجلكم.",
        again="🔁 مرة أخرى",
        question="❓ سؤال",
        told="👤 يتم الآن إبلاغ: Frau Klein",
        three="✅ تم إنجاز 3 من 16",
        pause="⏸ استراحة",
        rests="⏸ استراحة. مكانكم محفوظ.\nالتمرين 2 من 16",
        on="▶️ متابعة",
        back="👋 نحن سعداء بعودتكم.\n🎯 الحياة اليومية مع الأطفال الصغار\nكنتم عند التمرين 2 من 16.",
        more="⚙️ المزيد",
        often="⏱ كم مرة؟",
        how_often="⏱ كم مرة تودّون الحصول على تمرين؟",
        daily="في اليوم التالي",
        paces="✔️ مرتان في الأسبوع",
        waits="🎯 تمرينكم في انتظاركم هنا.\nالتمرين 2 من 16",
        menu="🎯 التمارين",
        stale="هذا من وقت سابق.",
    ),
    "de": Words(
        given="✨ Alltag mit kleinen Kindern\nAnzahl: 16.",
        now="▶️ Jetzt gleich",
        first="🎯 Ihre Übung 1 von 16\n✨ Fünf Minuten Spiel\n🕒 Minuten: 5",
        line="• Ihr Kind wählt das Spiel. Sie machen mit.",
        second="🎯 Ihre Übung 2 von 16\n✨ Erzählen, was Sie sehen",
        third="🎯 Ihre Übung 3 von 16\n✨ Drei gute Dinge",
        asks="🎯 Haben Sie die Übung gemacht?",
        yes="✅ Ja",
        well="👏 Das haben Sie gut gemacht!",
        one="✅ Geschafft: 1 von 16\n🟩⬜⬜⬜⬜⬜⬜⬜",
        bit="🙂 Ein bisschen",
        step="👏 Ein bisschen ist auch ein Schritt.",
        no="❌ Nein",
        stays="🤝 Das ist in Ordnung. Die Übung bleibt hier für Sie.",
        again="🔁 Noch einmal",
        question="❓ Frage",
        told="👤 Ich sage es weiter an: Frau Klein",
        three="✅ Geschafft: 3 von 16",
        pause="⏸ Pause",
        rests="⏸ Pause. Ihr Platz bleibt.\nÜbung 2 von 16",
        on="▶️ Weiter",
        back="👋 Schön, dass Sie wieder da sind.\n🎯 Alltag mit kleinen Kindern\nSie waren bei Übung 2 von 16.",
        more="⚙️ Mehr",
        often="⏱ Wie oft?",
        how_often="⏱ Wie oft möchten Sie eine Übung?",
        daily="Am nächsten Tag",
        paces="✔️ Zweimal pro Woche",
        waits="🎯 Ihre Übung wartet hier auf Sie.\nÜbung 2 von 16",
        menu="🎯 Übungen",
        stale="Das ist von früher.",
    ),
}
LANGUAGES = sorted(WORDS)


async def reaches(stage: Stage, weekday: int, hour: int, minute: int = 0) -> None:
    """Winds the clock to the next such moment in Köln; all that falls due on the way happens."""
    now = stage.clock.now()
    wall = now.astimezone(here())
    day = wall.date() + timedelta(days=(weekday - wall.weekday()) % 7)
    at = datetime.combine(day, time(hour, minute), here()).astimezone(UTC)
    if at <= now:
        at = datetime.combine(day + timedelta(days=7), time(hour, minute), here()).astimezone(UTC)
    await stage.forward(seconds=(at - now).total_seconds())


async def pair(stage: Stage, language: str = "tr") -> tuple[Phone, Phone]:
    """On a Monday morning a caseworker gives a parent the exercises for toddlers."""
    await reaches(stage, MONDAY, 9)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", language, await stage.family("Linde", klein))
    await at_family(klein)
    await gives(klein, TODDLERS)
    await klein.sees(f"Amina: {TODDLERS}, Übung 1 von 16, die nächste kommt. Letzte Antwort: noch keine")
    await amina.sees(WORDS[language].given)
    return klein, amina


async def at_family(klein: Phone) -> None:
    await klein.presses("👪 Familien")
    await klein.sees("Ihre Familien")
    await klein.presses("Linde")
    await klein.sees("👪 Familie: Linde")
    await klein.presses("🎯 Übungen")
    await klein.sees("🎯 Übungen: Linde")


async def gives(klein: Phone, course: str, toast: str = "🎯 Gegeben") -> None:
    await klein.presses("➕ Übungen geben")
    await klein.sees("Welche Übungen bekommt die Familie Linde?")
    await klein.presses(course)
    await klein.toasted(toast)


async def answered_first(stage: Stage, amina: Phone, words: Words) -> str:
    """Exercise 1 at once, and a yes on Tuesday."""
    await amina.presses(words.now)
    assert words.line in (await amina.sees(words.first)).words
    await reaches(stage, TUESDAY, 16, 59)
    await amina.sees_nothing()
    await reaches(stage, TUESDAY, 17, 1)
    await amina.sees(words.asks)
    await amina.presses(words.yes)
    return plain((await amina.sees(words.well)).words)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_two_weeks_with_every_answer(stage: Stage, language: str) -> None:
    klein, amina = await pair(stage, language)
    words = WORDS[language]
    assert words.one in await answered_first(stage, amina, words)

    await reaches(stage, THURSDAY, 9, 59)
    await amina.sees_nothing()
    await reaches(stage, THURSDAY, 10, 1)
    await amina.sees(words.second)
    await reaches(stage, FRIDAY, 17, 1)
    await amina.sees(words.asks)
    await amina.presses(words.bit)
    await amina.sees(words.step)

    await reaches(stage, MONDAY, 10, 1)
    await amina.sees(words.third)
    await reaches(stage, TUESDAY, 17, 1)
    await amina.sees(words.asks)
    await amina.presses(words.no)
    await amina.sees(words.stays)
    await amina.presses(words.again)
    await amina.sees(words.third)
    await reaches(stage, WEDNESDAY, 17, 1)
    await amina.sees(words.asks)

    await amina.presses(words.question)
    await amina.sees(words.told)
    asked = await klein.sees("❓ Frage zu einer Übung\n👪 Linde\n🎯 Drei gute Dinge")
    assert "Amina" not in asked.words
    await amina.presses(words.yes)
    await amina.sees(words.three)
    await klein.presses("🎯 Übungen der Familie")
    await klein.sees(f"Amina: {TODDLERS}, Übung 4 von 16, die nächste kommt. Letzte Antwort: Mittwoch")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_she_comes_back_after_weeks_and_is_where_she_was(stage: Stage, language: str) -> None:
    _, amina = await pair(stage, language)
    words = WORDS[language]
    await answered_first(stage, amina, words)

    await amina.presses(words.pause)
    await amina.sees(words.rests)
    await stage.forward(days=60)
    await amina.sees_nothing()

    await amina.presses(words.more)
    await amina.sees("⚙️")
    await amina.presses(words.menu)
    await amina.sees(words.back)
    await amina.presses(words.on)
    await amina.sees(words.second)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_not_answered_is_said_once_more_and_rests(stage: Stage, language: str) -> None:
    klein, amina = await pair(stage, language)
    words = WORDS[language]
    await answered_first(stage, amina, words)
    await reaches(stage, THURSDAY, 10, 1)
    await amina.sees(words.second)
    await reaches(stage, FRIDAY, 17, 1)
    question = await amina.sees(words.asks)
    await reaches(stage, MONDAY, 17, 2)
    await amina.sees(words.waits)

    await stage.forward(days=90)
    await amina.sees_nothing()
    await at_family(klein)
    await klein.presses("◀️ Zurück")
    await klein.sees("👪 Familie: Linde")

    row, column = next(
        (row, column)
        for row, buttons in enumerate(question.inline or [])
        for column, button in enumerate(buttons)
        if button["text"] == words.bit
    )
    await amina._press(question, row, column)  # the old question is still hers to answer
    await amina.sees(words.step)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_old_button_shows_where_she_stands(stage: Stage, language: str) -> None:
    _, amina = await pair(stage, language)
    words = WORDS[language]
    await amina.presses(words.now)
    await amina.sees(words.first)
    await reaches(stage, TUESDAY, 17, 1)
    question = await amina.sees(words.asks)
    await amina.presses(words.yes)
    await amina.sees(words.well)
    await amina.presses(words.pause)
    await amina.sees(words.rests)
    await stage.forward(days=30)

    assert question.inline is not None
    await amina.presses("✅")  # below exercise 1, weeks later
    await amina.toasted(words.stale)
    await amina.sees(words.back)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_she_sets_the_pace(stage: Stage, language: str) -> None:
    _, amina = await pair(stage, language)
    words = WORDS[language]
    await answered_first(stage, amina, words)

    await amina.presses(words.often)
    await amina.sees(words.how_often)
    assert words.paces in amina.keyboard
    await amina.presses(words.daily)
    await amina.sees("🟩⬜⬜⬜⬜⬜⬜⬜")

    await reaches(stage, WEDNESDAY, 10, 1)
    await amina.sees(words.second)


async def test_one_press_too_many_moves_nothing(stage: Stage) -> None:
    klein, amina = await pair(stage)
    words = WORDS["tr"]
    await amina.presses(words.now)
    shown = await amina.sees(words.first)

    for _ in range(3):
        amina.hand.forges(shown.message_id, (shown.inline or [])[0][0]["callback_data"])
    await stage.quiet()
    await amina.sees("✅ Tamamlanan: 1 / 16")
    await at_family(klein)
    assert "Übung 2 von 16" in klein.screen


async def test_two_parents_go_each_their_own_way(stage: Stage) -> None:
    await reaches(stage, MONDAY, 9)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    linde = await stage.family("Linde", klein)
    amina, yusuf = await stage.parent("Amina", "tr", linde), await stage.parent("Yusuf", "ar", linde)
    await at_family(klein)
    await gives(klein, "Die eigene Wohnung")
    await klein.sees("Amina: Die eigene Wohnung, Übung 1 von 8")
    await amina.sees("Kendi evim")
    await yusuf.sees("السكن المستقل")

    await yusuf.presses("▶️ الآن")
    await yusuf.sees("✨ زاوية واحدة في عشر دقائق")
    await yusuf.presses("✅ تم التمرين")
    await yusuf.sees("✅ تم إنجاز 1 من 8")

    await gives(klein, "Die eigene Wohnung", "Niemand hat etwas Neues bekommen.")
    shown = await klein.sees("🎯 Übungen: Linde")
    assert "Amina: Die eigene Wohnung, Übung 1 von 8" in shown.words
    assert "Yusuf: Die eigene Wohnung, Übung 2 von 8" in shown.words


async def test_the_last_exercise_is_celebrated(stage: Stage) -> None:
    await reaches(stage, MONDAY, 9)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Linde", klein))
    await at_family(klein)
    await gives(klein, "Die eigene Wohnung")
    await klein.sees("Übung 1 von 8")
    await amina.sees("Anzahl: 8.")
    for done in range(1, 9):
        await amina.presses("▶️ Jetzt gleich")
        await amina.sees(f"🎯 Ihre Übung {done} von 8")
        await amina.presses("✅ Schon gemacht")
        await amina.sees(f"✅ Geschafft: {done} von 8" if done < 8 else "🎉 Herzlichen Glückwunsch!")

    await stage.forward(days=30)
    await amina.sees_nothing()
    await amina.presses("⚙️ Mehr")
    await amina.sees("⚙️")
    await amina.presses("🎯 Übungen")
    await amina.sees("Sie sind am Ziel. Übungen: 8\n🟩🟩🟩🟩🟩🟩🟩🟩")


async def test_who_pauses_hears_nothing_until_she_is_back(stage: Stage) -> None:
    klein, amina = await pair(stage, "de")
    klein.ignores("⏸ Amina", "▶️ Amina")
    await amina.presses("⚙️ Mehr")
    await amina.sees("⚙️")
    await amina.presses("⏸ Pause")
    await amina.sees("⏸")

    await stage.forward(days=10)
    await amina.sees_nothing()

    await amina.presses("▶️ Weiter")
    await amina.sees("▶️ Es geht weiter.")
    await stage.forward(hours=25)
    await amina.sees("🎯 Ihre Übung 1 von 16")


async def test_who_takes_back_her_yes_hears_nothing(stage: Stage) -> None:
    _, amina = await pair(stage, "de")

    def takes_back(store: Store) -> None:
        person = store.people.by_telegram(amina.account.id)
        assert person is not None
        consenting.take_back(store, person, Purpose.CONTACT, stage.clock.now())

    await stage.machine.archive.write(takes_back)
    await stage.forward(days=20)
    await amina.sees_nothing()


async def test_a_course_brings_its_exercises_once_its_first_session_is_over(stage: Stage) -> None:
    await reaches(stage, MONDAY, 9)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    linde, ahorn = [await stage.family(label, klein) for label in ("Linde", "Ahorn")]
    amina = await stage.parent("Amina", "tr", linde)
    yusuf = await stage.parent("Yusuf", "ar", ahorn)
    await stage.machine.archive.write(lambda store: plans_course(store, stage.clock.now(), linde))

    await reaches(stage, TUESDAY, 10, 29)
    await amina.sees_nothing()
    await reaches(stage, TUESDAY, 10, 31)
    await amina.sees("🎯 Ev için küçük alıştırmalar\n✨ Küçük çocuklarla günlük yaşam")

    await amina.presses("▶️ Hemen şimdi")
    await amina.sees("🎯 Alıştırmanız: 1 / 16")
    await yusuf.sees_nothing()
    await yusuf.presses("⚙️ المزيد")
    await yusuf.sees("⚙️")
    await yusuf.presses("🎯 التمارين")
    await yusuf.sees("🎯 لا توجد تمارين هنا بعد.")
    await stage.machine.archive.write(lambda store: takes_seat(store, stage.clock.now(), ahorn))
    await yusuf.presses("⚙️ المزيد")
    await yusuf.sees("⚙️")
    await yusuf.presses("🎯 التمارين")
    await yusuf.sees("🎯 أي تمارين تودّون؟")
    await yusuf.presses("✨ الحياة اليومية")
    await yusuf.sees("✨ الحياة اليومية مع الأطفال الصغار\nعددها: 16.")
    await yusuf.presses("⏸ استراحة")
    await yusuf.sees("⏸ استراحة. مكانكم محفوظ.")


def plans_course(store: Store, now: datetime, family: Family) -> None:
    """A course for parents of toddlers whose first session is on Tuesday at nine, and a seat in it."""
    offer = next(one for one in store.agency.offers() if one.kind is OfferKind.PARENT_TRAINING)
    first = datetime.combine(now.astimezone(here()).date() + timedelta(days=1), time(9), here()).astimezone(
        UTC
    )
    course = store.courses.add(
        Course("", offer.id, family.caseworker_id, "toddlers", "Bonner Straße", None, first, 90, 8,
               child_care=True, languages=("tr", "ar"), state=CourseState.OPEN, made_at=now)
    )  # fmt: skip
    for number in range(8):
        at = first + timedelta(days=7 * number)
        store.training.add(offer.id, family.caseworker_id, at, course.place, course.id, number + 1)
    practising.begins(store, course.id, first + timedelta(minutes=course.minutes))
    takes_seat(store, now, family)


def takes_seat(store: Store, now: datetime, family: Family) -> None:
    (course,) = store.courses.led_by(family.caseworker_id, now)
    store.courses.invite(course.id, family.id, now)
    assert store.courses.take(course.id, family.id, now)


async def test_whoever_does_not_belong_gets_no_answer_of_hers(stage: Stage) -> None:
    klein, amina = await pair(stage)
    await amina.presses(WORDS["tr"].now)
    shown = await amina.sees(WORDS["tr"].first)
    other = await stage.parent("Samira", "de", await stage.family("Ahorn", klein))
    carried = (shown.inline or [])[0][0]["callback_data"]
    await other.presses("⚙️ Mehr")
    menu = await other.sees("⚙️")

    query = other.hand.forges(menu.message_id, carried)
    assert await query.answer(5.0)

    await other.reads_everything()
    await at_family(klein)
    assert "Übung 1 von 16, in Arbeit" in klein.screen
