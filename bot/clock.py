"""The only room with a clock on the wall: every other module is told what time it is."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Whoever can say what time it is, as an aware UTC datetime."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class WoundClock:
    """System time plus an offset that only ever grows: the demo and the stories wind it forward."""

    offset: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def forward(self, by: timedelta) -> datetime:
        """Winds on and returns the new time. Raises ValueError when asked to go back."""
        if by < timedelta(0):
            raise ValueError("the clock only winds forward")
        self.offset += by
        return self.now()


def ticks() -> float:
    """Monotonic seconds, for measuring how long something took and never for what is owed."""
    return time.monotonic()
