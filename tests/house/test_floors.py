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


def test_every_room_of_tests_is_a_package() -> None:
    """Equal file names live side by side only in packages."""
    rooms = Path(__file__).parents[1] / "rooms"
    bare = [
        room.name
        for room in rooms.iterdir()
        if [*room.glob("test_*.py")] and not (room / "__init__.py").exists()
    ]
    assert bare == []
