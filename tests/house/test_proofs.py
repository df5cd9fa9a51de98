"""The papers hold what the code holds: every text is used, and every test they name exists and is collected."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.papers.risks import RISKS
from locales.languages import shipped
from locales.phrase import Domain
from locales.translator import keys, text_of
from tests.printing import STATES, Reader, edges, pages

ROOT = Path(__file__).parents[2]
PROOFS = sorted({proof for risk in RISKS for control in risk.controls for proof in control.proofs})
INVISIBLE = re.compile("[\u2066-\u2069\u200f]")
WAITING: set[str] = set()


def test_every_test_that_is_named_is_collected() -> None:
    files = sorted({proof.partition("::")[0] for proof in PROOFS})
    assert [file for file in files if not (ROOT / file).exists()] == []
    told = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--collect-only",
            "-q",
            "-o",
            "addopts=",
            "-p",
            "no:cacheprovider",
            *files,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-2000:]
    collected = {line.partition("[")[0] for line in told.stdout.splitlines() if "::" in line}
    assert [proof for proof in PROOFS if proof not in collected] == []


def test_only_known_measures_wait_for_their_proof() -> None:
    """The paper itself says which; a proof that has come is taken off this list."""
    controls = {control.name: control for risk in RISKS for control in risk.controls}
    assert {name for name, control in controls.items() if not control.proofs} == WAITING


def shown(language: str, *, families: bool) -> str:
    """All that all pages say in one language, with what stands on their edges."""
    said = []
    for made in STATES:
        for file, page in pages(replace(made, language="de" if families else language)).items():
            own = file.startswith(("info-", "letter-"))
            if own == families and (not families or file.endswith(f"-{language}.html")):
                said.append(Reader(page).text + edges(page))
    return flat(" ".join(said))


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", INVISIBLE.sub("", text))


@pytest.mark.parametrize(
    ("domain", "language"), [(domain, code) for domain in ("families", "staff") for code in shipped(domain)]
)
def test_every_text_for_papers_stands_on_one(domain: Domain, language: str) -> None:
    said = shown(language, families=domain == "families")
    unused = []
    unseen = set() if WAITING else {"papers.dpia.no_proof"}  # said only of a measure without a test
    for key in sorted({key for key in keys(domain) if key.startswith("papers.")} - unseen):
        text = text_of(domain, language, key)
        assert text, key
        if not all(flat(piece).strip() in said for piece in re.split(r"\{\w+\}", text)):
            unused.append(key)
    assert unused == []
