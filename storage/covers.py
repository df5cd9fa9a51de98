"""What a discreet message holds back until its reader asks for it."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, Row
from storage.tables import covers
from storage.vault import Field, person_holder

_of = select(covers).where(covers.c.card_id == bindparam("card_id"))
_holds = select(covers.c.card_id).where(covers.c.card_id == bindparam("card_id"))
_add = covers.insert()
_change = covers.update().where(covers.c.card_id == bindparam("key")).values(body=bindparam("sealed"))
_drop = covers.delete().where(covers.c.card_id == bindparam("card"))
BODY = Field("covers", "body")


class Covers(Drawer):
    """At most one held-back text for each card."""

    def put(self, card_id: str, person_id: str, body: str, now: datetime) -> None:
        """Holds back the JSON of the message that the card will show; a newer one takes the older one's place."""
        sealed = self._vault.seal(BODY, person_holder(person_id), card_id, body)
        if not self._change(_change, key=card_id, sealed=sealed):
            row = {"card_id": card_id, "person_id": person_id, "body": sealed, "created_at": now}
            self._add(_add, row)

    def get(self, card_id: str) -> str | None:
        """The JSON held back; None when there is none, or no longer."""
        return self._one(_of, self._opened, card_id=card_id)

    def holds(self, card_id: str) -> bool:
        """Whether anything is held back for this card."""
        return self._one(_holds, dict, card_id=card_id) is not None

    def drop(self, card_id: str) -> None:
        self._change(_drop, card=card_id)

    def _opened(self, row: Row) -> str:
        return self._vault.open(BODY, person_holder(row["person_id"]), row["card_id"], row["body"])
