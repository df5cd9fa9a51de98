"""One person's line at the door: cries first, then what came in turn, then what was too much."""

import asyncio
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field

from bot.knock import Knock

TOGETHER = 1000  # of what was too much, in one transaction


@dataclass(slots=True)
class Line:
    """Who came when, for one person. `tell` says that they are still to be asked to be slower."""

    usual: deque[Knock] = field(default_factory=deque)
    cries: dict[tuple[str, str], list[Knock]] = field(default_factory=dict)
    over: deque[Knock] = field(default_factory=deque)
    tell: bool = False
    _rang: asyncio.Event = field(default_factory=asyncio.Event)

    def __len__(self) -> int:
        return len(self.usual) + sum(map(len, self.cries.values())) + len(self.over)

    def stands_in(self, knock: Knock) -> None:
        """Takes in an update in its turn."""
        self.usual.append(knock)
        self._rang.set()

    def cries_out(self, knock: Knock) -> None:
        """Takes in a cry out of a flood. The same cry again, while the first still waits, is heard with it."""
        self._rang.set()
        said = knock.text or knock.carried or str(knock.raw.update_id)
        self.cries.setdefault((knock.kind, said.strip().casefold()), []).append(knock)

    def next(self) -> list[Knock]:
        """Who is heard now as one: a cry and its repetitions, or the next in turn; [] when only too much waits."""
        if self.cries:
            return self.cries.pop(next(iter(self.cries)))
        return [self.usual.popleft()] if self.usual else []

    def hurries(self) -> None:
        """Waits no longer."""
        self._rang.set()

    async def breathes(self, seconds: float) -> None:
        """Waits so long, or until somebody comes who is heard at once."""
        self._rang.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._rang.wait()

    def too_much(self) -> list[Knock]:
        """What was too much, as many as are dealt with together."""
        return [self.over.popleft() for _ in range(min(TOGETHER, len(self.over)))]
