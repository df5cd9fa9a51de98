"""What the bot asked of Telegram, bounded, and what Telegram would have ignored."""

import itertools
from collections import OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Request:
    """One request: number, method as called, parameters, HTTP status (0 if it got no answer)."""

    n: int
    method: str
    params: dict[str, Any]
    status: int
    error: str | None = None

    def shown(self) -> dict[str, Any]:
        """As the sim API shows it."""
        shape = {"n": self.n, "method": self.method, "params": self.params, "status": self.status}
        return shape if self.error is None else {**shape, "error": self.error}


@dataclass(frozen=True, slots=True)
class Ignored:
    """A parameter Telegram would have passed over without a word."""

    method: str
    name: str


class Transcript:
    """The latest requests, oldest first."""

    def __init__(self, kept: int) -> None:
        self._requests: deque[Request] = deque(maxlen=kept)
        self._numbers = itertools.count(1)
        self._ignored: OrderedDict[Ignored, int] = OrderedDict()
        self._ignored_kept = 1000

    def __iter__(self) -> Iterator[Request]:
        return iter(self._requests)

    def __len__(self) -> int:
        return len(self._requests)

    def write(self, method: str, params: dict[str, Any], status: int, error: str | None = None) -> None:
        """Notes a request and how it ended."""
        self._requests.append(Request(next(self._numbers), method, params, status, error))

    def after(self, number: int) -> list[Request]:
        """Requests with a higher running number."""
        newest_first = itertools.takewhile(lambda request: request.n > number, reversed(self._requests))
        return list(newest_first)[::-1]

    def note_ignored(self, method: str, names: list[str]) -> None:
        """Notes names a request held that Telegram would ignore."""
        for name in names:
            sight = Ignored(method, name)
            self._ignored[sight] = self._ignored.get(sight, 0) + 1
            if len(self._ignored) > self._ignored_kept:
                self._ignored.popitem(last=False)

    @property
    def ignored(self) -> list[Ignored]:
        """Every ignored name once, in order of first sight."""
        return list(self._ignored)
