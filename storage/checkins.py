"""How parents say they are, with a note if they want to add one."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, Row, row_of
from storage.records import CheckIn, Mood, new_id
from storage.tables import checkins, families

_columns = select(checkins)
_by_id = _columns.where(checkins.c.id == bindparam("id"))
_for_caseworker = (
    _columns.join(families, families.c.id == checkins.c.family_id)
    .where(families.c.caseworker_id == bindparam("caseworker_id"))
    .order_by(checkins.c.at.desc())
    .limit(bindparam("most"))
)
_note = (
    checkins.update()
    .where(checkins.c.id == bindparam("key"), checkins.c.person_id == bindparam("by"))
    .values(note=bindparam("note"))
)
_add = checkins.insert()


def _made(row: Row) -> CheckIn:
    return CheckIn(**{**row, "mood": Mood(row["mood"])})


class CheckIns(Drawer):
    """All check-ins."""

    def add(self, person_id: str, family_id: str, mood: Mood, now: datetime) -> CheckIn:
        fresh = CheckIn(new_id(), person_id, family_id, mood, "", now)
        self._add(_add, row_of(fresh, checkins))
        return fresh

    def get(self, id: str) -> CheckIn | None:
        return self._one(_by_id, _made, id=id)

    def note(self, id: str, by: str, note: str) -> bool:
        """False when there is no such check-in of that person."""
        return self._change(_note, key=id, by=by, note=note) == 1

    def for_caseworker(self, caseworker_id: str, most: int = 10) -> list[CheckIn]:
        """The newest first."""
        return self._all(_for_caseworker, _made, caseworker_id=caseworker_id, most=most)
