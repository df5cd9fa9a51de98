"""A second opinion on what the bot asks of Telegram: aiogram's own models of the Bot API, and hard limits.

Independent of the double: a request both take for well formed survives a slip of one of them.
"""

import re
import types
import typing
from collections.abc import Iterator
from typing import Any

import orjson
from aiogram import methods
from aiogram.methods import TelegramMethod
from pydantic import BaseModel, ValidationError

_METHODS: dict[str, type[TelegramMethod[Any]]] = {
    name.lower(): found
    for name in methods.__all__
    if isinstance(found := getattr(methods, name), type) and issubclass(found, TelegramMethod)
}
_TEXT = 4096
_CAPTION = 1024
_TOAST = 200
_DATA = 64
_BUTTONS = 100


def check(method: str, params: dict[str, Any]) -> list[str]:
    """What is wrong with a recorded request, one sentence each; an empty list when nothing is."""
    model = _METHODS.get(method.lower())
    if model is None:
        return [f"{method}: no such method"]
    decoded = {
        name: _decoded(model, name, value)
        for name, value in params.items()
        if not _is_part(model, name, value)
    }
    try:
        request = model.model_validate(decoded)
    except ValidationError as wrong:
        return [f"{method}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in wrong.errors()]
    complaints = [f"{method}: unknown name {path}" for path in _unknown(request, "")]
    return complaints + [f"{method}: {sentence}" for sentence in _limits(decoded)]


def _is_part(model: type[BaseModel], name: str, value: Any) -> bool:
    # A file of a multipart request that an attach:// address points to.
    return name not in model.model_fields and isinstance(value, dict) and set(value) == {"file", "size"}


def _decoded(model: type[BaseModel], name: str, value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"file", "size"}:
        return str(value["file"])
    field = model.model_fields.get(name)
    if not isinstance(value, str) or field is None or _takes_text(field.annotation):
        return value
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError:
        return value


def _takes_text(annotation: Any) -> bool:
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return any(_takes_text(part) for part in typing.get_args(annotation))
    return annotation is str


def _unknown(model: BaseModel, path: str) -> Iterator[str]:
    yield from (f"{path}{name}" for name in model.model_extra or {})
    for name in model.model_fields_set - set(model.model_extra or {}):
        yield from _unknown_in(getattr(model, name), f"{path}{name}.")


def _unknown_in(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from _unknown(value, path)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _unknown_in(item, path)


def _units(text: Any) -> int:
    return len(str(text).encode("utf-16-le")) // 2


def _limits(params: dict[str, Any]) -> Iterator[str]:
    text_limit = _TOAST if "callback_query_id" in params else _TEXT
    for name, limit in (("text", text_limit), ("caption", _CAPTION)):
        # With a parse_mode the tags do not count, so the limit can only be checked without one.
        if name in params and not params.get("parse_mode") and _units(params[name]) > limit:
            yield f"{name} has {_units(params[name])} characters, {limit} are allowed"
    markup = params.get("reply_markup")
    if isinstance(markup, dict):
        yield from _keyboard_limits(markup)
    button = params.get("button")
    if isinstance(button, dict):
        yield from _way_in_limits(button)


def _way_in_limits(button: dict[str, Any]) -> Iterator[str]:
    """The button above inline results."""
    if not str(button.get("text", "")).strip():
        yield "a button without a label"
    actions = button.keys() & {"start_parameter", "web_app"}
    if len(actions) != 1:
        yield f"the button above the results has {len(actions)} actions, exactly one is allowed"
    start = button.get("start_parameter")
    if start is not None and not re.fullmatch("[A-Za-z0-9_-]{1,64}", str(start)):
        yield "start_parameter has other signs than A-Z, a-z, 0-9, _ and -, or not 1 to 64 of them"


def _keyboard_limits(markup: dict[str, Any]) -> Iterator[str]:
    keys = [key for name in ("inline_keyboard", "keyboard") for row in markup.get(name, []) for key in row]
    if len(keys) > _BUTTONS:
        yield f"{len(keys)} buttons, {_BUTTONS} are allowed"
    for key in keys:
        if isinstance(key, dict):
            yield from _button_limits(key, inline="inline_keyboard" in markup)


def _button_limits(key: dict[str, Any], inline: bool) -> Iterator[str]:
    label = str(key.get("text", ""))
    if not label.strip():
        yield "a button without a label"
    data = key.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= _DATA:
        yield f"callback_data of {label!r} has {len(str(data).encode())} bytes, 1 to {_DATA} are allowed"
    actions = key.keys() - {"text", "style", "icon_custom_emoji_id"}
    if inline and len(actions) != 1:
        yield f"the button {label!r} has {len(actions)} actions, exactly one is allowed"
