"""When a wish to be forgotten may be proposed and granted, whom it takes along, and who is reminded of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from storage.records import Person, Request, RequestState

# Art. 12 (3) GDPR: an answer within a month
REMIND_AFTER = timedelta(days=20)
ANSWER_WITHIN = timedelta(days=30)
THEN_EVERY = timedelta(days=1)


class Reason(StrEnum):
    """Why a wish may be refused; there are no others, and none is typed."""

    KEEP = "keep"  # a law makes us keep it still
    COURT = "court"  # a court or an authority needs it
    UNSURE = "unsure"  # we could not make sure that it was they who asked


class Block(StrEnum):
    """What stands in the way right now."""

    HELD = "held"
    CRYING = "crying"
    NOT_FILED = "not_filed"
    ALONE = "alone"  # whoever proposed can't grant
    CLOSED = "closed"


def takes_family(wish: Request, members: Sequence[Person]) -> bool:
    """Whether the whole family goes: not as long as another parent stays who has asked for nothing."""
    return wish.person_id not in {person.id for person in members} or len(members) == 1


def blocks_proposal(wish: Request, *, held: bool, crying: bool) -> Block | None:
    """What has to be done or waited for before the caseworker may propose."""
    if wish.state is not RequestState.ASKED:
        return Block.CLOSED
    if held:
        return Block.HELD
    if crying:
        return Block.CRYING
    return None if wish.exported_at is not None else Block.NOT_FILED


def blocks_grant(wish: Request, by: str, *, held: bool, crying: bool) -> Block | None:
    """What keeps this person from granting it now."""
    if wish.state is not RequestState.PROPOSED:
        return Block.CLOSED
    if wish.proposed_by == by:
        return Block.ALONE
    if held:
        return Block.HELD
    return Block.CRYING if crying else None


def is_open(wish: Request) -> bool:
    return wish.state in {RequestState.ASKED, RequestState.PROPOSED}


def answer_until(wish: Request) -> datetime:
    return wish.asked_at + ANSWER_WITHIN


def reminded_at(asked_at: datetime, now: datetime) -> datetime:
    """The next moment at which somebody is reminded: after 20 days, after 30, and then daily."""
    for first in (asked_at + REMIND_AFTER, asked_at + ANSWER_WITHIN):
        if first > now:
            return first
    return now + THEN_EVERY


def is_late(wish: Request, now: datetime) -> bool:
    return now >= answer_until(wish)
