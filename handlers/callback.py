"""What a button carries: room:verb:part:part, at most 64 bytes."""

from dataclasses import dataclass

MOST_BYTES = 64


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed: whose it is, what it asks, and about what."""

    room: str
    verb: str
    parts: tuple[str, ...]


def press(room: str, verb: str, *parts: str | int) -> str:
    """The text behind a button. Raises ValueError when Telegram would refuse it."""
    carried = ":".join((room, verb, *map(str, parts)))
    if len(carried.encode()) > MOST_BYTES:
        raise ValueError(f"a button of {room}:{verb} carries more than {MOST_BYTES} bytes")
    return carried


def read(carried: str) -> Press | None:
    """The press behind a button's text; None when it is none of ours."""
    room, _, rest = carried.partition(":")
    verb, *parts = rest.split(":")
    return Press(room, verb, tuple(parts)) if room and verb else None
