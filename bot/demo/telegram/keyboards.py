"""Reply markup: read, checked and normalised. Raises 400 in Telegram's words."""

import re
from typing import Any

from bot.demo.telegram import fields, names
from bot.demo.telegram.call import Call
from bot.demo.telegram.errors import bad
from bot.demo.telegram.fields import FieldError, Json
from bot.demo.telegram.rules import Rules

_STYLES = ("", "primary", "danger", "success")
_PER_ROW = 12
_PLACEHOLDER = 64
_COPIED = 256


def read_markup(rules: Rules, call: Call) -> Json | None:
    """The reply_markup of a call with only what Telegram keeps of it, or None."""
    if not call.has("reply_markup"):
        return None
    raw = call.structure("reply_markup", "Can't parse reply keyboard markup JSON object")
    if raw is None:
        return None
    if not isinstance(raw, dict):
        raise bad("Object expected as reply markup")
    return _normal(rules, call, raw)


def read_inline(rules: Rules, call: Call) -> list[list[Json]] | None:
    """The inline keyboard of an edit; None removes it. Raises 400 for any other markup."""
    markup = read_markup(rules, call)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad("Inline keyboard expected")
    return markup["inline_keyboard"] if markup else None


def _normal(rules: Rules, call: Call, raw: Json) -> Json | None:
    keys = _rows(call, raw, "keyboard")
    inline = _rows(call, raw, "inline_keyboard")
    _check_flags(raw)
    kind = _kind(raw, keys, inline)
    known = names.MARKUPS[kind] if kind else frozenset()
    call.ignored.extend(names.unknown(raw, known, "reply_markup"))
    if kind in ("keyboard", "inline_keyboard"):
        rows = _kept(call, keys if kind == "keyboard" else inline)
        if sum(map(len, rows)) > rules.buttons:
            raise bad("reply markup is too long")
        if not rows:
            return None
        if kind == "inline_keyboard":
            _check_data(rules, rows)
        return {**_options(raw, known), kind: rows}
    return {**_options(raw, known), kind: True} if kind else None


def _kind(raw: Json, keys: list[list[Json]], inline: list[list[Json]]) -> str:
    if keys:
        return "keyboard"
    if inline:
        return "inline_keyboard"
    return next((name for name in ("remove_keyboard", "force_reply") if raw.get(name)), "")


def _check_flags(raw: Json) -> None:
    try:
        for name in ("remove_keyboard", "selective", "force_reply", "resize_keyboard", "one_time_keyboard"):
            fields.flag(raw, name)
        fields.flag(raw, "is_persistent")
        placeholder = fields.optional_text(raw, "input_field_placeholder")
    except FieldError as fault:
        raise bad(str(fault)) from None
    if len(placeholder) > _PLACEHOLDER:
        # The limit is documented, the sentence is not.
        raise bad("REPLY_MARKUP_PLACEHOLDER_INVALID")


def _options(raw: Json, known: frozenset[str]) -> Json:
    return {name: value for name, value in raw.items() if name in known and not isinstance(value, list)}


def _rows(call: Call, raw: Json, name: str) -> list[list[Json]]:
    if name not in raw:
        return []
    return [[_button(call, name, button) for button in _row(name, row)] for row in fields.rows(raw, name)]


def _row(name: str, row: Any) -> list[Any]:
    if isinstance(row, list):
        return row
    owner = " of the InlineKeyboardMarkup" if name == "inline_keyboard" else ""
    raise bad(f'Field "{name}"{owner} must be an Array of Arrays')


def _button(call: Call, name: str, button: Any) -> Json:
    inline = name == "inline_keyboard"
    try:
        return _inline_button(call, button) if inline else _key(call, button)
    except FieldError as fault:
        raise bad(f"Can't parse {'inline ' if inline else ''}keyboard button: {fault}") from None


def _inline_button(call: Call, button: Any) -> Json:
    if not isinstance(button, dict):
        raise FieldError("InlineKeyboardButton must be an Object")
    fields.text(button, "text")
    _check_style(button)
    for name in ("url", "callback_data"):
        fields.optional_text(button, name)
    kind = next((name for name in names.INLINE_KINDS if _meant(button, name)), None)
    if kind is None:
        raise FieldError("Text buttons are unallowed in the inline keyboard")
    # Of several actions Telegram takes the first it looks for and forgets the others.
    call.ignored.extend(names.unknown(button, names.BUTTON | {kind}, "reply_markup.inline_keyboard"))
    if kind not in ("url", "callback_data", "switch_inline_query", "switch_inline_query_current_chat", "pay"):
        fields.nested(button, kind)
    return {name: button[name] for name in button if name in names.BUTTON or name == kind}


def _meant(button: Json, name: str) -> bool:
    return bool(button.get(name)) if name in ("url", "callback_data") else name in button


def _key(call: Call, button: Any) -> Json:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict):
        raise FieldError("KeyboardButton must be a String or an Object")
    fields.text(button, "text")
    _check_style(button)
    for name in ("request_contact", "request_location"):
        fields.flag(button, name)
    kind = next((name for name in names.KEY_KINDS if button.get(name)), "text")
    call.ignored.extend(names.unknown(button, names.BUTTON | {kind}, "reply_markup.keyboard"))
    return {name: value for name, value in button.items() if name in names.BUTTON or name == kind}


def _check_style(button: Json) -> None:
    if "style" in button and fields.optional_text(button, "style") not in _STYLES:
        raise FieldError("invalid button style specified")


def _kept(call: Call, rows: list[list[Json]]) -> list[list[Json]]:
    # Buttons without a label and beyond the twelfth of a row vanish without a word.
    if any(len(row) > _PER_ROW or not all(button["text"] for button in row) for row in rows):
        call.ignored.append("reply_markup: buttons without text or beyond the twelfth of a row")
    shown = [[button for button in row if button["text"]][:_PER_ROW] for row in rows]
    return [row for row in shown if row]


def _check_data(rules: Rules, rows: list[list[Json]]) -> None:
    for row in rows:
        for button in row:
            data = button.get("callback_data")
            if data is not None:
                if len(data) > rules.callback_data or len(data.encode()) > rules.callback_data:
                    raise bad("BUTTON_DATA_INVALID")
            elif "url" in button:
                check_link(button["url"], "Inline keyboard button")
            elif "web_app" in button:
                check_link(button["web_app"].get("url", ""), "Inline keyboard button Web App", secure=True)
            elif "copy_text" in button and not 0 < len(button["copy_text"].get("text", "")) <= _COPIED:
                raise bad("BUTTON_COPY_TEXT_INVALID")


def check_link(url: str, owner: str, secure: bool = False) -> None:
    """Raises 400 for an address Telegram would not open from a button."""
    found = re.fullmatch(r"(?:(?P<scheme>[a-z]+)://)?(?P<host>[^\s/?#]*)[^\s]*", url, re.IGNORECASE)
    scheme = (found["scheme"] or "http").lower() if found else ""
    if secure and scheme != "https":
        reason = "Only HTTPS links are allowed"
    elif scheme not in ("http", "https", "tg", "ton", "tonsite"):
        reason = "Unsupported URL protocol"
    elif found and scheme in ("http", "https") and not _host_will_do(found["host"]):
        reason = "Wrong HTTP URL"
    else:
        return
    raise bad(f"{owner} URL '{url}' is invalid: {reason}")


def _host_will_do(host: str) -> bool:
    name, _, port = host.rpartition("@")[2].partition(":")
    return "." in name and (not port or port.isdigit())
