"""What holds for every appointment: how it stands, whether a button still means it, which cards follow."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from storage.records import Appointment, AppointmentState, Card

NEWEST = 3
MOST_CHANGED = 20  # of one person's cards: more of one appointment stand in no chat
LATE_FROM, LATE_UNTIL = timedelta(hours=3), timedelta(hours=1)


class Standing(StrEnum):
    """How an appointment stands to whoever looks at it now."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    OVER = "over"


def standing(appointment: Appointment, now: datetime) -> Standing:
    if appointment.state is AppointmentState.CANCELLED:
        return Standing.CANCELLED
    return Standing.OVER if appointment.starts_at <= now else Standing.PLANNED


def cancelled_ahead(appointment: Appointment, now: datetime) -> bool:
    """Whether somebody might still go there in vain."""
    return appointment.state is AppointmentState.CANCELLED and appointment.starts_at > now


def may_change(appointment: Appointment, revision_seen: int, now: datetime) -> bool:
    """Whether a button still means what it said when it was shown."""
    return appointment.revision == revision_seen and standing(appointment, now) is Standing.PLANNED


def may_be_late(appointment: Appointment, now: datetime) -> bool:
    """Whether it is the time to say that one comes later: shortly before the start, and shortly after it."""
    ahead = appointment.starts_at - now
    return appointment.state is AppointmentState.PLANNED and -LATE_UNTIL <= ahead <= LATE_FROM


def to_follow(cards: Sequence[Card], by: str, pressed: int | None, *others: str) -> list[Card]:
    """The newest cards of who pressed and of each of the others that have to follow, the pressed one left out."""
    mine = [card for card in cards if card.person_id == by and not (card.message_id == pressed is not None)]
    found = mine[-NEWEST:]
    for other in dict.fromkeys(others):
        found += [card for card in cards if card.person_id == other != by][-NEWEST:]
    return found


def standing_in_chats(cards: Sequence[Card], concerned: Collection[str]) -> list[Card]:
    """The newest cards of each person concerned, as many as can be looked at: none of them may lie."""
    counted: Counter[str] = Counter()
    found = []
    for card in reversed(cards):
        counted[card.person_id] += 1
        if card.person_id in concerned and counted[card.person_id] <= MOST_CHANGED:
            found.append(card)
    return found[::-1]


def carried(parts: Sequence[str]) -> tuple[str, int]:
    """The appointment id and revision of a button; an unreadable revision is -1, which none ever has."""
    id, revision = (*parts, "", "")[:2]
    readable = revision.isascii() and revision.isdigit() and len(revision) < 10
    return id, int(revision) if readable else -1
