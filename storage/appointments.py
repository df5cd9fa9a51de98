"""Appointments, what each parent answered, and how they change: by compare-and-set on the revision."""

from datetime import datetime

from sqlalchemy import and_, bindparam, func, select

from storage.answers import Answers
from storage.circles import CIRCLE, is_asked
from storage.circles import Circle as Circle
from storage.drawer import Row, row_of
from storage.families import CARED_FOR, label_of
from storage.moves import OPEN_OF, move_of
from storage.people import person_of
from storage.records import Answer, Appointment, AppointmentKind, AppointmentState, Move, Person, Role, new_id
from storage.tables import answers, appointments, families, members
from storage.vault import Field, family_holder

_by_id = select(appointments).where(appointments.c.id == bindparam("id"))
_ahead = (
    select(appointments)
    .where(
        appointments.c.family_id == bindparam("family_id"),
        appointments.c.starts_at >= bindparam("now"),
        appointments.c.state == AppointmentState.PLANNED,
    )
    .order_by(appointments.c.starts_at)
)
_cancelled_ahead = (
    select(appointments)
    .where(
        appointments.c.family_id == bindparam("family_id"),
        appointments.c.starts_at > bindparam("now"),
        appointments.c.state == AppointmentState.CANCELLED,
    )
    .order_by(appointments.c.starts_at)
)
_single_ahead = (
    select(*appointments.c, families.c.label.label("family_label"))
    .join(families, families.c.id == appointments.c.family_id)
    .where(
        CARED_FOR,
        appointments.c.session_id.is_(None),
        appointments.c.starts_at >= bindparam("now"),
        appointments.c.state == AppointmentState.PLANNED,
    )
    .order_by(appointments.c.starts_at)
    .limit(bindparam("most"))
)
_tally = (
    select(answers.c.answer, func.count().label("people"))
    .select_from(appointments)
    .join(members, members.c.family_id == appointments.c.family_id)
    .outerjoin(
        answers,
        and_(answers.c.appointment_id == appointments.c.id, answers.c.person_id == members.c.person_id),
    )
    .where(
        appointments.c.session_id == bindparam("session_id"),
        appointments.c.state == AppointmentState.PLANNED,
    )
    .group_by(answers.c.answer)
)
_of_session = select(appointments).where(appointments.c.session_id == bindparam("session_id"))
_add = appointments.insert()
# Whoever moves the revision first wins; the other sees no row changed and is shown the newer state.
_cancel = (
    appointments.update()
    .where(
        appointments.c.id == bindparam("key"),
        appointments.c.revision == bindparam("revision_seen"),
        appointments.c.state == AppointmentState.PLANNED,
    )
    .values(state=AppointmentState.CANCELLED, revision=appointments.c.revision + 1)
)
_move = (
    appointments.update()
    .where(
        appointments.c.id == bindparam("key"),
        appointments.c.revision == bindparam("revision_seen"),
        appointments.c.state == AppointmentState.PLANNED,
    )
    .values(
        starts_at=bindparam("to"),
        moved_from=appointments.c.starts_at,
        revision=appointments.c.revision + 1,
    )
)
# Nobody has been told of the time it leaves: what it was moved from stays what people know.
_move_unheard = (
    appointments.update()
    .where(
        appointments.c.id == bindparam("key"),
        appointments.c.revision == bindparam("revision_seen"),
        appointments.c.state == AppointmentState.PLANNED,
    )
    .values(starts_at=bindparam("to"), revision=appointments.c.revision + 1)
)
_interpreted = (
    appointments.update()
    .where(appointments.c.id == bindparam("key"))
    .values(interpreter=bindparam("language"))
)
_of_series = (
    select(appointments)
    .where(
        appointments.c.series_id == bindparam("series_id"),
        appointments.c.starts_at >= bindparam("since"),
        appointments.c.state == AppointmentState.PLANNED,
    )
    .order_by(appointments.c.starts_at)
)
_ids_of_series = select(appointments.c.id).where(appointments.c.series_id == bindparam("series_id"))
_of_family = select(appointments.c.id).where(appointments.c.family_id == bindparam("family_id"))
_hand_over = (
    appointments.update()
    .where(appointments.c.family_id == bindparam("family"))
    .values(caseworker_id=bindparam("to"))
)


PLACE = Field("appointments", "place")
_names = tuple(column.name for column in appointments.c)


