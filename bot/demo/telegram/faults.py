"""Misbehaviour on demand: what goes wrong, how often, for whom and how long. Reproducible by seed."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.demo.telegram.bell import Bell
from bot.demo.telegram.errors import ApiError, bad, too_many

MODES = (
    "down",  # the connection breaks before anything happens
    "reset",  # the same, or after the act when `acted`: the answer is lost
    "lost",  # reset after the act
    "drop",  # no answer at all, before the act or after it when `acted`
    "slow",  # the answer takes `delay` seconds
    "error500",
    "html",  # a 502 page from somebody in between
    "flood429",  # asks to come back in `retry_after` seconds
    "truncated",  # the act happens, the JSON ends in the middle
    "duplicate",  # updates are handed out twice
    "any",  # one of STORM each time, by the dice
)
STORM = ("down", "reset", "lost", "drop", "error500", "html", "flood429", "truncated")
ACTING = frozenset({"lost", "truncated"})  # the act happens and its answer is of no use


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of misbehaviour. `share` is a probability; `methods` and `chat_id` narrow it."""

    mode: str
    share: float = 1.0
    methods: frozenset[str] | None = None
    chat_id: int | None = None
    until: float | None = None  # unix seconds by the injected clock
    acted: bool = False
    delay: float = 3.0
    retry_after: int = 2

    def concerns(self, method: str, chat_id: int) -> bool:
        """Whether a request is in reach of this fault."""
        return (self.methods is None or method in self.methods) and self.chat_id in (None, chat_id)

    def refusal(self) -> ApiError | None:
        """The error answer this fault gives, if it answers in JSON at all."""
        if self.mode == "flood429":
            return too_many(self.retry_after)
        return ApiError(500, "Internal Server Error") if self.mode == "error500" else None


class Faults:
    """The faults in force. Each request meets at most one of them."""

    def __init__(self, now: Callable[[], float], seed: int = 0) -> None:
        self._now = now
        self._random = random.Random(seed)
        self._faults: list[Fault] = []
        # acts whose answer never came, by method in lower case and chat
        self.answers_lost: Counter[tuple[str, int]] = Counter()
        self.changed = Bell()
        self.on_change: Callable[[], None] = lambda: None

    def set(self, mode: str, share: float = 1.0, **more: Any) -> None:
        """Replaces all faults by one; "none" makes everything well. See `add` for the keywords."""
        self._faults.clear()
        if mode == "none":
            self._announce()
        else:
            self.add(mode, share, **more)

    def add(
        self,
        mode: str,
        share: float = 1.0,
        *,
        methods: list[str] | None = None,
        chat_id: int | None = None,
        seconds: float | None = None,
        acted: bool = False,
        delay: float = 3.0,
        retry_after: int = 2,
    ) -> None:
        """Adds a fault beside those in force. Raises 400 for an unknown mode or a share outside 0..1."""
        if mode not in MODES or not 0 <= share <= 1:
            raise bad(f"no such fault: {mode} {share}")
        reach = None if methods is None else frozenset(method.lower() for method in methods)
        until = None if seconds is None else self._now() + seconds
        fault = Fault(mode, share, reach, chat_id, until, acted or mode == "lost", delay, retry_after)
        self._faults.append(fault)
        self._announce()

    def seed(self, seed: int) -> None:
        """Starts the dice anew."""
        self._random = random.Random(seed)

    def _announce(self) -> None:
        self.changed.ring()
        self.on_change()

    def strikes(self, method: str, chat_id: int) -> Fault | None:
        """The fault a request meets, None if it is lucky."""
        if not self._faults:
            return None
        for fault in self._in_force():
            if fault.mode != "duplicate" and fault.concerns(method, chat_id) and self._hits(fault):
                return self._struck(fault, method, chat_id)
        return None

    def _struck(self, fault: Fault, method: str, chat_id: int) -> Fault:
        if fault.mode == "any":
            mode = self._random.choice(STORM)
            acted = mode == "lost" or (mode == "drop" and self._random.random() < 0.5)
            fault = replace(fault, mode=mode, acted=acted)
        if fault.acted or fault.mode in ACTING:
            self.answers_lost[method, chat_id] += 1
        return fault

    def duplicates(self) -> bool:
        """Whether updates are to be handed out twice just now."""
        return any(fault.mode == "duplicate" and self._hits(fault) for fault in self._in_force())

    def _hits(self, fault: Fault) -> bool:
        return fault.share >= 1 or self._random.random() < fault.share

    def _in_force(self) -> list[Fault]:
        now = self._now()
        self._faults = [fault for fault in self._faults if fault.until is None or fault.until > now]
        return self._faults

    def shown(self) -> dict[str, Any]:
        """The first fault in force as the sim API shows it."""
        for fault in self._in_force():
            left = None if fault.until is None else round(fault.until - self._now(), 1)
            methods = None if fault.methods is None else sorted(fault.methods)
            return {"mode": fault.mode, "share": fault.share, "methods": methods, "seconds": left}
        return {"mode": "none", "share": 1.0, "methods": None, "seconds": None}
