"""Does a translation carry everything that the German text carries?"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

from locales.bidi import NBSP
from locales.languages import SOURCE
from locales.po import WORD_LIST
from locales.text import BrokenTextError, take_apart
from locales.workshop.problems import Line

_NUMBER = re.compile(r"[0-9](?:[ /.-]?[0-9])+")
_SYMBOLS = {"So", "Sk", "Mn", "Me", "Cf"}
_FIELD = re.compile(r"\{\w*\}")


def unfaithful(line: Line, same: frozenset[str]) -> Iterator[str]:
    """Sentences about lost slots, lines, emoji and numbers, and about German left standing."""
    try:
        slots = take_apart(line.text).names
    except BrokenTextError as error:
        yield str(error)
        return
    if line.key.endswith(WORD_LIST) or line.language == SOURCE:
        return
    yield from _slots(take_apart(line.german).names, slots)
    yield from _lines(line.german.split("\n"), line.text.split("\n"))
    if _numbers(line.text) != _numbers(line.german):
        yield f"its numbers {_shown(line.text)} are not the German ones {_shown(line.german)}"
    words = line.text.lstrip(leading_emoji(line.text) + " ")
    if line.text == line.german and words not in same and any(map(str.isalpha, _FIELD.sub("", words))):
        yield "this is the German text; if it is meant so, list it under `same` in wording.toml"


def _slots(german: frozenset[str], own: frozenset[str]) -> Iterator[str]:
    if german - own:
        yield f"it lacks {{{'}, {'.join(sorted(german - own))}}}"
    if own - german:
        yield f"German has no {{{'}, {'.join(sorted(own - german))}}}"


def _lines(german: list[str], own: list[str]) -> Iterator[str]:
    if len(german) != len(own):
        yield f"it has {len(own)} lines, German has {len(german)}"
        return
    for number, (theirs, ours) in enumerate(zip(german, own, strict=True), 1):
        if leading_emoji(theirs) != leading_emoji(ours):
            yield f"line {number} must begin with {leading_emoji(theirs) or 'no emoji'}, as in German"


def leading_emoji(line: str) -> str:
    """The symbols at the beginning of a line, without spaces."""
    symbols = takewhile(lambda sign: sign == " " or unicodedata.category(sign) in _SYMBOLS, line)
    return "".join(symbols).replace(" ", "")


def _numbers(text: str) -> Counter[str]:
    found = _NUMBER.findall(_FIELD.sub("", text).replace(NBSP, " "))
    return Counter(number for number in found if sum(map(str.isdigit, number)) > 2)


def _shown(text: str) -> str:
    return f"({', '.join(sorted(_numbers(text))) or 'none'})"
