"""Whether somebody is asked, and in which state what they wrote is kept. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from storage.records import Worry, WorryState

PATIENCE = timedelta(minutes=5)
NOT_AGAIN = timedelta(minutes=10)  # nobody is asked twice within that time
NOBODY_THERE = timedelta(minutes=1)  # until we look again whether somebody can be told
SIDE_BY_SIDE = 3000  # characters of one message that leave room for what stands around them


def is_asked_again(newest: tuple[datetime, WorryState] | None, now: datetime) -> bool:
    """Whether the question is put. Not twice within minutes, unless help came in between: then all begins anew."""
    if newest is None:
        return True
    at, state = newest
    # what seems to be still to come was written before somebody set the clock back
    return state is WorryState.NEEDS_HELP or not timedelta(0) <= now - at < NOT_AGAIN


def together(first: Worry, later: Sequence[Worry]) -> list[Worry]:
    """What shares the fate of the first: the same person's words from then on, up to a pause after which anew is asked.

    `later` are this person's, the oldest first.
    """
    found, until = [first], first.at + NOT_AGAIN
    for one in later:
        if one.at < first.at or one.id == first.id:
            continue
        if one.at >= until:
            break
        until = one.at + NOT_AGAIN
        found.append(one)
    return [one for one in found if (one.state, one.family_id) == (first.state, first.family_id)]


def minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60
