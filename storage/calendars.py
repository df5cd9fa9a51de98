"""Calendars of staff outside: the feed they subscribe to, and the one in which they are busy."""

import hmac
import secrets
from base64 import b32encode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import bindparam, func, or_, select

from storage.drawer import Drawer, Row
from storage.records import AppointmentState, Span, new_id
from storage.tables import appointments, busy, calendars, courses, journal, sessions
from storage.training import TAKES_PLACE
from storage.types import Utc
from storage.vault import Field, person_holder

IMPORT = Field("calendars", "import_url")
FEED_URL = "calendars.feed_url"  # the setting with the address under which feeds are found; "" for nowhere
HERE = "calendars.here"  # "on": only the demo and the tests look at calendars on this very machine
CHANGES = ("made", "moved", "cancelled")  # what the journal says of an appointment that changed
NEVER = " never"  # behind a failure, for as long as the calendar could not be read a single time
LETTERS = 4  # of a pseudonym; two families of one caseworker share one in a caseload of a thousand
# letters and digits that nobody mistakes for each other, in the place of those of base 32
_LEGIBLE = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "ABCDEFGHJKLMNPQRSTUVWXYZ23456789")

_row = select(calendars).where(calendars.c.person_id == bindparam("person_id"))
_by_hash = select(calendars.c.person_id, calendars.c.feed_hash).where(
    calendars.c.feed_hash == bindparam("feed_hash")
)
_add = calendars.insert()
_this = calendars.c.person_id == bindparam("person")
_set_feed = calendars.update().where(_this).values(feed_hash=bindparam("mark"))
_set_import = (
    calendars.update()
    .where(_this)
    .values(import_url=bindparam("sealed"), next_look_at=bindparam("at"), looked_at=None, failure=None)
)
_is_due = calendars.c.next_look_at <= bindparam("now")
_any_due = select(calendars.c.person_id).where(_is_due).limit(1)
_due = (
    select(*(calendars.c[name] for name in ("person_id", "import_url", "looked_at", "failure")))
    .where(_is_due, calendars.c.import_url.is_not(None))
    .order_by(calendars.c.next_look_at)
    .limit(bindparam("most"))
)
_next_look = calendars.update().where(_this).values(next_look_at=bindparam("at"))
_same = calendars.c.import_url == bindparam("sealed")
_looked = calendars.update().where(_this, _same).values(looked_at=bindparam("at"), failure=bindparam("why"))
_failure = select(calendars.c.failure).where(calendars.c.person_id == bindparam("person_id"))
_free = busy.delete().where(busy.c.person_id == bindparam("person"))
_add_busy = busy.insert()
_count_busy = select(func.count().label("n")).where(busy.c.person_id == bindparam("person_id"))

_appointments = select(
    *(appointments.c[name] for name in ("id", "family_id", "kind", "starts_at", "minutes", "made_at")),
    *(appointments.c[name] for name in ("state", "revision", "meeting_place_id")),
).where(
    appointments.c.caseworker_id == bindparam("person_id"),
    appointments.c.session_id.is_(None),
    appointments.c.starts_at >= bindparam("since"),
    appointments.c.starts_at < bindparam("until"),
)
_changes = (
    select(journal.c.subject, func.max(journal.c.at, type_=Utc).label("at"))
    .where(
        journal.c.family_id.in_(
            select(appointments.c.family_id).where(
                appointments.c.caseworker_id == bindparam("person_id"),
                appointments.c.starts_at >= bindparam("since"),
                appointments.c.starts_at < bindparam("until"),
            )
        ),
        or_(*(journal.c.act == f"appointment.{done}" for done in CHANGES)),
    )
    .group_by(journal.c.subject)
)
_sessions = (
    select(
        sessions.c.id,
        sessions.c.starts_at,
        courses.c.minutes,
        courses.c.meeting_place_id,
        courses.c.made_at,
        TAKES_PLACE.label("stands"),
    )
    .outerjoin(courses, courses.c.id == sessions.c.course_id)
    .where(
        sessions.c.caseworker_id == bindparam("person_id"),
        sessions.c.starts_at >= bindparam("since"),
        sessions.c.starts_at < bindparam("until"),
    )
)


@dataclass(frozen=True, slots=True)
class Outside:
    """What somebody has outside. `failures` counts the looks in vain since the last good one, for `failure`."""

    feed: bool
    imports: bool
    looked_at: datetime | None
    failures: int
    failure: str
    spans: int


@dataclass(frozen=True, slots=True)
class Look:
    """A calendar that is to be looked at now; `first` until it could be read for the first time."""

    person_id: str
    url: str
    sealed: bytes
    first: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """What stands in somebody's feed, without any words that were typed. `family_id` is None for a session.

    `minutes` is None where nothing is set; `changed_at` when it was last changed, as far as that is known.
    """

    id: str
    family_id: str | None
    kind: str
    starts_at: datetime
    minutes: int | None
    cancelled: bool
    revision: int
    meeting_place_id: str | None
    changed_at: datetime | None


