"""What phones do, over HTTP: the sim API used by the phones page. JSON in, JSON out."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import orjson
from aiohttp import web

from bot.demo.telegram.display import shown
from bot.demo.telegram.errors import ApiError
from bot.demo.telegram.hand import Hand
from bot.demo.telegram.messages import Account, Json
from bot.demo.telegram.sim_stage import Stage
from bot.demo.telegram.world import World

if TYPE_CHECKING:
    from bot.demo.telegram.web import Wind

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_LONGEST_WAIT = 30.0


def add_routes(app: web.Application, world: World, wind: "Wind | None") -> None:
    """Adds /sim/… to an application."""
    phones, stage = Phones(world), Stage(world, wind or _own_clock(world))
    app.router.add_get("/sim/state", told(stage.state))
    app.router.add_get("/sim/requests", told(stage.requests))
    app.router.add_get("/sim/ignored", told(stage.ignored))
    app.router.add_get("/sim/media/{file_id}", stage.media)
    app.router.add_get("/sim/events", stage.events)
    app.router.add_post("/sim/accounts", told(stage.account))
    app.router.add_post("/sim/clock", told(stage.clock))
    app.router.add_post("/sim/faults", told(stage.faults))
    app.router.add_get("/sim/chats/{id}", told(phones.chat))
    app.router.add_get("/sim/queries/{query_id}", told(phones.query))
    for act in phones.acts:
        app.router.add_post(f"/sim/chats/{{id}}/{act}", told(phones.act(act)))
    app.on_shutdown.append(stage.close)


def _own_clock(world: World) -> "Wind":
    async def wind(by: timedelta) -> None:
        forward = getattr(world.clock, "forward", None)
        if forward is None:
            raise ApiError(409, "this clock cannot be wound")
        forward(by)

    return wind


def told(ask: Callable[[web.Request], Awaitable[Any]]) -> Handler:
    """Turns what a function returns, or its refusal, into a JSON answer."""

    async def handler(request: web.Request) -> web.StreamResponse:
        try:
            answer, status = await ask(request), 200
        except ApiError as refusal:
            answer, status = refusal.body(), refusal.code
        except (KeyError, TypeError, ValueError) as fault:
            answer, status = ApiError(400, f"Bad Request: {fault!r}").body(), 400
        return web.Response(body=orjson.dumps(answer), status=status, content_type="application/json")

    return handler


async def body_of(request: web.Request) -> Json:
    """The JSON object of a request, empty when there is none. Raises ValueError for anything else."""
    raw = await request.read()
    body = orjson.loads(raw) if raw else {}
    if not isinstance(body, dict):
        raise TypeError("a JSON object is expected")
    return body


class Phones:
    """One chat at a time: look at it and act in it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.acts: dict[str, Callable[[Hand, Json], Json]] = {
            "text": lambda hand, body: {"message_id": hand.types(str(body["text"]), body.get("reply_to"))},
            "press": _press,
            "edit": _edit,
            "delete": _delete,
            "block": _block,
            "unblock": _unblock,
            "contact": _contact,
            "photo": lambda hand, body: {"message_id": hand.sends_photo(str(body.get("caption", "")))},
            "sticker": lambda hand, body: {"message_id": hand.sends_sticker()},
            "voice": lambda hand, body: {"message_id": hand.speaks(int(body.get("seconds", 8)))},
            "location": lambda hand, body: {"message_id": hand.sends_location()},
            "forward": lambda hand, body: {"message_id": hand.forwards(str(body.get("text") or "…"))},
        }

    def _account(self, request: web.Request) -> Account:
        account = self.world.accounts.get(int(request.match_info["id"]))
        if account is None:
            raise ApiError(404, "no such account")
        return account

    def act(self, name: str) -> Callable[[web.Request], Awaitable[Json]]:
        """The handler of one act."""

        async def handler(request: web.Request) -> Json:
            return self.acts[name](Hand(self.world, self._account(request)), await body_of(request))

        return handler

    async def chat(self, request: web.Request) -> Json:
        """The chat as the phone shows it."""
        account = self._account(request)
        return {
            "id": account.id,
            "messages": [shown(message) for message in account.messages.values()],
            "reply_keyboard": account.reply_keyboard,
            "commands": self.world.menus.seen_by(account),
            "menu_button": account.menu_button or self.world.menus.button,
            "typing": account.typing_until > self.world.seconds(),
            "blocked": account.blocked,
            "started": account.started,
            "revision": account.revision,
        }

    async def query(self, request: web.Request) -> Json:
        """What became of a pressed button; `wait` real seconds for it at most."""
        query = self.world.queries.get(request.match_info["query_id"])
        if query is None:
            raise ApiError(404, "no such query")
        await query.answer(min(float(request.query.get("wait", "0")), _LONGEST_WAIT))
        return {
            "answered": query.answered,
            "text": query.text,
            "show_alert": query.show_alert,
            "url": query.url,
        }


def _edit(hand: Hand, body: Json) -> Json:
    hand.edits(int(body["message_id"]), str(body["text"]))
    return {}


def _delete(hand: Hand, body: Json) -> Json:
    hand.deletes(int(body["message_id"]))
    return {}


def _block(hand: Hand, body: Json) -> Json:
    hand.blocks()
    return {}


def _unblock(hand: Hand, body: Json) -> Json:
    hand.unblocks()
    return {}


def _press(hand: Hand, body: Json) -> Json:
    pressed = hand.presses(int(body["message_id"]), int(body["row"]), int(body["column"]))
    return {"query_id": None, "url": pressed} if isinstance(pressed, str) else {"query_id": pressed.query_id}


def _contact(hand: Hand, body: Json) -> Json:
    number, name = str(body.get("phone_number", "")), str(body.get("first_name", ""))
    return {"message_id": hand.shares_contact(number, name, body.get("user_id"))}
