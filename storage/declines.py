"""Why a parent does not come, as a pictogram said it. Sealed: it may be about health."""

from datetime import datetime

from sqlalchemy import and_, bindparam, select

from storage.drawer import Drawer, Row
from storage.records import Answer, Reason, new_id
from storage.tables import answers, declines
from storage.vault import Field, family_holder

REASON = Field("declines", "reason")

# a reason belongs to the no it was given for: not to a later one, nor to a yes
_given = and_(
    answers.c.appointment_id == declines.c.appointment_id,
    answers.c.person_id == declines.c.person_id,
    answers.c.answer == Answer.NO,
    answers.c.at <= declines.c.at,
)
_about = (
    select(declines)
    .join(answers, _given)
    .where(declines.c.appointment_id == bindparam("appointment_id"))
    .order_by(declines.c.at, declines.c.id)
)
_add = declines.insert()


class Declines(Drawer):
    """Every no with its reason; the newest of a person counts, as long as that no holds."""

    def add(self, appointment_id: str, person_id: str, family_id: str, reason: Reason, now: datetime) -> None:
        """Why this person does not come."""
        id = new_id()
        row = {
            "id": id,
            "appointment_id": appointment_id,
            "person_id": person_id,
            "family_id": family_id,
            "reason": self._vault.seal(REASON, family_holder(family_id), id, reason),
            "at": now,
        }
        self._add(_add, row)

    def _reason(self, row: Row) -> Reason:
        return Reason(self._vault.open(REASON, family_holder(row["family_id"]), row["id"], row["reason"]))

    def of(self, appointment_id: str) -> dict[str, Reason]:
        """The newest reason of each person's no as it stands, by person id."""
        found = self._all(
            _about, lambda row: (str(row["person_id"]), self._reason(row)), appointment_id=appointment_id
        )
        return dict(found)