class Appointments(Answers):
    """All appointments, also those that belong to a parent-training session."""

    def add(
        self,
        family_id: str,
        caseworker_id: str,
        kind: AppointmentKind,
        starts_at: datetime,
        place: str,
        session_id: str | None = None,
        *,
        minutes: int = 60,
        only_for: str | None = None,
        meeting_place_id: str | None = None,
        interpreter: str | None = None,
        bring: tuple[str, ...] = (),
        series_id: str | None = None,
        made_at: datetime | None = None,
    ) -> Appointment:
        fresh = Appointment(
            new_id(),
            family_id,
            caseworker_id,
            kind,
            starts_at,
            place,
            AppointmentState.PLANNED,
            revision=1,
            session_id=session_id,
            minutes=minutes,
            only_for=only_for,
            meeting_place_id=meeting_place_id,
            interpreter=interpreter,
            bring=bring,
            series_id=series_id,
            made_at=made_at,
        )
        sealed = self._vault.seal(PLACE, family_holder(family_id), fresh.id, place)
        self._add(_add, {**row_of(fresh, appointments), "place": sealed, "bring": " ".join(bring)})
        return fresh

    def _made(self, row: Row) -> Appointment:
        """The appointment in a row that may hold more than that."""
        fields = {name: row[name] for name in _names}
        fields |= {"kind": AppointmentKind(row["kind"]), "state": AppointmentState(row["state"])}
        fields["bring"] = tuple(row["bring"].split())
        fields["place"] = self._vault.open(PLACE, family_holder(row["family_id"]), row["id"], row["place"])
        return Appointment(**fields)

    def _label(self, row: Row) -> str:
        return label_of(self._vault, row["family_id"], row["family_label"])

    def _who(self, row: Row, *held: Role) -> Person:
        return person_of(self._vault, {**row, "id": row["who"]}, frozenset(held))

    def get(self, id: str) -> Appointment | None:
        return self._one(_by_id, self._made, id=id)

    def ahead(self, family_id: str, now: datetime, person_id: str | None = None) -> list[Appointment]:
        """What is ahead of a family, the next first; with a person only what they are asked to."""
        found = self._all(_ahead, self._made, family_id=family_id, now=now)
        return [one for one in found if person_id is None or one.only_for in (None, person_id)]

    def cancelled_ahead(self, family_id: str, now: datetime, person_id: str) -> list[Appointment]:
        """What this person was asked to and might still go to in vain, the next first."""
        found = self._all(_cancelled_ahead, self._made, family_id=family_id, now=now)
        return [one for one in found if one.only_for in (None, person_id)]

    def single_ahead(self, person_id: str, now: datetime, most: int = 20) -> list[tuple[Appointment, str]]:
        """The appointments to come of own families and of those this person stands in for, with the family's
        label; sessions are not among them.
        """
        return self._all(
            _single_ahead,
            lambda row: (self._made(row), self._label(row)),
            person_id=person_id,
            now=now,
            most=most,
        )

    def circle(self, id: str) -> Circle | None:
        """An appointment with its family's label, its caseworker, the parents and what each of them said."""
        rows = self._all(CIRCLE, lambda row: row, id=id)
        if not rows:
            return None
        appointment = self._made(rows[0])
        return Circle(
            appointment,
            self._label(rows[0]),
            next(self._who(row, Role.CASEWORKER) for row in rows if row["who"] == appointment.caseworker_id),
            tuple(self._who(row) for row in rows if row["member"] is not None and is_asked(row)),
            {row["who"]: Answer(row["answer"]) for row in rows if row["answer"] is not None},
            {row["who"]: int(row["late"]) for row in rows if row["late"] is not None},
            self._wishes(id) if any(row["answer"] == Answer.MOVE for row in rows) else {},
            self._following(appointment) if appointment.series_id else (),
        )

    def _following(self, appointment: Appointment) -> tuple[datetime, ...]:
        series = self.of_series(appointment.series_id or "", appointment.starts_at)
        return tuple(one.starts_at for one in series if one.starts_at > appointment.starts_at)

    def _wishes(self, id: str) -> dict[str, Move]:
        return {move.person_id: move for move in self._all(OPEN_OF, move_of, appointment_id=id)}

    def tally(self, session_id: str) -> dict[Answer | None, int]:
        """How many parents gave each answer to a session's planned appointments; None: not yet."""
        rows = self._all(_tally, lambda row: row, session_id=session_id)
        return {Answer(row["answer"]) if row["answer"] else None: row["people"] for row in rows}

    def of_session(self, session_id: str) -> list[Appointment]:
        return self._all(_of_session, self._made, session_id=session_id)

    def ids_of_family(self, family_id: str) -> list[str]:
        return self._all(_of_family, lambda row: str(row["id"]), family_id=family_id)

    def hand_over(self, family_id: str, caseworker_id: str) -> int:
        """The family's appointments are another caseworker's from now on; how many."""
        return self._change(_hand_over, family=family_id, to=caseworker_id)

    def cancel(self, id: str, revision_seen: int) -> bool:
        """False when somebody else changed it first."""
        return self._change(_cancel, key=id, revision_seen=revision_seen) == 1

    def move(self, id: str, revision_seen: int, starts_at: datetime, *, heard: bool = True) -> bool:
        """Another time, aware UTC; what was said to the old one counts no more. False when somebody was first.

        Unless anybody has `heard` of the old time it is not kept as what it was moved from.
        """
        change = _move if heard else _move_unheard
        moved = self._change(change, key=id, revision_seen=revision_seen, to=starts_at) == 1
        if moved:
            self._forget_answers(id)
        return moved

    def interpreted(self, id: str, language: str | None) -> None:
        """Somebody translates into this language; None: nobody has to."""
        self._change(_interpreted, key=id, language=language)

    def ids_of_series(self, series_id: str) -> list[str]:
        """All of a series, also what is over or cancelled."""
        return self._all(_ids_of_series, lambda row: str(row["id"]), series_id=series_id)

    def of_series(self, series_id: str, since: datetime) -> list[Appointment]:
        """The planned appointments of a series from then on, the first first."""
        return self._all(_of_series, self._made, series_id=series_id, since=since)
