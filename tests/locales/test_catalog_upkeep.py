"""Fragments go in, files stay in step, and nothing changes by itself."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polib
import pytest

from locales import loading
from locales.catalogs import main
from locales.workshop import fragments, shelf
from locales.workshop.extraction import Asked, asked_in

HOUSE = Path(__file__).parents[2]
NEW = {
    "families": {"visit.new": {"de": 'Zeile 1\n„{a}" \\ Ende', "tr": "Satır 1\n{a} son", "ar": "سطر 1\n{a}"}}
}


def everything(root: Path) -> dict[str, str]:
    files = [*root.rglob("*.po"), *root.rglob("*.pot")]
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in files}


def entries(root: Path, code: str, domain: str = "families") -> dict[str, polib.POEntry]:
    """The file as an independent reader sees it."""
    sheet = polib.pofile(str(root / code / "LC_MESSAGES" / f"{domain}.po"), check_for_duplicates=True)
    return {entry.msgctxt or entry.msgid: entry for entry in sheet}


def test_a_fragment_arrives_letter_by_letter(root: Path) -> None:
    fragments.add(root, NEW)
    texts = NEW["families"]["visit.new"]
    assert entries(root, "de")["visit.new"].msgstr == texts["de"]
    arabic = entries(root, "ar")["visit.new"]
    assert (arabic.msgid, arabic.msgstr, arabic.flags) == (texts["de"], texts["ar"], ["python-brace-format"])


def test_an_update_changes_nothing_twice(root: Path) -> None:
    fragments.add(root, NEW)
    before = everything(root)
    assert shelf.update(root) == []
    assert fragments.add(root, NEW) == [("families", "visit.new")]
    assert everything(root) == before
    assert not list(root.rglob("*.new"))


def test_the_order_of_arrival_does_not_show(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "locales"
    shutil.copytree(root, other)
    shutil.copytree(tmp_path / "handlers", tmp_path / "other" / "handlers")
    second = {"families": {"a.first": {"de": "Eins", "tr": "Bir", "ar": "واحد"}}}
    fragments.add(root, NEW, second)
    fragments.add(other, second)
    fragments.add(other, NEW)
    assert everything(root) == everything(other)


def test_changed_german_leaves_its_translations_in_doubt_until_they_are_renewed(root: Path) -> None:
    fragments.add(root, {"families": {"mood.good": {"de": "Prima"}}})
    turkish = entries(root, "tr")["mood.good"]
    assert (turkish.msgid, turkish.previous_msgid, turkish.msgstr, turkish.fuzzy) == (
        "Prima",
        "Gut",
        "İyi",
        True,
    )
    fragments.add(root, {"families": {"mood.good": {"de": "Sehr gut"}}})
    assert entries(root, "tr")["mood.good"].previous_msgid == "Gut"
    fragments.add(root, {"families": {"mood.good": {"tr": "Çok iyi"}}})
    assert not entries(root, "tr")["mood.good"].fuzzy
    assert entries(root, "ar")["mood.good"].fuzzy


def test_german_that_changes_back_clears_the_doubt(root: Path) -> None:
    before = everything(root)
    fragments.add(root, {"families": {"mood.good": {"de": "Prima"}}})
    fragments.add(root, {"families": {"mood.good": {"de": "Gut"}}})
    assert everything(root) == before


def test_new_german_words_of_distress_silence_no_other_language(root: Path) -> None:
    fragments.add(root, {"families": {"crisis.words": {"de": "Hilfe\nNotfall"}}})
    turkish = entries(root, "tr")["crisis.words"]
    assert (turkish.msgid, turkish.msgstr, turkish.fuzzy) == ("Hilfe\nNotfall", "Yardım", False)


def test_a_key_is_taken_out_with_null(root: Path) -> None:
    fragments.add(root, {"families": {"crisis.words": None}})
    assert all("crisis.words" not in entries(root, code) for code in ("de", "tr", "ar"))


def test_keys_that_code_asks_for_are_added_without_a_text(root: Path, edit: Callable[..., None]) -> None:
    edit("handlers/visit.py", 'F("visit.yes.button")', 'F("visit.later.button")')
    shelf.update(root)
    assert entries(root, "de")["visit.later.button"].msgstr == ""
    assert "visit.later.button" not in entries(root, "tr")
    template = {entry.msgid: entry for entry in polib.pofile(str(root / "families.pot"))}
    assert template["visit.later.button"].occurrences == [("handlers/visit.py", "")]
    assert template["mood.bad"].occurrences == [("handlers/visit.py", "")]
    assert template["visit.yes.button"].occurrences == []


def test_notes_of_translators_stay(root: Path, edit: Callable[..., None]) -> None:
    edit("tr/LC_MESSAGES/families.po", 'msgctxt "mood.good"', '# as in a greeting\nmsgctxt "mood.good"')
    assert shelf.update(root) == []
    fragments.add(root, {"families": {"mood.good": {"tr": "Güzel"}}})
    assert entries(root, "tr")["mood.good"].tcomment == "as in a greeting"


@pytest.mark.parametrize(
    ("fragment", "sentence"),
    [
        ({"people": {}}, "is no domain"),
        ({"families": {"nodot": {"de": "x"}}}, "a key looks like"),
        ({"families": {"Mood.good": {"de": "x"}}}, "a key looks like"),
        ({"families": {"a.b": {"de": "x", "en": "x"}}}, "en is not among de, tr, ar"),
        ({"staff": {"a.b": {"de": "x", "tr": "x"}}}, "tr is not among de, en"),
        ({"families": {"a.b": {"tr": "x"}}}, "no German text"),
        ({"families": {"a.b": {"de": ""}}}, "a text is needed"),
        ({"families": {"a.b": {"de": " x"}}}, "a text is needed"),
        ({"families": {"a.b": {"de": 3}}}, "a text is needed"),
        ({"families": {"a.b": {"de": "{x!r}"}}}, "plain name"),
        ('{"families": {"a.b": {"de": "x"}, "a.b": {"de": "y"}}}', "twice"),
        ('{"families":\n nonsense', ":2:"),
    ],
)
def test_a_bad_fragment_is_refused_and_nothing_is_written(
    root: Path,
    fragment_file: Callable[[Any], Path],
    capsys: pytest.CaptureFixture[str],
    fragment: Any,
    sentence: str,
) -> None:
    before = everything(root)
    if isinstance(fragment, dict):
        fragment = {**fragment, "staff": {"a.good": {"de": "x", "en": "y"}, **fragment.get("staff", {})}}
    assert main(["--root", str(root), "add", str(fragment_file(fragment))]) == 1
    assert sentence in capsys.readouterr().err
    assert everything(root) == before


def test_adding_says_what_to_look_at(
    root: Path, fragment_file: Callable[[Any], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = fragment_file({"families": {"mood.good": {"de": "Gut", "tr": "Gut", "ar": "جيد"}}})
    assert main(["--root", str(root), "add", str(path)]) == 0
    said = capsys.readouterr().out
    assert said.count("please look") == 1
    assert "tr/LC_MESSAGES/families.po:mood.good: this is the German text" in said


def test_two_people_adding_at_once_lose_nothing(root: Path) -> None:
    def bring(number: int) -> None:
        texts = {"de": f"Text {number}", "tr": f"Metin {number}", "ar": f"نص {number}"}
        fragments.add(root, {"families": {f"many.n{number}": texts}})

    threads = [threading.Thread(target=bring, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {f"many.n{number}" for number in range(8)} <= entries(root, "ar").keys()


def test_the_keys_of_a_module_are_found_with_their_slots() -> None:
    code = """
