"""How much one person may ask at once: a bucket of so many, refilled by the second. Pure; times in seconds."""

from collections.abc import Hashable
from dataclasses import dataclass, field

MANY = 1000  # buckets, beyond which those that have filled up again are looked for


@dataclass(frozen=True, slots=True)
class Allowance:
    """`at_once` in a go, then `per_second`.

    Twenty is more than anybody presses or types in one breath; one a second is as much as Telegram lets us
    answer in one chat.
    """

    at_once: int = 20
    per_second: float = 1.0


@dataclass(slots=True)
class _Bucket:
    level: float
    since: float
    over: bool = False


@dataclass
class Buckets:
    """One for each person who was heard lately. A full one is the same as none, so the quiet are forgotten."""

    allowance: Allowance = field(default_factory=Allowance)
    _buckets: dict[Hashable, _Bucket] = field(default_factory=dict)
    _look_at: int = MANY

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, whose: Hashable, now: float) -> bool:
        """Takes one; False when nothing is left. A `now` before the last one counts as no time gone by."""
        bucket = self._buckets.get(whose)
        if bucket is None:
            self._forget_the_quiet(now)
            bucket = self._buckets[whose] = _Bucket(self.allowance.at_once, now)
        bucket.level, bucket.since = self._level(bucket, now), max(bucket.since, now)
        if bucket.level >= self.allowance.at_once:
            bucket.over = False
        if bucket.level < 1:
            return False
        bucket.level -= 1
        return True

    def begins(self, whose: Hashable) -> bool:
        """True once for each flood: from the first that was too many until the bucket has filled up again."""
        bucket = self._buckets.get(whose)
        if bucket is None or bucket.over:
            return False
        bucket.over = True
        return True

    def _level(self, bucket: _Bucket, now: float) -> float:
        gone_by = max(now - bucket.since, 0.0)
        return min(bucket.level + gone_by * self.allowance.per_second, self.allowance.at_once)

    def _forget_the_quiet(self, now: float) -> None:
        if len(self._buckets) >= self._look_at:
            full = self.allowance.at_once
            self._buckets = {
                whose: one for whose, one in self._buckets.items() if self._level(one, now) < full
            }
            # only when there are twice as many again, so that looking costs each newcomer a moment and no more
            self._look_at = max(MANY, 2 * len(self._buckets))
