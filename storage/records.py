"""What the archive holds, as frozen records and closed lists of words. Standard library only.

The longer lists, kinds of appointment and of offers, stand in storage/kinds.py and are found here too;
so are those around appointments and courses, which stand in storage/agreements.py, about rights and access, in
storage/deeds.py, about alarms, in storage/emergencies.py, and about who is on call, in storage/on_call.py.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from storage.agreements import Answer as Answer
from storage.agreements import Appointment as Appointment
from storage.agreements import AppointmentState as AppointmentState
from storage.agreements import Call as Call
from storage.agreements import Course as Course
from storage.agreements import CourseState as CourseState
from storage.agreements import DayPart as DayPart
from storage.agreements import MeetingPlace as MeetingPlace
from storage.agreements import Move as Move
from storage.agreements import MoveOutcome as MoveOutcome
from storage.agreements import MoveState as MoveState
from storage.agreements import Pace as Pace
from storage.agreements import Practice as Practice
from storage.agreements import PracticeState as PracticeState
from storage.agreements import Practised as Practised
from storage.agreements import Reached as Reached
from storage.agreements import Reason as Reason
from storage.agreements import Reminder as Reminder
from storage.agreements import ReminderKind as ReminderKind
from storage.agreements import ReminderState as ReminderState
from storage.agreements import Seat as Seat
from storage.agreements import SeatState as SeatState
from storage.agreements import Session as Session
from storage.agreements import Span as Span
from storage.agreements import Why as Why
from storage.deeds import Consent as Consent
from storage.deeds import Deputy as Deputy
from storage.deeds import Entrusted as Entrusted
from storage.deeds import Incident as Incident
from storage.deeds import Invitation as Invitation
from storage.deeds import Login as Login
from storage.deeds import Purpose as Purpose
from storage.deeds import Request as Request
from storage.deeds import RequestState as RequestState
from storage.deeds import Role as Role
from storage.emergencies import Alarm as Alarm
from storage.emergencies import AlarmState as AlarmState
from storage.emergencies import Concern as Concern
from storage.emergencies import CrisisPlace as CrisisPlace
from storage.emergencies import Debrief as Debrief
from storage.emergencies import Happening as Happening
from storage.emergencies import Hold as Hold
from storage.emergencies import HoldState as HoldState
from storage.emergencies import Logged as Logged
from storage.emergencies import Mark as Mark
from storage.emergencies import Outcome as Outcome
from storage.emergencies import Page as Page
from storage.emergencies import Promise as Promise
from storage.emergencies import Wish as Wish
from storage.emergencies import Worry as Worry
from storage.emergencies import WorryState as WorryState
from storage.emergencies import alarm_name as alarm_name
from storage.kinds import AppointmentKind as AppointmentKind
from storage.kinds import OfferKind as OfferKind
from storage.on_call import Drill as Drill
from storage.on_call import Duty as Duty
from storage.on_call import Pattern as Pattern
from storage.on_call import Probe as Probe
from storage.on_call import Ring as Ring
from storage.on_call import SecondWay as SecondWay
from storage.on_call import Shift as Shift
from storage.on_call import ShiftState as ShiftState
from storage.on_call import Swap as Swap
from storage.on_call import SwapState as SwapState

STAFF = frozenset({Role.CASEWORKER, Role.ON_CALL, Role.LEAD})


class Lane(IntEnum):
    """Which delivery leaves first: the lower number, always."""

    PAGE = -1  # whoever is on call is told before anybody is answered
    CRISIS = 0
    ANSWER = 1
    NEWS = 2  # what others are told of it: the person at hand sees their answer first
    REMINDER = 3
    BROADCAST = 4


class ShownAs(StrEnum):
    """What families read of a member of staff who has taken their alarm."""

    NAME = "name"
    ROLE = "role"


class DeliveryState(StrEnum):
    QUEUED = "queued"
    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"
    SUPERSEDED = "superseded"


class UpdateState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    PARKED = "parked"


class Mood(StrEnum):
    GOOD = "good"
    SO_SO = "so_so"
    BAD = "bad"


def new_id() -> str:
    """A name for a new row: 96 random bits in 16 characters, fit for a button's 64 bytes."""
    return secrets.token_urlsafe(12)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has written to the bot. `language` is None until chosen; `hint` is what their app said.

    `discreet`: what reaches the phone must not show whom it comes from. `paused`: nothing but answers and crisis.
    `shown_as`: what families read of staff; None is name and role. `quiet`, `reminded` and `evenings`: when they
    want to hear from us, in the words of handlers/quiet.py; None is what is usual.
    """

    id: str
    telegram_id: int
    name: str
    language: str | None
    hint: str
    blocked: bool
    roles: frozenset[Role] = frozenset()
    discreet: bool = False
    paused: bool = False
    shown_as: ShownAs | None = None
    quiet: str | None = None
    reminded: str | None = None
    evenings: bool = False

    @property
    def is_staff(self) -> bool:
        return bool(self.roles & STAFF)


@dataclass(frozen=True, slots=True)
class Family:
    id: str
    label: str
    caseworker_id: str


@dataclass(frozen=True, slots=True)
class Site:
    id: str
    name: str
    address: str
    places: int


@dataclass(frozen=True, slots=True)
class Offer:
    id: str
    site_id: str
    kind: OfferKind


@dataclass(frozen=True, slots=True)
class CrisisNumber:
    """A number families (or staff alone) may call. `hours` is "always", spans, or "" while unconfirmed.

    `languages` lists codes of languages spoken there ("tr,ar"), "*" where interpreters are called in.
    """

    number: str
    key: str
    hours: str
    position: int
    first: bool
    staff_only: bool
    confirmed_on: str | None
    languages: str = ""


@dataclass(frozen=True, slots=True)
class CheckIn:
    id: str
    person_id: str
    family_id: str
    mood: Mood
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Timer:
    """`rank` orders what waits together, the lowest first: alarms and all else have 0, reminders come after them."""

    kind: str
    scope: str
    due_at: datetime
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Where a person stands in a conversation of several steps."""

    person_id: str
    room: str
    step: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Card:
    """A message of ours in somebody's chat that shows something which may change."""

    id: str
    person_id: str
    about: str
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One call to Telegram that we owe. `edits` says it changes its card's message instead of sending one.

    Within a lane the lowest `rank` leaves first. From `expires_at` on it may not leave any more.
    """

    id: int
    lane: Lane
    person_id: str | None
    chat_id: int
    method: str
    body: str
    card_id: str | None
    edits: bool
    about: str
    attempts: int
    not_before: datetime
    rank: int = 0
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """An update as Telegram sent it: `raw` is its JSON, ASCII only."""

    update_id: int
    raw: str
    tries: int
