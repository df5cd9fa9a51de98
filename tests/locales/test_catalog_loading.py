"""Catalogs are read from what is there, and never from something older."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from locales import loading, po
from locales.catalogs import main
from locales.languages import TABLE
from locales.phrase import Domain

GERMAN = "de/LC_MESSAGES/families.po"


def texts(root: Path, code: str = "de", domain: Domain = "families") -> list[str]:
    found = loading.catalog(code, domain, root)
    return [found.gettext("mood.good"), found.pgettext("mood.good", "Gut")]


def test_texts_are_read_without_a_compiled_file(root: Path) -> None:
    assert not list(root.rglob("*.mo"))
    assert texts(root) == ["Gut", ""]
    assert texts(root, "tr") == ["", "İyi"]


def test_a_compiled_file_is_used_as_long_as_it_is_fresh(root: Path, edit: Callable[..., None]) -> None:
    main(["--root", str(root), "compile"])
    compiled = root / "de" / "LC_MESSAGES" / "families.mo"
    assert loading._ready_made(compiled.with_suffix(".po")) is not None
    edit(GERMAN, '"Gut"', '"Prima"')
    # A checkout can leave the newer source with the older time.
    os.utime(root / GERMAN, (1, 1))
    assert texts(root)[0] == "Prima"


@pytest.mark.parametrize("rubbish", [b"", b"rubbish", b"\xde\x12\x04\x95\x00\x00"])
def test_a_damaged_compiled_file_does_no_harm(root: Path, rubbish: bytes) -> None:
    (root / "de" / "LC_MESSAGES" / "families.mo").write_bytes(rubbish)
    assert texts(root)[0] == "Gut"


def test_an_empty_question_has_an_empty_answer(root: Path) -> None:
    found = loading.catalog("de", "families", root)
    assert found.gettext("no.such_key") == ""
    assert loading.catalog("de", "families", root / "nowhere").gettext("mood.good") == ""


def test_doubtful_translations_are_not_used(root: Path, edit: Callable[..., None]) -> None:
    edit("tr/LC_MESSAGES/families.po", 'msgctxt "mood.good"', '#, fuzzy\nmsgctxt "mood.good"')
    assert texts(root, "tr") == ["", ""]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('msgstr "Gut"', 'msgstr "Gut', 15),
        ('msgstr "Gut"', "Gut", 15),
        ('msgstr "Gut"', 'msgstr "G"ut"', 15),
        ('msgstr "Gut"', 'msgstr "Gut"\nmsgstr "Gut"', 16),
        ('msgstr "Gut"', 'msgid_plural "Gut"', 15),
        ('msgstr "Gut"\n', "", 14),
        ('msgid "mood.good"', 'msgctxt "x"\nmsgid "mood.good"', 14),
    ],
)
def test_a_broken_file_names_itself_and_the_line(
    root: Path, edit: Callable[..., None], old: str, new: str, line: int
) -> None:
    path = root / GERMAN
    at = path.read_text(encoding="utf-8").split("\n").index('msgid "mood.good"') + 1
    edit(GERMAN, old, new)
    with pytest.raises(po.CatalogError) as caught:
        loading.catalog("de", "families", root)
    assert str(caught.value).startswith(f"{path}:{at + line - 14}: ")


def test_a_file_in_another_encoding_names_itself_and_the_line(root: Path) -> None:
    path = root / GERMAN
    at = path.read_bytes().split(b"\n").index(b'msgstr "Gut"') + 1
    path.write_bytes(path.read_bytes().replace(b'"Gut"', '"Größe"'.encode("latin-1")))
    with pytest.raises(po.CatalogError, match=f"families.po:{at}: this is not UTF-8"):
        loading.catalog("de", "families", root)


def test_every_shipped_file_is_there() -> None:
    for language in TABLE:
        for domain in language.domains:
            assert loading.sheet(language.code, domain).entries
