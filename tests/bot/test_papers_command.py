"""`paenz papers` as an operator runs it: with a store, without one, and where it can't write."""

import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import agency
from storage.engine import Archive
from storage.keyring import Keys, opened
from storage.migrate import upgrade
from tests.printing import SAMPLE, Reader
from tests.stage import SAMPLE as AGENCY

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PAENZ_")}
    keys = Keys.within(folder / "keys")
    settings = {"STORE": f"sqlite:///{folder}/paenz.db", "KEY_FILE": keys.file, "KEYS": keys.database}
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "papers", *words],
        cwd=folder,
        env=kept
        | {f"PAENZ_{name}": str(value) for name, value in settings.items()}
        | {"PYTHONPATH": str(ROOT), "COLUMNS": "200", "NO_COLOR": "1", "PYTHONWARNINGS": "error"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended


@pytest.fixture
async def furnished(folder: Path) -> Path:
    """The folder with a store, an incident in it and the sample agency's numbers."""
    url = f"sqlite:///{folder}/paenz.db"
    now = datetime(2026, 11, 24, tzinfo=UTC)
    with closing(opened(Keys.within(folder / "keys"))) as keyring:
        upgrade(url, keyring)
        archive = await Archive.open(url, keyring)
        lead = await archive.write(lambda store: store.people.met(1, "de", now).id)
        await archive.write(lambda store: store.incidents.add("A phone was lost", lead, now))
        await archive.write(lambda store: agency.write(store, agency.read(AGENCY)))
        await archive.close()
    return folder


def incidents(folder: Path) -> str:
    return Reader((folder / "papers" / "incidents.html").read_text(encoding="utf-8")).text


def test_without_a_store_the_papers_say_so_and_none_is_made(folder: Path) -> None:
    ended = run(folder, "papers")
    assert ended.returncode == 0, ended.stderr
    assert "11 papers are in papers" in ended.stdout
    assert "there is no store where PAENZ_STORE says" in ended.stderr
    assert "Es gibt an der eingestellten Stelle keinen" in incidents(folder)
    assert [path.name for path in folder.iterdir()] == ["papers"]


def test_with_a_store_and_keys_the_log_is_in_it(furnished: Path) -> None:
    before = {path: path.read_bytes() for path in furnished.rglob("*.db")}
    ended = run(furnished, "papers", "--language", "en", "--operator", str(SAMPLE))
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    assert "A phone was lost" in incidents(furnished)
    assert "Der Sommerberg" in (furnished / "papers" / "records.html").read_text(encoding="utf-8")
    assert {path: path.read_bytes() for path in before} == before


def test_without_the_keys_the_log_says_so(furnished: Path) -> None:
    (furnished / "keys" / "master.key").unlink()
    ended = run(furnished, "papers")
    assert ended.returncode == 0, ended.stderr
    assert "the keys are missing" in ended.stderr
    assert "Die Schlüssel fehlen" in incidents(furnished)


def test_a_damaged_store_is_said_to_be(furnished: Path) -> None:
    (furnished / "paenz.db").write_bytes(b"this is no store at all" * 400)
    ended = run(furnished, "papers")
    assert ended.returncode == 0, ended.stderr
    assert "the store is damaged" in ended.stderr
    assert "beschädigt oder von einer anderen Fassung" in incidents(furnished)


def test_a_folder_that_can_not_be_written_to_is_named(folder: Path) -> None:
    (folder / "file").write_text("")
    ended = run(folder, "file/papers")
    assert ended.returncode == 1
    assert ended.stderr.strip() == "file/papers can't be written to: Not a directory"


def test_a_wrong_file_about_the_operator_stops_it_before_anything_is_written(folder: Path) -> None:
    (folder / "mine.toml").write_text("[operator]\nnmae = 'x'")
    ended = run(folder, "papers", "--operator", "mine.toml")
    assert ended.returncode == 1
    assert "operator.nmae" in ended.stderr
    assert not (folder / "papers").exists()


def test_what_it_writes_is_for_its_owner_alone(folder: Path) -> None:
    run(folder, "papers")
    assert {path.stat().st_mode & 0o077 for path in (folder / "papers").rglob("*")} == {0}
