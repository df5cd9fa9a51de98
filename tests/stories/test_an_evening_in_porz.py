"""The evening of docs/evening.md, pressed on the phones of the demo's own cast, step by step."""

import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from aiohttp import web

from bot import agency
from bot.demo.pager import Pager
from bot.demo.people import Company
from storage.records import AlarmState, Outcome
from tests.oncall import alarm
from tests.phones import Phone, read_all
from tests.shifts import at, today, winds_to
from tests.stage import SAMPLE, Stage

ROOT = Path(__file__).parents[2]
PAPER = ROOT / "docs" / "evening.md"
PAGE = ROOT / "bot" / "demo" / "page" / "evening.js"
WORDS = "Akşam beni dövüyor, çok korkuyorum"
ANSWER = "Ich schreibe Ihnen hier. Sind Sie gerade in Sicherheit?"
NOTE = "Ein Platz war schnell gefunden. Der erste Ruf kam zu spät an."


@dataclass
class Evening:
    """The five phones, and what rings beside them."""

    stage: Stage
    pager: Pager
    amina: Phone
    yusuf: Phone
    klein: Phone
    koch: Phone
    weber: Phone

    async def ten_minutes(self) -> None:
        """+10 min"""
        await self.stage.forward(minutes=10)

    async def goes(self, phone: Phone, *ways: str) -> None:
        """Presses one button after the other, each when the bot has answered."""
        for label in ways:
            await self.stage.quiet()
            await phone.presses(label)

    async def all_read(self) -> None:
        """What nobody asked for in this step was seen all the same."""
        await read_all(*self.stage.phones)

    async def rung(self) -> bool:
        return {"Frau Koch", "Herr Weber"} <= {row["to"] for row in self.pager.heard()}


async def hands(evening: Evening) -> None:
    """The phone changes hands."""
    await winds_to(evening.stage, _six(evening.stage))
    begun = await evening.koch.sees("Ihre Schicht hat begonnen: Stufe 1")
    assert "Kein Alarm ist offen" in begun.words
    await evening.weber.sees("Ihre Schicht hat begonnen: Stufe 2")
    await evening.goes(evening.weber, "☎️ Rufbereitschaft")
    on_call = (await evening.weber.sees("In Rufbereitschaft")).words
    assert on_call.count("Frau Koch") == 1
    assert on_call.count("Herr Weber") == 1


async def note(evening: Evening) -> None:
    """A word in a note."""
    await evening.goes(evening.amina, "💬", "😟")
    await evening.klein.sees("Jemandem geht es nicht gut")
    await evening.amina.types(WORDS)
    await evening.amina.sees("Şimdi yardıma ihtiyacınız var mı?")
    await evening.koch.sees_nothing()


async def yes(evening: Evening) -> None:
    """Yes, now."""
    await evening.goes(evening.amina, "🚨")
    await evening.amina.sees("Kişi sayısı: 1")
    page = await evening.koch.sees("Alarm A-0001")
    assert "Amina" not in page.words
    await evening.koch.sees(WORDS)


async def numbers(evening: Evening) -> None:
    """Numbers to touch, and a card to show."""
    await evening.goes(evening.yusuf, "🆘")
    await evening.yusuf.sees("112")
    await evening.yusuf.sees("🧭")
    await evening.goes(evening.yusuf, "☠️")
    await evening.yusuf.sees("تسمم")
    card = await evening.yusuf.sees("🙏 Ich brauche Hilfe.")
    assert "Ich spreche: Arabisch" in card.words
    await evening.stage.quiet()
    assert len([one for one in evening.yusuf.account.messages.values() if "contact" in one.body]) >= 2
    await evening.koch.sees_nothing()


async def looks(evening: Evening) -> None:
    """Somebody has seen it."""
    await evening.goes(evening.koch, "❓")
    await evening.koch.sees("Alarm A-0001 ist von: Amina")
    await evening.amina.sees("👁")


