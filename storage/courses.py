"""Courses of parent training, and the families that have a seat in one or wait for it."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import and_, bindparam, func, or_, select

from storage.drawer import Drawer, Row, row_of
from storage.families import STANDS_IN_FOR
from storage.records import Course, CourseState, Seat, SeatState, new_id
from storage.tables import courses, members, seats
from storage.types import MILLISECOND
from storage.vault import HOUSE, Field

PLACE = Field("courses", "place")
NEWEST = 20

_by_id = select(courses).where(courses.c.id == bindparam("id"))
_led_by = (
    select(courses)
    .where(
        or_(
            courses.c.caseworker_id == bindparam("person_id"),
            courses.c.caseworker_id.in_(STANDS_IN_FOR),
        )
    )
    .order_by(courses.c.starts_at.desc(), courses.c.id)
    .limit(bindparam("most"))
)
_add = courses.insert()
_cancel = (
    courses.update()
    .where(courses.c.id == bindparam("key"), courses.c.state == CourseState.OPEN)
    .values(state=CourseState.CANCELLED)
)
_hand_over = (
    courses.update().where(courses.c.caseworker_id == bindparam("of")).values(caseworker_id=bindparam("to"))
)
_seats = select(seats).where(seats.c.course_id == bindparam("course_id")).order_by(seats.c.at)
_seat = select(seats).where(
    seats.c.course_id == bindparam("course_id"), seats.c.family_id == bindparam("family_id")
)
_of_family = select(seats).where(seats.c.family_id == bindparam("family_id")).order_by(seats.c.at)
_invite = seats.insert()
_this_seat = and_(seats.c.course_id == bindparam("course"), seats.c.family_id == bindparam("family"))
_other = seats.alias("other")
_taken = (
    select(func.count())
    .where(_other.c.course_id == bindparam("course"), _other.c.state == SeatState.TAKEN)
    .scalar_subquery()
)
_has = (
    select(courses.c.seats)
    .where(courses.c.id == bindparam("course"), courses.c.state == CourseState.OPEN)
    .scalar_subquery()
)
# Whoever's statement runs first has the seat: how many are taken is counted in the very change that takes one.
_take = (
    seats.update()
    .where(_this_seat, seats.c.state != SeatState.TAKEN, _taken < _has)
    .values(state=SeatState.TAKEN, at=bindparam("when"))
)
_become = (
    seats.update()
    .where(_this_seat, seats.c.state != bindparam("to"))
    .values(state=bindparam("to"), at=bindparam("when"))
)
# a family of which nobody is here could not come, and would keep the seat from those who can
_first_waiting = (
    select(seats.c.family_id)
    .where(
        seats.c.course_id == bindparam("course_id"),
        seats.c.state == SeatState.WAITING,
        select(members.c.person_id).where(members.c.family_id == seats.c.family_id).correlate(seats).exists(),
    )
    .order_by(seats.c.at)
    .limit(1)
)
_last_waiting = select(func.max(seats.c.at).label("at")).where(
    seats.c.course_id == bindparam("course_id"), seats.c.state == SeatState.WAITING
)


def _seat_of(row: Row) -> Seat:
    return Seat(**{**row, "state": SeatState(row["state"])})


class Courses(Drawer):
    """All courses with their seats."""

    def add(self, fresh: Course) -> Course:
        """Stores a course under an id of its own."""
        made = replace(fresh, id=new_id())
        sealed = self._vault.seal(PLACE, HOUSE, made.id, made.place)
        row = {**row_of(made, courses), "place": sealed, "languages": " ".join(made.languages)}
        self._add(_add, {**row, "child_care": int(made.child_care)})
        return made

    def _made(self, row: Row) -> Course:
        opened = {
            "place": self._vault.open(PLACE, HOUSE, row["id"], row["place"]),
            "state": CourseState(row["state"]),
            "child_care": bool(row["child_care"]),
            "languages": tuple(row["languages"].split()),
        }
        return Course(**{**row, **opened})

    def get(self, id: str) -> Course | None:
        return self._one(_by_id, self._made, id=id)

    def led_by(self, person_id: str, now: datetime, most: int = NEWEST) -> list[Course]:
        """The courses this person leads, or stands in for whoever does; the newest first."""
        return self._all(_led_by, self._made, person_id=person_id, now=now, most=most)

    def hand_over(self, of: str, to: str) -> int:
        """All courses of one caseworker are another's from now on; how many."""
        return self._change(_hand_over, of=of, to=to)

    def cancel(self, id: str) -> bool:
        """False when it was cancelled before."""
        return self._change(_cancel, key=id) == 1

    def seats(self, course_id: str) -> list[Seat]:
        """Every family's seat, whoever has stood as they do the longest first."""
        return self._all(_seats, _seat_of, course_id=course_id)

    def seat(self, course_id: str, family_id: str) -> Seat | None:
        return self._one(_seat, _seat_of, course_id=course_id, family_id=family_id)

    def of_family(self, family_id: str) -> list[Seat]:
        return self._all(_of_family, _seat_of, family_id=family_id)

    def invite(self, course_id: str, family_id: str, now: datetime) -> bool:
        """False when the family was invited before."""
        if self.seat(course_id, family_id) is not None:
            return False
        self._add(_invite, row_of(Seat(course_id, family_id, SeatState.INVITED, now), seats))
        return True

    def take(self, course_id: str, family_id: str, now: datetime) -> bool:
        """Takes a seat for an invited family; False when none is free, it has one, or the course is off."""
        return self._change(_take, course=course_id, family=family_id, when=now) == 1

    def wait(self, course_id: str, family_id: str, now: datetime) -> bool:
        """Puts an invited family at the end of the waiting list; False when it waits already."""
        last = self._one(_last_waiting, lambda row: row["at"], course_id=course_id)
        # nobody who came in the same millisecond may stand before who was there
        at = now if last is None or now > last else last + MILLISECOND
        return self._become(course_id, family_id, SeatState.WAITING, at)

    def decline(self, course_id: str, family_id: str, now: datetime) -> bool:
        """False when the family had declined before."""
        return self._become(course_id, family_id, SeatState.DECLINED, now)

    def leave(self, course_id: str, family_id: str, now: datetime) -> bool:
        """The family's seat is free again; False when it had left before."""
        return self._become(course_id, family_id, SeatState.LEFT, now)

    def move_up(self, course_id: str, now: datetime) -> Seat | None:
        """Gives a free seat to whoever waits the longest; None when none is free or nobody waits.

        A family without parents is passed over, and keeps its place.
        """
        first = self._one(_first_waiting, lambda row: str(row["family_id"]), course_id=course_id)
        if first is None or not self.take(course_id, first, now):
            return None
        return self.seat(course_id, first)

    def _become(self, course_id: str, family_id: str, to: SeatState, at: datetime) -> bool:
        return self._change(_become, course=course_id, family=family_id, to=to, when=at) == 1
