"""A show for the browser tests: the Telegram double and the phones page on loopback, seen in Chromium."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web
from playwright.async_api import ConsoleMessage, Locator, Page

from bot.demo.telegram.world import World

ARTEFACTS = Path(__file__).parents[1] / "artefacts"
LRI, PDI = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
CAST = (
    ("Amina", "tr", "parent", "Yılmaz"),
    ("Omar", "ar", "parent", "Haddad"),
    ("Jonas", "de", "caseworker", None),
    ("Katrin", "de", "on_call", None),
)
LISTEN = (
    "document.addEventListener('securitypolicyviolation', e => console.error('CSP', e.violatedDirective))"
)


@dataclass
class Backstage:
    """What the demo tells beside Telegram: who holds the phones, and what lies in the drawers."""

    cast: list[dict[str, Any]] = field(default_factory=list)
    drawers: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/demo/cast", self._cast), web.get("/demo/drawers", self._drawers)]

    async def _cast(self, _: web.Request) -> web.Response:
        return web.json_response(self.cast)

    async def _drawers(self, _: web.Request) -> web.Response:
        return web.json_response(self.drawers)


@dataclass
class Show:
    """The running demo, the bot's side of it over HTTP, and the browser page that looks at it."""

    base: str
    world: World
    page: Page
    http: ClientSession
    ids: dict[str, int]
    backstage: Backstage
    cut: Callable[[], None]
    complaints: list[str] = field(default_factory=list)

    async def opens(self, messages: int = 1) -> None:
        """Opens the page and waits until every phone shows what it has."""
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        await self.page.add_init_script(LISTEN)
        await self.page.goto(self.base)
        await self.page.locator("body.is-ready").wait_for()
        if messages:
            await self.page.locator(".message").nth(messages * len(self.ids) - 1).wait_for(state="attached")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.text} {message.location.get('url', '')}")

    async def bot(self, method: str, **parameters: Any) -> Any:
        """Calls the Bot API as the bot does and returns the result."""
        address = f"{self.base}/bot{self.world.token}/{method}"
        async with self.http.post(address, json=parameters) as answer:
            said = await answer.json()
        assert said["ok"], said
        return said["result"]

    async def sends(self, name: str, text: str, **more: Any) -> int:
        """The bot writes to somebody; returns the message_id."""
        sent = await self.bot("sendMessage", chat_id=self.ids[name], text=text, **more)
        return int(sent["message_id"])

    async def types(self, name: str, text: str) -> None:
        """Somebody writes to the bot, past the browser."""
        async with self.http.post(
            f"{self.base}/sim/chats/{self.ids[name]}/text", json={"text": text}
        ) as answer:
            assert answer.status == 200, await answer.text()

    async def pressed(self) -> dict[str, Any]:
        """The next button press the bot hears of."""
        while True:
            for update in await self.bot("getUpdates", timeout=5, offset=self._next_update):
                self._next_update = update["update_id"] + 1
                if "callback_query" in update:
                    press: dict[str, Any] = update["callback_query"]
                    return press

    _next_update: int = 0

    def phone(self, name: str) -> Locator:
        return self.page.locator(f"#phone-{self.ids[name]}")

    def bubble(self, name: str, text: str) -> Locator:
        return self.phone(name).locator(".message", has_text=text)

    async def fills_the_phones(self) -> None:
        """A morning's worth of messages, so that a screenshot shows something."""
        yes_no = buttons(["✅ Evet", "❌ Hayır"], ["❓ Anlamadım"])
        await self.sends("Amina", "📅 Bir randevunuz var.\n🗓 Salı, 24.11.2026\n🕒 14:30", reply_markup=yes_no)
        await self.sends("Amina", "🏠", reply_markup=keys(["🆘"], ["📅 Randevular", "🌐"]))
        numbers = f"📞 أرقام الطوارئ\n📞 {LRI}112{PDI} الإسعاف\n📞 {LRI}116\u00a0016{PDI} العنف ضد النساء"
        pinned = await self.sends("Omar", numbers)
        await self.bot("pinChatMessage", chat_id=self.ids["Omar"], message_id=pinned)
        await self.sends(
            "Omar", "🏠", reply_markup=keys(["🆘"], ["📅 المواعيد", "🌐"]), disable_notification=True
        )
        link = {"inline_keyboard": [[{"text": "Einladung", "url": "https://t.me/PaenzPorzBot?start=K3X"}]]}
        await self.sends("Jonas", "Einladung für Familie Haddad", reply_markup=link)
        await self.sends("Katrin", "🔴 Alarm 7 · Amina", reply_markup=buttons(["✋ Ich übernehme"]))
        await self.bubble("Katrin", "Alarm 7").wait_for()

    async def picture(self, name: str) -> None:
        """Keeps a screenshot for human eyes."""
        ARTEFACTS.mkdir(exist_ok=True)
        await self.page.screenshot(path=ARTEFACTS / f"{name}.png", animations="disabled")


Opener = Callable[..., Awaitable[Show]]


def buttons(*rows: list[str]) -> dict[str, Any]:
    """An inline keyboard whose buttons send their own words back."""
    return {"inline_keyboard": [[{"text": text, "callback_data": text} for text in row] for row in rows]}


def keys(*rows: list[str]) -> dict[str, Any]:
    """A reply keyboard."""
    return {"keyboard": [[{"text": text} for text in row] for row in rows], "resize_keyboard": True}
