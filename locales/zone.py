"""Where people's clocks hang: the one time zone in which days and hours are shown and understood."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
_here = [BERLIN]


def here() -> ZoneInfo:
    """The zone people live in; Europe/Berlin unless the operator sets another."""
    return _here[0]


def live_in(name: str) -> None:
    """Sets the zone, once, before anybody is spoken to. Raises ZoneInfoNotFoundError for an unknown name."""
    _here[0] = ZoneInfo(name)


def on(day: date, clock: time = time()) -> datetime:
    """A day and a time by the clocks in Köln, as aware UTC. Of a time there is twice it is the first."""
    return datetime.combine(day, clock, here()).astimezone(UTC)
