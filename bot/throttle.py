"""How fast we may speak: so many calls a second over all chats, one a second to each. Pure; times in seconds."""

from collections import deque
from dataclasses import dataclass, field

# a slot is used again this long after the answer to the call that held it, so that no server can count
# more than the limit within any second, however unsteady the line
REST = 1.01
SPARED_FOR_CRISIS = 1
MADE_UP = 3  # calls that an even stream may follow sooner, where it fell behind its own step


@dataclass
class Pace:
    """The budget of calls. `per_second` None means no limit but `at_once` calls under way."""

    per_second: int | None = 30
    per_chat_gap: float = REST
    at_once: int = 64
    _under_way: int = 0
    _resting: deque[float] = field(default_factory=deque)
    _held_until: float = 0.0
    _next_even: float = 0.0

    def free_at(self, now: float, *, crisis: bool, even: bool = False) -> float | None:
        """When a call may start: `now` when at once; None when only an answer under way can free a slot.

        An `even` stream of many may take every slot, one after the other: whoever is in a hurry finds the next one
        free within a step of it.
        """
        at = self._free_at(now, crisis=crisis or even, held=not crisis)
        return at if at is None or not even else max(at, self._next_even)

    def _free_at(self, now: float, *, crisis: bool, held: bool) -> float | None:
        while self._resting and self._resting[0] <= now:
            self._resting.popleft()
        if held and self._held_until > now:
            return self._held_until
        slots = self.at_once if self.per_second is None else self.per_second
        wanted = 1 if crisis or self.per_second is None else min(1 + SPARED_FOR_CRISIS, slots)
        lacking = self._under_way + len(self._resting) + wanted - slots
        if lacking <= 0:
            return now
        return self._resting[lacking - 1] if lacking <= len(self._resting) else None

    def took(self, now: float = 0.0, *, even: bool = False) -> None:
        self._under_way += 1
        if even and self.per_second is not None:
            step = REST / self.per_second
            self._next_even = max(self._next_even, now - MADE_UP * step) + step

    def answered(self, now: float) -> None:
        self._under_way -= 1
        if self.per_second is not None:
            self._resting.append(now + REST)

    def hold(self, until: float) -> None:
        """Telegram asks all of us to wait: everything but crisis does."""
        self._held_until = max(self._held_until, until)
