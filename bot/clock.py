"""The only room with a clock on the wall: every other module is told what time it is."""

import logging
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

log = logging.getLogger("paenz.clock")

TOLERANCE = timedelta(seconds=5)  # so much a clock is put right now and then, and nobody has to know


class Clock(Protocol):
    """Whoever can say what time it is, as an aware UTC datetime."""

    def now(self) -> datetime: ...


class _Steady:
    """What is due in five minutes is due in five minutes, also where somebody sets the machine's clock back."""

    def __init__(self) -> None:
        self._last: tuple[datetime, float] | None = None
        self._told = False

    def steadied(self, wall: datetime, passed: float) -> datetime:
        """The later of the wall and of what it must be by now. `passed` is monotonic, in seconds."""
        if self._last is not None:
            last, then = self._last
            least = last + timedelta(seconds=max(passed - then, 0.0))
            self._notice(least - wall)
            wall = max(wall, least)
        self._last = wall, passed
        return wall

    def _notice(self, behind: timedelta) -> None:
        if behind > TOLERANCE and not self._told:
            log.warning("the machine's clock was set back by %s: our time goes on as before", behind)
        self._told = behind > TOLERANCE


class SystemClock:
    """The machine's own time, which here never goes back; what is ahead of it is taken as it is."""

    def __init__(self) -> None:
        self._steady = _Steady()

    def now(self) -> datetime:
        return self._steady.steadied(datetime.now(UTC), time.monotonic())


@dataclass
class WoundClock:
    """System time that the demo and the stories wind forward; it is as steady as the machine's.

    `offset` is how far the hands are off, `wound` how much of that was time that passed.
    """

    offset: timedelta = field(default_factory=timedelta)
    wound: timedelta = field(default_factory=timedelta)
    _steady: _Steady = field(default_factory=_Steady, repr=False)

    def now(self) -> datetime:
        passed = time.monotonic() + self.wound.total_seconds()
        return self._steady.steadied(datetime.now(UTC) + self.offset, passed)

    def forward(self, by: timedelta) -> datetime:
        """Winds on and returns the new time. Raises ValueError when asked to go back."""
        if by < timedelta(0):
            raise ValueError("the clock only winds forward")
        self.now()  # from here on so much has passed
        self.offset += by
        self.wound += by
        return self.now()

    def set_back(self, by: timedelta) -> None:
        """Somebody sets the hands back; no time passes. What is started afterwards reads them as they are."""
        self.now()
        self.offset -= by

    def started_anew(self) -> "WoundClock":
        """The same hands, as a process that starts now reads them."""
        return WoundClock(self.offset)


def wall() -> datetime:
    """What the machine's clock shows, wherever it was set to: for signs in files, whose times it writes."""
    return datetime.now(UTC)


def ticks() -> float:
    """Monotonic seconds, for measuring how long something took and never for what is owed."""
    return time.monotonic()
