"""The week of docs/week.md, pressed on the phones of the demo's own cast, step by step."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from bot import agency
from bot.config import FeedPlace
from bot.demo.people import Company
from bot.demo.telegram.messages import Message
from bot.feed import Feed
from handlers.slots import is_working
from storage.calendars import FEED_URL
from tests.diary import BERLIN, Booking, day_button, turns_to
from tests.othertimes import slots_of
from tests.phones import Phone, plain, read_all
from tests.shifts import at, today, winds_to
from tests.stage import SAMPLE, Stage

ROOT = Path(__file__).parents[2]
PAPER = ROOT / "docs" / "week.md"
PAGE = ROOT / "bot" / "demo" / "page" / "week.js"
THURSDAY = 3


@dataclass
class Week:
    """The phones that play, and what was pressed and typed so far, as the paper has to tell it."""

    stage: Stage
    amina: Phone
    yusuf: Phone
    klein: Phone
    weber: Phone
    said: list[str] = field(default_factory=list)

    async def goes(self, phone: Phone, *ways: str) -> None:
        """Presses one button after the other, each when the bot has answered."""
        for label in ways:
            self.said.append(label)
            await self.stage.quiet()
            await phone.presses(label)

    async def types(self, phone: Phone, text: str) -> None:
        self.said.append(text)
        await phone.types(text)

    async def clock(self, button: str) -> None:
        """One of the page's buttons."""
        self.said.append(button)
        if button.startswith("+"):
            amount, unit = button[1:].split()
            await self.stage.forward(**{"minutes" if unit == "min" else "hours": int(amount)})
        else:
            await winds_to(self.stage, self._next(button.removeprefix("→ ")))
        await self.stage.quiet()

    def _next(self, aim: str) -> datetime:
        hour, wanted = (9, 0) if aim == "Monday" else (int(aim[:2]), None)
        days = (today(self.stage, n) for n in range(9))
        moments = (at(day, hour) for day in days if wanted in (None, day.weekday()))
        return next(one for one in moments if one > self.stage.clock.now())

    def on(self, weekday: int) -> date:
        """A day of this week."""
        return today(self.stage, weekday - today(self.stage).weekday())

    async def picks_day(self, weekday: int) -> None:
        await turns_to(self.klein, Booking(self.on(weekday), ""))
        await self.klein.presses(day_button(self.klein, self.on(weekday)))

    async def slot(self, phone: Phone, which: int) -> str:
        """Presses one of the free slots on offer; which."""
        await self.stage.quiet()
        label = offered(phone)[which]
        await phone.presses(label)
        return label

    async def all_read(self) -> None:
        """What nobody asked for in this step was seen all the same."""
        await read_all(*self.stage.phones)

    def sent_at(self, message: Message) -> str:
        return f"{datetime.fromtimestamp(message.date, BERLIN):%a %H:%M}"


async def eight_taps(week: Week) -> None:
    """Made in eight taps."""
    await week.clock("→ Monday")
    while not all(is_working(week.on(n)) for n in range(5)):
        await week.clock("→ Monday")
    await week.all_read()
    await week.goes(week.klein, "➕ Neuer Termin", "Linde", "Beratungsgespräch")
    await week.picks_day(THURSDAY)
    await week.goes(week.klein, "10 Uhr", "10:30", "Goethestraße")
    assert "Türkçe" in (await week.klein.sees("So liest es die Familie")).words
    await week.goes(week.klein, "✅ Senden")
    assert "10:30" in (await week.amina.sees("Randevunuz: Danışma görüşmesi")).words


async def answered(week: Week) -> None:
    """Yes, where, and into the calendar."""
    await week.goes(week.amina, "✅ Evet")
    await week.amina.sees("Kabul ettiniz")
    await week.klein.sees("Zusage von: Amina")
    await week.goes(week.amina, "📍 Nerede?")
    await week.amina.sees("S-Bahn ile")
    pin = await week.amina.sees("Goethestraße, 51143 Köln")
    assert "venue" in pin.body
    await week.goes(week.amina, "🗓 Takvime ekle")
    await week.amina.sees("termin.ics")


async def one_line(week: Week) -> None:
    """Typed in one line."""
    await week.types(week.klein, "Ahorn Fr 14:30 Hausbesuch")
    assert "العربية" in (await week.klein.sees("Das habe ich verstanden")).words
    await week.goes(week.klein, "✅ Senden")
    assert "14:30" in (await week.yusuf.sees("موعدكم: زيارة منزلية")).words


