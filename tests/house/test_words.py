"""The trade's own words: none of the banned ones in names, and no people's texts in code."""

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.test_sizes import ROOT, modules

BANNED = frozenset(
    [
        "user",
        "users",
        "client",
        "clients",
        "ticket",
        "tickets",
        "admin",
        "admins",
        "manager",
        "managers",
        "helper",
        "helpers",
        "utils",
        "util",
        "service",
        "services",
        "data",
        "info",
        "infos",
    ]
)
# names that others chose: Telegram's, the standard library's and our tools' own
THEIRS = frozenset(
    {
        "effective_user",  # python-telegram-bot
        "request_data",
        "callback_data",
        "ClientSession",  # aiohttp
        "ClientTimeout",
        "ClientError",
        "client_max_size",
        "package_data",
        "data",  # a keyword argument of aiohttp, an attribute of Telegram's callback query
        "user",  # a field of Telegram's objects
        "client",
    }
)
# the double speaks Telegram's language: its objects have users and data
DOUBLE = ROOT / "bot" / "demo" / "telegram"
WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in modules():
        yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def named_by_us(tree: ast.Module) -> Iterator[str]:
    """Names this module makes up itself: of functions, classes, arguments and variables."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def banned_in(name: str) -> frozenset[str]:
    return BANNED & {word.lower() for word in WORDS.findall(name)}


@pytest.mark.parametrize("name", ["user_id", "getUser", "TicketManager", "utils", "some_data", "HTTPClient"])
def test_banned_words_are_found(name: str) -> None:
    assert banned_in(name)


@pytest.mark.parametrize("name", ["information", "reuse", "database_path", "clientele", "used_by"])
def test_other_words_are_not(name: str) -> None:
    assert not banned_in(name)


def test_no_name_of_ours_holds_a_banned_word() -> None:
    found = {
        f"{path}: {name}"
        for path, tree in trees()
        if not (ROOT / path).is_relative_to(DOUBLE)
        for name in named_by_us(tree)
        if banned_in(name) and name not in THEIRS
    }
    assert found == set()


def test_no_module_is_named_with_a_banned_word() -> None:
    assert [path for path, _ in trees() if any(map(banned_in, path.with_suffix("").parts))] == []


def literals(tree: ast.Module) -> Iterator[str]:
    """Text in code; docstrings are left out, and what fills the specimens that are only measured."""
    plates = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if node.body and isinstance(node.body[0], ast.Expr)
    }
    measured = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and "specimen" in node.name
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in plates | measured
        ):
            yield node.value


GERMAN = re.compile(
    r"\b(der|das|und|nicht|ist|sind|bitte|ihre?n?|sie|wir|eine|mit|für|hilfe|heute|morgen|termin)\b",
    re.IGNORECASE,
)
TURKISH = re.compile(
    r"\b([Vv]e|[Bb]ir|için|[Ll]ütfen|değil|[Yy]ardım|[Bb]ugün|[Ee]vet|[Hh]ayır|[Rr]andevu)\b|[ğışİ]"
)


def is_peoples_text(text: str) -> bool:
    """Whether somebody's language other than English, or another script, is in a text."""
    if any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in text):
        return True
    if any(ord(sign) > 0x24F and unicodedata.category(sign) == "Lo" for sign in text):
        return True
    return len(text.split()) > 1 and bool(GERMAN.search(text) or TURKISH.search(text))


@pytest.mark.parametrize(
    "text", ["Bitte rufen Sie an", "Ist das Frau A.?", "Lütfen arayın", "مرحبا", "Heute ist Ihr Termin"]
)
def test_peoples_texts_are_found(text: str) -> None:
    assert is_peoples_text(text)


@pytest.mark.parametrize(
    "text", ["crisis.saved", "no such person", "🆘", "mo-fr 09:00-17:00", "Pänz is on stage"]
)
def test_our_own_words_are_not_taken_for_them(text: str) -> None:
    assert not is_peoples_text(text)


def test_no_text_for_people_stands_in_code() -> None:
    found = {
        f"{path}: {text}"
        for path, tree in trees()
        if path.parts[0] in {"handlers", "bot", "storage"} and "demo" not in path.parts
        for text in literals(tree)
        if is_peoples_text(text)
    }
    assert found == set()
