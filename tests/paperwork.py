"""Reads what is printed on a PDF of ours back, glyph by glyph, the way an eye meets it."""

import re
import zlib
from dataclasses import dataclass

_OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_SHOWN = re.compile(
    rb"/(F\d+) [\d.]+ Tf|(?:1 0 0 1 )?([\d.-]+) ([\d.-]+) (?:Td|Tm)|\(((?:\\.|[^\\)])*)\) Tj", re.DOTALL
)
_ESCAPED = {b"r": b"\r", b"n": b"\n", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_MAPPED = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>")
_SPANNED = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>")


@dataclass(frozen=True)
class Glyph:
    """One glyph: what it stands for, which is several letters for a ligature, and where it is, in points."""

    text: str
    x: float
    y: float


def pages(pdf: bytes) -> list[list[Glyph]]:
    """The glyphs of each page."""
    things = {int(found[1]): found[2] for found in _OBJECT.finditer(pdf)}
    leaves = [body for body in things.values() if b"/Contents" in body]
    return [_page(things, leaf) for leaf in leaves]


def lines(glyphs: list[Glyph], *, rtl: bool = False) -> list[str]:
    """What stands on each line, from above to below; read from the right where the language is."""
    rows: dict[float, list[Glyph]] = {}
    for glyph in glyphs:
        rows.setdefault(round(glyph.y), []).append(glyph)
    ordered = [sorted(rows[y], key=lambda one: one.x, reverse=rtl) for y in sorted(rows, reverse=True)]
    return ["".join(glyph.text for glyph in row) for row in ordered]


def _page(things: dict[int, bytes], leaf: bytes) -> list[Glyph]:
    fonts = {
        name.decode(): _letters(things, things[int(number)])
        for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", things[_named(leaf, b"Resources")])
    }
    font, x, y, found = "", 0.0, 0.0, list[Glyph]()
    for name, across, up, shown in _SHOWN.findall(_stream(things[_named(leaf, b"Contents")])):
        if name:
            font = name.decode()
        elif across:
            x, y = float(across), float(up)
        else:
            codes = _unescaped(shown)
            for at in range(0, len(codes), 2):
                found.append(Glyph(fonts[font][int.from_bytes(codes[at : at + 2])], x, y))
    return found


def _letters(things: dict[int, bytes], font: bytes) -> dict[int, str]:
    """What each code of a font stands for."""
    table = _stream(things[_named(font, b"ToUnicode")])
    spans = {
        first + n: chr(int(to, 16) + n)
        for begin, end, to in _SPANNED.findall(table)
        for first in (int(begin, 16),)
        for n in range(int(end, 16) - first + 1)
    }
    return spans | {
        int(code, 16): bytes.fromhex(to.decode()).decode("utf-16-be")
        for code, to in _MAPPED.findall(_SPANNED.sub(b"", table))
    }


def _named(body: bytes, name: bytes) -> int:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    assert found, name
    return int(found[1])


def _stream(body: bytes) -> bytes:
    head, _, rest = body.partition(b"stream\n")
    content = rest.removesuffix(b"\nendstream")
    return zlib.decompress(content) if b"FlateDecode" in head else content


def _unescaped(shown: bytes) -> bytes:
    return re.sub(rb"\\(.)", lambda found: _ESCAPED.get(found[1], found[1]), shown, flags=re.DOTALL)