F("a.b", x=1, y=S("c.d")); phrase.F("e.f", **slots)
F("g.yes" if yes else "g.no"); S(f"kind.{kind}"); F(key); everywhere("h.i")
F(f"{kind}.name"); other("j.k"); F()
"""
    found = {(one.mark, one.key, one.slots) for one in asked_in(code, "x.py")}
    none = frozenset[str]()
    assert found == {
        ("F", "a.b", frozenset({"x", "y"})), ("S", "c.d", none), ("F", "e.f", None), ("F", "g.yes", none),
        ("F", "g.no", none), ("S", "kind.*", none), ("F", None, none), ("everywhere", "h.i", none),
    }  # fmt: skip
    assert all(isinstance(one, Asked) and one.line > 1 for one in asked_in(code, "x.py"))


def test_babel_finds_the_same_keys_by_the_same_file(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "extract", "-F", str(root / "babel.cfg")]
    subprocess.run(
        [*command, "-k", "F", "-k", "S", "-o", str(out), "."],
        cwd=tmp_path, check=True, capture_output=True, env={"PYTHONPATH": str(HOUSE)},
    )  # fmt: skip
    assert {entry.msgid for entry in polib.pofile(str(out))} == {
        "visit.coming", "visit.yes.button", "visit.seen.toast", "visit.planned",
    }  # fmt: skip


MSGFMT = shutil.which("msgfmt")


@pytest.mark.skipif(MSGFMT is None, reason="needs GNU gettext")
def test_gettext_itself_accepts_every_shipped_file(tmp_path: Path) -> None:
    for code, domain in loading.every_file():
        path = loading.po_path(code, domain)
        done = subprocess.run(
            [str(MSGFMT), "--check", "-o", str(tmp_path / "x.mo"), str(path)], capture_output=True
        )
        assert done.returncode == 0, done.stderr.decode()


def test_a_fragment_may_be_read_back(root: Path, fragment_file: Callable[[Any], Path]) -> None:
    assert main(["--root", str(root), "add", str(fragment_file(NEW))]) == 0
    assert (
        json.loads(json.dumps(NEW))["families"]["visit.new"]["ar"] == entries(root, "ar")["visit.new"].msgstr
    )
