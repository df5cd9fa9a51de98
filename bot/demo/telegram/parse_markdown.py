"""parse_mode MarkdownV2 and the old Markdown. Offsets in complaints are bytes of UTF-8."""

from dataclasses import dataclass

from bot.demo.telegram.entities import Entity, units
from bot.demo.telegram.errors import bad
from bot.demo.telegram.parse_html import link

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!\n")
_SIGNS = (("```", "pre"), ("__", "underline"), ("||", "spoiler"), ("![", "custom_emoji"))
_SINGLE = {"_": "italic", "*": "bold", "~": "strikethrough", "`": "code", "[": "text_link"}
_CLOSING = {
    "bold": "*",
    "italic": "_",
    "underline": "__",
    "strikethrough": "~",
    "spoiler": "||",
    "code": "`",
    "pre": "```",
    "text_link": "]",
    "custom_emoji": "]",
}
_OUR_NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}


@dataclass(slots=True)
class _Open:
    kind: str
    begin: int  # in the source, characters
    offset: int  # in the output, UTF-16 units
    start: int  # in the output, pieces
    language: str = ""


def parse_markdown_v2(text: str) -> tuple[str, list[Entity]]:
    """The plain text and its entities. Raises 400 "can't parse entities: …"."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.out: list[str] = []
        self.units = 0
        self.open: list[_Open] = []
        self.found: list[Entity] = []
        self.line_start = True

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.text):
            self._step()
        if self.open and self.open[-1].kind == "blockquote":
            self._close(self.open.pop())
        if self.open:
            raise self._unclosed()
        self.found.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.out), self.found

    def _unclosed(self) -> Exception:
        last = self.open[-1]
        name = "PreCode" if last.language else _OUR_NAMES[last.kind]
        return bad(
            f"Can't parse entities: Can't find end of {name} entity at byte offset {self._byte(last.begin)}"
        )

    def _byte(self, at: int) -> int:
        return len(self.text[:at].encode())

    def _put(self, char: str) -> None:
        self.out.append(char)
        self.units += units(char)
        self.line_start = char == "\n"
        self.at += 1

    def _step(self) -> None:
        char = self.text[self.at]
        follower = self.text[self.at + 1 : self.at + 2]
        if char == "\\" and follower and "\0" < follower < "\x7f":
            self.at += 1
            self._put(follower)
        elif char not in (_RESERVED if not self._verbatim() else "`"):
            self._put(char)
        elif char == "\n":
            self._line_break(follower)
        elif self.open and self._ends():
            self._end()
        else:
            self._begin(char)

    def _verbatim(self) -> bool:
        return bool(self.open) and self.open[-1].kind in ("code", "pre")

    def _ends(self) -> bool:
        kind = self.open[-1].kind
        if kind == "italic" and self.text.startswith("__", self.at):
            return False
        return kind in _CLOSING and self.text.startswith(_CLOSING[kind], self.at)

    def _line_break(self, follower: str) -> None:
        quoting = any(one.kind == "blockquote" for one in self.open)
        if quoting and follower != ">":
            if self.open[-1].kind != "blockquote":
                raise self._unclosed()
            self._put("\n")
            self._close(self.open.pop())
        else:
            self._put("\n")

    def _begin(self, char: str) -> None:
        if char == ">" and self.line_start:
            if not any(one.kind == "blockquote" for one in self.open):
                self._push("blockquote", 0)
            self.at += 1
            return None
        for sign, kind in _SIGNS:
            if self.text.startswith(sign, self.at):
                return self._push(kind, len(sign))
        if char not in _SINGLE:
            raise bad(
                f"Can't parse entities: Character '{char}' is reserved "
                "and must be escaped with the preceding '\\'"
            )
        return self._push(_SINGLE[char], 1)

    def _push(self, kind: str, width: int) -> None:
        self.open.append(_Open(kind, self.at, self.units, len(self.out)))
        self.at += width
        if kind == "pre":
            self._language()

    def _language(self) -> None:
        end = self.at
        while end < len(self.text) and not self.text[end].isspace() and self.text[end] != "`":
            end += 1
        if end < len(self.text) and self.text[end] != "`":
            self.open[-1].language, self.at = self.text[self.at : end], end
        if self.text.startswith("\n", self.at):
            self.at += 1

    def _end(self) -> None:
        last = self.open.pop()
        self.at += len(_CLOSING[last.kind])
        target = self._target(last) if last.kind in ("text_link", "custom_emoji") else ""
        self._close(last, target)

    def _target(self, last: _Open) -> str:
        if not self.text.startswith("(", self.at):
            if last.kind == "custom_emoji":
                raise bad("Can't parse entities: The entity must contain a tg://emoji or tg://time URL")
            return "".join(self.out[last.start :])
        begin = self.at = self.at + 1
        target = ""
        while self.at < len(self.text) and self.text[self.at] != ")":
            self.at += self.text[self.at] == "\\" and self.at + 1 < len(self.text)
            target += self.text[self.at]
            self.at += 1
        if self.at >= len(self.text):
            raise bad(f"Can't parse entities: Can't find end of a URL at byte offset {self._byte(begin)}")
        self.at += 1
        return target

    def _close(self, last: _Open, target: str = "") -> None:
        place = {"offset": last.offset, "length": self.units - last.offset}
        if not place["length"]:
            return
        if last.kind == "text_link":
            found = link(target)
            if found:
                self.found.append({**place, **found})
        elif last.kind == "custom_emoji":
            self.found.append({**place, "type": last.kind, "custom_emoji_id": _emoji(target)})
        else:
            extra = {"language": last.language} if last.language else {}
            self.found.append({**place, "type": last.kind, **extra})


def _emoji(target: str) -> str:
    number = target.removeprefix("tg://emoji?id=")
    if number == target or not number.isdigit():
        raise bad("Can't parse entities: Invalid tg://emoji or tg://time URL specified")
    return number


def parse_markdown(text: str) -> tuple[str, list[Entity]]:
    """The old Markdown: no nesting, four signs. Raises 400 "can't parse entities: …"."""
    out, found, at = "", [], 0
    while at < len(text):
        char = text[at]
        if char == "\\" and text[at + 1 : at + 2] in ("_", "*", "`", "["):
            out, at = out + text[at + 1], at + 2
        elif char not in "_*`[":
            out, at = out + char, at + 1
        else:
            inner, entity, at = _old_entity(text, at)
            if inner and entity:
                found.append({"offset": units(out), "length": units(inner), **entity})
            out += inner
    return out, found


def _old_entity(text: str, begin: int) -> tuple[str, Entity, int]:
    sign = "```" if text.startswith("```", begin) else text[begin]
    closing = "]" if sign == "[" else sign
    start = begin + len(sign)
    end = text.find(closing, start)
    if end < 0:
        place = len(text[:begin].encode())
        raise bad(f"Can't parse entities: Can't find end of the entity starting at byte offset {place}")
    inner, after = text[start:end], end + len(closing)
    if sign != "[":
        return inner, {"type": "pre" if sign == "```" else _SINGLE[sign]}, after
    if not text.startswith("(", after) or ")" not in text[after:]:
        return inner, {}, after
    stop = text.index(")", after)
    return inner, link(text[after + 1 : stop]), stop + 1
