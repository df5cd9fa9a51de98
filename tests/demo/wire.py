"""A clock that stands still, and plain HTTP to the double."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import ClientSession


@dataclass
class StillClock:
    """A clock that moves only when told to."""

    time: datetime = field(default_factory=lambda: datetime(2026, 3, 2, 9, 0, tzinfo=UTC))

    def now(self) -> datetime:
        return self.time

    def forward(self, by: timedelta) -> datetime:
        self.time += by
        return self.time


@dataclass
class Answer:
    """What came back: status, JSON body and headers."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def complaint(self) -> str:
        return str(self.body.get("description", ""))

    @property
    def result(self) -> Any:
        assert self.body["ok"] is True, self.body
        return self.body["result"]


class Api:
    """Plain HTTP, so that anything can be sent, however wrong."""

    def __init__(self, session: ClientSession, base: str, token: str) -> None:
        self.session = session
        self.base = base
        self.token = token

    async def call(self, method: str, **params: Any) -> Answer:
        return await self.raw("POST", f"/bot{self.token}/{method}", json=params)

    async def raw(self, verb: str, path: str, **more: Any) -> Answer:
        async with self.session.request(verb, self.base + path, **more) as answer:
            body = await answer.json()
            return Answer(
                answer.status, body if isinstance(body, dict) else {"list": body}, dict(answer.headers)
            )

    async def result(self, method: str, **params: Any) -> Any:
        return (await self.call(method, **params)).result

    async def refused(self, method: str, **params: Any) -> str:
        """The description of a refusal, with its status in front."""
        answer = await self.call(method, **params)
        assert answer.body["ok"] is False, answer.body
        assert answer.body["error_code"] == answer.status
        return f"{answer.status} {answer.complaint}"
