"""Words of distress typed where something else was asked, and what became of them."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, Row
from storage.records import Worry, WorryState, new_id
from storage.tables import worries
from storage.vault import Field, family_holder, person_holder

TEXT = Field("worries", "text")

_by_id = select(worries).where(worries.c.id == bindparam("id"))
_asked = (
    select(worries)
    .where(worries.c.person_id == bindparam("person_id"), worries.c.state == WorryState.ASKED)
    .order_by(worries.c.at.desc())
)
_add = worries.insert()
# the first answer counts: a timer and a press may come together
_decide = (
    worries.update()
    .where(worries.c.id == bindparam("key"), worries.c.state == WorryState.ASKED)
    .values(state=bindparam("to"))
)


def _holder(family_id: str | None, person_id: str) -> str:
    return family_holder(family_id) if family_id else person_holder(person_id)


class Worries(Drawer):
    """Every time somebody was asked whether they need help now."""

    def add(self, person_id: str, family_id: str | None, text: str, now: datetime) -> Worry:
        fresh = Worry(new_id(), person_id, family_id, text, now, WorryState.ASKED)
        sealed = self._vault.seal(TEXT, _holder(family_id, person_id), fresh.id, text)
        row = {"id": fresh.id, "person_id": person_id, "family_id": family_id, "at": now}
        self._add(_add, {**row, "text": sealed, "state": fresh.state})
        return fresh

    def get(self, id: str) -> Worry | None:
        return self._one(_by_id, self._made, id=id)

    def asked(self, person_id: str) -> list[Worry]:
        """Those this person has not answered yet, the newest first."""
        return self._all(_asked, self._made, person_id=person_id)

    def decide(self, id: str, state: WorryState) -> bool:
        """Says what came of it. False when that was decided before."""
        return self._change(_decide, key=id, to=state) == 1

    def _made(self, row: Row) -> Worry:
        text = self._vault.open(TEXT, _holder(row["family_id"], row["person_id"]), row["id"], row["text"])
        return Worry(**{**row, "text": text, "state": WorryState(row["state"])})
