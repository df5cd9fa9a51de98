"""Takes texts in as fragments: {"families": {"key": {"de": …, "tr": …, "ar": …}}, "staff": {…}}."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from locales import loading, po
from locales.languages import SOURCE, shipped
from locales.phrase import Domain
from locales.text import BrokenTextError, take_apart
from locales.workshop.shelf import Shelf, locked, write

_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")


class FragmentError(ValueError):
    """A fragment cannot be taken in; the sentence says what to change. Nothing was written."""


def add(root: Path, *fragments: Mapping[str, Any]) -> list[tuple[Domain, str]]:
    """Writes the fragments' texts into the catalogs, creating or replacing; returns the keys touched.

    A key whose texts are null is taken out. A new German text without translations leaves the old ones
    marked as doubtful. Raises FragmentError.
    """
    touched: list[tuple[Domain, str]] = []
    with locked(root):
        shelf = Shelf.read(root)
        for fragment in fragments:
            for domain, texts in _domains(fragment):
                touched += [(domain, key) for key in texts]
                for key, by_language in texts.items():
                    _take(shelf, domain, key, by_language)
        write(shelf)
    return touched


def _domains(fragment: Mapping[str, Any]) -> list[tuple[Domain, Mapping[str, Any]]]:
    odd = set(fragment) - set(loading.DOMAINS)
    if odd:
        raise FragmentError(f"{sorted(odd)} is no domain; there are {', '.join(loading.DOMAINS)}")
    return [(domain, fragment[domain]) for domain in loading.DOMAINS if domain in fragment]


def _take(shelf: Shelf, domain: Domain, key: str, texts: Mapping[str, str] | None) -> None:
    if not _KEY.fullmatch(key):
        raise FragmentError(f"{domain} {key}: a key looks like room.what_it_says")
    if texts is None:
        for code in shipped(domain):
            shelf.texts[domain, code].pop(key, None)
        return
    for code, text in texts.items():
        _examine(domain, key, code, text)
    german = texts.get(SOURCE) or _german(shelf, domain, key)
    for code, text in texts.items():
        old = shelf.texts[domain, code].get(key)
        shelf.texts[domain, code][key] = po.Entry(key, german, text, notes=old.notes if old else ())


def _german(shelf: Shelf, domain: Domain, key: str) -> str:
    entry = shelf.german(domain).get(key)
    if entry is None or not entry.text:
        raise FragmentError(f"{domain} {key}: there is no German text to translate")
    return entry.text


def _examine(domain: Domain, key: str, code: str, text: Any) -> None:
    if code not in shipped(domain):
        raise FragmentError(f"{domain} {key}: {code} is not among {', '.join(shipped(domain))}")
    if not isinstance(text, str) or not text.strip() or text != text.strip():
        raise FragmentError(f"{domain} {key} {code}: a text is needed, without space around it")
    try:
        take_apart(text)
    except BrokenTextError as error:
        raise FragmentError(f"{domain} {key} {code}: {error}") from error
