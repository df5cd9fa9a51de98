"""Words entrusted to one person alone (section 65 SGB VIII)."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, Row
from storage.records import Entrusted as Words
from storage.records import new_id
from storage.tables import entrusted
from storage.vault import Field, family_holder

_of_family = (
    select(entrusted).where(entrusted.c.family_id == bindparam("family_id")).order_by(entrusted.c.at.desc())
)
_by_id = select(entrusted).where(entrusted.c.id == bindparam("id"))
_add = entrusted.insert()
_drop = entrusted.delete().where(entrusted.c.id == bindparam("key"))
TEXT = Field("entrusted", "text")


class Entrusted(Drawer):
    """All entrusted words. Who may read them is decided above (handlers/access.py)."""

    def add(self, family_id: str, confidant_id: str, text: str, now: datetime) -> Words:
        fresh = Words(new_id(), family_id, confidant_id, text, now)
        sealed = self._vault.seal(TEXT, family_holder(family_id), fresh.id, text)
        row = {"id": fresh.id, "family_id": family_id, "confidant_id": confidant_id, "at": now}
        self._add(_add, {**row, "text": sealed})
        return fresh

    def get(self, id: str) -> Words | None:
        return self._one(_by_id, self._made, id=id)

    def of_family(self, family_id: str) -> list[Words]:
        """The newest first."""
        return self._all(_of_family, self._made, family_id=family_id)

    def drop(self, id: str) -> bool:
        return self._change(_drop, key=id) == 1

    def _made(self, row: Row) -> Words:
        text = self._vault.open(TEXT, family_holder(row["family_id"]), row["id"], row["text"])
        return Words(**{**row, "text": text})
