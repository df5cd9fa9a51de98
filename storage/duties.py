"""Who holds the crisis phone now, step by step."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, into
from storage.records import Duty
from storage.tables import duties

_columns = select(duties.c.person_id, duties.c.step, duties.c.since)
_on = _columns.where(duties.c.on == 1).order_by(duties.c.step, duties.c.since, duties.c.person_id)
_of = select(duties.c.person_id, duties.c.step, duties.c.since, duties.c.on).where(
    duties.c.person_id == bindparam("person_id")
)
_set = (
    duties.update()
    .where(duties.c.person_id == bindparam("person"))
    .values(on=bindparam("is_on"), since=bindparam("at"))
)


class Duties(Drawer):
    """Everybody who may hold the crisis phone; those who do are on duty."""

    def on_now(self) -> list[Duty]:
        return self._all(_on, into(Duty))

    def is_on(self, person_id: str) -> bool:
        return bool(self._one(_of, lambda row: row["on"], person_id=person_id))

    def assign(self, person_id: str, step: int, now: datetime) -> None:
        """Puts somebody on a step and on duty."""
        changed = self._change(
            duties.update()
            .where(duties.c.person_id == person_id)
            .values({duties.c.step: step, duties.c.on: 1, duties.c.since: now})
        )
        if not changed:
            self._add(duties.insert(), {"person_id": person_id, "step": step, "since": now, "on": 1})

    def switch(self, person_id: str, on: bool, now: datetime) -> None:
        self._change(_set, person=person_id, is_on=int(on), at=now)
