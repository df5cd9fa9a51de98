"""Whom a caseworker is to call, and what became of it. Each reason for a call stands here once."""

from datetime import datetime

from sqlalchemy import and_, bindparam, or_, select

from storage.drawer import Drawer, Row, row_of
from storage.families import CARED_FOR
from storage.records import Answer, AppointmentState, Call, Reached, Why, new_id
from storage.tables import answers, appointments, calls, cards, families, members, sessions, timers

_by_id = select(calls).where(calls.c.id == bindparam("id"))
_open = (
    select(calls)
    .join(families, families.c.id == calls.c.family_id)
    .where(CARED_FOR, calls.c.done_at.is_(None))
    .order_by(calls.c.since, calls.c.id)
)
_same = select(calls).where(
    calls.c.person_id == bindparam("person_id"),
    calls.c.why == bindparam("why"),
    calls.c.appointment_id.is_not_distinct_from(bindparam("appointment_id")),
    calls.c.done_at.is_(None),
)
_about = select(calls).where(calls.c.appointment_id == bindparam("appointment_id"), calls.c.done_at.is_(None))
_of_family = select(calls.c.id).where(calls.c.family_id == bindparam("family_id"))
_scope = appointments.c.id + ":" + members.c.person_id
_is_asked = or_(appointments.c.only_for.is_(None), appointments.c.only_for == members.c.person_id)
_was_told = (
    select(cards.c.id)
    .where(cards.c.about == "appointment:" + appointments.c.id, cards.c.person_id == members.c.person_id)
    .exists()
)
_is_owed = (
    select(timers.c.scope)
    .where(timers.c.kind.in_((bindparam("one"), bindparam("other"))), timers.c.scope == _scope)
    .exists()
)
_was_owed = (
    select(calls.c.id)
    .where(
        calls.c.appointment_id == appointments.c.id,
        calls.c.person_id == members.c.person_id,
        or_(calls.c.outcome.is_(None), calls.c.outcome != Reached.SETTLED),
    )
    .exists()
)
# the days of a course are not asked one by one
_is_of_course = (
    select(sessions.c.id)
    .where(sessions.c.id == appointments.c.session_id, sessions.c.course_id.is_not(None))
    .exists()
)
_lost = (
    select(appointments.c.id, members.c.person_id)
    .join(members, and_(members.c.family_id == appointments.c.family_id, _is_asked))
    .outerjoin(
        answers,
        and_(answers.c.appointment_id == appointments.c.id, answers.c.person_id == members.c.person_id),
    )
    .where(
        appointments.c.state == AppointmentState.PLANNED,
        appointments.c.starts_at > bindparam("now"),
        answers.c.answer.is_(None),
        _was_told,
        ~_is_of_course,
        ~_is_owed,
        ~_was_owed,
    )
    .order_by(appointments.c.starts_at, members.c.person_id)
)
# somebody has not understood, and neither a timer of this kind nor a call sees to it
_is_looked_at = (
    select(timers.c.scope).where(timers.c.kind == bindparam("kind"), timers.c.scope == _scope).exists()
)
_was_called = (
    select(calls.c.id)
    .where(
        calls.c.appointment_id == appointments.c.id,
        calls.c.person_id == members.c.person_id,
        calls.c.why == Why.UNCLEAR,
        or_(calls.c.outcome.is_(None), calls.c.outcome != Reached.SETTLED),
    )
    .exists()
)
_unclear = (
    select(appointments.c.id, members.c.person_id)
    .join(members, and_(members.c.family_id == appointments.c.family_id, _is_asked))
    .join(
        answers,
        and_(answers.c.appointment_id == appointments.c.id, answers.c.person_id == members.c.person_id),
    )
    .where(
        appointments.c.state == AppointmentState.PLANNED,
        appointments.c.starts_at > bindparam("now"),
        answers.c.answer == Answer.UNCLEAR,
        ~_is_looked_at,
        ~_was_called,
    )
    .order_by(appointments.c.starts_at, members.c.person_id)
)
_add = calls.insert()
_done = (
    calls.update()
    .where(calls.c.id == bindparam("key"), calls.c.done_at.is_(None))
    .values(done_at=bindparam("at"), done_by=bindparam("by"), outcome=bindparam("became"))
)
_answered = (
    calls.update()
    .where(
        calls.c.appointment_id == bindparam("appointment"),
        calls.c.person_id == bindparam("person"),
        or_(calls.c.why == Why.UNANSWERED, calls.c.why == Why.UNREACHABLE, calls.c.why == bindparam("also")),
        calls.c.done_at.is_(None),
    )
    .values(done_at=bindparam("at"), outcome=Reached.SETTLED)
)


