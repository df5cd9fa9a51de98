"""Messages of ours that show something which may change, so that old screens never lie."""

from datetime import UTC, datetime

from sqlalchemy import bindparam, exists, or_, select

from storage.drawer import Drawer, Row, into
from storage.records import Card, DeliveryState, new_id
from storage.tables import cards, deliveries

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_columns = select(cards.c.id, cards.c.person_id, cards.c.about, cards.c.message_id)
_about = _columns.where(cards.c.about == bindparam("about")).order_by(cards.c.created_at)
_by_id = _columns.where(cards.c.id == bindparam("id"))
_of_person = _columns.add_columns(cards.c.created_at).where(cards.c.person_id == bindparam("person_id"))
_in_chat = _of_person.where(cards.c.message_id.is_not(None)).order_by(cards.c.created_at, cards.c.message_id)
_shown_at = _of_person.where(cards.c.message_id == bindparam("message_id"))
_standing = _of_person.where(cards.c.about == bindparam("about")).order_by(cards.c.created_at.desc())
_missed = _of_person.where(
    cards.c.message_id.is_(None), cards.c.created_at >= bindparam("since"), cards.c.about != ""
).order_by(cards.c.created_at)
_arrived = exists().where(
    deliveries.c.card_id == cards.c.id,
    deliveries.c.edits == 0,
    deliveries.c.state == DeliveryState.DELIVERED,
)
_left = select(cards.c.id).where(
    cards.c.id == bindparam("id"),
    or_(cards.c.message_id.is_not(None), _arrived, cards.c.created_at < bindparam("before")),
)
_add = cards.insert()
_retire = cards.update().where(cards.c.id == bindparam("key")).values(about="")
_shows = (
    cards.update()
    .where(
        cards.c.person_id == bindparam("whose"),
        cards.c.message_id == bindparam("number"),
        or_(cards.c.about == "", cards.c.about.startswith("family:")),
    )
    .values(about=bindparam("thing"))
)
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

    def left(self, id: str, before: datetime = LONG_AGO) -> bool:
        """Whether its message stands in the chat, or stood there until it was cleared.

        Of older ones that is not known any more: what was posted `before` counts as if it had.
        """
        return self._one(_left, dict, id=id, before=before) is not None

    def get(self, id: str) -> Card | None:
        return self._one(_by_id, into(Card), id=id)

    def shows(self, person_id: str, message_id: int, about: str) -> None:
        """A message that was about nothing or a family shows this from now on; any other stays what it is."""
        if about:
            self._change(_shows, whose=person_id, number=message_id, thing=about)

    def sent(self, id: str, message_id: int | None) -> None:
        """Telegram's number for the message; None when the message is gone."""
        self._change(_sent, key=id, message=message_id)

    def chat_of(self, person_id: str) -> list[tuple[Card, datetime]]:
        """Every message of ours that stands in this person's chat and when it was posted, the oldest first."""
        return self._all(_in_chat, lambda row: (_card(row), row["created_at"]), person_id=person_id)

    def in_chat(self, person_id: str, about: str) -> Card | None:
        """The newest card about this thing whose message stands in the person's chat."""
        return next((c for c in self._standing(person_id, about) if c.message_id is not None), None)

    def shown_at(self, person_id: str, message_id: int) -> Card | None:
        """The card behind Telegram's number for a message."""
        return self._one(_shown_at, _card, person_id=person_id, message_id=message_id)

    def first_at(self, person_id: str, about: str) -> datetime | None:
        """When this person was first told of this thing, or would have been."""
        told = self._all(_standing, lambda row: row["created_at"], person_id=person_id, about=about)
        return told[-1] if told else None

    def missed(self, person_id: str, since: datetime) -> list[str]:
        """What the cards since then are about that are not in the chat, the oldest first, each once."""
        found = self._all(_missed, _card, person_id=person_id, since=since)
        return list(dict.fromkeys(card.about for card in found))

    def _standing(self, person_id: str, about: str) -> list[Card]:
        return self._all(_standing, _card, person_id=person_id, about=about)


def _card(row: Row) -> Card:
    return Card(row["id"], row["person_id"], row["about"], row["message_id"])
