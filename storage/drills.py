"""Drills: test alarms for everybody on call. At most one is under way."""

from datetime import datetime

from sqlalchemy import bindparam, exists, select

from storage.drawer import Drawer, into, row_of
from storage.records import Drill, new_id
from storage.tables import drills

_names = [column.name for column in drills.columns]
_under_way = exists().where(drills.c.ended_at.is_(None))
# of two leads who start one at once the first to commit does
_start = drills.insert().from_select(
    _names, select(*(bindparam(name, type_=drills.c[name].type) for name in _names)).where(~_under_way)
)
_by_id = select(drills).where(drills.c.id == bindparam("id"))
_running = select(drills).where(drills.c.ended_at.is_(None))
_newest = select(drills).order_by(drills.c.started_at.desc(), drills.c.id).limit(bindparam("most"))
_end = (
    drills.update()
    .where(drills.c.id == bindparam("key"), drills.c.ended_at.is_(None))
    .values(ended_at=bindparam("at"))
)


class Drills(Drawer):
    """Every drill; who was rung and who answered stands with the probes."""

    def start(self, by: str, now: datetime, ends_at: datetime) -> Drill | None:
        """Begins one; None while another is under way."""
        fresh = Drill(new_id(), by, now, ends_at, None)
        return fresh if self._change(_start, **row_of(fresh, drills)) == 1 else None

    def get(self, id: str) -> Drill | None:
        return self._one(_by_id, into(Drill), id=id)

    def running(self) -> Drill | None:
        return self._one(_running, into(Drill))

    def newest(self, most: int = 12) -> list[Drill]:
        """The newest first."""
        return self._all(_newest, into(Drill), most=most)

    def end(self, id: str, now: datetime) -> bool:
        """True only once."""
        return self._change(_end, key=id, at=now) == 1
