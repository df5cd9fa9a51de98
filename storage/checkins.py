"""How parents say they are, with a note if they want to add one."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, Row, row_of
from storage.families import CARED_FOR
from storage.records import CheckIn, Mood, new_id
from storage.tables import checkins, families
from storage.vault import Field, family_holder

_columns = select(checkins)
_by_id = _columns.where(checkins.c.id == bindparam("id"))
_for_caseworker = (
    _columns.join(families, families.c.id == checkins.c.family_id)
    .where(CARED_FOR)
    .order_by(checkins.c.at.desc())
    .limit(bindparam("most"))
)
_of_family = _columns.where(checkins.c.family_id == bindparam("family_id")).order_by(checkins.c.at)
_note = (
    checkins.update()
    .where(checkins.c.id == bindparam("key"), checkins.c.person_id == bindparam("by"))
    .values(note=bindparam("note"))
)
_add = checkins.insert()


NOTE = Field("checkins", "note")


class CheckIns(Drawer):
    """All check-ins."""

    def add(self, person_id: str, family_id: str, mood: Mood, now: datetime) -> CheckIn:
        fresh = CheckIn(new_id(), person_id, family_id, mood, "", now)
        self._add(_add, {**row_of(fresh, checkins), "note": self._sealed(fresh, "")})
        return fresh

    def _made(self, row: Row) -> CheckIn:
        note = self._vault.open(NOTE, family_holder(row["family_id"]), row["id"], row["note"])
        return CheckIn(**{**row, "mood": Mood(row["mood"]), "note": note})

    def _sealed(self, taken: CheckIn, note: str) -> bytes:
        return self._vault.seal(NOTE, family_holder(taken.family_id), taken.id, note)

    def get(self, id: str) -> CheckIn | None:
        return self._one(_by_id, self._made, id=id)

    def note(self, id: str, by: str, note: str) -> bool:
        """False when there is no such check-in of that person."""
        taken = self.get(id)
        return taken is not None and self._change(_note, key=id, by=by, note=self._sealed(taken, note)) == 1

    def of_family(self, family_id: str) -> list[CheckIn]:
        """All that a family has said, the oldest first."""
        return self._all(_of_family, self._made, family_id=family_id)

    def for_caseworker(self, person_id: str, now: datetime, most: int = 10) -> list[CheckIn]:
        """What own families and those of whoever they stand in for have said, the newest first."""
        return self._all(_for_caseworker, self._made, person_id=person_id, now=now, most=most)
