"""Who came to what, as noted by whoever was there."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer
from storage.tables import attendances

_same = (
    attendances.update()
    .where(
        attendances.c.appointment_id == bindparam("appointment"),
        attendances.c.person_id == bindparam("person"),
    )
    .values(came=bindparam("was_there"), at=bindparam("noted_at"), marked_by=bindparam("noted_by"))
)
_add = attendances.insert()
_of = (
    select(attendances.c.person_id, attendances.c.came)
    .where(attendances.c.appointment_id == bindparam("appointment_id"))
    .order_by(attendances.c.at, attendances.c.person_id)
)


class Attendances(Drawer):
    """One line for each person and appointment; the newest word counts."""

    def mark(self, appointment_id: str, person_id: str, came: bool, now: datetime, by: str) -> None:
        """Notes whether somebody came; `by` is who noted it, by id."""
        marked = {"was_there": int(came), "noted_at": now, "noted_by": by}
        if not self._change(_same, appointment=appointment_id, person=person_id, **marked):
            self._add(
                _add,
                {
                    "appointment_id": appointment_id,
                    "person_id": person_id,
                    "came": int(came),
                    "at": now,
                    "marked_by": by,
                },
            )

    def of(self, appointment_id: str) -> dict[str, bool]:
        """Who came and who did not, by person id; nothing of whoever was not noted yet."""
        rows = self._all(_of, lambda row: row, appointment_id=appointment_id)
        return {row["person_id"]: bool(row["came"]) for row in rows}
