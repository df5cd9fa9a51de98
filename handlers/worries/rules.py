"""Whether somebody is asked, and in which state what they wrote is kept. Pure."""

from datetime import datetime, timedelta

from storage.records import WorryState

PATIENCE = timedelta(minutes=5)
NOT_AGAIN = timedelta(minutes=10)  # nobody is asked twice within that time
SIDE_BY_SIDE = 3000  # characters of one message that leave room for what stands around them


def is_asked_again(newest: tuple[datetime, WorryState] | None, now: datetime) -> bool:
    """Whether the question is put. Not twice within minutes, unless help came in between: then all begins anew."""
    if newest is None:
        return True
    at, state = newest
    return state is WorryState.NEEDS_HELP or now - at >= NOT_AGAIN


def minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60


def pieces(text: str) -> list[str]:
    """The text in parts that fit a message; nothing of it is lost."""
    return [text[at : at + SIDE_BY_SIDE] for at in range(0, len(text), SIDE_BY_SIDE)]
