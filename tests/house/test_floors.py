"""The floors of the house: who may import whom."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_nobody_imports_upwards_or_next_door() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    ended = subprocess.run(
        [str(linter), "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=90, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert " 0 broken" in ended.stdout
