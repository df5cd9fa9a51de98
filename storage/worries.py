"""Words of distress typed where something else was asked, and what became of them."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, Row, row_of
from storage.records import Worry, WorryState, new_id
from storage.tables import worries
from storage.vault import Field, family_holder, person_holder

TEXT = Field("worries", "text")
# nobody has said yes or no to these yet; late is better than never
OPEN = (WorryState.ASKED, WorryState.UNANSWERED)

_by_id = select(worries).where(worries.c.id == bindparam("id"))
_newest = (
    select(worries.c.at, worries.c.state)
    .where(worries.c.person_id == bindparam("person_id"))
    .order_by(worries.c.at.desc())
    .limit(1)
)
_open = (
    select(worries)
    .where(
        worries.c.person_id == bindparam("person_id"),
        worries.c.state.in_(OPEN),
        worries.c.at >= bindparam("since"),
    )
    .order_by(worries.c.at)
)
_of_person = (
    select(worries)
    .where(worries.c.person_id == bindparam("person_id"), worries.c.at >= bindparam("since"))
    .order_by(worries.c.at)
)
_ids_of_family = select(worries.c.id).where(worries.c.family_id == bindparam("family_id"))
_add = worries.insert()
# the first yes or no counts: two presses may come together
_decide = (
    worries.update()
    .where(worries.c.id == bindparam("key"), worries.c.state.in_(OPEN))
    .values(state=bindparam("to"))
)


def _holder(family_id: str | None, person_id: str) -> str:
    return family_holder(family_id) if family_id else person_holder(person_id)


class Worries(Drawer):
    """Everything of that kind which was typed, each with what its writer answered."""

    def add(
        self,
        person_id: str,
        family_id: str | None,
        text: str,
        now: datetime,
        state: WorryState = WorryState.ASKED,
    ) -> Worry:
        fresh = Worry(new_id(), person_id, family_id, text, now, state)
        sealed = self._vault.seal(TEXT, _holder(family_id, person_id), fresh.id, text)
        self._add(_add, {**row_of(fresh, worries), "text": sealed})
        return fresh

    def get(self, id: str) -> Worry | None:
        return self._one(_by_id, self._made, id=id)

    def newest(self, person_id: str) -> tuple[datetime, WorryState] | None:
        """When this person last wrote such words, and what came of it."""
        return self._one(_newest, lambda row: (row["at"], WorryState(row["state"])), person_id=person_id)

    def open_of(self, person_id: str, since: datetime) -> list[Worry]:
        """Those since then to which this person has said neither yes nor no, the oldest first.

        What no key opens any more is left out.
        """
        return self._readable(_open, self._made, person_id=person_id, since=since)

    def of_person(self, person_id: str, since: datetime) -> list[Worry]:
        """All since then, the oldest first; what no key opens any more is left out."""
        return self._readable(_of_person, self._made, person_id=person_id, since=since)

    def ids_of_family(self, family_id: str) -> list[str]:
        return self._all(_ids_of_family, lambda row: str(row["id"]), family_id=family_id)

    def decide(self, id: str, state: WorryState) -> bool:
        """Says what came of it. False when that was decided before."""
        return self._change(_decide, key=id, to=state) == 1

    def _made(self, row: Row) -> Worry:
        text = self._vault.open(TEXT, _holder(row["family_id"], row["person_id"]), row["id"], row["text"])
        return Worry(**{**row, "text": text, "state": WorryState(row["state"])})
