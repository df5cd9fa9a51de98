"""Texts and their entities: what Telegram cleans, refuses, trims and finds. Offsets are UTF-16 units."""

import re
from typing import Any

from bot.demo.telegram import fields, names
from bot.demo.telegram.errors import bad
from bot.demo.telegram.fields import FieldError

Entity = dict[str, Any]

_PLAIN = names.words(
    "bold italic underline strikethrough spoiler code pre text_link text_mention custom_emoji blockquote "
    "expandable_blockquote date_time"
)
# Telegram finds these itself and drops them from what a bot sends.
_FOUND = names.words("mention hashtag cashtag bot_command url email phone_number bank_card_number")
_DIRT = re.compile("[\x00-\x09\x0b-\x1f\u2028-\u202e\u0333\u033f\u030a]|[\u200e\u200f]{2}")
_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
# Line and paragraph separators, bidirectional embeddings and overrides vanish; isolates (U+2066..2069) stay.
_REMOVED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_MARKS = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")
_EMPTY = re.compile("[\\s\u180e\u200b-\u200f\u202e\u2800\ufeff\ufffc]*")
_SIGNS = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]])"
    r"|(?P<email>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<mention>(?<![\w@/])@[A-Za-z]\w{2,31}\b)"
    r"|(?P<hashtag>(?<![\w#])#\w*[^\W\d]\w*)"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?\b(?!/))"
)


def units(text: str) -> int:
    """The length Telegram counts in: UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def listed(raw: list[Any]) -> list[Entity]:
    """Entities as a bot listed them, checked one by one. Raises 400."""
    try:
        read = [_one(item) for item in raw]
    except FieldError as fault:
        raise bad(f"Can't parse MessageEntity: {fault}") from None
    return [entity for entity in read if entity is not None]


def _one(item: Any) -> Entity | None:
    if not isinstance(item, dict):
        raise FieldError("expected an Object")
    entity: Entity = {"offset": fields.integer(item, "offset"), "length": fields.integer(item, "length")}
    kind = fields.text(item, "type")
    if not kind:
        raise FieldError("Type is not specified")
    if kind not in _PLAIN and kind not in _FOUND:
        raise FieldError("Unsupported type specified")
    entity["type"] = kind
    entity.update(_extra(kind, item))
    return None if kind in _FOUND else entity


def _extra(kind: str, item: Entity) -> Entity:
    if kind == "text_link":
        return {"url": fields.text(item, "url")}
    if kind == "text_mention":
        return {"user": {"id": fields.integer(fields.nested(item, "user"), "id")}}
    if kind == "custom_emoji":
        return {"custom_emoji_id": str(fields.integer(item, "custom_emoji_id"))}
    if kind == "date_time":
        return {"unix_time": fields.integer(item, "unix_time")}
    if kind == "pre" and item.get("language"):
        return {"language": fields.text(item, "language")}
    return {}


def tidy(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """A text cleaned and trimmed as Telegram stores it, entities checked, moved along and completed."""
    if entities:
        entities = _checked(text, entities)
    if _DIRT.search(text):
        text, entities = _cleaned(text, entities)
    text, entities = _trimmed(text, entities)
    found = discovered(text)
    if found:
        entities = sorted(entities + _free(found, entities), key=_order)
    return text, entities


def is_blank(text: str) -> bool:
    """Whether nothing would be seen of the text."""
    return _EMPTY.fullmatch(text) is not None


def _order(entity: Entity) -> tuple[int, int]:
    return entity["offset"], -entity["length"]


def _checked(text: str, entities: list[Entity]) -> list[Entity]:
    for entity in entities:
        for name in ("offset", "length"):
            if not 0 <= entity[name] <= 1_000_000:
                raise bad(f"Receive an entity with incorrect {name} {entity[name]}")
    kept = sorted((entity for entity in entities if entity["length"]), key=_order)
    edges = boundaries(text)
    for entity in kept:
        _check_place(entity, edges)
    return kept


def boundaries(text: str) -> dict[int, int]:
    """UTF-16 offset of every character and of the end, mapped to the byte offset in UTF-8."""
    edges, unit, byte = {}, 0, 0
    for char in text:
        edges[unit] = byte
        unit += 2 if char > "\uffff" else 1
        byte += len(char.encode(errors="replace"))
    edges[unit] = byte
    return edges


def _check_place(entity: Entity, edges: dict[int, int]) -> None:
    start, end, total = entity["offset"], entity["offset"] + entity["length"], max(edges)
    if start > total:
        raise bad(f"Entity begins after the end of the text at UTF-16 offset {start}")
    if start not in edges:
        raise bad(f"Entity begins in a middle of a UTF-16 symbol at byte offset {edges[start + 1]}")
    if end > total:
        raise bad(
            f"Entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {end}"
        )
    if end not in edges:
        raise bad(
            f"Entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol "
            f"at byte offset {edges[end + 1]}"
        )


def _cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    gone = [units(text[: found.start()]) for found in _REMOVED.finditer(text)]
    if gone and entities:
        for entity in entities:
            start, end = entity["offset"], entity["offset"] + entity["length"]
            before, inside = _count(gone, 0, start), _count(gone, start, end)
            entity["offset"], entity["length"] = start - before, entity["length"] - inside
        entities = [entity for entity in entities if entity["length"]]
    text = _CONTROL.sub(" ", _REMOVED.sub("", text))
    # Of several direction marks in a row only the last survives; the others become U+200C.
    return _MARKS.sub(lambda found: "\u200c" * len(found[0]), text), entities


def _count(offsets: list[int], start: int, end: int) -> int:
    return sum(start <= offset < end for offset in offsets)


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    whole = text.rstrip(" \n")
    lead = len(whole) - len(whole.lstrip(" \n"))
    if entities:
        lead = min(lead, entities[0]["offset"])
    whole = whole[lead:]
    if not entities or (not lead and len(whole) == len(text)):
        return whole, entities
    total = units(whole)
    moved = [{**entity, "offset": entity["offset"] - lead} for entity in entities]
    for entity in moved:
        entity["length"] = min(entity["length"], total - entity["offset"])
    return whole, [entity for entity in moved if entity["length"] > 0]


def discovered(text: str) -> list[Entity]:
    """Commands, links, mentions, hashtags and addresses Telegram marks by itself."""
    if "/" not in text and "@" not in text and "#" not in text:
        return []
    found = []
    for sign in _SIGNS.finditer(text):
        place = {"offset": units(text[: sign.start()]), "length": units(sign[0])}
        found.append({**place, "type": sign.lastgroup})
    return found


def _free(found: list[Entity], taken: list[Entity]) -> list[Entity]:
    return [new for new in found if not any(_overlap(new, old) for old in taken)]


def _overlap(one: Entity, other: Entity) -> bool:
    first, second = one["offset"], other["offset"]
    return bool(first < second + other["length"] and second < first + one["length"])
