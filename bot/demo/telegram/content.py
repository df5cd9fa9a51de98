"""What a bot wants to say: text or caption, by parse_mode or by entities, ready to be stored."""

from collections.abc import Callable
from typing import Any

from bot.demo.telegram import fields, names
from bot.demo.telegram.call import Call
from bot.demo.telegram.entities import Entity, is_blank, listed, tidy, units
from bot.demo.telegram.errors import bad
from bot.demo.telegram.fields import FieldError
from bot.demo.telegram.parse_html import parse_html
from bot.demo.telegram.parse_markdown import parse_markdown, parse_markdown_v2
from bot.demo.telegram.rules import Rules

_RAW_BYTES = 1 << 15
_PARSERS: dict[str, Callable[[str], tuple[str, list[Entity]]]] = {
    "html": parse_html,
    "markdownv2": parse_markdown_v2,
    "markdown": parse_markdown,
}


def message_text(rules: Rules, call: Call) -> dict[str, Any]:
    """The `text` and `entities` of a message. Raises 400 when empty, too long or badly formatted."""
    if not call.text("text"):
        raise bad("Message text is empty")
    text, entities = _styled(rules, call, "text", "entities")
    if is_blank(text):
        raise bad("Text must be non-empty")
    if units(text) > rules.text:
        raise bad("Message is too long")
    body: dict[str, Any] = {"text": text}
    if entities:
        body["entities"] = entities
    preview = _link_preview(call)
    if preview:
        body["link_preview_options"] = preview
    return body


def caption(rules: Rules, call: Call) -> dict[str, Any]:
    """The `caption` and `caption_entities` of a photo or document, nothing when there is none."""
    if not call.text("caption"):
        return {}
    text, entities = _styled(rules, call, "caption", "caption_entities")
    if units(text) > rules.caption:
        raise bad("Message caption is too long")
    body: dict[str, Any] = {} if is_blank(text) else {"caption": text}
    if entities:
        body["caption_entities"] = entities
    return body


def _styled(rules: Rules, call: Call, name: str, entities_name: str) -> tuple[str, list[Entity]]:
    raw = call.text(name)
    if len(raw) > _RAW_BYTES or len(raw.encode()) > _RAW_BYTES:
        raise bad("Text is too long")
    mode = call.text("parse_mode").lower()
    if mode and mode != "none":
        if mode not in _PARSERS:
            raise bad("Unsupported parse_mode")
        if call.has(entities_name):
            call.ignored.append(f"{entities_name} (beside parse_mode)")
        return _limited(rules, call, *tidy(*_PARSERS[mode](raw)))
    return _limited(rules, call, *tidy(raw, _given(call, entities_name)))


def _given(call: Call, name: str) -> list[Entity]:
    if not call.has(name):
        return []
    raw = call.structure(name, f"Can't parse {name} JSON object")
    if not isinstance(raw, list):
        # Telegram passes over anything that is no array here.
        call.ignored.append(name)
        return []
    for entity in raw:
        if isinstance(entity, dict):
            call.ignored.extend(names.unknown(entity, names.ENTITY, name))
    return listed(raw)


def _limited(rules: Rules, call: Call, text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    if len(entities) > rules.entities:
        call.ignored.append(f"entities beyond {rules.entities}")
    return text, entities[: rules.entities]


def _link_preview(call: Call) -> dict[str, Any] | None:
    if not call.has("link_preview_options"):
        return {"is_disabled": True} if call.flag("disable_web_page_preview") else None
    options = call.structure("link_preview_options", "Can't parse link preview options JSON object")
    if not isinstance(options, dict):
        raise bad("Object expected as link preview options")
    call.ignored.extend(names.unknown(options, names.LINK_PREVIEW, "link_preview_options"))
    try:
        fields.optional_text(options, "url")
        for name in ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text"):
            fields.flag(options, name)
    except FieldError as fault:
        raise bad(str(fault)) from None
    return {name: value for name, value in options.items() if name in names.LINK_PREVIEW and value}
