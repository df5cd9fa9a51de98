"""Parent-training sessions. Each enrolled family's part in one is an appointment of its own."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, Row, row_of
from storage.records import Session, new_id
from storage.tables import sessions
from storage.vault import HOUSE, Field

_by_id = select(sessions).where(sessions.c.id == bindparam("id"))
_ahead = (
    select(sessions)
    .where(sessions.c.caseworker_id == bindparam("caseworker_id"), sessions.c.starts_at >= bindparam("now"))
    .order_by(sessions.c.starts_at)
)
_add = sessions.insert()
PLACE = Field("sessions", "place")


class Training(Drawer):
    """All sessions ever planned."""

    def add(self, offer_id: str, caseworker_id: str, starts_at: datetime, place: str) -> Session:
        fresh = Session(new_id(), offer_id, caseworker_id, starts_at, place)
        sealed = self._vault.seal(PLACE, HOUSE, fresh.id, place)
        self._add(_add, {**row_of(fresh, sessions), "place": sealed})
        return fresh

    def _made(self, row: Row) -> Session:
        return Session(**{**row, "place": self._vault.open(PLACE, HOUSE, row["id"], row["place"])})

    def get(self, id: str) -> Session | None:
        return self._one(_by_id, self._made, id=id)

    def ahead(self, caseworker_id: str, now: datetime) -> list[Session]:
        return self._all(_ahead, self._made, caseworker_id=caseworker_id, now=now)