class Calendars(Drawer):
    """One row for each member of staff who uses either. The address may hold a secret: it is sealed."""

    def of(self, person_id: str) -> Outside:
        """What this person has outside; nothing of both for somebody who never asked."""
        row = self._one(_row, dict, person_id=person_id) or {}
        failures, why = _failures(row.get("failure"))
        return Outside(
            feed=row.get("feed_hash") is not None,
            imports=row.get("import_url") is not None,
            looked_at=row.get("looked_at"),
            failures=failures,
            failure=why,
            spans=self._one(_count_busy, lambda found: int(found["n"]), person_id=person_id) or 0,
        )

    def renew_feed(self, person_id: str) -> str:
        """A new word of 256 random bits that opens this person's feed; the one before opens nothing any more."""
        word = secrets.token_urlsafe(32)
        self._written(person_id)
        self._change(_set_feed, person=person_id, mark=_mark(word))
        return word

    def close_feed(self, person_id: str) -> None:
        """No word opens this person's feed any more."""
        self._change(_set_feed, person=person_id, mark=None)

    def whose(self, word: str) -> str | None:
        """Whose feed this word opens, by id. What is looked for is its hash, which tells nothing by being slow."""
        mark = _mark(word)
        found = self._one(_by_hash, dict, feed_hash=mark)
        same = hmac.compare_digest(str(found["feed_hash"]) if found else "", mark)
        return str(found["person_id"]) if found and same else None

    def pseudonym(self, family_id: str) -> str:
        """A family's short name for calendars outside, always the same, such as F-7K2M: it tells nobody whose."""
        mark = self._vault.index("pseudonym", family_id)
        return f"F-{b32encode(mark).decode()[:LETTERS].translate(_LEGIBLE)}"

    def uid(self, id: str) -> str:
        """What an appointment or a session is called in calendars outside, always the same."""
        return self._vault.index("feed", id).hex()

    def planned(self, person_id: str, since: datetime, until: datetime) -> list[Planned]:
        """This person's own appointments and sessions that begin within this time, the first first."""
        keys = {"person_id": person_id, "since": since, "until": until}
        changed = {str(row["subject"]): row["at"] for row in self._all(_changes, dict, **keys)}
        found = self._all(_appointments, lambda row: _appointment(row, changed), **keys)
        found += self._all(_sessions, _session, **keys)
        return sorted(found, key=lambda one: (one.starts_at, one.id))

    def watch(self, person_id: str, url: str, now: datetime) -> None:
        """This person is busy when the calendar there says so; it is to be looked at now."""
        self.forget(person_id)
        self._written(person_id)
        sealed = self._vault.seal(IMPORT, person_holder(person_id), person_id, url)
        self._change(_set_import, person=person_id, sealed=sealed, at=now)

    def forget(self, person_id: str) -> None:
        """The address is gone, and all that was found there."""
        self._change(_set_import, person=person_id, sealed=None, at=None)
        self._change(_free, person=person_id)

    def is_due(self, now: datetime) -> bool:
        return self._one(_any_due, dict, now=now) is not None

    def claim(self, now: datetime, next_at: datetime, most: int) -> list[Look]:
        """The calendars to look at now; each is due again at `next_at`, whatever becomes of it."""
        looks = []
        for row, url in self._tried(_due, self._opened, now=now, most=most):
            self._change(_next_look, person=row["person_id"], at=next_at)
            if url is not None:
                first = row["looked_at"] is None or (row["failure"] or "").endswith(NEVER)
                looks.append(Look(row["person_id"], url, row["import_url"], first))
        return looks

    def found(self, look: Look, spans: Collection[Span], now: datetime) -> bool:
        """These are all the times somebody is busy. False when the address is another by now, or gone."""
        if not self._change(_looked, person=look.person_id, sealed=look.sealed, at=now, why=None):
            return False
        self._change(_free, person=look.person_id)
        rows = [
            {"id": new_id(), "person_id": look.person_id, "starts_at": one.starts_at, "ends_at": one.ends_at}
            for one in spans
        ]
        if rows:
            self._add(_add_busy, rows)
        return True

    def failed(self, look: Look, why: str, now: datetime) -> int:
        """How often in a row it could not be read; what was found before stays. 0 when it is another by now."""
        known = self._one(_failure, lambda row: row["failure"], person_id=look.person_id)
        times = _failures(known)[0] + 1
        kept = f"{times} {why}{NEVER if look.first else ''}"
        changed = self._change(_looked, person=look.person_id, sealed=look.sealed, at=now, why=kept)
        return times if changed else 0

    def _written(self, person_id: str) -> None:
        if self._one(_row, dict, person_id=person_id) is None:
            self._add(_add, {"person_id": person_id})

    def _opened(self, row: Row) -> str:
        return self._vault.open(IMPORT, person_holder(row["person_id"]), row["person_id"], row["import_url"])


def _mark(word: str) -> str:
    return sha256(word.encode()).hexdigest()


def _failures(kept: str | None) -> tuple[int, str]:
    times, _, why = (kept or "0 ").removesuffix(NEVER).partition(" ")
    return int(times), why


def _appointment(row: Row, changed: Row) -> Planned:
    return Planned(
        row["id"],
        row["family_id"],
        row["kind"],
        row["starts_at"],
        row["minutes"],
        row["state"] != AppointmentState.PLANNED,
        row["revision"],
        row["meeting_place_id"],
        changed.get(f"appointment:{row['id']}") or row["made_at"],
    )


def _session(row: Row) -> Planned:
    stands = bool(row["stands"])
    at = row["made_at"]
    return Planned(
        row["id"],
        None,
        "parent_training_session",
        row["starts_at"],
        row["minutes"],
        not stands,
        1 if stands else 2,
        row["meeting_place_id"],
        at,
    )
