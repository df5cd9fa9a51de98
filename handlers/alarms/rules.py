"""The log of an alarm, made ready to be read: who did what, without a family's name. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.records import Alarm, Happening, Logged

LONGEST_NOTE = 2000
ON_A_SCREEN = 600  # signs of a note at once
IN_LIST = 20  # alarms on a page of the list
IN_LOG = 8  # lines on a page of the log
PERSON, BOT = "person", "bot"  # who did it where it was no member of staff
# what only the person who needs help does
THEIRS = frozenset(
    {
        Happening.RAISED,
        Happening.REPEATED,
        Happening.WROTE,
        Happening.WISHED,
        Happening.SAFE,
        Happening.WITHDRAWN,
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log. `who` is the id of a member of staff, PERSON or BOT."""

    at: datetime
    what: Happening
    who: str
    step: int | None


def entries(alarm: Alarm, log: Iterable[Logged]) -> list[Entry]:
    """The log with nobody's name but those of staff in it."""
    return [Entry(one.at, one.what, _who(alarm, one), one.step) for one in log]


def _who(alarm: Alarm, one: Logged) -> str:
    if one.done_by == alarm.person_id or one.what in THEIRS:
        return PERSON
    return one.done_by or BOT


def staff(log: Iterable[Entry]) -> list[str]:
    """The ids of those who turn up, in the order in which they do."""
    return [who for who in dict.fromkeys(one.who for one in log) if who not in {PERSON, BOT}]


def rows(log: Sequence[Entry]) -> dict[str, list[Entry]]:
    """The lines of each: the person who needs help first, then the bot, then staff as they turn up."""
    order = [PERSON, BOT, *staff(log)]
    found = {who: [one for one in log if one.who == who] for who in order}
    return {who: lines for who, lines in found.items() if lines}


def first_step(lines: Iterable[Entry]) -> int | None:
    """The step on which somebody was paged first; None for whoever never was on one."""
    return next((one.step for one in lines if one.step), None)


def kinds(log: Iterable[Entry]) -> list[Happening]:
    """What happened at all, each once, in the order of the closed list."""
    there = {one.what for one in log}
    return [what for what in Happening if what in there]


def ends_at(alarm: Alarm, log: Sequence[Entry]) -> datetime:
    """When it ended, or the last that is known of one that goes on."""
    return alarm.ended_at or max((one.at for one in log), default=alarm.opened_at)
