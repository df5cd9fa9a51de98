"""Who is on call: duties, the rota, its tests and second ways, as records. Found in storage/records.py too."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Duty:
    """Who holds the crisis phone now, on which step, for which site (None: all of them).

    `tested` says that they have answered a test page and so count as on call.
    """

    person_id: str
    step: int
    since: datetime
    site_id: str | None = None
    tested: bool = True


@dataclass(frozen=True, slots=True)
class Pattern:
    """A shift that comes every week: `weekday` 0 is Monday; `begins` and `ends` are times of day, "22:00".

    One that ends when it begins, or earlier, ends on the next day. Days are ISO dates; no `last_day` means
    without end.
    """

    id: str
    person_id: str
    site_id: str | None
    step: int
    weekday: int
    begins: str
    ends: str
    first_day: str
    last_day: str | None


class ShiftState(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Shift:
    """A span in which somebody holds the phone. `day` is the pattern's own day, `uid` an imported event's name."""

    id: str
    person_id: str
    site_id: str | None
    step: int
    starts_at: datetime
    ends_at: datetime
    state: ShiftState
    pattern_id: str | None = None
    day: str | None = None
    uid: str | None = None


class SwapState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Swap:
    """One person asks another (None: anybody) to take a shift."""

    id: str
    shift_id: str
    asker_id: str
    asked_id: str | None
    state: SwapState
    asked_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Drill:
    """A test alarm for everybody on call. Answers count until `ends_at`."""

    id: str
    started_by: str | None
    started_at: datetime
    ends_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Probe:
    """A page that only asks: would you have heard it?"""

    id: str
    person_id: str
    drill_id: str | None
    sent_at: datetime
    delivered_at: datetime | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class SecondWay:
    """An address beside Telegram at which somebody is rung; `confirmed_at` says that a test came through."""

    id: str
    person_id: str
    address: str
    added_at: datetime
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ring:
    """One message owed over a second way."""

    id: int
    way_id: str
    alarm_id: str | None
    text: str
    attempts: int
    not_before: datetime
    created_at: datetime
