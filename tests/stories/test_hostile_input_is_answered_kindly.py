"""Whatever people type, send or forge: a friendly answer, and the bot goes on for everybody."""

from collections.abc import Callable
from functools import partial

import pytest

from bot.demo.telegram.attachments import OTHERS
from bot.demo.telegram.hand import Hand
from storage.records import Role
from storage.store import Store
from tests import forgery
from tests.diary import books, in_days, starts_booking
from tests.phones import Phone, plain
from tests.stage import Stage

NAMES = [
    "<b>Amina</b> &amp; <script>",
    "*Amina* _x_ [y](tg://user?id=1) `z`",
    "{name} {family} {0} %s",
    "\u202eanimA\u202c \u2067x\u2069",
    "A\u0336m\u0336i\u0336n\u0336a\u0336",
    "👩‍👩‍👧‍👧" * 5,
    "ﷺ أمينة 12-34",
    "/start",
]
FORGED = [
    "",
    ":",
    "appointments",
    "appointments:yes",
    "appointments:yes::",
    "appointments:yes:nobody:99999999999999999999",
    "appointments:open:" + "x" * 40,
    "appointments:family:abcdef:' OR 1=1",
    "appointments:day:abcdef:2026-99-99",
    "training:open:\u202e",
    "training:offer:abcdef:-1",
    "checkins:mood:furious",
    "checkins:open:x",
    "caseload:open:x",
    "caseload:site:x:y",
    "oversight:invite:parent",
    "oversight:team:9999999999",
    "preferences:choose:xx",
    "crisis:take:nothing",
    "rota:on",
    "house:nightly",
    "🙂" * 16,
]


async def settled(stage: Stage, phone: Phone) -> None:
    await phone.reads_everything()


async def still_at_work(phone: Phone) -> None:
    await phone.types("🆘")
    await phone.sees("112")


@pytest.mark.parametrize("name", NAMES)
async def test_a_hostile_name_stands_on_every_screen_as_it_was_typed(stage: Stage, name: str) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    shown = plain(name.replace("\u202e", "").replace("\u202c", ""))
    for presses, asks in (("👪 Familien", "Familie"), ("➕ Neue Familie", "Wie soll die Familie")):
        await berger.presses(presses)
        await berger.sees(asks)
    await berger.types(name if name != "/start" else "Ahorn")
    await berger.sees("Noch niemand ist verbunden")
    await berger.presses("➕ Elternteil einladen")
    await berger.sees("Wie soll die Person")
    await berger.types(name if name != "/start" else "Amina")
    invited = plain((await berger.sees("Einladung für:")).words)
    amina = stage.stranger(name, "ar")
    await amina.types("/start " + invited.partition("?start=")[2].split()[0])
    await amina.sees("شكرًا")
    await berger.sees("ist jemand gekommen")
    await berger.presses("✅ Ja, das ist")
    await amina.sees("مرحبًا")
    await settled(stage, amina)
    joined = plain((await berger.sees("Jetzt verbunden:")).words)
    assert name == "/start" or joined.count(shown) == 2

    await berger.presses("➕ Neuer Termin")
    choice = await berger.sees("Für welche Familie")
    assert choice.inline
    await berger.presses(choice.inline[0][0]["text"])
    await berger.sees("Welche Art")
    await haas.presses("🛠 Aufsicht")
    await haas.sees("Aufsicht")


async def test_notes_and_places_full_of_tricks(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "ar", await stage.family("Ahorn 12", berger))
    await amina.types("🙂")
    await amina.sees("تم الحفظ")
    await amina.types("😈" * 4096)
    await amina.sees("طويل جدًا")
    await settled(stage, amina)
    await amina.types("<i>x</i> \u202egnorw\u202c {note} &lt; 112 \u2028 $(rm)")
    await amina.sees("يمكن أن يقرأ ذلك")
    await berger.presses("💬 Wie es Familien geht")
    await berger.sees("🙂 Ahorn 12")
    await berger.presses("📝 Ahorn 12")
    assert "<i>x</i> gnorw {note} &lt; 112" in plain((await berger.sees("Notiz")).words)

    await starts_booking(berger, in_days(stage, 3), "Ahorn 12", "Arzttermin")
    await berger.types("😈" * 4096)
    await berger.sees("in einer kurzen Zeile")
    await settled(stage, berger)
    await berger.types("<b>Praxis</b> \u202e{place}")
    await berger.sees("<b>Praxis</b> {place}")
    await berger.presses("✅ Senden")
    await berger.sees("Noch offen: Amina")
    await amina.sees("<b>Praxis</b> {place}")


