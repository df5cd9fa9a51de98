"""The rule of escalation that is frozen into an alarm: how long, how many, and who else. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from storage.emergencies import needed
from storage.records import Role

DEFAULT_MINUTES = (5, 5)
DEFAULTS: Mapping[str, Any] = {
    "remind_minutes": 10,
    "forgotten_minutes": 5,
    "join_minutes": 30,
    "join": ["lead"],
    "quiet": 0,
    "second_seconds": 15,
}


@dataclass(frozen=True, slots=True)
class Policy:
    """A rule as it is followed. Steps count from 1; `joins_after` None means that nobody joins."""

    minutes: tuple[int, ...]
    needed: tuple[int, ...]
    remind: timedelta
    forgotten: timedelta
    joins_after: timedelta | None
    joins: frozenset[Role]
    quiet: int
    second: timedelta

    @property
    def lines_are_silent(self) -> bool:
        """Whether what the person adds makes no sound at those who hear it."""
        return self.quiet >= 2

    def wait(self, step: int) -> timedelta:
        """How long this step has until the next one is paged."""
        return timedelta(minutes=self.minutes[step - 1])

    def wanted(self, step: int) -> int:
        """How many must acknowledge on this step; one where leads were rung because nobody was on duty."""
        return needed({"needed": self.needed}, step)


def policy_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """The rule as it is frozen into an alarm: whatever it leaves open is filled in."""
    minutes = list(given.get("minutes") or DEFAULT_MINUTES)
    asked = list(given.get("needed") or ())[: len(minutes)]
    return {
        "minutes": minutes,
        "needed": asked + [1] * (len(minutes) - len(asked)),
        **{name: given.get(name, default) for name, default in DEFAULTS.items()},
    }


def followed(frozen: Mapping[str, Any]) -> Policy:
    """The rule of an alarm, also of one that was opened before rules had so many parts."""
    rule = policy_of(frozen)
    return Policy(
        minutes=tuple(rule["minutes"]),
        needed=tuple(rule["needed"]),
        remind=timedelta(minutes=rule["remind_minutes"]),
        forgotten=timedelta(minutes=rule["forgotten_minutes"]),
        joins_after=timedelta(minutes=rule["join_minutes"]) if rule["join_minutes"] else None,
        joins=frozenset(Role(word) for word in rule["join"]),
        quiet=rule["quiet"],
        second=timedelta(seconds=rule["second_seconds"]),
    )
