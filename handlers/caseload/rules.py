"""How families are named here, and how long names fit behind a button."""

import hashlib
from collections.abc import Iterable
from typing import Protocol, TypeVar

from storage.records import Family

LONGEST_LABEL = 40
LONGEST_NAME = 40


class Named(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=Named)


def is_taken(label: str, families: Iterable[Family]) -> bool:
    """True when one of the families already goes by that name, however it is written."""
    return label.casefold() in {family.label.casefold() for family in families}


def tag(id: str) -> str:
    """A short stand-in for the id of a site or an offer: agencies name them, and a button holds 64 bytes."""
    return hashlib.sha256(id.encode()).hexdigest()[:10]


def tagged(things: Iterable[N], wanted: str) -> N | None:
    """The thing whose id has this tag."""
    return next((thing for thing in things if tag(thing.id) == wanted), None)
