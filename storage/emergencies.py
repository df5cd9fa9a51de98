"""Alarms and all around them, as frozen records and closed lists of words. Found in storage/records.py too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class AlarmState(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    ENDED = "ended"


class Wish(StrEnum):
    """How the person who raised the alarm wants to be reached."""

    WRITE = "write"  # write, don't call
    SILENT = "silent"  # don't ring: somebody is here


class Promise(StrEnum):
    """What whoever took the alarm is about to do."""

    ON_THE_WAY = "on_the_way"
    CALLS_NOW = "calls_now"
    CALLS_AT = "calls_at"


class Outcome(StrEnum):
    """How an alarm ended."""

    ADVISED = "advised"
    VISITED = "visited"
    PLACED = "placed"  # a place in care
    EMERGENCY = "emergency"  # police or ambulance
    MISTAKE = "mistake"


class Happening(StrEnum):
    """What may happen to an alarm, as its log tells it."""

    RAISED = "raised"
    REPEATED = "repeated"
    PAGED = "paged"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    NOBODY = "nobody"  # no one was on duty; leads were rung
    SEEN = "seen"
    TAKEN = "taken"
    JOINED = "joined"
    TAKEN_OVER = "taken_over"
    PROMISED = "promised"
    PASSED_ON = "passed_on"
    REMINDED = "reminded"  # whoever took it was asked whether it goes on
    FORGOTTEN = "forgotten"  # no answer to that: it is paged again
    LEFT = "left"  # whoever had it, or came along, no longer helps
    SECOND_WAY = "second_way"
    WROTE = "wrote"  # the person added a line
    ANSWERED = "answered"  # staff wrote to the person
    WISHED = "wished"
    SAFE = "safe"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Alarm:
    """A cry for help. `policy` is the escalation policy as it stood when the alarm opened.

    `site_id` says whose rota is paged; None means everybody's. `promised_for` is when a promised call is due.
    `reminded_at` stands while whoever took it has not answered whether it goes on, `forgotten_at` once they
    have let that question run out. `taken_step` is the step on which it was taken.
    """

    id: str
    number: int
    person_id: str
    family_id: str | None
    state: AlarmState
    opened_at: datetime
    policy: Mapping[str, Any]
    step: int
    round: int
    taken_by: str | None
    withdrawn_at: datetime | None
    revision: int
    site_id: str | None = None
    taken_at: datetime | None = None
    promise: Promise | None = None
    promised_for: datetime | None = None
    wish: Wish | None = None
    safe_at: datetime | None = None
    outcome: Outcome | None = None
    ended_at: datetime | None = None
    reminded_at: datetime | None = None
    forgotten_at: datetime | None = None
    taken_step: int | None = None

    @property
    def needed(self) -> int:
        """How many must acknowledge it, by the step on which it was taken."""
        return needed(self.policy, self.step if self.taken_step is None else self.taken_step)

    @property
    def called(self) -> str:
        """The name staff use aloud: A-0001."""
        return alarm_name(self.number)


def alarm_name(number: int) -> str:
    """The name staff use aloud of the alarm with this number: A-0001."""
    return f"A-{number:04d}"


def needed(policy: Mapping[str, Any], step: int) -> int:
    """How many must acknowledge an alarm taken on this step: one where the policy says nothing, or of no step."""
    asked = policy.get("needed") or ()
    return int(asked[step - 1]) if 1 <= step <= len(asked) else 1


@dataclass(frozen=True, slots=True)
class Page:
    """That somebody was paged for an alarm: on which step last, and whether any page reached them."""

    person_id: str
    step: int
    paged_at: datetime
    delivered: bool
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Logged:
    """A line of an alarm's log. `done_by` is a person's id; `step` stands where somebody was paged."""

    at: datetime
    what: Happening
    done_by: str | None
    step: int | None


@dataclass(frozen=True, slots=True)
class Debrief:
    """What the team wants to remember of an alarm."""

    id: str
    alarm_id: str
    written_by: str | None
    text: str
    at: datetime


class WorryState(StrEnum):
    ASKED = "asked"
    NEEDS_HELP = "needs_help"
    NEEDS_NONE = "needs_none"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Worry:
    """Words of distress somebody typed where something else was asked, and what they said when asked back."""

    id: str
    person_id: str
    family_id: str | None
    text: str
    at: datetime
    state: WorryState


@dataclass(frozen=True, slots=True)
class CrisisPlace:
    """A short-term place of the agency's."""

    id: str
    site_id: str
    label: str
    position: int


class HoldState(StrEnum):
    WAITING = "waiting"
    HELD = "held"
    TAKEN = "taken"
    RELEASED = "released"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Hold:
    """A request for a crisis place. `lapses_at` is when a hold ends unless confirmed, `until` when a stay ends.

    `taken_by` is who confirmed that somebody comes.
    """

    id: str
    place_id: str | None
    alarm_number: int | None
    asked_by: str | None
    from_porz: bool
    state: HoldState
    asked_at: datetime
    lapses_at: datetime | None
    taken_at: datetime | None
    until: datetime | None
    ended_at: datetime | None
    taken_by: str | None = None


@dataclass(frozen=True, slots=True)
class Concern:
    """A child may be in danger (section 8a SGB VIII): what the team goes through. It guides and never decides."""

    id: str
    number: int
    family_id: str
    alarm_number: int | None
    opened_by: str | None
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of the checklist that somebody has gone through."""

    id: str
    concern_id: str
    family_id: str
    point: str
    marked_by: str | None
    at: datetime
    note: str