async def unclear(week: Week) -> None:
    """Not understood."""
    await week.goes(week.yusuf, "❓")
    await week.yusuf.sees("سنشرح لكم ذلك")
    assert "🗣 Übersetzung" in labels(await week.klein.sees("Nicht verstanden von: Yusuf"))
    await week.goes(week.klein, "🎙 Sprachnachricht senden")
    await week.klein.sees("Sie geht an: Yusuf")
    await week.klein.speaks(12)
    await week.yusuf.sees("🎙 12 s")
    card = await week.yusuf.sees("هل الموعد مناسب؟")
    assert card is week.yusuf.last


async def three_taps(week: Week) -> None:
    """Moved in three taps."""
    await week.goes(week.yusuf, "🔁")
    await week.yusuf.sees("ما الوقت الأنسب لكم؟")
    assert len(offered(week.yusuf)) == 3
    wish = plain(await week.slot(week.yusuf, 0))
    assert wish.endswith(f"{week.on(2):%d.%m.} 11:30")
    await week.klein.sees("Andere Zeit gewünscht von: Yusuf")
    await week.goes(week.klein, "✅ Annehmen")
    await week.klein.sees("Verschoben von:")
    for _ in range(2):  # the card changes in place, and a fresh one rings
        assert "11:30" in plain((await week.yusuf.sees("تم تأكيد الموعد")).words)


async def counter(week: Week) -> None:
    """A counter-offer."""
    await week.goes(week.amina, "🔁 Başka bir zaman")
    await week.amina.sees("Size ne zaman daha uygun?")
    await week.slot(week.amina, -1)
    await week.klein.sees("Andere Zeit gewünscht von: Amina")
    await week.goes(week.klein, "🔁 Gegenvorschlag")
    await week.klein.sees("Welche Zeit schlagen Sie vor?")
    assert (await week.slot(week.klein, 0)).endswith(f"{week.on(2):%d.%m.} 16:00")
    await week.amina.sees("Öneren: Frau Klein")
    await week.goes(week.amina, "✅ Evet, uygun")
    await week.amina.sees("Kabul ettiniz")
    await week.klein.sees("Ihr Vorschlag passt: Amina")


async def picture_of_a_no(week: Week) -> None:
    """No, with a picture."""
    await week.types(week.klein, "Ahorn Do 9 Uhr Jobcenter")
    await week.klein.sees("Verstanden habe ich")
    await week.goes(week.klein, "Jobcenter Porz", "✅ Senden")
    await week.yusuf.sees("Josefstraße 20")
    await week.goes(week.yusuf, "❌", "🤒")
    await week.yusuf.toasted("لا يقرأ ذلك إلا من يرافق عائلتكم")
    await week.klein.sees("Absage von: Yusuf")
    await week.goes(week.klein, "📅 Termin öffnen")
    await week.klein.sees("❌ Nein (🤒 krank): Yusuf")


async def course(week: Week) -> None:
    """A course."""
    await week.goes(week.klein, "👪 Elterntraining", "➕ Kurs", "Elterntraining, Bonner Straße")
    await week.goes(week.klein, "Die eigene Wohnung")
    await week.picks_day(THURSDAY)
    await week.goes(week.klein, "16 Uhr", "16:00", "✅ Diese Tage passen", "Bonner Straße", "🧸 Ja")
    await week.goes(week.klein, "▫️ Türkçe", "▫️ العربية", "✅ Diese Sprachen", "4", "✅ Kurs anlegen")
    await week.amina.sees("👪 Anne-baba kursu")
    await week.yusuf.sees("👪 دورة للوالدين")
    await week.goes(week.amina, "✅ Geliyoruz")
    await week.goes(week.yusuf, "✅ سنحضر")
    await week.amina.sees("Yeriniz var")
    await week.yusuf.sees("لديكم مكان في الدورة")
    await week.klein.sees("Ahorn hat einen Platz")


async def play(week: Week) -> None:
    """Five minutes of play."""
    await week.goes(week.klein, "👪 Familien", "Linde", "🎯 Übungen", "➕ Übungen geben")
    await week.goes(week.klein, "Alltag mit kleinen Kindern")
    await week.amina.sees("Küçük çocuklarla günlük yaşam")
    await week.goes(week.amina, "▶️ Hemen şimdi")
    await week.amina.sees("Alıştırmanız: 1 / 16")


async def silence(week: Week) -> None:
    """Nobody answers."""
    await week.types(week.klein, "Linde Fr 8 Uhr Kita Mörikeweg")
    await week.klein.sees("Das habe ich verstanden")
    await week.goes(week.klein, "✅ Senden")
    await week.amina.sees("Gelecek misiniz?")
    await week.clock("→ 09:00")
    await week.amina.sees_nothing()
    await week.clock("→ 18:00")
    nudge = await week.amina.sees("Bir dokunuş yeter")
    assert week.sent_at(nudge).startswith("Tue 09")


