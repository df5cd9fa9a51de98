"""The points of a checklist after section 8a SGB VIII, as a list. Nothing here weighs anything: people do. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from handlers.calendar import a_day
from storage.records import Concern, Mark

LONGEST_NOTE = 2000
ON_A_SCREEN = 400  # signs of a note at once, beside what stands around it
REMIND_AFTER = timedelta(hours=24)
ASK_AGAIN = timedelta(hours=1)
CHECK_IN_DAYS = (1, 3, 7, 14, 28)
POLICE = "110"
# the medical child protection hotline, for those who work in health care, child and youth services, and courts
HOTLINE = "0800 19 210 00"
HOTLINE_KEY, OFFICE_KEY = "child_protection_staff", "youth_office_staff"


class Standing(StrEnum):
    """Whether a point has been gone through; never what came of it."""

    NOT_YET = "not_yet"
    HALF = "half"  # by one person, and a second one has to
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Point:
    """One point. `ways` are the words with which it can be marked: any of them is enough.

    `people` says how many different people have to mark it, each by themselves.
    """

    name: str
    ways: tuple[str, ...]
    people: int = 1


WEIGHED, CLOSING, NEXT_CHECK = "weighed", "closing", "next_check"
POINTS = (
    Point("noticed", ("noticed",)),
    Point(WEIGHED, (WEIGHED,), people=2),
    Point("specialist", ("specialist",)),
    Point("family", ("family", "family_at_risk")),
    Point("help", ("help",)),
    Point("enough", ("enough", "youth_office")),
    Point(NEXT_CHECK, (NEXT_CHECK,)),
    Point(CLOSING, (CLOSING,), people=2),
)
WAYS = tuple(way for point in POINTS for way in point.ways)


def point_of(word: str) -> Point | None:
    """The point with this name, or of which this is a way; None for any other word."""
    return next((point for point in POINTS if word == point.name or word in point.ways), None)


def of_point(point: Point, marks: Iterable[Mark]) -> list[Mark]:
    return [mark for mark in marks if mark.point in point.ways]


def standing(point: Point, marks: Iterable[Mark]) -> Standing:
    """How many have gone through it, and nothing else."""
    mine = of_point(point, marks)
    people = {mark.marked_by for mark in mine if mark.marked_by is not None}
    if len(people) >= point.people or (mine and point.people == 1):
        return Standing.DONE
    return Standing.HALF if mine else Standing.NOT_YET


def missing(marks: Sequence[Mark]) -> list[Point]:
    """What nobody has gone through yet, or only one of two."""
    return [point for point in POINTS if standing(point, marks) is not Standing.DONE]


def can_close(marks: Sequence[Mark]) -> bool:
    """Whether two different people have marked the closing summary."""
    people = {mark.marked_by for mark in marks if mark.point == CLOSING and mark.marked_by is not None}
    return len(people) >= 2


def may_mark(way: str, marks: Iterable[Mark], person_id: str, note: str) -> bool:
    """Marking a second time says something new only with a note."""
    return bool(note) or all(mark.point != way or mark.marked_by != person_id for mark in marks)


def check_day(days: str, now: datetime, zone: tzinfo) -> date | None:
    """The day so many days from now, as a button carries them; None for anything else."""
    found = next((n for n in CHECK_IN_DAYS if str(n) == days), None)
    return None if found is None else now.astimezone(zone).date() + timedelta(days=found)


def day_in(note: str) -> date | None:
    """The day that a mark of NEXT_CHECK carries; None when it is none."""
    return a_day(note)


def called(concern: Concern) -> str:
    """The name staff use aloud: P-0001."""
    return f"P-{concern.number:04d}"
