"""A small catalog of its own for tests that change texts."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from locales import loading
from locales.workshop import fragments, shelf

FRAGMENT: dict[str, Any] = {
    "families": {
        "visit.coming": {
            "de": "🏠 Wir kommen zu Ihnen.\n🗓 {date}\n📞 116 117",
            "tr": "🏠 Size geliyoruz.\n🗓 {date}\n📞 116 117",
            "ar": "🏠 سنأتي إليكم.\n🗓 {date}\n📞 116 117",
        },
        "visit.yes.button": {"de": "✅ Ja", "tr": "✅ Evet", "ar": "✅ نعم"},
        "visit.seen.toast": {"de": "Danke!", "tr": "Teşekkürler!", "ar": "شكرًا!"},
        "mood.good": {"de": "Gut", "tr": "İyi", "ar": "جيد"},
        "mood.bad": {"de": "Schlecht", "tr": "Kötü", "ar": "سيئ"},
        "crisis.words": {"de": "Hilfe", "tr": "Yardım", "ar": "النجدة"},
    },
    "staff": {"visit.planned": {"de": "Geplant: {family}", "en": "Planned: {family}"}},
}
CODE = """
from locales.phrase import F, S

def texts(mood, day, family):
    yield F("visit.coming", date=day)
    yield F("visit.yes.button"), F("visit.seen.toast")
    yield F(f"mood.{mood}")
    yield S("visit.planned", family=family)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A catalog folder with a few good texts, beside code that asks for all of them."""
    folder = tmp_path / "locales"
    folder.mkdir()
    (folder / "babel.cfg").write_bytes((loading.HERE / "babel.cfg").read_bytes())
    (tmp_path / "handlers").mkdir()
    (tmp_path / "handlers" / "visit.py").write_text(CODE, encoding="utf-8")
    fragments.add(folder, FRAGMENT)
    shelf.update(folder)
    return folder


@pytest.fixture
def edit(root: Path) -> Callable[[str, str, str], None]:
    """Changes a file of the small catalog by hand, as an editor would."""

    def change(file: str, old: str, new: str) -> None:
        path = root.parent / file if "/" in file and file.startswith("handlers") else root / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


@pytest.fixture
def fragment_file(tmp_path: Path) -> Callable[[Any], Path]:
    """Writes a fragment and returns its path."""

    def write(fragment: Any) -> Path:
        path = tmp_path / "fragment.json"
        path.write_text(fragment if isinstance(fragment, str) else json.dumps(fragment), encoding="utf-8")
        return path

    return write
