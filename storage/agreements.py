"""Records of appointments and courses, and of all around them: moves, reminders, calls, places to meet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from storage.kinds import AppointmentKind


class Answer(StrEnum):
    """What a parent says to an appointment."""

    YES = "yes"
    NO = "no"
    MOVE = "move"
    UNCLEAR = "unclear"


class AppointmentState(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"


class Reason(StrEnum):
    """Why a parent does not come, as pictograms say it."""

    ILL = "ill"
    WORK = "work"
    AUTHORITY = "authority"
    UNWILLING = "unwilling"
    OTHER = "other"


class DayPart(StrEnum):
    """A part of the day, as people say it: until noon, until five, after that."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class MoveState(StrEnum):
    """Who decides next about another time: the caseworker (asked), the parent (offered), nobody any more."""

    ASKED = "asked"
    OFFERED = "offered"
    SETTLED = "settled"


class MoveOutcome(StrEnum):
    MOVED = "moved"
    KEPT = "kept"
    CALLED = "called"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One family's appointment. `session_id` is set when it belongs to a parent-training session.

    `only_for` is the one parent it is for; None: all of the family. `interpreter` is the language somebody
    translates into, `bring` words from the list of things to bring. `moved_from` is the time it had before.
    """

    id: str
    family_id: str
    caseworker_id: str
    kind: AppointmentKind
    starts_at: datetime
    place: str
    state: AppointmentState
    revision: int
    session_id: str | None
    minutes: int = 60
    only_for: str | None = None
    meeting_place_id: str | None = None
    interpreter: str | None = None
    bring: tuple[str, ...] = ()
    series_id: str | None = None
    moved_from: datetime | None = None
    made_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Session:
    """A parent-training session of an offer; `number` counts from 1 within its course, if it belongs to one.

    `cancelled_at` says since when it does not take place.
    """

    id: str
    offer_id: str
    caseworker_id: str
    starts_at: datetime
    place: str
    course_id: str | None = None
    number: int | None = None
    cancelled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A parent's wish for another time. Either `slot_at` was picked, or `day` with a `part` of it.

    `offered_at` is what the caseworker offers instead. While a move is open nobody else gets its slot.
    """

    id: str
    appointment_id: str
    family_id: str
    caseworker_id: str
    person_id: str
    state: MoveState
    slot_at: datetime | None
    day: date | None
    part: DayPart | None
    offered_at: datetime | None
    asked_at: datetime
    settled_at: datetime | None
    outcome: MoveOutcome | None


class ReminderKind(StrEnum):
    DAY_BEFORE = "day_before"
    TWO_HOURS = "two_hours"


class ReminderState(StrEnum):
    """Owed for later, posted to the outbox, delivered, or dropped for a reason that is listed."""

    OWED = "owed"
    POSTED = "posted"
    DELIVERED = "delivered"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder of one person for one appointment, with what became of it.

    `first_due_at` is when it should have come; `due_at` is later where it was put off.
    """

    id: str
    appointment_id: str
    person_id: str
    kind: ReminderKind
    due_at: datetime
    state: ReminderState
    reason: str | None
    settled_at: datetime | None
    first_due_at: datetime | None = None


class Why(StrEnum):
    """Why somebody is on a caseworker's call list."""

    UNANSWERED = "unanswered"
    MOVE = "move"
    UNCLEAR = "unclear"
    NO_SHOW = "no_show"
    UNREACHABLE = "unreachable"
    QUESTION = "question"


class Reached(StrEnum):
    """What became of a call."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    SETTLED = "settled"  # no call was needed any more


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to be called by whoever works with the family."""

    id: str
    family_id: str
    person_id: str
    appointment_id: str | None
    why: Why
    since: datetime
    done_at: datetime | None
    done_by: str | None
    outcome: Reached | None


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when somebody has no time, aware UTC."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class MeetingPlace:
    """A place from the agency's register. `ways` say by language how one gets there; the pin may be unknown."""

    id: str
    site_id: str | None
    name: str
    address: str
    latitude: str | None
    longitude: str | None
    position: int
    ways: Mapping[str, str] = field(default_factory=dict)


class CourseState(StrEnum):
    OPEN = "open"
    CANCELLED = "cancelled"


class SeatState(StrEnum):
    """How a family stands to a course."""

    INVITED = "invited"
    TAKEN = "taken"
    WAITING = "waiting"
    DECLINED = "declined"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Course:
    """A parent training of several sessions. `syllabus` names its words and exercises in locales/courses."""

    id: str
    offer_id: str
    caseworker_id: str
    syllabus: str
    place: str
    meeting_place_id: str | None
    starts_at: datetime
    minutes: int
    seats: int
    child_care: bool
    languages: tuple[str, ...]
    state: CourseState
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Seat:
    course_id: str
    family_id: str
    state: SeatState
    at: datetime


class PracticeState(StrEnum):
    """Where somebody stands in the exercises of a course."""

    WAITING = "waiting"
    SENT = "sent"
    ASKED = "asked"
    RESTING = "resting"
    DONE = "done"


class Pace(StrEnum):
    """How soon the next exercise comes once the last was answered."""

    DAILY = "daily"
    TWICE_A_WEEK = "twice_a_week"
    WEEKLY = "weekly"


class Practised(StrEnum):
    YES = "yes"
    BIT = "bit"
    NO = "no"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Practice:
    """One person's place in a course's exercises, kept for good. `step` counts from 0: the exercise at hand."""

    id: str
    person_id: str
    family_id: str
    syllabus: str
    step: int
    state: PracticeState
    pace: Pace
    at: datetime
