"""Babel lets one language's weekdays leak into another; ours must not, in whatever order they are loaded."""

import ast
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from locales.dates import weekdays
from locales.languages import LANGUAGES

HOUSE = Path(__file__).parents[2]
OTHERS = [
    "ps",
    "ru",
    "fa",
    "fa_AF",
    "ku",
    "ckb",
    "uk",
    "sq",
    "sr_Latn",
    "bg",
    "ro",
    "pl",
    "fr",
    "ti",
    "so",
    "de",
    "ar",
]
ASK = """
import datetime, json, sys
from babel.dates import format_date
before, after = json.loads(sys.argv[1])
day = datetime.date(2026, 11, 19)
patterns = [letter * times for letter in "cELMqQ" for times in (3, 4, 5)]
for name in before:
    [format_date(day, pattern, locale=name) for pattern in patterns]
from locales.dates import weekdays
from locales.languages import LANGUAGES, locale, preload
preload()
for name in after:
    [format_date(day, pattern, locale=name) for pattern in patterns]
ours = {code: [weekdays(code), weekdays(code, short=True)] for code in LANGUAGES}
loose = {code: [format_date(day, pattern, locale=locale(code)) for pattern in patterns] for code in LANGUAGES}
print(json.dumps([ours, loose, format_date(day, "cccc", locale="nl")]))
"""
# Stand-alone fields in a pattern; no word of a sentence looks like this.
LEAKY = re.compile(r"(?<![A-Za-z])(?:c{3,6}|L{3,5}|e{3,6}|q{3,5})(?![A-Za-z])")


Names = dict[str, list[list[str]]]


def ask(before: list[str], after: list[str]) -> tuple[Names, dict[str, list[str]], str]:
    """What a process calls its days that used these languages before and after ours were prepared."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", ASK, json.dumps([before, after])],
        cwd=HOUSE, capture_output=True, text=True, check=True,
    )  # fmt: skip
    ours, loose, foreign = json.loads(done.stdout)
    return ours, loose, foreign


@pytest.fixture(scope="module")
def fresh() -> tuple[Names, dict[str, list[str]], str]:
    return ask([], [])


@pytest.mark.parametrize("seed", range(6))
def test_no_order_of_loading_changes_a_weekday(fresh: tuple[Names, object, str], seed: int) -> None:
    order = random.Random(seed).sample(OTHERS, len(OTHERS))
    cut = random.Random(seed + 100).randrange(len(order))
    assert ask(order[:cut], order[cut:])[0] == fresh[0]


@pytest.mark.parametrize("seed", range(3))
def test_our_copies_of_the_language_data_stay_clean(fresh: tuple[object, object, str], seed: int) -> None:
    order = random.Random(seed).sample(OTHERS, len(OTHERS))
    assert ask([], order)[1] == fresh[1]


def test_the_harness_sees_the_leak_where_it_exists(fresh: tuple[object, object, str]) -> None:
    assert fresh[2] == "donderdag"
    assert ask(["ps"], [])[2] != "donderdag"


def test_weekdays_are_the_ones_people_know() -> None:
    assert weekdays("de")[3] == "Donnerstag"
    assert weekdays("tr") == ("Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar")
    assert weekdays("ar")[4] == "الجمعة"
    assert weekdays("de", short=True) == ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
    assert all(len(set(weekdays(code, short=short))) == 7 for code in LANGUAGES for short in (True, False))


def leaky(source: str) -> list[str]:
    """The leaking patterns and functions that a module names."""
    found = []
    for node in ast.walk(ast.parse(source)):
        names = {getattr(node, place, None) for place in ("id", "attr", "name")}
        found += ["format_skeleton"] if "format_skeleton" in names else []
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += LEAKY.findall(node.value)
    return found


@pytest.mark.parametrize(
    "source",
    ["format_date(d, 'cccc')", "p = 'LLLL'", "dates.format_date(d, format='EEEE, d. LLL y')",
     "format_skeleton('Ed', d)", "from babel.dates import format_skeleton"],
)  # fmt: skip
def test_the_ban_recognises_leaky_patterns(source: str) -> None:
    assert leaky(source)


def test_no_module_uses_a_pattern_that_leaks() -> None:
    modules = [path for floor in ("locales", "handlers", "bot") for path in (HOUSE / floor).rglob("*.py")]
    assert len(modules) > 20
    assert {path: found for path in modules if (found := leaky(path.read_text(encoding="utf-8")))} == {}