async def evening_before(week: Week) -> None:
    """The evening before."""
    hers = stands(week.amina, "🔔 Randevunuz yarın")
    his = stands(week.yusuf, "موعدكم غدًا")
    assert [week.sent_at(one) for one in (hers, his)] == ["Tue 17:00", "Tue 17:00"]
    assert ("16:00" in hers.words, "11:30" in his.words) == (True, True)
    stands(week.amina, "Alıştırmayı yaptınız mı?")
    await week.goes(week.amina, "✅ Evet")
    assert "1 / 16" in plain((await week.amina.sees("Çok güzel yaptınız")).words)


async def late(week: Week) -> None:
    """Two hours before, and late."""
    await week.clock("→ 09:00")
    await week.yusuf.sees_nothing()
    await week.clock("+1 h")
    soon = await week.yusuf.sees("موعدكم قريب")
    assert week.sent_at(soon) == "Wed 09:30"
    await week.goes(week.yusuf, "⏰", "20")
    await week.yusuf.sees("20")
    told = await week.klein.sees("Kommt später: Yusuf")
    assert "Minuten: 20" in told.words


async def who_came(week: Week) -> None:
    """Who came?"""
    await week.clock("→ 18:00")
    assert week.sent_at(await week.amina.sees("Randevunuza az kaldı")) == "Wed 14:00"
    await week.klein.sees("Wer war da? Termine: 2")
    await week.goes(week.klein, "📝 Jetzt eintragen", "✅ Yusuf", "❌ Amina")
    await week.clock("+10 min")
    await week.amina.sees("İyi misiniz?")
    await week.goes(week.amina, "🙂 Evet, her şey yolunda")
    await week.amina.sees("İyi olmanıza sevindik")
    await week.klein.sees("War nicht da, es geht gut: Amina")


async def calls(week: Week) -> None:
    """The call list."""
    stands(week.klein, "Auf Ihrer Anrufliste stehen Familien: 1")
    await week.goes(week.klein, "📞 Anrufe", "📞 Amina")
    await week.klein.sees("Die Nummer steht in der Akte")
    await week.goes(week.klein, "✅ Kommt")
    await week.klein.sees("Ihre Anrufliste ist leer")
    assert "08:00" in (await week.amina.sees("Kabul ettiniz")).words


async def first_session(week: Week) -> None:
    """The course begins."""
    stands(week.amina, "💬 Konu")
    stands(week.yusuf, "💬 الموضوع")
    await week.clock("→ 09:00")
    for phone in (week.amina, week.yusuf):
        await phone.sees_nothing()  # neither of the old time, nor of what he declined
    await week.clock("→ 18:00")
    for phone, soon in ((week.amina, "Randevunuza az kaldı"), (week.yusuf, "موعدكم قريب")):
        reminder = await phone.sees(soon)
        assert (week.sent_at(reminder), "16:00" in reminder.words) == ("Thu 14:00", True)
    assert week.sent_at(await week.amina.sees("Alıştırmanız: 2 / 16")) == "Thu 10:00"
    await week.goes(week.klein, "👪 Elterntraining", "🎓 Kurse", "Die eigene Wohnung", "1 · ", "▫️ Linde")
    await week.goes(week.klein, "❌ Alle anderen waren nicht da")
    await week.klein.sees("✅ Da: 1 · ❌ Nicht da: 1 · ▫️ Offen: 0")


async def night(week: Week) -> None:
    """Nothing rings at night."""
    await week.goes(week.klein, "📅 Termine", "08:00", "🔔 Erinnerungen")
    listed = plain((await week.klein.sees("2 Stunden vorher")).words)
    assert f"{week.on(4):%d.%m.%Y}, 07:00: ⏳ geplant" in listed
    await week.clock("→ 09:00")
    assert week.sent_at(await week.amina.sees("Randevunuza az kaldı")) == "Fri 07:00"
    assert week.sent_at(stands(week.amina, "Randevunuz yarın")) == "Thu 17:00"


async def drawn(week: Week) -> None:
    """The week as a picture."""
    await week.types(week.klein, "/week")
    assert "✅ 3 · ⏳ 0 · ❌ 1 · ➖ 2" in plain((await week.klein.sees("Kita oder Schule")).words)
    await week.goes(week.klein, "🖼 Als Bild")
    assert "photo" in (await week.klein.sees("Woche ab", within=30)).body
    await week.goes(week.klein, "📈 Wie es lief")
    rates = plain((await week.klein.sees("Nicht gekommen, seit")).words)
    assert "Zum Lernen, nicht zum Vorwerfen" in rates
    assert {"Hausbesuch", "Beratungsgespräch", "Termin bei einer Behörde"} <= set(
        re.findall(r"• (.+?):", rates)
    )
    await week.goes(week.klein, "🖼 Als Bild")
    assert "photo" in (await week.klein.sees("Nicht gekommen", within=30)).body


