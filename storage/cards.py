"""Messages of ours that show something which may change, so that old screens never lie."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, into
from storage.records import Card, new_id
from storage.tables import cards

_columns = select(cards.c.id, cards.c.person_id, cards.c.about, cards.c.message_id)
_about = _columns.where(cards.c.about == bindparam("about")).order_by(cards.c.created_at)
_by_id = _columns.where(cards.c.id == bindparam("id"))
_add = cards.insert()
_retire = cards.update().where(cards.c.id == bindparam("key")).values(about="")
_sent = cards.update().where(cards.c.id == bindparam("key")).values(message_id=bindparam("message"))


class Cards(Drawer):
    """All cards. `about` names what one shows: appointment:ID, alarm:ID."""

    def add(self, person_id: str, about: str, now: datetime) -> Card:
        fresh = Card(new_id(), person_id, about, None)
        row = {"id": fresh.id, "person_id": person_id, "about": about, "message_id": None, "created_at": now}
        self._add(_add, row)
        return fresh

    def about(self, about: str) -> list[Card]:
        return self._all(_about, into(Card), about=about)

    def newest(self, about: str, person_id: str) -> Card | None:
        """The card this person would look at."""
        theirs = [card for card in self.about(about) if card.person_id == person_id]
        return theirs[-1] if theirs else None

    def retire(self, id: str) -> None:
        """A newer card stands below: this one no longer follows."""
        self._change(_retire, key=id)

    def get(self, id: str) -> Card | None:
        return self._one(_by_id, into(Card), id=id)

    def sent(self, id: str, message_id: int | None) -> None:
        """Telegram's number for the message; None when the message is gone."""
        self._change(_sent, key=id, message=message_id)
