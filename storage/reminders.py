"""What is owed as a reminder, to whom, when, and what became of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, func, literal, or_, select

from storage.drawer import Drawer, Row, row_of
from storage.families import CARED_FOR, label_of
from storage.people import NAME
from storage.records import (
    AppointmentKind,
    AppointmentState,
    DeliveryState,
    Lane,
    Reminder,
    ReminderKind,
    ReminderState,
    new_id,
)
from storage.tables import appointments, deliveries, families, members, people, reminders, timers
from storage.vault import person_holder

_is_open = or_(reminders.c.state == ReminderState.OWED, reminders.c.state == ReminderState.POSTED)

# what was put off until the morning still belongs to the time at which it should have come
_was_due = and_(
    reminders.c.first_due_at >= bindparam("since"), reminders.c.first_due_at <= bindparam("until")
)

_all = select(reminders)
_by_id = _all.where(reminders.c.id == bindparam("id"))
_by_due = (reminders.c.due_at, reminders.c.person_id, reminders.c.kind, reminders.c.id)
_of = _all.where(reminders.c.appointment_id == bindparam("appointment_id")).order_by(*_by_due)
_add = reminders.insert()
_open = and_(reminders.c.id == bindparam("key"), _is_open)
_set = (
    reminders.update()
    .where(_open)
    .values(
        state=bindparam("to"),
        due_at=bindparam("at"),
        first_due_at=bindparam("first"),
        reason=None,
        settled_at=None,
    )
)
_post = (
    reminders.update()
    .where(reminders.c.id == bindparam("key"), reminders.c.state == ReminderState.OWED)
    .values(state=ReminderState.POSTED)
)
_settle = (
    reminders.update()
    .where(_open)
    .values(state=bindparam("to"), reason=bindparam("why"), settled_at=bindparam("at"))
)
_listed = (
    select(
        *reminders.c,
        appointments.c.kind.label("meeting"),
        appointments.c.starts_at,
        appointments.c.family_id,
        families.c.label.label("family_label"),
        people.c.name,
    )
    .join(appointments, appointments.c.id == reminders.c.appointment_id)
    .join(families, families.c.id == appointments.c.family_id)
    .join(people, people.c.id == reminders.c.person_id)
)
_of_caseload = _listed.where(
    CARED_FOR, reminders.c.due_at >= bindparam("since"), reminders.c.due_at <= bindparam("until")
).order_by(reminders.c.due_at.desc(), reminders.c.id)
_tally = (
    select(
        families.c.caseworker_id,
        reminders.c.id,
        reminders.c.state,
        reminders.c.first_due_at,
        reminders.c.settled_at,
    )
    .join(appointments, appointments.c.id == reminders.c.appointment_id)
    .join(families, families.c.id == appointments.c.family_id)
    .where(_was_due)
)
_pending = select(func.max(reminders.c.due_at).label("last")).where(_is_open, _was_due)
_ahead = and_(
    appointments.c.state == AppointmentState.PLANNED,
    appointments.c.starts_at > bindparam("now"),
)
_asked = or_(appointments.c.only_for.is_(None), appointments.c.only_for == members.c.person_id)
_without = (
    select(appointments.c.id, members.c.person_id)
    .join(members, and_(members.c.family_id == appointments.c.family_id, _asked))
    .where(
        _ahead,
        ~select(reminders.c.id)
        .where(reminders.c.appointment_id == appointments.c.id, reminders.c.person_id == members.c.person_id)
        .exists(),
    )
    .order_by(appointments.c.starts_at, appointments.c.id, members.c.person_id)
)
_waits = (
    select(timers.c.scope)
    .where(timers.c.kind == bindparam("kind"), timers.c.scope == reminders.c.id)
    .exists()
)
_under_way = (
    select(deliveries.c.id)
    .where(
        deliveries.c.about == literal("appointment:").concat(reminders.c.appointment_id),
        deliveries.c.person_id == reminders.c.person_id,
        deliveries.c.lane == Lane.REMINDER,
        deliveries.c.state == DeliveryState.QUEUED,
    )
    .exists()
)
_on_its_way = select(reminders.c.id).where(reminders.c.id == bindparam("id"), _under_way)
_stranded = _all.where(
    or_(
        and_(reminders.c.state == ReminderState.OWED, ~_waits),
        and_(reminders.c.state == ReminderState.POSTED, ~_under_way),
    )
).order_by(*_by_due)


@dataclass(frozen=True, slots=True)
class Listed:
    """A reminder with what it was for: kind and start of the appointment, family and parent by name."""

    reminder: Reminder
    meeting: AppointmentKind
    starts_at: datetime
    family_id: str
    family: str
    name: str


@dataclass(frozen=True, slots=True)
class Tallied:
    """What became of one reminder, for counting: whose family it was, by caseworker."""

    caseworker_id: str
    state: ReminderState
    first_due_at: datetime
    settled_at: datetime | None


def _made(row: Row) -> Reminder:
    fields = {column.name: row[column.name] for column in reminders.c}
    fields |= {"kind": ReminderKind(row["kind"]), "state": ReminderState(row["state"])}
    return Reminder(**fields)


class Reminders(Drawer):
    """One row for each reminder. It ends once: delivered, or dropped for a reason."""

    def owe(self, appointment_id: str, person_id: str, kind: ReminderKind, due_at: datetime) -> Reminder:
        """Owes one, aware UTC. Whoever owes it sees to it that none is owed twice."""
        fresh = Reminder(
            new_id(),
            appointment_id,
            person_id,
            kind,
            due_at,
            ReminderState.OWED,
            None,
            settled_at=None,
            first_due_at=due_at,
        )
        self._add(_add, row_of(fresh, reminders))
        return fresh

    def get(self, id: str) -> Reminder | None:
        return self._one(_by_id, _made, id=id)

    def of(self, appointment_id: str) -> list[Reminder]:
        """All of an appointment, those that have ended too; the first due first."""
        return self._all(_of, _made, appointment_id=appointment_id)

    def put_off(self, id: str, due_at: datetime, first_due_at: datetime) -> bool:
        """Owed again, for then; `first_due_at` is when it should have come. False when it has ended."""
        return self._change(_set, key=id, to=ReminderState.OWED, at=due_at, first=first_due_at) == 1

    def is_under_way(self, id: str) -> bool:
        """Whether its message still lies in the outbox."""
        return self._one(_on_its_way, dict, id=id) is not None

    def post(self, id: str) -> bool:
        """It is in the outbox. False when it was not owed any more."""
        return self._change(_post, key=id) == 1

    def settle(self, id: str, now: datetime, reason: str | None = None) -> bool:
        """Ends it: delivered without a reason, else dropped for it. False when it had ended before."""
        to = ReminderState.DROPPED if reason else ReminderState.DELIVERED
        return self._change(_settle, key=id, to=to, why=reason, at=now) == 1

    def of_caseload(self, person_id: str, since: datetime, until: datetime, now: datetime) -> list[Listed]:
        """Those that were due in that time, of the families this person works with now; the last due first."""
        return self._all(_of_caseload, self._listed, person_id=person_id, since=since, until=until, now=now)

    def _listed(self, row: Row) -> Listed:
        label = label_of(self._vault, row["family_id"], row["family_label"])
        name = self._vault.open(NAME, person_holder(row["person_id"]), row["person_id"], row["name"])
        meeting = AppointmentKind(row["meeting"])
        return Listed(_made(row), meeting, row["starts_at"], row["family_id"], label, name)

    def tally(self, since: datetime, until: datetime) -> list[Tallied]:
        """Each that was due in that time, for counting."""
        rows = self._all(_tally, lambda row: row, since=since, until=until)
        return [
            Tallied(row["caseworker_id"], ReminderState(row["state"]), row["first_due_at"], row["settled_at"])
            for row in rows
        ]

    def pending(self, since: datetime, until: datetime) -> datetime | None:
        """When the last of those is due that should have come in that time and have not ended; None without any."""
        return self._one(_pending, lambda row: row["last"], since=since, until=until)

    def without(self, now: datetime) -> list[tuple[str, str]]:
        """Planned appointments to come, with each asked parent for whom there was never a reminder."""
        return self._all(_without, lambda row: (str(row["id"]), str(row["person_id"])), now=now)

    def stranded(self, kind: str) -> list[Reminder]:
        """Those that are owed and have no timer of this kind, or are on their way and not in the outbox."""
        return self._all(_stranded, _made, kind=kind)