async def led(week: Week) -> None:
    """The lead's view, and her own calendar."""
    await week.goes(week.weber, "🛠 Aufsicht", "📈 Woche je Angebot")
    seen = plain((await week.weber.sees("je Angebot")).words)
    assert "Elterntraining, Bonner Straße\n✅ 3 · ⏳ 0 · ❌ 1 · ➖ 2" in seen
    assert not {"Linde", "Ahorn", "Amina", "Yusuf"} & set(re.findall(r"\w+", seen))
    await week.goes(week.klein, "⚙️ Mehr", "🗓 Kalender verbinden", "🔗 Kalender abonnieren")
    assert re.search(r"http://\S+\.ics", (await week.klein.sees(".ics")).words)


async def kept(week: Week) -> None:
    """Her place is kept."""
    await week.clock("→ Monday")
    asked = await week.amina.sees("Alıştırmayı yaptınız mı?")
    assert week.sent_at(asked) == "Fri 17:00"
    await week.goes(week.amina, "🙂 Biraz")
    assert "2 / 16" in plain((await week.amina.sees("Biraz yapmak da bir adımdır")).words)


def offered(phone: Phone) -> list[str]:
    """The free slots on the newest message that has any."""
    return next(filter(None, map(slots_of, reversed(phone.account.messages.values()))))


def stands(phone: Phone, words: str) -> Message:
    """The newest message of the bot with these words: it came while the clock was wound in the step before."""
    found = [one for one in phone.account.messages.values() if one.from_bot and words in plain(one.words)]
    assert found, phone.screen
    return found[-1]


def labels(message: Message) -> list[str]:
    return [plain(button["text"]) for row in message.inline or [] for button in row]


STEPS: tuple[Callable[[Week], Awaitable[None]], ...] = (
    eight_taps,
    answered,
    one_line,
    unclear,
    three_taps,
    counter,
    picture_of_a_no,
    course,
    play,
    silence,
    evening_before,
    late,
    who_came,
    calls,
    first_session,
    night,
    drawn,
    led,
    kept,
)


@asynccontextmanager
async def curtain(stage: Stage) -> AsyncIterator[Week]:
    """The demo's cast comes in as in the demo, and feeds are served beside it."""
    feed = Feed(stage.machine.archive, stage.clock, FeedPlace("127.0.0.1", 0, ""))
    task = stage.machine.tasks.start(feed.run(), "feed of the story")
    read = stage.machine.archive.read
    await stage.machine.until(lambda: read(lambda store: bool(store.settings.get(FEED_URL))))
    company = Company(stage.world, stage.machine, stage.clock)
    await company.open(agency.read(SAMPLE))
    stage.phones += [Phone(stage.world, company.account(id), stage.quiet) for id in company.cast]
    amina, yusuf, klein, _, weber = stage.phones
    opened = Week(stage, amina, yusuf, klein, weber)
    await opened.all_read()
    try:
        yield opened
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def told() -> list[tuple[str, str]]:
    """The paper's steps: title and words."""
    found = re.findall(r"^\d+\. \*\*(.+?[.?])\*\*(.+?)(?=^\d+\. |\Z)", PAPER.read_text("utf-8"), re.M | re.S)
    return [(title, " ".join(words.split())) for title, words in found]


async def test_the_whole_week(stage: Stage) -> None:
    papers = dict(told())
    async with curtain(stage) as week:
        for step in STEPS:
            week.said.clear()
            await step(week)
            await week.all_read()
            words = papers[step.__doc__ or ""]
            assert not [said for said in week.said if said.strip() not in words], step.__doc__


async def test_what_lies_behind_them_rings_nobody(stage: Stage) -> None:
    async with curtain(stage) as week:
        await stage.forward(minutes=10)
        await stage.quiet()
        for phone in (week.amina, week.yusuf, week.klein):
            await phone.sees_nothing(0.05)
        await week.all_read()


def titles() -> list[str]:
    return [step.__doc__ or "" for step in STEPS]


def test_the_paper_tells_the_same_steps() -> None:
    assert [title for title, _ in told()] == titles()


def test_the_page_offers_the_same_steps() -> None:
    found = re.findall(r'^  \["(.+?)",', PAGE.read_text("utf-8"), re.MULTILINE)
    assert found == [title.rstrip(".?") for title in titles()]
