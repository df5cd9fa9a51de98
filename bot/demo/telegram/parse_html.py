"""parse_mode HTML, with Telegram's complaints word for word. Offsets in complaints are bytes of UTF-8."""

import re
from dataclasses import dataclass
from typing import Any

from bot.demo.telegram import names
from bot.demo.telegram.entities import Entity, units
from bot.demo.telegram.errors import bad

_TAGS = names.words("a b strong i em s strike del u ins tg-spoiler tg-emoji tg-time span pre code blockquote")
_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([A-Za-z]+));?")
_TAG_NAME = re.compile(r"[^\s>]*")
_SPACE = re.compile(r"\s*")
_ATTRIBUTE = re.compile(r"[^\s=>/\"']*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    start: int  # where its text begins in the output, in characters


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """The plain text and its entities. Raises 400 "can't parse entities: …"."""
    return _Reader(text).read()


def _unescaped(text: str) -> str:
    return _REFERENCE.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED.get(found[3], found[0])
    code = int(found[1], 16) if found[1] else int(found[2])
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code < 0xE000 else found[0]


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.out: list[str] = []
        self.units = 0
        self.open: list[_Open] = []
        self.found: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.text):
            self._run_of_text()
            if self.at < len(self.text):
                self._tag()
        if self.open:
            raise self._fault(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.out), self.found

    def _fault(self, sentence: str, at: int | None = None) -> Exception:
        place = "" if at is None else f" at byte offset {len(self.text[:at].encode())}"
        return bad(f"Can't parse entities: {sentence}{place}")

    def _run_of_text(self) -> None:
        end = self.text.find("<", self.at)
        plain = _unescaped(self.text[self.at : end if end >= 0 else len(self.text)])
        self.out.append(plain)
        self.units += units(plain)
        self.at = end if end >= 0 else len(self.text)

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        taken = found[0] if found else ""
        self.at += len(taken)
        return taken

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self._peek() == "/":
            self.at += 1
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        tag = self._take(_TAG_NAME).lower()
        if not self._peek():
            raise self._fault("Unclosed start tag", begin)
        if tag not in _TAGS:
            raise self._fault(f'Unsupported start tag "{tag}"', begin)
        argument = ""
        while self._peek() != ">":
            self._take(_SPACE)
            if self._peek() == ">":
                break
            argument = self._attribute(tag, begin) or argument
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise self._fault('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, argument, self.units, len("".join(self.out))))

    def _attribute(self, tag: str, begin: int) -> str:
        name = self._take(_ATTRIBUTE)
        if not name:
            raise self._fault(f'Empty attribute name in the tag "{tag}"', begin)
        self._take(_SPACE)
        if self._peek() != "=":
            if not self._peek():
                raise self._fault(f'Unclosed start tag "{tag}"', begin)
            return "1" if (tag, name) == ("blockquote", "expandable") else ""
        self.at += 1
        self._take(_SPACE)
        if not self._peek():
            raise self._fault(f'Unclosed start tag "{tag}"', begin)
        return _meant(tag, name, self._value(begin))

    def _value(self, begin: int) -> str:
        quote = self._peek()
        if quote in "'\"":
            end = self.text.find(quote, self.at + 1)
            if end < 0 or end + 1 >= len(self.text):
                raise self._fault("Unclosed start tag", begin)
            value, self.at = self.text[self.at + 1 : end], end + 1
            return _unescaped(value)
        start = self.at
        value = self._take(_TOKEN).lower()
        if self._peek() != ">" and not self._peek().isspace():
            raise self._fault("Unexpected end of name token", start)
        return value

    def _end_tag(self, begin: int) -> None:
        if not self.open:
            raise self._fault("Unexpected end tag", begin)
        tag = self._take(_TAG_NAME).lower()
        self._take(_SPACE)
        if self._peek() != ">":
            raise self._fault("Unclosed end tag", begin)
        self.at += 1
        started = self.open.pop()
        if tag and tag != started.tag:
            place = len(self.text[:begin].encode())
            raise self._fault(
                f'Unmatched end tag at byte offset {place}, expected "</{started.tag}>", found "</{tag}>"'
            )
        if self.units > started.offset:
            self._close(started)

    def _close(self, started: _Open) -> None:
        place = {"offset": started.offset, "length": self.units - started.offset}
        entity = _entity(started, "".join(self.out)[started.start :])
        last = self.found[-1] if self.found else {}
        if started.tag in ("pre", "code") and {**last, **place} == last and last["type"] in ("pre", "code"):
            # <pre><code class="language-x"> is one entity with a language.
            language = last.get("language") or started.argument
            self.found[-1] = {**place, "type": "pre"} | ({"language": language} if language else {})
        elif entity:
            self.found.append({**place, **entity})


def _meant(tag: str, name: str, value: str) -> str:
    if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id"), ("tg-time", "unix")):
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return "1" if (tag, name) == ("blockquote", "expandable") else ""


def _entity(started: _Open, inner: str) -> dict[str, Any]:
    tag, argument = started.tag, started.argument
    if tag in _SIMPLE:
        return {"type": _SIMPLE[tag]}
    if tag == "a":
        return link(argument or inner)
    if tag == "blockquote":
        return {"type": "expandable_blockquote" if argument else "blockquote"}
    if tag == "tg-emoji":
        if not argument.isdigit() or not int(argument):
            raise bad("Can't parse entities: Invalid custom emoji identifier specified")
        return {"type": "custom_emoji", "custom_emoji_id": argument}
    if tag == "tg-time":
        return {"type": "date_time", "unix_time": int(argument)} if argument.isdigit() else {}
    return {"type": tag} | ({"language": argument} if tag == "code" and argument else {})


def link(url: str) -> dict[str, Any]:
    """A text link or mention of a person; nothing where Telegram would silently drop a wrong address."""
    person = re.fullmatch(r"tg://user\?id=(\d+)", url)
    if person:
        return {"type": "text_mention", "user": {"id": int(person[1])}}
    if not re.match(r"(?:https?://)?[^\s/]+\.[^\s/]+|tg://", url):
        return {}
    return {"type": "text_link", "url": url if "://" in url else f"http://{url}"}
