"""Breaches of data protection, each with its clock."""

from datetime import datetime

from sqlalchemy import bindparam, func, select

from storage.drawer import Drawer, Row
from storage.records import Incident, new_id
from storage.tables import incidents
from storage.vault import HOUSE, Field

_all = select(incidents).order_by(incidents.c.number.desc())
_by_id = select(incidents).where(incidents.c.id == bindparam("id"))
_last = select(func.coalesce(func.max(incidents.c.number), 0).label("last"))
_add = incidents.insert()
_report = (
    incidents.update()
    .where(incidents.c.id == bindparam("key"), incidents.c.reported_at.is_(None))
    .values(reported_at=bindparam("at"))
)
_close = (
    incidents.update()
    .where(incidents.c.id == bindparam("key"), incidents.c.closed_at.is_(None))
    .values(closed_at=bindparam("at"))
)
SUMMARY = Field("incidents", "summary")


class Incidents(Drawer):
    """All incidents ever noted."""

    def add(self, summary: str, noted_by: str, noticed_at: datetime) -> Incident:
        number = (self._one(_last, lambda row: int(row["last"])) or 0) + 1
        fresh = Incident(new_id(), number, summary, noticed_at, noted_by, None, None)
        row = {name: getattr(fresh, name) for name in Incident.__slots__}
        self._add(_add, {**row, "summary": self._vault.seal(SUMMARY, HOUSE, fresh.id, summary)})
        return fresh

    def get(self, id: str) -> Incident | None:
        return self._one(_by_id, self._made, id=id)

    def all(self) -> list[Incident]:
        """The newest first."""
        return self._all(_all, self._made)

    def report(self, id: str, now: datetime) -> bool:
        """The supervisory authority has been told. True only once."""
        return self._change(_report, key=id, at=now) == 1

    def close(self, id: str, now: datetime) -> bool:
        return self._change(_close, key=id, at=now) == 1

    def _made(self, row: Row) -> Incident:
        return Incident(**{**row, "summary": self._vault.open(SUMMARY, HOUSE, row["id"], row["summary"])})
