"""The line to Telegram: one aiohttp session for every call, python-telegram-bot's own included."""

import io
import json
import mimetypes
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson
import segno
from telegram._utils.defaultvalue import DEFAULT_NONE, DefaultValue
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.drawing import Easel

Wait = DefaultValue[float] | DefaultValue[None] | float | None

JSON = "application/json"
SECONDS = 15.0
CONNECTIONS = 64
USUAL = aiohttp.ClientTimeout(total=SECONDS)
TO_DRAW = {"sendPhoto": '"photo":{"', "sendDocument": '"document":{"paper":{'}


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the HTTP status and the body, {} when it was no JSON object. Status 0: nothing came back."""

    status: int
    body: dict[str, Any]

    @property
    def ok(self) -> bool:
        return self.status == 200 and self.body.get("ok") is True

    @property
    def result(self) -> Any:
        return self.body.get("result")

    @property
    def description(self) -> str:
        return str(self.body.get("description", ""))


# as if Telegram itself had refused it: trying again would draw the same
NOT_DRAWN = Reply(400, {"ok": False, "description": "Bad Request: the picture can't be drawn"})


class Wire:
    """Calls Bot API methods at `<url>/bot<token>/<method>`. Never raises for what Telegram or the net does."""

    def __init__(self, api_url: str, token: str) -> None:
        self._base = f"{api_url.rstrip('/')}/bot{token}/"
        self._session: aiohttp.ClientSession | None = None
        self._easel = Easel()

    @property
    def session(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            # the poll has a connection of its own on top of those for sending
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS + 1),
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers=("Accept", "Accept-Encoding", "User-Agent"),
            )
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def call(self, method: str, body: str | bytes, seconds: float = SECONDS) -> Reply:
        """One call with a JSON body. A photo given as `qr:TEXT` or as what is to be drawn, a document given as
        {"paper", "name"} and one given as {"name", "text"} are made here, and all are uploaded. What can't be
        drawn is refused here already.
        """
        content = body.encode() if isinstance(body, str) else body
        if has_to_draw(method, body):
            drawn = await self._with_drawing(orjson.loads(content))
            return NOT_DRAWN if drawn is None else await self._exchange(method, drawn, seconds)
        if method == "sendPhoto" and b'"qr:' in content:
            return await self._exchange(method, _with_picture(orjson.loads(content)), seconds)
        if method == "sendDocument" and b'"document":{' in content:
            return await self._exchange(method, _with_file(orjson.loads(content)), seconds)
        return await self._exchange(method, aiohttp.BytesPayload(content, content_type=JSON), seconds)

    async def draws_ahead(self, body: str) -> None:
        """Draws what `call` will upload, before it is this message's turn in its chat."""
        await self._easel.ahead(_to_draw(orjson.loads(body)))

    async def _with_drawing(self, body: dict[str, Any]) -> aiohttp.FormData | None:
        made = await self._easel.drawn(_to_draw(body))
        if made is None:
            return None
        paper = body.pop("document", None)
        body.pop("photo", None)
        form = _fields(body)
        if paper is not None:
            form.add_field("document", made, filename=paper["name"], content_type="application/pdf")
        else:
            form.add_field("photo", made, filename="timeline.png", content_type="image/png")
        return form

    async def _exchange(self, method: str, body: Any, seconds: float) -> Reply:
        timeout = USUAL if seconds == SECONDS else aiohttp.ClientTimeout(total=seconds)
        try:
            async with self.session.post(
                self._base + method, data=body, timeout=timeout, allow_redirects=False
            ) as answer:
                return Reply(answer.status, _object(await answer.read()))
        except (aiohttp.ClientError, TimeoutError, OSError):
            return Reply(0, {})


def has_to_draw(method: str, body: str | bytes) -> bool:
    """Whether the call's picture or paper is made first, which takes a while."""
    mark = TO_DRAW.get(method)
    return mark is not None and (mark in body if isinstance(body, str) else mark.encode() in body)


def _to_draw(body: dict[str, Any]) -> Any:
    """What the easel is given: the picture, or the paper."""
    return body["photo"] if "photo" in body else {"paper": body["document"]["paper"]}


def _object(payload: bytes) -> dict[str, Any]:
    try:
        found = parsed(payload)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def parsed(text: str | bytes) -> Any:
    """What the JSON says. Raises ValueError or RecursionError for what is none."""
    try:
        return orjson.loads(text)
    except ValueError:
        # the standard library's parser takes lone surrogates, which a hostile message may hold
        return json.loads(text)


def _with_picture(body: dict[str, Any]) -> aiohttp.FormData:
    picture = io.BytesIO()
    segno.make(body.pop("photo").removeprefix("qr:"), error="m").save(picture, kind="png", scale=8, border=3)
    form = _fields(body)
    form.add_field("photo", picture.getvalue(), filename="invitation.png", content_type="image/png")
    return form


def _with_file(body: dict[str, Any]) -> aiohttp.FormData:
    file = body.pop("document")
    kind = mimetypes.guess_type(file["name"])[0] or "text/plain"
    form = _fields(body)
    form.add_field("document", file["text"].encode(), filename=file["name"], content_type=kind)
    return form


def _fields(body: dict[str, Any]) -> aiohttp.FormData:
    # names of files are kept as people read them; Telegram takes UTF-8 there
    form = aiohttp.FormData(quote_fields=False)
    for name, value in body.items():
        form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
    return form


class AiohttpRequest(BaseRequest):
    """python-telegram-bot's requests over the same session; its own HTTP stack costs four times the work."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    @property
    def read_timeout(self) -> float | None:
        return SECONDS

    async def initialize(self) -> None:
        """Nothing to prepare: the session opens with the first call."""

    async def shutdown(self) -> None:
        """The wire is closed by whoever opened it."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        # the library's own version writes what it can't read to the log, message texts included
        parsed = _object(payload)
        if not parsed:
            raise TelegramError("Telegram's answer could not be read")
        return parsed

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Wait = DEFAULT_NONE,
        write_timeout: Wait = DEFAULT_NONE,
        connect_timeout: Wait = DEFAULT_NONE,
        pool_timeout: Wait = DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Raises TimedOut or NetworkError, neither of which names the address, for it holds the token."""
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        parameters = request_data.json_parameters if request_data else {}
        try:
            async with self._wire.session.request(method, url, data=parameters, timeout=timeout) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from None