def _call(row: Row) -> Call:
    outcome = Reached(row["outcome"]) if row["outcome"] else None
    return Call(**{**row, "why": Why(row["why"]), "outcome": outcome})


class Calls(Drawer):
    """The call list: open until somebody called, or until it settled itself."""

    def add(
        self, family_id: str, person_id: str, why: Why, now: datetime, appointment_id: str | None = None
    ) -> Call:
        """Owes a call; the same reason for the same person and appointment stands on the list once."""
        known = self._one(_same, _call, person_id=person_id, why=why, appointment_id=appointment_id)
        if known is not None:
            return known
        fresh = Call(new_id(), family_id, person_id, appointment_id, why, now, None, None, None)
        self._add(_add, row_of(fresh, calls))
        return fresh

    def is_owed(self, person_id: str, why: Why, appointment_id: str | None = None) -> bool:
        """Whether such a call stands on the list."""
        return (
            self._one(_same, _call, person_id=person_id, why=why, appointment_id=appointment_id) is not None
        )

    def get(self, id: str) -> Call | None:
        return self._one(_by_id, _call, id=id)

    def open_of(self, caseworker_id: str, now: datetime) -> list[Call]:
        """The calls owed to own families and to those this person stands in for, the oldest first."""
        return self._all(_open, _call, person_id=caseworker_id, now=now)

    def open_about(self, appointment_id: str, person_id: str) -> list[Call]:
        """The calls still owed to this person about an appointment."""
        found = self._all(_about, _call, appointment_id=appointment_id)
        return [call for call in found if call.person_id == person_id]

    def ids_of_family(self, family_id: str) -> list[str]:
        return self._all(_of_family, lambda row: str(row["id"]), family_id=family_id)

    def lost(self, now: datetime, one: str, other: str) -> list[tuple[str, str]]:
        """Who was told of an appointment to come, has said nothing, and is waited for by nobody: no timer of these
        two kinds and no call. Appointment and person, by id.
        """
        rows = self._all(_lost, lambda row: row, now=now, one=one, other=other)
        return [(row["id"], row["person_id"]) for row in rows]

    def unclear(self, now: datetime, kind: str) -> list[tuple[str, str]]:
        """Who has not understood an appointment to come, and nobody sees to it: no timer of this kind and no call.
        Appointment and person, by id.
        """
        return self._all(_unclear, lambda row: (row["id"], row["person_id"]), now=now, kind=kind)

    def done(self, id: str, outcome: Reached, now: datetime, by: str | None = None) -> bool:
        """False when it was done before."""
        return self._change(_done, key=id, became=outcome, at=now, by=by) == 1

    def settle(
        self, appointment_id: str, now: datetime, why: Why | None = None, person_id: str | None = None
    ) -> None:
        """No call about this appointment is needed any more, for this reason and person or for any."""
        for call in self._all(_about, _call, appointment_id=appointment_id):
            if why in (None, call.why) and person_id in (None, call.person_id):
                self.done(call.id, Reached.SETTLED, now)

    def answered(self, appointment_id: str, person_id: str, now: datetime, *, clear: bool) -> None:
        """Whoever has answered needs no call for that; with a clear answer, nor because they had not understood."""
        also = Why.UNCLEAR if clear else Why.UNANSWERED
        self._change(_answered, appointment=appointment_id, person=person_id, also=also, at=now)