@pytest.mark.parametrize(
    "text",
    ['"\\u0000"', '"a\\u0000b"', '"\\ud83d"', '"\\udc00 \\ud800"', '"\\ufeff\\u200b"', '"\\u202e"'],
)
async def test_texts_that_no_store_can_hold(stage: Stage, text: str) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", berger))
    await amina.types("🙂")
    await amina.sees("aufgeschrieben")

    forgery.writes(amina, text)

    await settled(stage, amina)
    await still_at_work(amina)


async def test_photos_stickers_contacts_places_and_all_the_rest(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", berger))
    sends: list[Callable[[Hand], object]] = [
        lambda hand: hand.sends_photo("Unser Garten hinter dem Haus"),
        lambda hand: hand.sends_sticker(),
        lambda hand: hand.shares_contact("+49 221 555 0199", "Opa Yılmaz aus Deutz"),
        lambda hand: hand.sends_location(50.9011, 7.0412),
        *(partial(Hand.sends, what=what) for what in OTHERS),
    ]
    for send in sends:
        send(amina.hand)
        await amina.sees("yalnızca yazı okuyabiliyorum")
        send(berger.hand)
        await berger.sees("Ich kann nur Text lesen")
    await keeps_nothing(stage)
    await still_at_work(amina)


async def test_forwarded_words_are_refused_unless_they_are_a_cry(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", berger))
    for words in ("Kettenbrief <3", "📅 Randevular", "/start", "/menu"):
        amina.hand.forwards(words)
        await amina.sees("İletilen mesajları okumuyorum")
    berger.hand.forwards("Kettenbrief <3")
    await berger.sees("Weitergeleitete Nachrichten lese ich nicht")
    await keeps_nothing(stage)

    amina.hand.forwards("Hilfe!")
    await amina.sees("112")
    amina.hand.forwards("/alarm")
    await amina.sees("112")
    await amina.sees("Acil çağrınız")
    await koch.sees("A-0001")
    amina.hand.forwards("Ich komme jetzt zu dir und dann knallt es")
    await koch.sees("dann knallt es")
    await settled(stage, amina)


async def keeps_nothing(stage: Stage) -> None:
    """Of all that came in and of all that was said not a word is left."""
    await stage.quiet()

    def kept(store: Store) -> list[int]:
        counts = ("updates WHERE length(raw) > 0", "deliveries WHERE length(body) > 0", "checkins")
        return [store.connection.exec_driver_sql(f"SELECT count(*) FROM {of}").scalar_one() for of in counts]  # noqa: S608 - our own words

    assert await stage.machine.archive.read(kept) == [0, 0, 0]


async def test_unknown_commands_and_idle_words(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    guest = stage.stranger("Guest", "de")
    for words in (
        "/nonsense",
        "/start@SomebodyElseBot extra words",
        "/",
        "Hallo?",
        "/new",
        "/familien",
        "/training",
    ):
        await guest.types(words)
        await settled(stage, guest)
        assert guest.last.words
    await berger.types("/nonsense")
    await berger.sees("Das habe ich nicht verstanden")
    await still_at_work(guest)


async def test_forged_presses_do_nothing_and_are_answered(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", berger))
    guest = stage.stranger("Guest", "de")
    await guest.types("/start")
    await settled(stage, guest)

    for phone in (amina, berger, guest):
        queries = [forgery.presses(phone, carried) for carried in FORGED]
        for query in queries:
            await forgery.answer(query)
        await settled(stage, phone)

    await books(stage, berger)
    await amina.sees("Randevunuz")
    await still_at_work(guest)


async def test_a_press_on_a_message_too_old_to_be_shown(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", berger))
    await books(stage, berger)
    card = await amina.sees("Ihr Termin")
    assert card.inline
    amina.hand.deletes(card.message_id)

    query = forgery.presses(amina, card.inline[0][0]["callback_data"], card.message_id)

    assert "Gespeichert: Ja" in await forgery.answer(query)
    await amina.sees("zugesagt")
    await berger.sees("Zusage von: Amina")
    await berger.sees("✅ Ja: Amina")
