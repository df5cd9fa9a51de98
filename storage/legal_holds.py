"""Legal holds: why a family's things must not be erased for now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, Row
from storage.tables import legal_holds
from storage.vault import Field, family_holder

GROUND = Field("legal_holds", "ground")

_hold = select(legal_holds).where(legal_holds.c.family_id == bindparam("family_id"))
_all_holds = select(legal_holds)
_add_hold = legal_holds.insert()
_drop_hold = legal_holds.delete().where(legal_holds.c.family_id == bindparam("family"))


@dataclass(frozen=True, slots=True)
class LegalHold:
    """Why a family's things must not be erased, since when, and who says so."""

    family_id: str
    ground: str
    since: datetime
    set_by: str


class LegalHolds(Drawer):
    """At most one hold for each family."""

    def of(self, family_id: str) -> LegalHold | None:
        return self._one(_hold, self._made, family_id=family_id)

    def all(self) -> list[LegalHold]:
        return self._all(_all_holds, self._made)

    def put(self, family_id: str, ground: str, set_by: str, now: datetime) -> None:
        self.lift(family_id)
        sealed = self._vault.seal(GROUND, family_holder(family_id), family_id, ground)
        self._add(_add_hold, {"family_id": family_id, "ground": sealed, "since": now, "set_by": set_by})

    def lift(self, family_id: str) -> bool:
        """False when there was none."""
        return self._change(_drop_hold, family=family_id) == 1

    def _made(self, row: Row) -> LegalHold:
        ground = self._vault.open(GROUND, family_holder(row["family_id"]), row["family_id"], row["ground"])
        return LegalHold(row["family_id"], ground, row["since"], row["set_by"])
