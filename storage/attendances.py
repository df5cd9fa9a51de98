"""Who came to what, as noted by whoever was there."""

from datetime import datetime

from sqlalchemy import and_, bindparam, or_, select

from storage.drawer import Drawer
from storage.families import CARED_FOR
from storage.records import Answer, AppointmentState
from storage.tables import answers, appointments, attendances, families, members, timers

_same = (
    attendances.update()
    .where(
        attendances.c.appointment_id == bindparam("appointment"),
        attendances.c.person_id == bindparam("person"),
    )
    .values(came=bindparam("was_there"), at=bindparam("noted_at"), marked_by=bindparam("noted_by"))
)
_add = attendances.insert()
_of = (
    select(attendances.c.person_id, attendances.c.came)
    .where(attendances.c.appointment_id == bindparam("appointment_id"))
    .order_by(attendances.c.at, attendances.c.person_id)
)
_is_asked = or_(appointments.c.only_for.is_(None), appointments.c.only_for == members.c.person_id)
_noted = and_(
    attendances.c.appointment_id == appointments.c.id, attendances.c.person_id == members.c.person_id
)
_said = and_(answers.c.appointment_id == appointments.c.id, answers.c.person_id == members.c.person_id)
_was_awaited = or_(answers.c.answer.is_(None), answers.c.answer.not_in((Answer.NO, Answer.MOVE)))
_open = (
    select(appointments.c.id)
    .distinct()
    .join(families, families.c.id == appointments.c.family_id)
    .join(members, and_(members.c.family_id == appointments.c.family_id, _is_asked))
    .outerjoin(attendances, _noted)
    .outerjoin(answers, _said)
    .where(
        CARED_FOR,
        appointments.c.session_id.is_(None),
        appointments.c.state == AppointmentState.PLANNED,
        appointments.c.starts_at >= bindparam("since"),
        appointments.c.starts_at <= bindparam("until"),
        or_(
            and_(attendances.c.person_id.is_(None), _was_awaited),
            attendances.c.at > bindparam("noted_since"),
        ),
    )
)
_starts = (
    select(appointments.c.id, appointments.c.starts_at)
    .where(appointments.c.id.in_(_open))
    .order_by(appointments.c.starts_at, appointments.c.id)
)
_lost = (
    select(appointments.c.id)
    .where(
        appointments.c.session_id.is_(None),
        appointments.c.state == AppointmentState.PLANNED,
        appointments.c.starts_at > bindparam("since"),
        ~select(timers.c.scope)
        .where(timers.c.kind == bindparam("kind"), timers.c.scope == appointments.c.id)
        .exists(),
        ~select(attendances.c.at).where(attendances.c.appointment_id == appointments.c.id).exists(),
    )
    .order_by(appointments.c.starts_at)
)


class Attendances(Drawer):
    """One line for each person and appointment; the newest word counts."""

    def mark(self, appointment_id: str, person_id: str, came: bool, now: datetime, by: str) -> None:
        """Notes whether somebody came; `by` is who noted it, by id."""
        marked = {"was_there": int(came), "noted_at": now, "noted_by": by}
        if not self._change(_same, appointment=appointment_id, person=person_id, **marked):
            self._add(
                _add,
                {
                    "appointment_id": appointment_id,
                    "person_id": person_id,
                    "came": int(came),
                    "at": now,
                    "marked_by": by,
                },
            )

    def of(self, appointment_id: str) -> dict[str, bool]:
        """Who came and who did not, by person id; nothing of whoever was not noted yet."""
        rows = self._all(_of, lambda row: row, appointment_id=appointment_id)
        return {row["person_id"]: bool(row["came"]) for row in rows}

    def to_note(
        self, person_id: str, now: datetime, since: datetime, until: datetime, noted_since: datetime
    ) -> list[str]:
        """The appointments, by id, that began in this time, with families this person works with, of whom
        somebody awaited is not noted yet or was noted since then; the first first. Sessions are not among them.
        """
        keys = {"person_id": person_id, "now": now, "since": since, "until": until}
        return self._all(_starts, lambda row: str(row["id"]), **keys, noted_since=noted_since)

    def unasked(self, since: datetime, kind: str) -> list[str]:
        """The planned appointments from then on of whose parents nobody is noted and that no timer of this kind
        asks about, by id.
        """
        return self._all(_lost, lambda row: str(row["id"]), since=since, kind=kind)
