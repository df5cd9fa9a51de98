"""The log of breaches, or why there is none where the store can't be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from handlers.incidents.rules import deadline
from storage.records import Incident


class Missing(StrEnum):
    """Why there is no log: each is told in a sentence of its own."""

    NO_STORE = "no_store"
    NO_KEYS = "no_keys"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Log:
    """The incidents, the newest first; `missing` says why they could not be read."""

    incidents: Sequence[Incident] = ()
    missing: Missing | None = None


def is_late(incident: Incident) -> bool:
    """Whether it was reported only after the deadline, which needs reasons (Art. 33(1) GDPR)."""
    return incident.reported_at is not None and incident.reported_at > deadline(incident.noticed_at)
