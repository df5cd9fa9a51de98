"""What holds for courses: their days, how they stand, who is invited, who has earned a certificate."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.records import Course, CourseState, Seat, SeatState, Session

SEATS = range(4, 21)
MINUTES = 90  # of one session
DOORS = timedelta(hours=1)  # before a session begins one may note who is there
MOST_SESSIONS = 40


class Standing(StrEnum):
    OPEN = "open"
    CANCELLED = "cancelled"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many families stand how."""

    taken: int = 0
    waiting: int = 0
    declined: int = 0
    open: int = 0


@dataclass(frozen=True, slots=True)
class Presence:
    """How many parents came to one session, how many did not, and how many nothing is noted of."""

    came: int = 0
    absent: int = 0
    open: int = 0


def counts(seats: Iterable[Seat]) -> Counts:
    """Whoever left is counted among those who declined."""
    states = [seat.state for seat in seats]
    return Counts(
        states.count(SeatState.TAKEN),
        states.count(SeatState.WAITING),
        states.count(SeatState.DECLINED) + states.count(SeatState.LEFT),
        states.count(SeatState.INVITED),
    )


def in_line(seats: Sequence[Seat], family_id: str) -> int:
    """A family's place on the waiting list, counted from 1; 0 when it does not wait."""
    waiting = [seat.family_id for seat in seats if seat.state is SeatState.WAITING]
    return waiting.index(family_id) + 1 if family_id in waiting else 0


def taking_place(sessions: Iterable[Session]) -> list[Session]:
    return [session for session in sessions if session.cancelled_at is None]


def ahead(sessions: Iterable[Session], now: datetime) -> list[Session]:
    """The sessions one can still come to."""
    return [session for session in taking_place(sessions) if session.starts_at > now]


def begun(sessions: Iterable[Session], now: datetime) -> list[Session]:
    """The sessions of which one may note who is there, or was."""
    return [session for session in sessions if may_note(session, now)]


def held(sessions: Iterable[Session], now: datetime) -> list[Session]:
    """The sessions that have taken place by now, or are just taking place."""
    return [session for session in taking_place(sessions) if session.starts_at <= now]


def ends_at(course: Course, sessions: Iterable[Session]) -> datetime | None:
    """When the last session is over; None when none takes place."""
    last = max((session.starts_at for session in taking_place(sessions)), default=None)
    return None if last is None else last + timedelta(minutes=course.minutes)


def standing(course: Course, sessions: Sequence[Session], now: datetime) -> Standing:
    if course.state is CourseState.CANCELLED:
        return Standing.CANCELLED
    return Standing.OPEN if ahead(sessions, now) else Standing.OVER


def may_note(session: Session, now: datetime) -> bool:
    return session.cancelled_at is None and now >= session.starts_at - DOORS


def reads(tongues: Iterable[str], languages: Collection[str]) -> bool:
    """Whether somebody of a family reads one of the course's languages."""
    return any(tongue in languages for tongue in tongues)


def next_mark(came: bool | None) -> bool:
    """What one tap makes of what was noted: whoever was tapped is here, and with a second tap is not."""
    return came is not True


def earned(attended: int, sessions: int) -> bool:
    """Whether a certificate is offered by itself: for half of the sessions or more."""
    return attended > 0 and 2 * attended >= sessions


def presence(marks: Iterable[bool | None]) -> Presence:
    noted = list(marks)
    return Presence(noted.count(True), noted.count(False), noted.count(None))


def rate(marked: Mapping[str, Presence]) -> int | None:
    """How many in a hundred came, of all that was noted; None while nothing is."""
    came = sum(one.came for one in marked.values())
    noted = came + sum(one.absent for one in marked.values())
    return round(100 * came / noted) if noted else None
