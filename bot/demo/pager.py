"""The demo's pager: what those on call hear beside Telegram, in a drawer of the page."""

from typing import Any

from aiohttp import web

from bot.clock import Clock
from storage.settings import RINGS_HERE
from storage.store import Store

MOST = 60
PATH = "/demo/pager/"


class Pager:
    """Takes what apprise posts as JSON, each person at an address of their own, and keeps the newest."""

    def __init__(self, clock: Clock, base: str) -> None:
        self._clock, self._base = clock, base.removeprefix("http")
        self._names: dict[str, str] = {}
        self._heard: list[dict[str, Any]] = []

    def routes(self) -> list[web.RouteDef]:
        return [web.post(PATH + "{id}", self._rings)]

    def hands_to(self, store: Store, telegram_id: int) -> None:
        """This person carries the pager from now on, and it has been tried."""
        person, now = store.people.by_telegram(telegram_id), self._clock.now()
        if person is None or store.second_ways.confirmed_of(person.id):
            return
        self._names[str(telegram_id)] = person.name
        store.settings.put(RINGS_HERE, "on")
        way = store.second_ways.add(person.id, f"json{self._base}{PATH}{telegram_id}", now)
        store.second_ways.confirm(way.id, now)

    def heard(self) -> list[dict[str, Any]]:
        """Rows for the drawer, the newest first."""
        return self._heard[::-1]

    async def _rings(self, request: web.Request) -> web.Response:
        name = self._names.get(request.match_info["id"])
        if name is None:
            raise web.HTTPNotFound
        said = await request.json()
        row = {"state": "rung", "at": self._clock.now().isoformat(), "to": name, "text": str(said["message"])}
        self._heard = [*self._heard, row][-MOST:]
        return web.Response(text="ok")
