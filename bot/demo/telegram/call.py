"""One request to the Bot API, read as leniently and as strictly as Telegram reads it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from bot.demo.telegram.errors import bad

_INTEGER = re.compile(r"\s*([+-]?\d+)")


@dataclass(slots=True)
class Upload:
    """A file of a multipart request."""

    name: str
    content: bytes
    content_type: str = ""


@dataclass(slots=True)
class Call:
    """A method with its parameters. Values are strings from a form, or whatever JSON held."""

    method: str
    params: dict[str, Any]
    files: dict[str, Upload] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Whether the parameter was sent and is not empty."""
        return self.params.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """The parameter as the string Telegram sees; empty when absent."""
        value = self.params.get(name)
        if isinstance(value, str):
            return value
        return "" if value is None else orjson.dumps(value).decode()

    def required(self, name: str) -> str:
        """The parameter, which must not be empty. Raises 400 otherwise."""
        value = self.text(name)
        if not value:
            raise bad(f'Parameter "{name}" is required')
        return value

    def flag(self, name: str) -> bool:
        """A boolean parameter; anything unknown counts as false, as at Telegram."""
        value = self.params.get(name)
        return value is True or (
            value not in (None, False) and self.text(name).lower() in ("true", "yes", "1")
        )

    def number(self, name: str, default: int = 0, low: int | None = None, high: int | None = None) -> int:
        """An integer parameter, clamped; what is no number counts as nought, as at Telegram."""
        value = self.params.get(name)
        if type(value) is not int:
            value = leading_integer(self.text(name)) if self.has(name) else default
        if low is not None and value < low:
            return low
        return high if high is not None and value > high else value

    def structure(self, name: str, complaint: str) -> Any:
        """A JSON parameter, decoded if it came as text; None when absent. Raises 400 with the complaint."""
        value = self.params.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            raise bad(complaint) from None

    def upload(self, name: str) -> Upload | str | None:
        """A file parameter: the uploaded file (also through attach://), a file_id or URL, or None."""
        value = self.text(name)
        if value.startswith("attach://"):
            return self.files.get(value.removeprefix("attach://"))
        return value or self.files.get(name)

    def shown(self) -> dict[str, Any]:
        """The parameters for the transcript, with files by name and size."""
        if not self.files:
            return self.params
        return {**self.params, **dict(self._shown_files())}

    def _shown_files(self) -> Iterator[tuple[str, Any]]:
        for name, upload in self.files.items():
            yield name, {"file": upload.name, "size": len(upload.content)}


def leading_integer(text: str) -> int:
    """The integer a text begins with, 0 if it begins with none."""
    found = _INTEGER.match(text)
    return int(found[1]) if found else 0


@dataclass(frozen=True, slots=True)
class Told:
    """A result that comes with a sentence beside it, as those of setWebhook do."""

    result: Any
    description: str
