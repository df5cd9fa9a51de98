"""Parent-training sessions. Each enrolled family's part in one is an appointment of its own."""

from datetime import datetime

from sqlalchemy import and_, bindparam, or_, select

from storage.drawer import Drawer, Row, row_of
from storage.records import AppointmentState, Session, new_id
from storage.tables import appointments, sessions
from storage.vault import HOUSE, Field

# one of a course takes place whoever has signed up so far; any other as long as one of its appointments stands
TAKES_PLACE = and_(
    sessions.c.cancelled_at.is_(None),
    or_(
        sessions.c.course_id.is_not(None),
        select(appointments.c.id)
        .where(appointments.c.session_id == sessions.c.id, appointments.c.state == AppointmentState.PLANNED)
        .correlate(sessions)
        .exists(),
    ),
)
_by_id = select(sessions).where(sessions.c.id == bindparam("id"))
_ahead = (
    select(sessions)
    .where(sessions.c.caseworker_id == bindparam("caseworker_id"), sessions.c.starts_at >= bindparam("now"))
    .order_by(sessions.c.starts_at)
)
_led = _ahead.where(TAKES_PLACE)
_of_course = (
    select(sessions).where(sessions.c.course_id == bindparam("course_id")).order_by(sessions.c.starts_at)
)
_add = sessions.insert()
_cancel = (
    sessions.update()
    .where(sessions.c.id == bindparam("key"), sessions.c.cancelled_at.is_(None))
    .values(cancelled_at=bindparam("at"))
)
_hand_over = (
    sessions.update().where(sessions.c.caseworker_id == bindparam("of")).values(caseworker_id=bindparam("to"))
)
PLACE = Field("sessions", "place")


class Training(Drawer):
    """All sessions ever planned."""

    def add(
        self,
        offer_id: str,
        caseworker_id: str,
        starts_at: datetime,
        place: str,
        course_id: str | None = None,
        number: int | None = None,
    ) -> Session:
        fresh = Session(new_id(), offer_id, caseworker_id, starts_at, place, course_id, number)
        sealed = self._vault.seal(PLACE, HOUSE, fresh.id, place)
        self._add(_add, {**row_of(fresh, sessions), "place": sealed})
        return fresh

    def _made(self, row: Row) -> Session:
        return Session(**{**row, "place": self._vault.open(PLACE, HOUSE, row["id"], row["place"])})

    def get(self, id: str) -> Session | None:
        return self._one(_by_id, self._made, id=id)

    def of_course(self, course_id: str) -> list[Session]:
        """The sessions of a course, the first first."""
        return self._all(_of_course, self._made, course_id=course_id)

    def ahead(self, caseworker_id: str, now: datetime) -> list[Session]:
        return self._all(_ahead, self._made, caseworker_id=caseworker_id, now=now)

    def led(self, caseworker_id: str, now: datetime) -> int:
        """How many courses, and sessions of no course, this caseworker still has ahead."""
        found = self._all(
            _led, lambda row: str(row["course_id"] or row["id"]), caseworker_id=caseworker_id, now=now
        )
        return len(set(found))

    def cancel(self, id: str, now: datetime) -> bool:
        """It does not take place; False when that was said before."""
        return self._change(_cancel, key=id, at=now) == 1

    def hand_over(self, of: str, to: str) -> int:
        """All sessions of one caseworker are another's from now on; how many."""
        return self._change(_hand_over, of=of, to=to)
