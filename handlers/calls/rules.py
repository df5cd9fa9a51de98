"""Who is called first, and what a reason is called. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from storage.records import Appointment, Call, Person, Why


@dataclass(frozen=True, slots=True)
class Entry:
    """A call with whose it is. `missed`: they did not come to the appointment. `again`: tried in vain, and when
    it comes back. `open`: whether somebody may say for them that they come.
    """

    call: Call
    family: str
    person: Person
    appointment: Appointment | None
    missed: bool = False
    again: datetime | None = None
    open: bool = False


def in_order(entries: Sequence[Entry]) -> list[Entry]:
    """The oldest first and each family's together; behind them whoever was tried in vain and is to rest."""
    first: dict[tuple[bool, str], datetime] = {}
    for entry in entries:
        key = _key(entry)
        first[key] = min(first.get(key, entry.call.since), entry.call.since)
    return sorted(entries, key=lambda one: (_key(one)[0], first[_key(one)], _key(one)[1], one.call.since))


def by_family(entries: Sequence[Entry]) -> list[list[Entry]]:
    """What stands together in a list that is in order."""
    return [list(group) for _, group in groupby(entries, _key)]


def _key(entry: Entry) -> tuple[bool, str]:
    return entry.again is not None, entry.call.family_id


def reason(entry: Entry) -> str:
    """The word for why somebody is to be called."""
    why = entry.call.why
    if entry.missed and why in (Why.MOVE, Why.QUESTION):
        return f"missed_{why}"
    return why.value
