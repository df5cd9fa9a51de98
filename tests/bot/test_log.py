"""The log: no token in any line or traceback, no text of an exception, no chatter of libraries."""

import io
import logging
import sys
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from bot.log import CHATTY, HIDDEN, Discreet, write_log

TOKEN = "4200000017:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQrr"
SHORT = "12345:short-secret"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in CHATTY}
    heard = io.StringIO()
    out, sys.stderr = sys.stderr, heard
    try:
        write_log("DEBUG", SHORT)
        yield heard
    finally:
        sys.stderr = out
        root.handlers[:] = before
        root.setLevel(level)
        for name, was in levels.items():
            logging.getLogger(name).setLevel(was)


@pytest.mark.parametrize("around", ["{}", "/bot{}/getMe", "https://api.telegram.org/bot{}/x", "x{}", "{}:{}"])
@pytest.mark.parametrize("secret", [TOKEN, SHORT])
def test_a_token_in_a_line_is_hidden(lines: io.StringIO, around: str, secret: str) -> None:
    logging.getLogger("paenz.x").warning("said %s", around.replace("{}", secret))
    assert secret not in lines.getvalue()
    assert secret.partition(":")[2] not in lines.getvalue()
    assert HIDDEN in lines.getvalue()


def _raises(words: str) -> None:
    raise LookupError(words)


def test_a_traceback_says_where_and_what_kind_and_not_what_was_said(lines: io.StringIO) -> None:
    try:
        _raises(f"Amina wrote: help {TOKEN}")
    except LookupError:
        logging.getLogger("paenz.x").exception("it failed")
    said = lines.getvalue()
    assert "it failed" in said
    assert "_raises" in said
    assert "LookupError" in said
    for words in ("Amina", "help", TOKEN):
        assert words not in said


def test_causes_do_not_speak_either(lines: io.StringIO) -> None:
    try:
        try:
            _raises("Amina's secret")
        except LookupError as error:
            raise ValueError("another secret") from error
    except ValueError:
        logging.getLogger("paenz.x").exception("it failed")
    assert "secret" not in lines.getvalue()


def test_a_traceback_somebody_else_wrote_out_before_is_not_taken_over(lines: io.StringIO) -> None:
    try:
        _raises("Amina's secret")
    except LookupError:
        record = logging.getLogger("paenz.x").makeRecord(
            "paenz.x", logging.ERROR, "f", 1, "it failed", (), sys.exc_info()
        )
    assert "secret" in logging.Formatter().format(record)
    assert "secret" not in Discreet().format(record)


def test_libraries_do_not_chatter(lines: io.StringIO) -> None:
    for name in CHATTY:
        logging.getLogger(name).info("a text of Amina's")
        logging.getLogger(f"{name}.deeper").debug("another")
    assert lines.getvalue() == ""


def test_a_statement_that_fails_does_not_quote_its_values(lines: io.StringIO) -> None:
    engine = create_engine("sqlite://", hide_parameters=True)
    with engine.connect() as connection, pytest.raises(OperationalError) as failed:
        connection.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": "Amina"})
    engine.dispose()
    logging.getLogger("paenz.x").error("it failed: %s", failed.value)
    assert "Amina" not in lines.getvalue()
    assert "nowhere" in lines.getvalue()
