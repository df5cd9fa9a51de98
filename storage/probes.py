"""Test pages: whether somebody on call would have heard one."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, into, row_of
from storage.records import Probe, new_id
from storage.tables import probes

_by_id = select(probes).where(probes.c.id == bindparam("id"))
_of_person = (
    select(probes)
    .where(probes.c.person_id == bindparam("person_id"))
    .order_by(probes.c.sent_at.desc(), probes.c.id)
)
_of_drill = (
    select(probes).where(probes.c.drill_id == bindparam("drill_id")).order_by(probes.c.sent_at, probes.c.id)
)
_add = probes.insert()
_delivered = (
    probes.update()
    .where(probes.c.id == bindparam("key"), probes.c.delivered_at.is_(None))
    .values(delivered_at=bindparam("at"))
)
_answered = (
    probes.update()
    .where(probes.c.id == bindparam("key"), probes.c.answered_at.is_(None))
    .values(answered_at=bindparam("at"))
)


class Probes(Drawer):
    """All test pages, those of a drill and those that somebody gets before they count as on call."""

    def send(self, person_id: str, now: datetime, drill_id: str | None = None) -> Probe:
        """Writes down that a test page is owed to this person; the message itself is posted by the room."""
        fresh = Probe(new_id(), person_id, drill_id, now, None, None)
        self._add(_add, row_of(fresh, probes))
        return fresh

    def get(self, id: str) -> Probe | None:
        return self._one(_by_id, into(Probe), id=id)

    def delivered(self, id: str, now: datetime) -> bool:
        """It reached the phone. True the first time."""
        return self._change(_delivered, key=id, at=now) == 1

    def answer(self, id: str, now: datetime) -> bool:
        """The person has heard it. True the first time."""
        return self._change(_answered, key=id, at=now) == 1

    def of_drill(self, drill_id: str) -> list[Probe]:
        """The test pages of a drill, the first to be sent first."""
        return self._all(_of_drill, into(Probe), drill_id=drill_id)

    def newest_of(self, person_id: str) -> Probe | None:
        """The last one this person was sent."""
        return self._one(_of_person, into(Probe), person_id=person_id)
