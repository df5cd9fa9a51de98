"""What the screens of this room are given to show."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.places.rules import Standing
from storage.records import CrisisPlace, Hold


@dataclass(frozen=True, slots=True)
class Line:
    """A place on the board. `name` is the colleague who answers for it, "" where nobody does."""

    place: CrisisPlace
    hold: Hold | None
    standing: Standing
    name: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A request. `label` is the place's, "" while it waits for one; `position` counts from 1 among `waiting`."""

    hold: Hold
    label: str
    name: str
    overdue: bool
    position: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Board:
    lines: Sequence[Line]
    waiting: Sequence[Sheet]
