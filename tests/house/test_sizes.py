"""Rooms one can look around in: short modules, short functions."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = ("bot", "handlers", "locales", "storage")
MOST_LINES, MOST_OF_FUNCTION = 300, 40
GENERATED = ROOT / "storage" / "migrations" / "versions"


def modules() -> Iterator[Path]:
    for floor in FLOORS:
        yield from (path for path in sorted((ROOT / floor).rglob("*.py")) if GENERATED not in path.parents)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.AST) -> int:
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("floor", FLOORS)
def test_no_module_is_longer_than_one_can_oversee(floor: str) -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in modules()
        if path.is_relative_to(ROOT / floor)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


@pytest.mark.parametrize("floor", FLOORS)
def test_no_function_is_longer_than_a_screen(floor: str) -> None:
    long = {
        f"{path.relative_to(ROOT)}:{node.name}": length(node)
        for path in modules()
        if path.is_relative_to(ROOT / floor)
        for node in functions(path)
        if length(node) > MOST_OF_FUNCTION
    }
    assert long == {}


def test_most_functions_are_very_short() -> None:
    lengths = sorted(length(node) for path in modules() for node in functions(path))
    assert lengths[len(lengths) // 2] <= 8
    assert lengths[len(lengths) * 9 // 10] <= 25


def test_every_door_plate_is_one_sentence() -> None:
    for path in modules():
        if path.name == "__init__.py":
            assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path
