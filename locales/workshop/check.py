"""All checks of the catalogs, gathered."""

import gettext
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from locales import loading, po
from locales.languages import SOURCE
from locales.text import BrokenTextError, take_apart
from locales.workshop.direction import misdirected
from locales.workshop.extraction import MARKS, Asked, asked
from locales.workshop.faithful import unfaithful
from locales.workshop.lengths import too_long
from locales.workshop.problems import Line, Problem
from locales.workshop.shelf import Shelf, asks_for, files, in_step
from locales.workshop.wording import misworded, rules

_TRIED = range(201)


def check(root: Path = loading.HERE) -> list[Problem]:
    """Every fault in the catalogs, in order of files and keys. Raises po.CatalogError for a broken file."""
    calls = asked(root)
    found = [*_outdated(root, calls)]
    shelf = Shelf.read(root)
    for code, domain in loading.every_file():
        found += _sheet(code, loading.sheet(code, domain, root), domain)
    in_step(shelf, calls)
    for (domain, code), entries in shelf.texts.items():
        for entry in entries.values():
            line = Line(domain, code, entry.key, entry.german, entry.text)
            found += line.problems(_text(line, fuzzy=entry.fuzzy))
    found += _unanswered(shelf, calls)
    return sorted(set(found))


def notes(root: Path = loading.HERE) -> list[str]:
    """What deserves a look without being a fault: keys nobody asks for, calls whose key is no literal."""
    calls = asked(root)
    shelf = Shelf.read(root)
    found = [f"{one.place}:{one.line}: the key cannot be read here" for one in calls if one.key is None]
    for domain in loading.DOMAINS:
        found += [
            f"{domain} {key}: no code asks for it"
            for key in shelf.german(domain)
            if not key.endswith(po.WORD_LIST) and not any(asks_for(one, domain, key) for one in calls)
        ]
    return found


def _outdated(root: Path, calls: list[Asked]) -> Iterator[Problem]:
    shelf = Shelf.read(root)
    in_step(shelf, calls)
    for path, right in files(shelf, calls).items():
        if not path.exists() or path.read_text(encoding="utf-8") != right:
            yield Problem(path.relative_to(root).as_posix(), "", "is not up to date; run `update`")


def _sheet(language: str, sheet: po.Sheet, domain: str) -> Iterator[Problem]:
    file = f"{language}/LC_MESSAGES/{domain}.po"
    for key, times in Counter(entry.key for entry in sheet.entries).items():
        if times > 1:
            yield Problem(file, key, f"stands there {times} times")
    right = po.header(language)
    for name, value in right.items():
        own = sheet.header.get(name, "")
        if name == "Plural-Forms" and not _same_rule(own, value):
            yield Problem(file, name, f"counts otherwise than the rule of the language: {value}")
        elif name in ("Language", "Content-Type") and own != value:
            yield Problem(file, name, f"must be {value}")


def _same_rule(own: str, right: str) -> bool:
    try:
        (forms, rule), (right_forms, right_rule) = (_plural(text) for text in (own, right))
        return forms == right_forms and all(rule(n) == right_rule(n) for n in _TRIED)
    except (ValueError, IndexError):
        return False


def _plural(text: str) -> tuple[str, Callable[[int], int]]:
    forms, rule = text.rstrip(";").split(";", 1)
    return forms.strip(), gettext.c2py(rule.partition("=")[2])


def _text(line: Line, *, fuzzy: bool) -> Iterator[str]:
    if not line.text:
        yield "there is no German text" if line.language == SOURCE else "is not translated"
        return
    if fuzzy:
        yield "the German text has changed since; look at the translation again"
    try:
        take_apart(line.text)
        take_apart(line.german)
    except BrokenTextError as error:
        yield str(error)
        return
    yield from unfaithful(line, rules().listed("same"))
    yield from misworded(line)
    yield from too_long(line)
    yield from misdirected(line)


def _unanswered(shelf: Shelf, calls: list[Asked]) -> Iterator[Problem]:
    for one in calls:
        if one.key is None:
            continue
        answers = [
            entry
            for domain in loading.DOMAINS
            for key, entry in shelf.german(domain).items()
            if asks_for(one, domain, key) and entry.text
        ]
        if not answers and (MARKS[one.mark] is None or one.key.endswith("*")):
            yield Problem(one.place, one.key, "this code asks for it, and there is no German text")
        for entry in answers if MARKS[one.mark] and one.slots is not None else ():
            lacking = _slots(entry.text) - (one.slots or frozenset())
            if lacking:
                yield Problem(one.place, entry.key, f"line {one.line} does not give {sorted(lacking)}")


def _slots(text: str) -> frozenset[str]:
    try:
        return take_apart(text).names
    except BrokenTextError:
        return frozenset()
