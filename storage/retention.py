"""How long everything is kept, as one table, and who purges it. Nothing is kept for ever; the papers read this too.

What is under a legal hold stays until the hold is lifted. People, families, roles, enrolments and everybody's
place in the exercises stay until somebody has them erased; the agency's own public facts and its settings are
nobody's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, func, or_, select

from storage.drawer import Drawer
from storage.erasure import Erasure
from storage.journal import Journal
from storage.prepared import Runner
from storage.records import AlarmState, UpdateState
from storage.tables import (
    alarms,
    appointments,
    busy,
    calls,
    cards,
    checkins,
    concerns,
    consents,
    courses,
    covers,
    deliveries,
    deputies,
    dialogues,
    drills,
    entrusted,
    guesses,
    holds,
    incidents,
    invitations,
    journal,
    legal_holds,
    members,
    metadata,
    people,
    probes,
    requests,
    rings,
    seats,
    sessions,
    shifts,
    traces,
    updates,
    worries,
)
from storage.types import Utc
from storage.vault import Vault

RAW_WORDS = timedelta(days=6)  # of updates that were put aside; their keys go a day later
DAY_KEYS = timedelta(days=7)


class Class(StrEnum):
    """What becomes of it: goes by itself, goes once the lead has seen what goes, or is proof for the authority."""

    TRANSPORT = "transport"
    OPERATIVE = "operative"
    PROOF = "proof"


@dataclass(frozen=True)
class Rule:
    """Rows of this table go so many days after the moment in `since`; with `only` not all of them."""

    table: str
    days: int
    since: ColumnElement[datetime]
    klass: Class
    only: ColumnElement[bool] | None = None

    @property
    def period(self) -> timedelta:
        return timedelta(days=self.days)


_T, _O, _P = Class.TRANSPORT, Class.OPERATIVE, Class.PROOF
# a course is kept as a whole until its last day is over its time: else who came is forgotten before the certificate
_later, _mine = sessions.alias("later"), sessions.alias("mine")
_comes = _later.c.starts_at >= bindparam("before", type_=Utc)
_goes_on = exists().where(_later.c.course_id == sessions.c.course_id, _comes)
_is_of_one_that_goes_on = exists().where(
    _mine.c.id == appointments.c.session_id, _later.c.course_id == _mine.c.course_id, _comes
)
_has_days = exists().where(sessions.c.course_id == courses.c.id)
_ended, _dealt_with = alarms.c.state == AlarmState.ENDED, updates.c.state != UpdateState.WAITING

# fmt: off
RULES: tuple[Rule, ...] = (
    Rule("updates", 6, updates.c.arrived_at, _T, updates.c.state == UpdateState.DONE),
    Rule("deliveries", 14, deliveries.c.settled_at, _T),
    Rule("dialogues", 1, dialogues.c.expires_at, _T),
    Rule("traces", 2, traces.c.at, _T),
    Rule("guesses", 2, guesses.c.at, _T),
    Rule("covers", 14, covers.c.created_at, _T),
    Rule("rings", 14, rings.c.settled_at, _T),
    Rule("invitations", 30, invitations.c.expires_at, _T),
    Rule("people", 30, people.c.created_at, _T),  # guests of whom nothing is left
    Rule("cards", 183, cards.c.created_at, _T),
    Rule("calls", 183, calls.c.since, _O),
    Rule("sessions", 183, sessions.c.starts_at, _O, ~_goes_on),
    Rule("appointments", 183, appointments.c.starts_at, _O, ~_is_of_one_that_goes_on),  # with their answers
    Rule("courses", 365, courses.c.starts_at, _O, ~_has_days),  # with their seats
    Rule("busy", 7, busy.c.ends_at, _T),
    Rule("checkins", 92, checkins.c.at, _O),
    Rule("alarms", 183, alarms.c.opened_at, _O, _ended),  # with who was paged and what was written
    Rule("worries", 92, worries.c.at, _O),
    Rule("concerns", 365, concerns.c.closed_at, _O),  # with what was gone through
    Rule("shifts", 183, shifts.c.ends_at, _O),  # with who asked for a swap
    Rule("holds", 183, holds.c.ended_at, _O),
    Rule("probes", 365, probes.c.sent_at, _O),
    Rule("drills", 366, drills.c.started_at, _O),
    Rule("entrusted", 365, entrusted.c.at, _O),
    Rule("requests", 183, requests.c.decided_at, _O),
    Rule("deputies", 183, deputies.c.ends_at, _O),
    Rule("consents", 1096, consents.c.revoked_at, _P),
    Rule("incidents", 1096, incidents.c.closed_at, _P),
    Rule("journal", 1096, journal.c.at, _P),
)
# fmt: on
GONE_WITH = {
    **dict.fromkeys(("answers", "declines", "moves", "reminders", "attendances"), "appointments"),
    "seats": "courses",
    **dict.fromkeys(("pages", "takes", "lines", "happenings", "debriefs"), "alarms"),
    "concern_marks": "concerns",
    "swaps": "shifts",
}
PERIODS: Mapping[str, int] = {rule.table: rule.days for rule in RULES} | {
    table: next(rule.days for rule in RULES if rule.table == of) for table, of in GONE_WITH.items()
}
# an update that was put aside has no words left after 6 days, and its number goes after 14
_PARKED = Rule("updates", 14, updates.c.arrived_at, _T, updates.c.state == UpdateState.PARKED)
# each is erased with all that hangs on them, and an alarm must not wait for hundreds
GUESTS_AT_ONCE = 25
# nothing hangs on rows of these, and nobody was shown them
BARE = frozenset(
    {"updates", "deliveries", "dialogues", "traces", "guesses", "covers", "consents", "rings", "busy"}
)
# what a guest leaves behind by merely writing; all else about a person keeps their row
FLEETING = frozenset(
    {"cards", "deliveries", "traces", "covers", "dialogues", "logins", "duties", "patterns", "second_ways"}
)

_held = select(legal_holds.c.family_id)
_held_people = select(members.c.person_id).where(members.c.family_id.in_(_held))
_held_sessions = select(appointments.c.session_id).where(
    appointments.c.family_id.in_(_held), appointments.c.session_id.is_not(None)
)
_held_courses = select(seats.c.course_id).where(seats.c.family_id.in_(_held))
_forget_words = (
    updates.update()
    .where(_dealt_with, updates.c.arrived_at < bindparam("before"))
    .values(raw=b"", sender=None)
)


def _over(rule: Rule) -> ColumnElement[bool]:
    """Which rows' time is over, with `before` still open; a legal hold keeps what it covers."""
    table = metadata.tables[rule.table]
    wanted = [rule.since < bindparam("before", type_=Utc)]
    if rule.only is not None:
        wanted.append(rule.only)
    if "family_id" in table.c and rule.klass is not Class.TRANSPORT:
        wanted.append(or_(table.c.family_id.is_(None), table.c.family_id.not_in(_held)))
    elif rule.table == "consents":
        wanted.append(consents.c.person_id.not_in(_held_people))
    elif rule.table == "sessions":
        wanted.append(sessions.c.id.not_in(_held_sessions))
    elif rule.table == "courses":
        wanted.append(courses.c.id.not_in(_held_courses))
    elif rule.table == "people":
        wanted.append(_without_anything())
    return and_(*wanted)


