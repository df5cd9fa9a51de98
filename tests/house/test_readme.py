"""The README tells of every target, command and setting there is, and of none that is not."""

import re
from pathlib import Path

import pytest
import typer

from bot.__main__ import app
from bot.config import Settings

ROOT = Path(__file__).parents[2]
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
COMMANDS = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
SETTINGS = {f"PAENZ_{name.upper()}" for name in Settings.model_fields}


@pytest.fixture(scope="module")
def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def code(readme: str) -> str:
    """What stands in code spans and blocks: prose may say "make it yours"."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", readme, re.S))


def test_there_is_something_to_tell() -> None:
    assert {"demo", "test", "lint"} <= TARGETS
    assert {"run", "demo", "check", "invite", "load", "migrate"} <= COMMANDS
    assert {"PAENZ_TOKEN", "PAENZ_STORE"} <= SETTINGS


def test_make_targets(readme: str) -> None:
    assert set(re.findall(r"\bmake ([a-z]+)", code(readme))) == TARGETS


def test_commands(readme: str) -> None:
    told = set(re.findall(r"(?:\bpaenz|python3? -m bot) ([a-z-]+)", code(readme)))
    assert told == COMMANDS


def test_settings(readme: str) -> None:
    assert set(re.findall(r"PAENZ_[A-Z_]+[A-Z]", readme)) == SETTINGS


def test_links_lead_somewhere(readme: str) -> None:
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", readme):
        assert (ROOT / target).exists(), target
