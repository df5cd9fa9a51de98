"""Words, letters and digits that have no place in what people read."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from locales import loading
from locales.languages import LANGUAGES
from locales.po import WORD_LIST
from locales.workshop.problems import Line

_SCRIPTS = {"Latn": "LATIN", "Arab": "ARABIC", "Cyrl": "CYRILLIC"}
_NOT_WORDS = re.compile(r"\{\w*\}|https?://\S+|[/@]\w+")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TURKISH = re.compile("[çğıöşüâîÇĞİÖŞÜ]")
_LONG_ENOUGH_TO_TELL = 40


@dataclass(frozen=True)
class Rules:
    """wording.toml, ready to be asked."""

    table: dict[str, Any]

    def listed(self, name: str) -> frozenset[str]:
        return frozenset(self.table["anywhere"][name])

    def exempt(self, name: str, key: str) -> bool:
        return any(fnmatchcase(key, pattern) for pattern in self.listed(name))

    def banned(self, line: Line) -> Iterator[str]:
        for pattern, advice in self.table.get(line.domain, {}).get(line.language, {}).items():
            found = re.search(pattern, line.text, re.IGNORECASE)
            if found:
                yield f"{found[0]!r} does not belong here: {advice}"


@cache
def rules(path: Path = loading.HERE / "wording.toml") -> Rules:
    """The rules of the house."""
    return Rules(tomllib.loads(path.read_text(encoding="utf-8")))


def misworded(line: Line) -> Iterator[str]:
    """Sentences about forbidden words, foreign letters, native digits, markup and invisible marks."""
    if line.key.endswith(WORD_LIST):
        return
    yield from rules().banned(line)
    if _DIRECTION.search(line.text):
        yield "leave invisible direction marks out, they are added when it is said"
    if any(sign.isdecimal() and not sign.isascii() for sign in line.text):
        yield "write digits as 0-9"
    if re.search(r"\+\d|\d{3,}-\d", line.text):
        yield "write phone numbers in national form and with spaces: 0221 1234"
    if re.search(r"</?[a-z]", line.text):
        yield "texts are sent plain, without markup"
    if line.text != line.text.strip() or re.search(r"\w  +\w| \n", line.text):
        yield "there is space too much"
    if not rules().exempt("mixed", line.key):
        yield from _letters(line)


def _letters(line: Line) -> Iterator[str]:
    bare = _NOT_WORDS.sub(" ", line.text)
    for name in sorted(rules().listed("names"), key=len, reverse=True):
        bare = bare.replace(name, " ")
    script = _SCRIPTS[LANGUAGES[line.language].script]
    letters = [sign for sign in bare if sign.isalpha()]
    foreign = [sign for sign in letters if not unicodedata.name(sign, script).startswith(script)]
    if foreign:
        yield f"{''.join(foreign)[:20]!r} is in the wrong script; names go to `names` in wording.toml"
    if line.language == "tr" and len(letters) >= _LONG_ENOUGH_TO_TELL and not _TURKISH.search(bare):
        yield "so long a Turkish text without ç ğ ı ö ş ü was probably typed without them"
