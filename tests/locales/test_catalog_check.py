"""The check is quiet about good catalogs and finds each kind of fault once it is put in."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from locales.catalogs import main
from locales.workshop import fragments
from locales.workshop.check import check, notes
from locales.workshop.faithful import leading_emoji

COMING = {
    "de": "🏠 Wir kommen zu Ihnen.\n🗓 {date}\n📞 116 117",
    "tr": "🏠 Size geliyoruz.\n🗓 {date}\n📞 116 117",
    "ar": "🏠 سنأتي إليكم.\n🗓 {date}\n📞 116 117",
}


def one(key: str, **texts: str) -> dict[str, Any]:
    """A fragment in which the named languages say something else and the rest something harmless."""
    return {"families": {key: {"de": "Hallo", "tr": "Merhaba", "ar": "مرحبًا", **texts}}}


def coming(**texts: str) -> dict[str, Any]:
    return {"families": {"visit.coming": {**COMING, **texts}}}


def same(key: str, text: str) -> dict[str, Any]:
    return one(key, de=text, tr=text.replace("a", "ı"), ar="م" * len(text))


IN_TEXTS = {
    "lost slot": (coming(tr="🏠 Size geliyoruz.\n🗓 yarın\n📞 116 117"), "tr", "lacks {date}"),
    "new slot": (coming(tr="🏠 Size geliyoruz.\n🗓 {date} {hour}\n📞 116 117"), "tr", "no {hour}"),
    "other number": (coming(ar=COMING["ar"].replace("116 117", "117 116")), "ar", "its numbers (117 116)"),
    "lost number": (coming(ar=COMING["ar"].replace(" 116 117", "")), "ar", "its numbers (none)"),
    "lost line": (coming(tr="🏠 Size geliyoruz: {date}\n📞 116 117"), "tr", "2 lines, German has 3"),
    "other emoji": (coming(tr=COMING["tr"].replace("🗓", "📅")), "tr", "line 2 must begin with 🗓"),
    "lost emoji": (coming(ar=COMING["ar"].replace("🏠 ", "")), "ar", "line 1 must begin with 🏠"),
    "new emoji": (one("a.b", tr="👋 Merhaba"), "tr", "no emoji"),
    "native digits": (one("a.b", de="Zahl 5", tr="Sayı 5", ar="رقم ٥"), "ar", "digits as 0-9"),
    "German left": (one("a.b", tr="Hallo"), "tr", "this is the German text"),
    "office German": (one("a.b", de="Eine Maßnahme"), "de", "'Maßnahme' does not belong"),
    "shaming": (one("a.b", de="Sie haben den Termin verpasst."), "de", "this shames"),
    "half hours": (one("a.b", de="Um halb vier"), "de", "as digits"),
    "familiar German": (one("a.b", de="Ruf deine Familie an"), "de", "say Sie"),
    "Turkish half hours": (one("a.b", tr="Saat üç buçuk"), "tr", "as digits"),
    "Turkish without its letters": (one("a.b", tr="Lutfen gelin"), "tr", "write ç"),
    "long ASCII Turkish": (one("a.b", tr="merhaba " * 5 + "bekleriz"), "tr", "typed without them"),
    "Persian letters": (one("a.b", ar="سلام یکی"), "ar", "Persian"),
    "he or she in Arabic": (one("a.b", ar="هل أنت بخير؟"), "ar", "nobody is a man or a woman"),
    "Latin in Arabic": (one("a.b", ar="مرحبا Termin"), "ar", "wrong script"),
    "Cyrillic in Turkish": (one("a.b", tr="Мerhaba"), "tr", "wrong script"),
    "markup": (one("a.b", de="<b>Hallo</b>"), "de", "without markup"),
    "direction marks": (one("a.b", ar="\u202eمرحبا"), "ar", "direction marks"),
    "plus in a number": (one("a.b", de="Tel: +49 221"), "de", "national form"),
    "hyphen in a number": (one("a.b", de="Tel: 0221-12"), "de", "national form"),
    "double space": (one("a.b", de="Hallo  Sie"), "de", "space too much"),
    "long button": (one("a.b.button", tr="x" * 31), "tr", "31 signs, 30 fit"),
    "button long by its slot": (same("button.x", "{phone} {n} wählen 123456789"), "de", "30 fit"),
    "wide emoji in a button": (one("a.b.button", ar="م" * 27 + " 👍👍"), "ar", "32 signs"),
    "long alert": (one("a.b.toast", de="Hallo " * 33 + "Sie"), "de", "201 signs, 200 fit"),
    "long message": (one("a.b", de="Hallo " * 150 + "Sie"), "de", "903 signs, 900 fit"),
    "many lines": (one("a.b", de="a\nb\nc\nd\ne\nf"), "de", "6 lines"),
    "not translated": ({"families": {"a.b": {"de": "Hallo", "tr": "Merhaba"}}}, "ar", "is not translated"),
    "doubtful": ({"families": {"mood.good": {"de": "Prima"}}}, "tr", "look at the translation again"),
}  # fmt: skip

IN_FILES = {
    "broken braces": ("tr/LC_MESSAGES/families.po", "Size geliyoruz", "{0} geliyoruz", "plain name"),
    "broken German braces": ("de/LC_MESSAGES/families.po", '"Gut"', '"Gut {"', "plain name"),
    "changed German": ("de/LC_MESSAGES/families.po", '"Gut"', '"Prima"', "run `update`"),
    "template": ("families.pot", "mood.good", "mood.great", "run `update`"),
    "plural rule": ("ar/LC_MESSAGES/families.po", "? 3 : n%100>=11", "? 4 : n%100>=11", "counts otherwise"),
    "no plural rule": ("tr/LC_MESSAGES/families.po", "nplurals=2; plural=(n != 1);", "", "counts otherwise"),
    "too few forms": ("ar/LC_MESSAGES/families.po", "nplurals=6", "nplurals=5", "counts otherwise"),
    "header": ("ar/LC_MESSAGES/families.po", "Language: ar", "Language: fa", "must be ar"),
    "double": (
        "de/LC_MESSAGES/families.po", 'msgid "mood.bad"', 'msgid "mood.bad"\nmsgstr "x"\n\nmsgid "mood.bad"',
        "stands there 2 times",
    ),
    "new key in code": ("handlers/visit.py", "visit.yes.button", "visit.no.button", "no German text"),
    "slot not given": ("handlers/visit.py", "date=day", "day=day", "does not give ['date']"),
    "group without texts": ("handlers/visit.py", 'f"mood.', 'f"moods.', "there is no German text"),
    "word nobody wrote": ("handlers/visit.py", "def texts", 'everywhere("x.y")\ndef texts', "no German text"),
}  # fmt: skip


def test_the_small_catalog_has_no_fault(root: Path) -> None:
    assert check(root) == []
    assert notes(root) == []


@pytest.mark.parametrize(("fragment", "code", "sentence"), IN_TEXTS.values(), ids=IN_TEXTS)
def test_a_fault_in_a_text_is_found(root: Path, fragment: dict[str, Any], code: str, sentence: str) -> None:
    fragments.add(root, fragment)
    key = next(iter(fragment["families"]))
    found = [str(problem) for problem in check(root)]
    assert any(
        line.startswith(f"{code}/LC_MESSAGES/families.po:{key}: ") and sentence in line for line in found
    )


@pytest.mark.parametrize(("file", "old", "new", "sentence"), IN_FILES.values(), ids=IN_FILES)
def test_a_fault_in_a_file_is_found(
    root: Path, edit: Callable[..., None], file: str, old: str, new: str, sentence: str
) -> None:
    edit(file, old, new)
    assert any(sentence in problem.sentence for problem in check(root))


def test_a_missing_file_is_found(root: Path) -> None:
    shutil.rmtree(root / "ar")
    assert {"is not up to date; run `update`", "is not translated"} <= {one.sentence for one in check(root)}


def test_what_is_allowed_stays_allowed(root: Path) -> None:
    fragments.add(root, one("a.b", de="SOS", tr="SOS", ar="SOS"))
    fragments.add(root, one("a.c", de="{n} / {n}", tr="{n} / {n}", ar="{n} / {n}"))
    fragments.add(root, one("a.d", de="Jugendliche, deshalb", ar="مرحبًا WhatsApp /start"))
    fragments.add(root, one("language.first", de="Deutsch · العربية", tr="Türkçe · العربية", ar="Türkçe"))
    assert check(root) == []


def test_a_key_nobody_asks_for_is_only_a_note(root: Path, edit: Callable[..., None]) -> None:
    fragments.add(root, one("a.b"))
    edit("handlers/visit.py", "def texts", "def other(key): return F(key)\n\ndef texts")
    assert check(root) == []
    assert notes(root) == [
        "handlers/visit.py:4: the key cannot be read here",
        "families a.b: no code asks for it",
    ]


def test_the_exit_code_tells_ci(
    root: Path, capsys: pytest.CaptureFixture[str], edit: Callable[..., None]
) -> None:
    assert main(["--root", str(root), "check"]) == 0
    fragments.add(root, one("a.b", tr="Hallo"))
    assert main(["--root", str(root), "check"]) == 1
    assert capsys.readouterr().out.startswith("tr/LC_MESSAGES/families.po:a.b: this is the German text")
    edit("tr/LC_MESSAGES/families.po", 'msgstr "Hallo"', 'msgstr "Hallo')
    assert main(["--root", str(root), "check"]) == 1
    assert "families.po:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "emoji"),
    [
        ("🗓 {date}", "🗓"),
        ("👨‍👩‍👧 x", "👨‍👩‍👧"),
        ("✍️ x", "✍️"),
        ("x 🗓", ""),
        ("1️⃣ x", ""),
        ("", ""),
        ("🆘🆘", "🆘🆘"),
    ],
)
def test_leading_emoji(line: str, emoji: str) -> None:
    assert leading_emoji(line) == emoji


def test_the_shipped_catalogs_have_no_fault() -> None:
    assert [str(problem) for problem in check()] == []
