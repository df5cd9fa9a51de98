"""Checklists of section 8a SGB VIII: what the team goes through when a child may be in danger."""

from datetime import datetime

from sqlalchemy import bindparam, exists, func, select

from storage.drawer import Drawer, Row, into, row_of
from storage.records import Concern, Mark, new_id
from storage.tables import concern_marks, concerns
from storage.vault import Field, family_holder

NOTE = Field("concern_marks", "note")
CLOSING = "closing"  # the point that two people have to mark before a checklist can be closed

_by_id = select(concerns).where(concerns.c.id == bindparam("id"))
_open = select(concerns).where(concerns.c.closed_at.is_(None)).order_by(concerns.c.number)
_of_family = (
    select(concerns).where(concerns.c.family_id == bindparam("family_id")).order_by(concerns.c.number)
)
_last_number = select(func.coalesce(func.max(concerns.c.number), 0).label("last"))
_marks = (
    select(concern_marks)
    .where(concern_marks.c.concern_id == bindparam("concern_id"))
    .order_by(concern_marks.c.at, concern_marks.c.id)
)
_add = concerns.insert()
_mark = concern_marks.insert()
_one, _other = concern_marks.alias("one"), concern_marks.alias("other")
_four_eyes = exists().where(
    _one.c.concern_id == concerns.c.id,
    _other.c.concern_id == concerns.c.id,
    _one.c.point == CLOSING,
    _other.c.point == CLOSING,
    _one.c.marked_by != _other.c.marked_by,
)
_close = (
    concerns.update()
    .where(concerns.c.id == bindparam("key"), concerns.c.closed_at.is_(None), _four_eyes)
    .values(closed_at=bindparam("at"))
)


class Concerns(Drawer):
    """All checklists, open and closed. A mark is added and never changed: who, when, and the note sealed."""

    def open(self, family_id: str, by: str, now: datetime, alarm_number: int | None = None) -> Concern:
        last = self._one(_last_number, lambda row: int(row["last"])) or 0
        fresh = Concern(new_id(), last + 1, family_id, alarm_number, by, now, None)
        self._add(_add, row_of(fresh, concerns))
        return fresh

    def get(self, id: str) -> Concern | None:
        return self._one(_by_id, into(Concern), id=id)

    def not_closed(self) -> list[Concern]:
        return self._all(_open, into(Concern))

    def of_family(self, family_id: str) -> list[Concern]:
        return self._all(_of_family, into(Concern), family_id=family_id)

    def mark(self, concern: Concern, point: str, by: str, note: str, now: datetime) -> Mark:
        fresh = Mark(new_id(), concern.id, concern.family_id, point, by, now, note)
        sealed = self._vault.seal(NOTE, family_holder(concern.family_id), fresh.id, note)
        self._add(_mark, {**row_of(fresh, concern_marks), "note": sealed})
        return fresh

    def marks(self, concern_id: str) -> list[Mark]:
        return self._all(_marks, self._made, concern_id=concern_id)

    def close(self, id: str, now: datetime) -> bool:
        """False when it was closed before, and until two different people have marked CLOSING."""
        return self._change(_close, key=id, at=now) == 1

    def _made(self, row: Row) -> Mark:
        note = self._vault.open(NOTE, family_holder(row["family_id"]), row["id"], row["note"])
        return Mark(**{**row, "note": note})
