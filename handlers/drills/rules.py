"""How long a drill is open, what an answer is worth, and when the next drill is due."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum

from storage.records import Drill, Probe

OPEN = timedelta(minutes=15)
REMINDED = timedelta(minutes=5)
EVERY = timedelta(days=30)
AGAIN = timedelta(days=7)
ASKED_AGAIN = timedelta(hours=1)  # whoever missed it is asked by the rota until they answer
MORNING = time(9)
KEPT_ON_SCREEN = 12


class Result(StrEnum):
    """What came of one test alarm; the order is that of the table."""

    UNDELIVERED = "undelivered"
    UNHEARD = "unheard"
    LATE = "late"
    ANSWERED = "answered"


def result(probe: Probe, drill: Drill) -> Result:
    """An answer counts while the drill is open; one that comes later is late."""
    if probe.answered_at is not None:
        return Result.LATE if probe.answered_at > closes(drill) else Result.ANSWERED
    return Result.UNDELIVERED if probe.delivered_at is None else Result.UNHEARD


def closes(drill: Drill) -> datetime:
    return drill.ended_at or drill.ends_at


def took(probe: Probe) -> str:
    """How long somebody took to answer, as minutes and seconds: 00:42. "" without an answer."""
    if probe.answered_at is None:
        return ""
    seconds = max(0, int(_seconds(probe)))
    return f"{seconds // 60:02}:{seconds % 60:02}"


def in_order(probes: Iterable[Probe], drill: Drill) -> list[Probe]:
    """Those first after whom somebody has to look, the quickest last."""
    order = list(Result)
    return sorted(
        probes, key=lambda one: (order.index(result(one, drill)), -_seconds(one), one.person_id, one.id)
    )


def in_time(probes: Iterable[Probe], drill: Drill) -> int:
    """How many answered while it was open."""
    return sum(result(probe, drill) is Result.ANSWERED for probe in probes)


def next_due(done: datetime, zone: tzinfo) -> datetime:
    """Nine in the morning, thirty days later, in UTC: nobody is woken to be told of it."""
    day = (done.astimezone(zone) + EVERY).date()
    return datetime.combine(day, MORNING, zone).astimezone(UTC)


def _seconds(probe: Probe) -> float:
    return (probe.answered_at - probe.sent_at).total_seconds() if probe.answered_at else 0.0
