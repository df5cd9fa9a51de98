"""When somebody who works here has no time: appointments, sessions, what their own calendar says, wished slots."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Executable, bindparam, or_, select

from storage.drawer import Drawer, into
from storage.records import AppointmentState, MoveState, Span
from storage.tables import appointments, busy, courses, moves, sessions

LONGEST = timedelta(hours=12)  # nothing that is planned here takes longer
SESSION = 90  # minutes of a session that belongs to no course

_planned = select(appointments.c.starts_at, appointments.c.minutes).where(
    appointments.c.caseworker_id == bindparam("person_id"),
    # a session takes the time of whoever leads it, which need not be the family's own caseworker
    appointments.c.session_id.is_(None),
    appointments.c.state == AppointmentState.PLANNED,
    appointments.c.starts_at > bindparam("since"),
    appointments.c.starts_at < bindparam("until"),
)
_sessions = (
    select(sessions.c.starts_at, courses.c.minutes)
    .outerjoin(courses, courses.c.id == sessions.c.course_id)
    .where(
        sessions.c.caseworker_id == bindparam("person_id"),
        sessions.c.starts_at > bindparam("since"),
        sessions.c.starts_at < bindparam("until"),
        # one that is off takes nobody's time; of no course it is off when all its appointments are
        sessions.c.cancelled_at.is_(None),
        or_(
            sessions.c.course_id.is_not(None),
            sessions.c.id.in_(
                select(appointments.c.session_id).where(appointments.c.state == AppointmentState.PLANNED)
            ),
        ),
    )
)
_busy = select(busy.c.starts_at, busy.c.ends_at).where(
    busy.c.person_id == bindparam("person_id"),
    busy.c.ends_at > bindparam("since"),
    busy.c.starts_at < bindparam("until"),
)
_wished = (
    select(moves.c.slot_at, appointments.c.minutes)
    .join(appointments, appointments.c.id == moves.c.appointment_id)
    .where(
        moves.c.caseworker_id == bindparam("person_id"),
        moves.c.state != MoveState.SETTLED,
        moves.c.slot_at > bindparam("since"),
        moves.c.slot_at < bindparam("until"),
    )
)
_offered = (
    select(moves.c.offered_at, appointments.c.minutes)
    .join(appointments, appointments.c.id == moves.c.appointment_id)
    .where(
        moves.c.caseworker_id == bindparam("person_id"),
        moves.c.state == MoveState.OFFERED,
        moves.c.offered_at > bindparam("since"),
        moves.c.offered_at < bindparam("until"),
    )
)


class Occupied(Drawer):
    """Nobody else's time is looked at here, and of a calendar of one's own only from when until when."""

    def between(self, person_id: str, since: datetime, until: datetime) -> list[Span]:
        """All spans that touch this time, aware UTC, the first first. They may overlap."""
        keys = {"person_id": person_id, "since": since - LONGEST, "until": until}
        spans = [
            *(self._spans(_planned, "starts_at", keys)),
            *(self._spans(_sessions, "starts_at", keys)),
            *(self._spans(_wished, "slot_at", keys)),
            *(self._spans(_offered, "offered_at", keys)),
            *self._all(_busy, into(Span), person_id=person_id, since=since, until=until),
        ]
        return sorted((one for one in spans if one.ends_at > since), key=lambda span: span.starts_at)

    def _spans(self, found: Executable, start: str, keys: Mapping[str, Any]) -> list[Span]:
        return self._all(
            found,
            lambda row: Span(row[start], row[start] + timedelta(minutes=row["minutes"] or SESSION)),
            **keys,
        )
