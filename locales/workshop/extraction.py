"""Finds the message keys that code asks for, and which slots it gives them."""

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

from locales.phrase import Domain

MARKS: dict[str, Domain | None] = {"F": "families", "S": "staff", "everywhere": None}
DOMAIN_MARKS: dict[Domain, str] = {"families": "F", "staff": "S"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One place that asks for a key. A key ending in * stands for its whole group.

    `slots` is None where they cannot be read from the code; `key` is None where the key cannot.
    """

    mark: str
    key: str | None
    place: str
    line: int
    slots: frozenset[str] | None


def asked_in(source: str | bytes, place: str) -> Iterator[Asked]:
    """Every call of F, S or everywhere in a module's source. Raises SyntaxError."""
    for node in ast.walk(ast.parse(source, place)):
        if isinstance(node, ast.Call) and _name(node.func) in MARKS and node.args:
            for key in _keys(node.args[0]):
                yield Asked(_name(node.func), key, place, node.lineno, _slots(node))


def asked(root: Path) -> list[Asked]:
    """Every such call in the code that babel.cfg names, in order of files and lines."""
    found: list[Asked] = []
    for place in _places(root):
        found += asked_in((root.parent / place).read_bytes(), place)
    return sorted(found, key=lambda one: (one.place, one.line, one.key or ""))


def extract_keys(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Any
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Babel's extraction method: yields (line, mark, key, comments)."""
    for one in asked_in(fileobj.read(), getattr(fileobj, "name", "code")):
        if one.mark in keywords and one.key and not one.key.endswith("*"):
            yield one.line, one.mark, one.key, []


def _places(root: Path) -> list[str]:
    seen: list[str] = []
    with (root / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel leaves it bare
    walk = extract_from_dir(
        root.parent,
        methods,
        options,
        keywords=dict.fromkeys(MARKS),
        callback=lambda place, method, settings: seen.append(Path(place).as_posix()),
        directory_filter=lambda folder: not Path(folder).name.startswith((".", "__")),
    )
    list(walk)
    return seen


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _keys(node: ast.expr) -> Iterator[str | None]:
    if isinstance(node, ast.IfExp):
        yield from _keys(node.body)
        yield from _keys(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        start = node.values[0]
        known = isinstance(start, ast.Constant) and str(start.value)
        yield f"{known}*" if known and "." in known else None
    else:
        yield None


def _slots(node: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in node.keywords]
    return None if None in names else frozenset(name for name in names if name)
