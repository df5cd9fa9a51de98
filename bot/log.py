"""The log: one line for each event, free of tokens, and quiet about libraries that would chatter."""

import logging
import re
import sys
from typing import Any

TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")
HIDDEN = "[token]"
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


class Discreet(logging.Formatter):
    """Takes tokens out of whatever is written, tracebacks included."""

    def __init__(self, secret: str = "") -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        # another formatter may have left its own, talkative traceback in the record
        record.exc_text = None
        line = super().format(record)
        record.exc_text = None
        if self._secret:
            line = line.replace(self._secret, HIDDEN)
        return TOKEN.sub(HIDDEN, line)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the library's name
        """Where it happened and of what kind; not the message, which may quote what people wrote."""
        kind, _, frame = ei
        places = []
        while frame is not None:
            code = frame.tb_frame.f_code
            places.append(f"  {code.co_filename}:{frame.tb_lineno} in {code.co_name}")
            frame = frame.tb_next
        return "\n".join([*places, kind.__name__])


def write_log(level: str, secret: str = "") -> None:
    """Starts the log on standard error."""
    to = logging.StreamHandler(sys.stderr)
    to.setFormatter(Discreet(secret))
    logging.basicConfig(level=level, handlers=[to], force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