async def nobody(evening: Evening) -> None:
    """Nobody takes it."""
    await evening.ten_minutes()
    await evening.weber.sees("Alarm A-0001")
    await evening.amina.sees("Henüz kimse yanıt vermedi")


async def down(evening: Evening) -> None:
    """Telegram goes down, and comes back."""
    faults = evening.stage.world.faults
    faults.set("down")
    await evening.ten_minutes()
    await evening.stage.machine.until(evening.rung)
    assert {row["text"] for row in evening.pager.heard()} == {"Alarm A-0001, bitte Bot öffnen"}
    await evening.koch.sees_nothing()
    faults.set("none")
    await evening.koch.sees("Jemand braucht Hilfe", within=30)


async def takes(evening: Evening) -> None:
    """Taken, with a time."""
    await evening.goes(evening.koch, "✅ Ich übernehme")
    await evening.amina.sees("Frau Koch")
    await evening.weber.sees("Übernommen von: Frau Koch", within=30)
    await evening.goes(evening.koch, "🕐 in 10 Min.")
    await evening.amina.sees("Sizi arayacakları saat")


async def writes(evening: Evening) -> None:
    """Write, don't call."""
    await evening.goes(evening.amina, "✍️ Yazın, aramayın")
    await evening.koch.sees("Bitte schreiben, nicht anrufen")
    await evening.goes(evening.koch, "✍️ Nachricht schreiben")
    await evening.koch.types(ANSWER)
    await evening.amina.sees(ANSWER)


async def holds(evening: Evening) -> None:
    """A place is held."""
    await evening.goes(evening.koch, "🛏 Krisenplätze", "✋ Goethestraße 1", "A-0001: aus Porz")
    await evening.koch.sees("🟡 Goethestraße 1: gehalten bis")
    await evening.goes(evening.weber, "🛏 Krisenplätze")
    assert "Frau Koch, A-0001" in (await evening.weber.sees("🟡 Goethestraße 1")).words


async def forgets(evening: Evening) -> None:
    """Forgotten, and not lost."""
    await evening.ten_minutes()
    await evening.koch.sees("Sind Sie noch dran?")
    await evening.ten_minutes()
    await evening.weber.sees("Antwortet gerade nicht")
    await evening.goes(evening.koch, "✅ Ja, ich bin dran")
    await evening.weber.sees("Übernommen von: Frau Koch")


async def lapses(evening: Evening) -> None:
    """One place lapses, one is taken."""
    await evening.ten_minutes()
    await evening.koch.sees("Ihr Platz ist nicht mehr gehalten")
    await evening.goes(
        evening.koch,
        "🛏 Krisenplätze",
        "✋ Krisenwohnung",
        "A-0001: aus Porz",
        "✅ Person kommt",
        "🌙 Nächte: 3",
    )
    await evening.weber.sees("🔴 Krisenwohnung: belegt bis")


async def ends(evening: Evening) -> None:
    """How it ended."""
    await evening.goes(evening.koch, "🏁 Beenden", "🛏 Platz gefunden")
    await evening.amina.sees("🏁")
    await evening.weber.sees("Beendet: ein Platz für heute Nacht")
    ended = await alarm(evening.stage)
    assert (ended.state, ended.outcome) == (AlarmState.ENDED, Outcome.PLACED)


async def looks_back(evening: Evening) -> None:
    """Looking back."""
    await evening.goes(evening.koch, "✍️ Nachbesprechung notieren")
    await evening.koch.sees("Bitte ohne Namen")
    typed = await evening.koch.types(NOTE)
    await evening.koch.sees("verschlossen aufbewahrt")
    await evening.stage.quiet()
    assert typed not in evening.koch.account.messages
    await evening.goes(evening.koch, "🚨 Offene Alarme", "📜 Frühere Alarme", "A-0001 · ")
    await evening.koch.sees("Verlauf von Alarm A-0001")
    await evening.goes(evening.koch, "🖼 Als Bild")
    await evening.koch.sees("Der Verlauf von Alarm A-0001", within=30)


