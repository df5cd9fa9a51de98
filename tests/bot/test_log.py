"""The log: no token in any line or traceback, no text of an exception, no chatter of libraries."""

import base64
import io
import logging
import sys
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from bot import log
from bot.log import CHATTY, HIDDEN, Discreet, hide, redacted, write_log, written

TOKEN = "4200000017:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQrr"
SHORT = "12345:short-secret"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    registered = set(log._registered)
    levels = {name: logging.getLogger(name).level for name in CHATTY}
    heard = io.StringIO()
    out, sys.stderr = sys.stderr, heard
    try:
        write_log("DEBUG", SHORT)
        yield heard
    finally:
        sys.stderr = out
        log._registered.clear()
        log._registered.update(registered)
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


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("opened otpauth://totp/Pänz:lead?secret=JBSWY3DPEHPK3PXP&issuer=x", "JBSWY3DPEHPK3PXP"),
        ("link https://t.me/PaenzPorzBot?start=Zk3-code_9", "Zk3-code_9"),
        ("link https://t.me/PaenzPorzBot?a=b&startgroup=Zk3-code_9", "Zk3-code_9"),
        ("came /start Zk3-code_9", "Zk3-code_9"),
        ("came /start@PaenzPorzBot Zk3-code_9 more", "Zk3-code_9"),
        ("X-Telegram-Bot-Api-Secret-Token: Zk3-code_9", "Zk3-code_9"),
        ('{"secret_token": "Zk3-code_9", "url": "x"}', "Zk3-code_9"),
        ("setWebhook?url=x&secret_token=Zk3-code_9&y=1", "Zk3-code_9"),
        ("postgresql://paenz:Zk3-code_9@127.0.0.1/db", "Zk3-code_9"),
        ("PRAGMA key = \"x'00ff00ff'\"", "00ff00ff"),
        ("PRAGMA hexrekey='00ff00ff'", "00ff00ff"),
    ],
)
def test_what_is_shaped_like_a_secret_is_hidden(lines: io.StringIO, said: str, secret: str) -> None:
    logging.getLogger("paenz.x").warning("it said %s", said)
    assert secret not in lines.getvalue()
    assert HIDDEN in lines.getvalue()
    assert "it said" in lines.getvalue()


@pytest.mark.parametrize(
    "write", [bytes.hex, base64.b64encode, base64.urlsafe_b64encode, base64.b32encode, repr]
)
@given(key=st.binary(min_size=16, max_size=64))
def test_a_registered_key_is_hidden_however_it_is_written(
    write: Callable[[bytes], object], key: bytes
) -> None:
    shown = write(key)
    text = shown.decode() if isinstance(shown, bytes) else str(shown)
    assert redacted(f"opened with {text}.", written(key)).rstrip("=.'") in {
        f"opened with {HIDDEN}",
        f"opened with b'{HIDDEN}",
        f'opened with b"{HIDDEN}"',
    }


def test_whoever_learns_a_secret_registers_it(lines: io.StringIO) -> None:
    hide("Porz am Rhein", b"sixteen raw bytes", "", "kurz")
    logging.getLogger("paenz.x").error("Porz am Rhein / %s / kurz", b"sixteen raw bytes".hex())
    assert "Rhein" not in lines.getvalue()
    assert b"sixteen raw bytes".hex() not in lines.getvalue()
    assert "kurz" in lines.getvalue()


@pytest.mark.parametrize(
    "line", ["delivery 5: refused, 400 bad request", "update 12345 waits", "/start", "a start="]
)
def test_ordinary_lines_stay_as_they_are(line: str) -> None:
    assert redacted(line) == line


def test_the_formatter_does_not_show_what_it_hides() -> None:
    assert SHORT not in repr(Discreet([SHORT])) + str(Discreet([SHORT]))


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
