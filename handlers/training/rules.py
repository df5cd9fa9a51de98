"""What holds for parent training: which offers it is planned for, and how a session stands."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from storage.records import Answer, Appointment, AppointmentState, Offer, OfferKind, Session

DOORS = timedelta(hours=1)
LISTED_AFTER = timedelta(hours=12)  # so long a session stays in the list, for who was there


class Standing(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many parents said what; `open` have not answered yet."""

    yes: int = 0
    no: int = 0
    move: int = 0
    open: int = 0


def counts(tally: Mapping[Answer | None, int]) -> Counts:
    """Whoever has not understood has not answered yet."""
    said = (tally.get(answer, 0) for answer in (Answer.YES, Answer.NO, Answer.MOVE))
    return replace(Counts(*said), open=tally.get(None, 0) + tally.get(Answer.UNCLEAR, 0))


def offered(offers: Iterable[Offer], enrolled: Set[str]) -> list[Offer]:
    """The offers to plan a session for: parent training, and whatever own families take part in."""
    return [one for one in offers if one.kind is OfferKind.PARENT_TRAINING or one.id in enrolled]


def planned(appointments: Iterable[Appointment]) -> list[Appointment]:
    return [one for one in appointments if one.state is AppointmentState.PLANNED]


def doors_open(session: Session, now: datetime) -> bool:
    """Whether one may note who is there: from an hour before."""
    return now >= session.starts_at - DOORS


def standing(session: Session, appointments: Iterable[Appointment], now: datetime) -> Standing:
    """A session whose appointments are all cancelled is cancelled itself."""
    if not planned(appointments):
        return Standing.CANCELLED
    return Standing.OVER if session.starts_at <= now else Standing.PLANNED