async def drills(evening: Evening) -> None:
    """A drill in the morning."""
    await winds_to(evening.stage, at(today(evening.stage, 1), 9))
    over = await evening.koch.sees("Ihre Schicht ist zu Ende")
    assert "Stufe 1 hat jetzt: Frau Koch, Herr Weber" in over.words
    await evening.goes(evening.weber, "🛠 Aufsicht", "📟 Übungsalarme", "📟 Übung starten", "✅ Jetzt starten")
    await evening.koch.sees("Übung")
    await evening.goes(evening.koch, "✅ Ich habe es gehört")
    await evening.weber.sees("Geantwortet: 1 von 2")
    await evening.ten_minutes()
    await evening.goes(evening.weber, "✅ Ich habe es gehört")
    table = await evening.weber.sees("Rechtzeitig geantwortet: 2 von 2")
    assert "✅ Frau Koch: 00:0" in table.words
    assert "✅ Herr Weber: 10:" in table.words


STEPS: tuple[Callable[[Evening], Awaitable[None]], ...] = (
    hands,
    note,
    yes,
    numbers,
    looks,
    nobody,
    down,
    takes,
    writes,
    holds,
    forgets,
    lapses,
    ends,
    looks_back,
    drills,
)


def _six(stage: Stage) -> datetime:
    """The next six o'clock in the evening, as the page's button has it."""
    this = at(today(stage), 18)
    return this if this > stage.clock.now() else at(today(stage, 1), 18)


@asynccontextmanager
async def beside(stage: Stage) -> AsyncIterator[Pager]:
    """The demo's pager on a free port of loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        pager = Pager(stage.clock, f"http://127.0.0.1:{free.getsockname()[1]}")
        app = web.Application()
        app.add_routes(pager.routes())
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.SockSite(runner, free).start()
        try:
            yield pager
        finally:
            await runner.cleanup()


@asynccontextmanager
async def curtain(stage: Stage) -> AsyncIterator[Evening]:
    """The demo's cast comes in as in the demo."""
    async with beside(stage) as pager:
        company = Company(stage.world, stage.machine, stage.clock, pager)
        await company.open(agency.read(SAMPLE))
        stage.phones += [Phone(stage.world, company.account(id), stage.quiet) for id in company.cast]
        opened = Evening(stage, pager, *stage.phones)
        await opened.all_read()
        yield opened


async def test_the_whole_evening(stage: Stage) -> None:
    async with curtain(stage) as evening:
        for step in STEPS:
            await step(evening)
            await evening.all_read()


@pytest.mark.parametrize("hour", [3, 8, 13, 18, 23])
async def test_the_first_minute_is_the_same_at_any_time_of_day(stage: Stage, hour: int) -> None:
    stage.clock.forward(at(today(stage, 1), hour) - stage.clock.now())
    async with curtain(stage) as evening:
        await evening.goes(evening.amina, "🆘", "🚨")
        await evening.koch.sees("Alarm A-0001")
        assert "Alarm A-0001" not in evening.weber.screen
        await evening.ten_minutes()
        await evening.weber.sees("Alarm A-0001")
        await evening.amina.sees("Henüz kimse yanıt vermedi")
        await evening.all_read()


def titles() -> list[str]:
    return [(step.__doc__ or "").rstrip(".") for step in STEPS]


def test_the_paper_tells_the_same_steps() -> None:
    assert re.findall(r"^\d+\. \*\*(.+?)\.\*\*", PAPER.read_text("utf-8"), re.MULTILINE) == titles()


def test_the_page_offers_the_same_steps() -> None:
    assert re.findall(r'^  \["(.+?)",', PAGE.read_text("utf-8"), re.MULTILINE) == titles()


def test_the_paper_quotes_what_is_typed() -> None:
    assert WORDS in PAPER.read_text("utf-8")
