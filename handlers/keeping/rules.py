"""When the night is, and when what work once needed may go for the first time: nobody is surprised by it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum, auto
from zoneinfo import ZoneInfo

AT = time(3, 0)
PATIENCE = timedelta(days=7)  # so long the lead has time to say yes; then they are told a second time
ON_A_PAGE = 10


class Tonight(Enum):
    """What becomes of what work once needed."""

    ASK = auto()
    WAIT = auto()
    REMIND = auto()
    PURGE = auto()


@dataclass(frozen=True, slots=True)
class Word:
    """How far it has come: "", asked, reminded or agreed, and since when. Kept as a setting."""

    said: str = ""
    since: datetime | None = None

    @classmethod
    def read(cls, value: str) -> "Word":
        said, _, since = value.partition(" ")
        return cls(said, datetime.fromisoformat(since) if since else None)

    def __str__(self) -> str:
        return f"{self.said} {self.since.isoformat()}" if self.since else self.said


ASKED, REMINDED, AGREED = "asked", "reminded", "agreed"


def next_night(now: datetime, zone: ZoneInfo) -> datetime:
    """The next three o'clock where people live."""
    here = now.astimezone(zone)
    tonight = datetime.combine(here.date(), AT, zone)
    if tonight <= here:
        tonight = datetime.combine(here.date() + timedelta(days=1), AT, zone)
    return tonight


def tonight(word: Word, now: datetime) -> Tonight:
    """The first time the lead is asked; a second notice comes after 7 days, and the night after that it goes."""
    if word.said == AGREED or word.said == REMINDED:
        return Tonight.PURGE
    if word.said != ASKED or word.since is None:
        return Tonight.ASK
    return Tonight.REMIND if now - word.since >= PATIENCE - timedelta(hours=1) else Tonight.WAIT
