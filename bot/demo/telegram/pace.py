"""Telegram's rates as strict rolling windows: what counts, and when to come back."""

import math
from collections import deque
from collections.abc import Callable

from bot.demo.telegram.errors import too_many
from bot.demo.telegram.messages import Account
from bot.demo.telegram.rules import Rules

_WINDOW = 1.0


class Pace:
    """Counts messages sent and edited in the last second, overall and per chat."""

    def __init__(self, rules: Callable[[], Rules], now: Callable[[], float]) -> None:
        self._rules = rules
        self._now = now
        self._recent: deque[float] = deque()

    def spend(self, account: Account) -> None:
        """Takes one place in both windows. Raises 429, and takes none, when one of them is full."""
        rules = self._rules()
        if rules.per_second is None and rules.per_chat_per_second is None:
            return
        now = self._now()
        wait = max(self._overall(rules.per_second, now), _chat(rules.per_chat_per_second, account, now))
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        if rules.per_second is not None:
            self._recent.append(now)
        if rules.per_chat_per_second is not None:
            account.sent.append(now)

    def _overall(self, limit: int | None, now: float) -> float:
        if limit is None:
            return 0.0
        while self._recent and self._recent[0] <= now - _WINDOW:
            self._recent.popleft()
        return self._recent[-limit] + _WINDOW - now if len(self._recent) >= limit else 0.0


def _chat(limit: int | None, account: Account, now: float) -> float:
    if limit is None:
        return 0.0
    while account.sent and account.sent[0] <= now - _WINDOW:
        account.sent.pop(0)
    return account.sent[-limit] + _WINDOW - now if len(account.sent) >= limit else 0.0