def _without_anything() -> ColumnElement[bool]:
    """Guests nobody knows more of than that they once wrote: read off the schema, so that a new table counts."""
    pointing = [
        key.parent
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table is people and table.name not in FLEETING
    ]
    recently = (
        exists().where(
            cards.c.person_id == people.c.id, cards.c.created_at >= bindparam("before", type_=Utc)
        ),
        *(exists().where(table.c.person_id == people.c.id) for table in (deliveries, traces, dialogues)),
    )
    return and_(
        *(~exists().where(column == people.c.id) for column in pointing), *(~sign for sign in recently)
    )


_OVER = {id(rule): _over(rule) for rule in (*RULES, _PARKED)}
_COUNT = {
    id(rule): select(func.count().label("n")).select_from(metadata.tables[rule.table]).where(_OVER[id(rule)])
    for rule in (*RULES, _PARKED)
}
_IDS = {
    id(rule): select(metadata.tables[rule.table].c.id).where(_OVER[id(rule)])
    for rule in RULES
    if rule.table not in BARE
}
_GUESTS = next(rule for rule in RULES if rule.table == people.name)
_IDS[id(_GUESTS)] = _IDS[id(_GUESTS)].limit(GUESTS_AT_ONCE)
_DELETE = {
    id(rule): delete(metadata.tables[rule.table]).where(_OVER[id(rule)])
    for rule in (*RULES, _PARKED)
    if rule.table in BARE
}


class Retention(Drawer):
    """Looks what is over its time, and purges it. What was purged is also gone from the write-ahead log."""

    def __init__(self, runner: Runner, vault: Vault, erasure: Erasure, lines: Journal) -> None:
        super().__init__(runner, vault)
        self._erasure, self._journal = erasure, lines

    def over(self, klass: Class, now: datetime) -> dict[str, int]:
        """How many rows would go, by table; tables of which none would are left out."""
        counts = {
            rule.table: self._one(_COUNT[id(rule)], lambda row: int(row["n"]), before=now - rule.period) or 0
            for rule in RULES
            if rule.klass is klass
        }
        return {table: count for table, count in counts.items() if count}

    def purge(self, klass: Class, now: datetime) -> dict[str, int]:
        """Deletes what is over its time; how many rows, by table. Of guests at most GUESTS_AT_ONCE."""
        self._erasure.happened = True
        if klass is Class.TRANSPORT:
            self._change(_forget_words, before=now - RAW_WORDS)
            self._purge(_PARKED, now)
        gone = {rule.table: self._purge(rule, now) for rule in RULES if rule.klass is klass}
        return {table: count for table, count in gone.items() if count}

    def guests(self, now: datetime) -> int:
        """Erases the next guests of whom nothing is left; how many. As many as GUESTS_AT_ONCE: there may be more."""
        return self._purge(_GUESTS, now)

    def _purge_journal(self, rule: Rule, before: datetime) -> int:
        """Counted back from its newest line, as the store itself does: after long silence the last lines stay."""
        newest = next((line["at"] for line in self._journal.newest(1)), None)
        return self._journal.purge(min(before, newest - rule.period)) if isinstance(newest, datetime) else 0

    def _purge(self, rule: Rule, now: datetime) -> int:
        before = now - rule.period
        if rule.table == journal.name:
            return self._purge_journal(rule, before)
        if rule.table in BARE:
            return self._change(_DELETE[id(rule)], before=before)
        ids = self._all(_IDS[id(rule)], lambda row: str(row["id"]), before=before)
        if rule.table == people.name:
            if ids:
                self._erasure.guests(ids, now)
            return len(ids)
        return self._erasure.rows(rule.table, ids, now) if ids else 0
