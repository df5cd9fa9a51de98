"""One text taken apart: literal pieces and the plain names of its slots, nothing cleverer."""

import re
from dataclasses import dataclass

from locales.bidi import settle

# Not str.format: its fields reach attributes and indexes, which no text of ours needs.
_BRACES = re.compile(r"(?P<double>\{\{|\}\})|\{(?P<name>[A-Za-z_][A-Za-z0-9_]*)\}|(?P<stray>[{}])")


class BrokenTextError(ValueError):
    """A text's braces hold something else than a plain name."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text ready to be filled: its beginning, then pairs of slot name and what follows it."""

    start: str
    rest: tuple[tuple[str, str], ...] = ()
    names: frozenset[str] = frozenset()


def take_apart(text: str, *, rtl: bool = False) -> Text:
    """Parses a text with `{name}` slots. Raises BrokenTextError for anything cleverer than that."""
    pieces, names, last = [""], [], 0
    settled = settle(text) if rtl else text
    for found in _BRACES.finditer(settled):
        pieces[-1] += settled[last : found.start()]
        last = found.end()
        if found["stray"]:
            raise BrokenTextError(f"braces hold a plain name such as {{date}}, not {text!r}")
        if found["double"]:
            pieces[-1] += found["double"][0]
        else:
            names.append(found["name"])
            pieces.append("")
    pieces[-1] += settled[last:]
    return Text(pieces[0], tuple(zip(names, pieces[1:], strict=True)), frozenset(names))
