"""What code says instead of sentences: a message key with slots, still without a language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Literal, TypeAlias, Union

Domain: TypeAlias = Literal["families", "staff"]


@dataclass(frozen=True, slots=True)
class Number:
    """A phone number or another number with groups; shown in national form, never with a plus or a hyphen."""

    text: str


@dataclass(frozen=True, slots=True)
class Address:
    """A German address or place name, shown left to right in every language."""

    text: str


@dataclass(frozen=True, slots=True)
class Endonym:
    """A language by its code, shown by its own name ("tr" as Türkçe)."""

    code: str


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its code, shown by its name in the language of the sentence ("tr" as Türkisch)."""

    code: str


@dataclass(frozen=True, slots=True)
class Day:
    """The calendar day of an aware moment in the voice's zone, with its weekday."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Hour:
    """The time of day (HH:mm) of an aware moment in the voice's zone."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """Day and time of an aware moment in the voice's zone. A bare aware datetime is shown the same way."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Written:
    """Lines of our own from a course's file, already in the language of the sentence, at the end of a line."""

    text: str


@dataclass(frozen=True, slots=True, init=False)
class Items:
    """Several things, each on a line of its own behind a dot."""

    of: tuple["Slot", ...]

    def __init__(self, *of: "Slot") -> None:
        object.__setattr__(self, "of", of)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A message key of one domain and what fills its slots; equal and hashable by value."""

    domain: Domain
    key: str
    slots: Mapping[str, "Slot"] = field(default_factory=lambda: MappingProxyType({}))

    def __hash__(self) -> int:
        return hash((self.domain, self.key, frozenset(self.slots.items())))


Slot: TypeAlias = Union[
    str,
    int,
    date,
    time,
    datetime,
    Number,
    Address,
    Endonym,
    Language,
    Day,
    Hour,
    Moment,
    Written,
    Items,
    "Phrase",
]


def F(key: str, /, **slots: Slot) -> Phrase:  # noqa: N802 — the mark that the extraction looks for
    """A text for families. The key must stand here literally (or as f"group.{name}") to be found."""
    return Phrase("families", key, MappingProxyType(slots))


def S(key: str, /, **slots: Slot) -> Phrase:  # noqa: N802 — as above
    """A text for staff, by the same rules."""
    return Phrase("staff", key, MappingProxyType(slots))
