"""Which lines of the journal somebody may see of themselves, and what they are about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from handlers.acts import Act
from storage.journal import Line

# whose subjects may belong to one person, or to the team alone: another parent's are not this one's to see
OF_ONE_PERSON = frozenset(
    {"person", "checkin", "alarm", "worry", "request", "invitation", "concern", "appointment", "move"}
)
TOPICS = (
    "appointment",
    "training",
    "checkin",
    "alarm",
    "consent",
    "family",
    "invitation",
    "person",
    "rights",
    "request",
    "entrusted",
    "hold",
)
_READ = {
    Act.OPEN_FAMILY: "family",
    Act.SEE_APPOINTMENT: "appointment",
    Act.READ_CHECKIN: "checkin",
    Act.SEE_WHO_NEEDS_HELP: "alarm",
    Act.READ_ALARM_LINES: "alarm",
    Act.READ_ENTRUSTED: "entrusted",
    Act.READ_ENTRUSTED_ON_GROUND: "entrusted",
    Act.SEE_FAMILY_RIGHTS: "rights",
    Act.EXPORT_FAMILY: "rights",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """One act by whom: a role or "self", never an id."""

    at: datetime
    who: str
    topic: str
    read: bool
    act: str


def is_theirs(line: Line, person_id: str, own: frozenset[str], staff: frozenset[str]) -> bool:
    """Whether a line is this person's to see: what they did, and what staff or time did with what is theirs."""
    if line.actor == person_id:
        return True
    kind, _, id = line.subject.partition(":")
    if kind in OF_ONE_PERSON and id not in own:
        return False
    return line.actor in staff or not is_somebody(line.actor)


def is_somebody(actor: str) -> bool:
    """Whether a person acted; the house, time and the command line are none."""
    return len(actor) == 16 and " " not in actor


def topic(act: str) -> str:
    """What an act was about, as one of TOPICS or "other"."""
    first, _, rest = act.partition(".")
    if first == "read":
        return next((topic for one, topic in _READ.items() if one == rest), "other")
    return first if first in TOPICS else "other"


def is_reading(act: str) -> bool:
    return act.startswith("read.") or act.endswith(".read")


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Each line once, the newest first."""
    return sorted({line.id: line for line in lines}.values(), key=lambda line: -line.id)
