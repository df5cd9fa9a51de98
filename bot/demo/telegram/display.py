"""Messages for the phones page: text as safe HTML, buttons and media as the sim API shows them."""

from html import escape
from typing import Any

from bot.demo.telegram.entities import Entity, units
from bot.demo.telegram.messages import Json, Message
from bot.demo.telegram.world import iso

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
_CLASSES = {"spoiler": "spoiler", "bot_command": "command", "mention": "mention", "hashtag": "hashtag"}
_SAFE = ("http://", "https://", "mailto:", "tel:", "tg://")


def as_html(text: str, entities: list[Entity]) -> str:
    """Escaped text with tags for its entities, properly nested whatever the entities do. Line breaks stay."""
    raw = text.encode("utf-16-le")
    marks = sorted({0, units(text), *(edge for entity in entities for edge in _edges(entity))})
    out: list[str] = []
    open_now: list[Entity] = []
    for start, end in zip(marks, [*marks[1:], marks[-1]], strict=True):
        open_now = _turn(out, open_now, _covering(entities, start, end), raw)
        out.append(escape(raw[2 * start : 2 * end].decode("utf-16-le", "replace")))
    _turn(out, open_now, [], raw)
    return "".join(out)


def _edges(entity: Entity) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


def _covering(entities: list[Entity], start: int, end: int) -> list[Entity]:
    if start == end:
        return []
    return [one for one in entities if one["offset"] <= start and end <= one["offset"] + one["length"]]


def _turn(out: list[str], before: list[Entity], after: list[Entity], raw: bytes) -> list[Entity]:
    same = 0
    while same < min(len(before), len(after)) and before[same] is after[same]:
        same += 1
    out.extend(_closing(entity) for entity in reversed(before[same:]))
    out.extend(_opening(entity, raw) for entity in after[same:])
    return after


def _opening(entity: Entity, raw: bytes) -> str:
    kind = entity["type"]
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>"
    address = _address(entity, raw)
    if address:
        return f'<a href="{escape(address)}" rel="noreferrer">'
    return f'<span class="{_CLASSES.get(kind, "mark")}">'


def _closing(entity: Entity) -> str:
    kind = entity["type"]
    if kind in _TAGS:
        return f"</{_TAGS[kind]}>"
    return "</a>" if kind in ("text_link", "url", "email") else "</span>"


def _address(entity: Entity, raw: bytes) -> str:
    start, end = _edges(entity)
    shown = raw[2 * start : 2 * end].decode("utf-16-le", "replace")
    addresses: dict[str, str] = {"text_link": entity.get("url", ""), "url": shown, "email": f"mailto:{shown}"}
    address = addresses.get(entity["type"], "")
    if address and not address.lower().startswith(_SAFE):
        return f"https://{address}" if "://" not in address and ":" not in address.split("/")[0] else "#"
    return address


def shown(message: Message) -> Json:
    """A message as the sim API lists it."""
    body = message.body
    caption = "caption" in body
    words = message.words
    entities = body.get("caption_entities" if caption else "entities", [])
    shape: Json = {
        "message_id": message.message_id,
        "from_bot": message.from_bot,
        "date": iso(message.date),
        "edited": bool(message.edit_date),
        "caption" if caption else "text": words or _what(body),
        "entities": entities,
        "html": as_html(words, entities) if words else escape(_what(body)),
        "inline_keyboard": message.inline,
        "pinned": message.message_id in message.account.pinned,
        "silent": message.silent,
        "protected": message.protected,
        "deleted": False,
    }
    return shape | _attachments(message)


def _attachments(message: Message) -> Json:
    body = message.body
    photo = f"/sim/media/{body['photo'][-1]['file_id']}" if "photo" in body and message.from_bot else None
    document: Json | None = None
    if "document" in body:
        held = body["document"]
        address = f"/sim/media/{held['file_id']}"
        document = {"name": held["file_name"], "url": address, "size": held["file_size"]}
    pin: Json | None = body.get("venue") or ({"location": body["location"]} if "location" in body else None)
    reply: Any = message.reply_to.message_id if message.reply_to else None
    voice = {"seconds": body["voice"]["duration"]} if "voice" in body else None
    shown = {"photo": photo, "document": document, "contact": body.get("contact"), "voice": voice, "pin": pin}
    return {**shown, "reply_to": reply}


def _what(body: Json) -> str:
    names = {"sticker": "👍", "location": "", "contact": "", "photo": "", "document": "", "voice": ""}
    return next((sign for name, sign in names.items() if name in body), "")
