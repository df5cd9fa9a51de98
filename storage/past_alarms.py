"""Alarms that are over, for whoever had a part in them, and who that is."""

from datetime import datetime

from sqlalchemy import BindParameter, and_, bindparam, exists, or_, select

from storage.drawer import Drawer, Row
from storage.records import AlarmState, Happening
from storage.tables import alarms, happenings, pages, takes
from storage.types import Utc

MOST = 200
TOOK = (Happening.TAKEN, Happening.JOINED, Happening.TAKEN_OVER)

_person: BindParameter[str] = bindparam("person_id")
_took = or_(
    alarms.c.taken_by == _person,
    exists().where(takes.c.alarm_id == alarms.c.id, takes.c.person_id == _person),
    exists().where(
        happenings.c.alarm_id == alarms.c.id,
        happenings.c.done_by == _person,
        or_(*(happenings.c.what == word for word in TOOK)),
    ),
)
_paged = exists().where(pages.c.alarm_id == alarms.c.id, pages.c.person_id == _person)
_of_others = alarms.c.person_id != _person
_involved = and_(_of_others, or_(_paged, _took))
_past = (
    select(alarms.c.id)
    .where(alarms.c.state == AlarmState.ENDED, _of_others)
    .order_by(alarms.c.number.desc())
    .limit(MOST)
)
_past_of = _past.where(_involved)
_is_involved = select(alarms.c.id).where(alarms.c.id == bindparam("id"), _involved)
_has_helped = (
    select(alarms.c.id)
    .where(
        alarms.c.family_id == bindparam("family_id"),
        alarms.c.opened_at >= bindparam("since", type_=Utc),
        _of_others,
        _took,
    )
    .limit(1)
)


def _id(row: Row) -> str:
    return str(row["id"])


class PastAlarms(Drawer):
    """What is read of alarms afterwards. Nobody has a part in an alarm they raised themselves."""

    def all(self, person_id: str) -> list[str]:
        """The ids of those that have ended, the newest first; without this person's own."""
        return self._all(_past, _id, person_id=person_id)

    def of(self, person_id: str) -> list[str]:
        """As above, of those alone for which this person was paged, or which they took."""
        return self._all(_past_of, _id, person_id=person_id)

    def is_involved(self, alarm_id: str, person_id: str) -> bool:
        """Whether this person was paged for it or took it."""
        return self._one(_is_involved, _id, id=alarm_id, person_id=person_id) is not None

    def has_helped(self, family_id: str, person_id: str, since: datetime) -> bool:
        """Whether this person took an alarm of the family that was raised since then."""
        found = self._one(_has_helped, _id, family_id=family_id, person_id=person_id, since=since)
        return found is not None
