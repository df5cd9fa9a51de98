"""The log: one line for each event, free of secrets, and quiet about libraries that would chatter."""

import base64
import logging
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any

HIDDEN = "[hidden]"
SHORTEST = 6  # characters; hiding shorter ones would tear words apart
# whatever was never registered but is shaped like a secret; the first group, if any, stays readable
SHAPES = (
    re.compile(r"()\d{5,}:[A-Za-z0-9_-]{30,}"),  # a bot's token
    re.compile(r"()otpauth(?:-migration)?://\S+"),
    re.compile(r"([?&]start(?:group|app|attach)?=)[A-Za-z0-9_-]+"),
    re.compile(r"(/start(?:@\w+)?\s+)\S+"),
    re.compile(r"((?i:secret[_-]?token|api[_-]?key|password|passphrase)[\"']?\s*[:=]\s*[\"']?)[^\s\"',&}]+"),
    re.compile(r"(\w://[^\s/:@]*:)[^\s/@]+(?=@)"),  # a password in an address
    re.compile(r"((?i:pragma\s+(?:hex)?(?:re)?key)\s*=?\s*)\S.*"),
)
# these write addresses, statements or message texts at lower levels
CHATTY = (
    "alembic",
    "httpx",
    "httpcore",
    "aiosqlite",
    "sqlalchemy",
    "aiohttp",
    "apscheduler",
    "telegram",
    "asyncio",
)


_registered: set[str] = set()


def hide(*secrets: str | bytes) -> None:
    """Never shows these again, in whatever way of writing; too short ones are left alone."""
    _registered.update(form for secret in secrets for form in written(secret) if len(form) >= SHORTEST)


def written(secret: str | bytes) -> Iterator[str]:
    """The ways in which a secret may turn up in a text: as it is, or bytes as hex, base64 or Python writes them."""
    if isinstance(secret, str):
        yield secret
        return
    yield from (secret.hex(), secret.hex().upper(), repr(secret)[2:-1])
    for encode in (base64.b64encode, base64.urlsafe_b64encode, base64.b32encode):
        yield encode(secret).decode().rstrip("=")


def redacted(line: str, secrets: Iterable[str] = ()) -> str:
    """The line without anything that is registered, given here, or shaped like a secret."""
    for secret in sorted({*_registered, *secrets}, key=len, reverse=True):
        line = line.replace(secret, HIDDEN) if secret else line
    for shape in SHAPES:
        line = shape.sub(rf"\g<1>{HIDDEN}", line)
    return line


class Discreet(logging.Formatter):
    """Takes secrets out of whatever is written, tracebacks included."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._secrets = tuple(secrets)

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    def format(self, record: logging.LogRecord) -> str:
        # another formatter may have left its own, talkative traceback in the record
        record.exc_text = None
        line = super().format(record)
        record.exc_text = None
        return redacted(line, self._secrets)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the library's name
        """Where it happened and of what kind; not the message, which may quote what people wrote."""
        kind, _, frame = ei
        places = []
        while frame is not None:
            code = frame.tb_frame.f_code
            places.append(f"  {code.co_filename}:{frame.tb_lineno} in {code.co_name}")
            frame = frame.tb_next
        return "\n".join([*places, kind.__name__])


def write_log(level: str, *secrets: str | bytes) -> None:
    """Starts the log on standard error; the secrets never show in it."""
    hide(*secrets)
    to = logging.StreamHandler(sys.stderr)
    to.setFormatter(Discreet())
    logging.basicConfig(level=level, handlers=[to], force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
