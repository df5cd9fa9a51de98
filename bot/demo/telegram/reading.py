"""From an HTTP request to a Call: query string, urlencoded form, JSON or multipart."""

from typing import Any
from urllib.parse import parse_qsl

import orjson
from aiohttp import web

from bot.demo.telegram.call import Call, Upload
from bot.demo.telegram.errors import ApiError, bad


async def read_call(request: web.Request, method: str) -> Call:
    """All parameters of a request. Raises 400 or 413 in Telegram's words."""
    call = Call(method, {})
    if request.body_exists:
        await _read_body(request, call)
    if request.query_string:
        call.params |= dict(parse_qsl(request.query_string, keep_blank_values=True))
    return call


async def _read_body(request: web.Request, call: Call) -> None:
    kind = request.content_type
    if kind == "multipart/form-data":
        await _read_multipart(request, call)
        return
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "Request Entity Too Large") from None
    if kind == "application/json":
        call.params = _from_json(body)
    elif kind == "application/x-www-form-urlencoded":
        call.params = dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))


def _from_json(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    try:
        params = orjson.loads(body)
    except orjson.JSONDecodeError as fault:
        raise ApiError(400, f"Bad Request: can't parse JSON: {fault}") from None
    if not isinstance(params, dict):
        raise bad("JSON object expected")
    return params


async def _read_multipart(request: web.Request, call: Call) -> None:
    try:
        form = await request.post()
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "Request Entity Too Large") from None
    except ValueError as fault:
        raise bad(f"can't parse form data: {fault}") from None
    for name, value in form.items():
        if isinstance(value, web.FileField):
            with value.file as file:
                call.files[name] = Upload(value.filename, file.read(), value.content_type)
        else:
            call.params[name] = value if isinstance(value, str) else bytes(value).decode()
