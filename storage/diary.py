"""What was and is planned, with what everybody said and who came: for the views of days, weeks and months."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby

from sqlalchemy import and_, bindparam, or_, select

from storage.drawer import Drawer, Row
from storage.families import CARED_FOR, STANDS_IN_FOR, label_of
from storage.occupied import SESSION
from storage.records import Answer, AppointmentKind, AppointmentState
from storage.tables import (
    answers,
    appointments,
    attendances,
    courses,
    enrolments,
    families,
    members,
    sessions,
)
from storage.training import TAKES_PLACE

_columns = (
    appointments.c.id,
    appointments.c.family_id,
    appointments.c.kind,
    appointments.c.starts_at,
    appointments.c.minutes,
    appointments.c.session_id,
    appointments.c.moved_from,
    appointments.c.only_for,
    members.c.person_id,
    answers.c.answer,
    attendances.c.came,
)
_of_somebody = and_(answers.c.appointment_id == appointments.c.id, answers.c.person_id == members.c.person_id)
_was_there = and_(
    attendances.c.appointment_id == appointments.c.id, attendances.c.person_id == members.c.person_id
)
_within = (
    appointments.c.state == AppointmentState.PLANNED,
    appointments.c.starts_at >= bindparam("since"),
    appointments.c.starts_at < bindparam("until"),
)
_order = (appointments.c.starts_at, appointments.c.id, members.c.person_id)
_joined = (
    select(*_columns, families.c.label)
    .join(families, families.c.id == appointments.c.family_id)
    .outerjoin(members, members.c.family_id == appointments.c.family_id)
    .outerjoin(answers, _of_somebody)
    .outerjoin(attendances, _was_there)
    .where(*_within)
    .order_by(*_order)
)
_cared_for = _joined.where(CARED_FOR)
# a session that belongs to no course can be opened by whoever planned it alone
_leads = or_(
    sessions.c.caseworker_id == bindparam("person_id"),
    and_(sessions.c.course_id.is_not(None), sessions.c.caseworker_id.in_(STANDS_IN_FOR)),
)
_stands = and_(appointments.c.session_id == sessions.c.id, appointments.c.state == AppointmentState.PLANNED)
_led = (
    select(
        sessions.c.id,
        sessions.c.starts_at,
        sessions.c.course_id,
        courses.c.minutes,
        courses.c.syllabus,
        members.c.person_id,
        answers.c.answer,
    )
    .outerjoin(courses, courses.c.id == sessions.c.course_id)
    .outerjoin(appointments, _stands)
    .outerjoin(members, members.c.family_id == appointments.c.family_id)
    .outerjoin(answers, _of_somebody)
    .where(
        _leads,
        TAKES_PLACE,
        sessions.c.starts_at >= bindparam("since"),
        sessions.c.starts_at < bindparam("until"),
    )
    .order_by(sessions.c.starts_at, sessions.c.id, members.c.person_id)
)
_enrolled = and_(
    enrolments.c.family_id == appointments.c.family_id, enrolments.c.offer_id == bindparam("offer_id")
)
# a session belongs to its own offer, whoever is enrolled by now; anything else to each offer the family was in by then
_of_offer = (
    _joined.outerjoin(sessions, sessions.c.id == appointments.c.session_id)
    .outerjoin(enrolments, _enrolled)
    .where(
        or_(
            sessions.c.offer_id == bindparam("offer_id"),
            and_(appointments.c.session_id.is_(None), enrolments.c.since <= appointments.c.starts_at),
        )
    )
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One planned appointment. `asked` are the parents it is for; `came` says of whom it is known.

    A session that somebody leads is one entry without family and label: `asked` are all parents who are expected,
    `came` says nothing, and `syllabus` names the content of a course, by its folder. `led` and `syllabus` are said of
    a family's appointment too when whoever looks leads the session it belongs to.
    """

    id: str
    family_id: str
    label: str
    kind: AppointmentKind
    starts_at: datetime
    minutes: int
    session_id: str | None
    moved_from: datetime | None
    asked: tuple[str, ...]
    answers: Mapping[str, Answer] = field(default_factory=dict)
    came: Mapping[str, bool] = field(default_factory=dict)
    syllabus: str = ""
    led: bool = False

    @property
    def is_session(self) -> bool:
        """Whether it is a session as whoever leads it sees it."""
        return not self.family_id


class Diary(Drawer):
    """Views only: nothing is written here."""

    def of(self, person_id: str, since: datetime, until: datetime, now: datetime) -> list[Entry]:
        """Own families' and those of families stood in for now, from `since` to before `until`, in order of time.

        A session led by this person, or by whoever they stand in for, stands there too when none of these families
        takes part.
        """
        keys = {"person_id": person_id, "now": now, "since": since, "until": until}
        entries = self._entries(self._all(_cared_for, dict, **keys))
        known = {one.session_id for one in entries}
        groups = groupby(self._all(_led, dict, **keys), key=lambda row: row["id"])
        led = {id: _session(list(some)) for id, some in groups}
        own = [_as_led(one, led) for one in entries]
        others = (one for id, one in led.items() if id not in known)
        return sorted((*own, *others), key=lambda one: (one.starts_at, one.id))

    def of_offer(self, offer_id: str, since: datetime, until: datetime) -> list[Entry]:
        """Of an offer's sessions, and of its families from the day they were enrolled; nobody's label is opened."""
        rows = self._all(_of_offer, dict, offer_id=offer_id, since=since, until=until)
        return self._entries(rows, labels=False)

    def _entries(self, rows: Iterable[Row], *, labels: bool = True) -> list[Entry]:
        groups = (list(some) for _, some in groupby(rows, key=lambda row: row["id"]))
        return [self._entry(some, labels=labels) for some in groups]

    def _entry(self, rows: Sequence[Row], *, labels: bool) -> Entry:
        first = rows[0]
        parents = [row for row in rows if row["person_id"] and _is_asked(row)]
        return Entry(
            first["id"],
            first["family_id"],
            label_of(self._vault, first["family_id"], first["label"]) if labels else "",
            AppointmentKind(first["kind"]),
            first["starts_at"],
            first["minutes"],
            first["session_id"],
            first["moved_from"],
            tuple(row["person_id"] for row in parents),
            {row["person_id"]: Answer(row["answer"]) for row in parents if row["answer"]},
            {row["person_id"]: bool(row["came"]) for row in parents if row["came"] is not None},
        )


def _session(rows: Sequence[Row]) -> Entry:
    first, expected = rows[0], [row for row in rows if row["person_id"]]
    return Entry(
        first["id"],
        "",
        "",
        AppointmentKind.PARENT_TRAINING_SESSION,
        first["starts_at"],
        first["minutes"] or SESSION,
        first["id"],
        None,
        tuple(row["person_id"] for row in expected),
        {row["person_id"]: Answer(row["answer"]) for row in expected if row["answer"]},
        syllabus=first["syllabus"] or "",
        led=True,
    )


def _as_led(one: Entry, led: Mapping[str, Entry]) -> Entry:
    session = led.get(one.session_id or "")
    return replace(one, led=True, syllabus=session.syllabus) if session else one


def _is_asked(row: Row) -> bool:
    return row["only_for"] in (None, row["person_id"])
