"""Where people's clocks hang: the one time zone in which days and hours are shown and understood."""

from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
_here = [BERLIN]


def here() -> ZoneInfo:
    """The zone people live in; Europe/Berlin unless the operator sets another."""
    return _here[0]


def live_in(name: str) -> None:
    """Sets the zone, once, before anybody is spoken to. Raises ZoneInfoNotFoundError for an unknown name."""
    _here[0] = ZoneInfo(name)
