"""Taking back what is owed and has not left: it ends without being sent, in memory too."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer
from storage.prepared import Runner
from storage.records import DeliveryState, Lane
from storage.tables import deliveries
from storage.vault import Vault

QUEUED = deliveries.c.state == DeliveryState.QUEUED
SETTLE = (
    deliveries.update()
    .where(deliveries.c.id == bindparam("key"), QUEUED)
    .values(
        state=bindparam("to"),
        settled_at=bindparam("at"),
        failure=bindparam("reason"),
        lease_until=None,
        body=b"",
    )
)
_queued_for = select(deliveries.c.id).where(
    deliveries.c.person_id == bindparam("person_id"), deliveries.c.lane >= bindparam("least"), QUEUED
)
_all_queued_for = select(
    deliveries.c.id, deliveries.c.card_id, deliveries.c.about, deliveries.c.lane, deliveries.c.created_at
).where(deliveries.c.person_id == bindparam("person_id"), QUEUED)
_queued_of_card = select(deliveries.c.id).where(deliveries.c.card_id == bindparam("card_id"), QUEUED)
_queued_in_lane = select(deliveries.c.id, deliveries.c.person_id).where(
    deliveries.c.about == bindparam("about"), deliveries.c.lane == bindparam("lane"), QUEUED
)


class Withdrawing(Drawer):
    """A drawer of deliveries from which some are taken back; their numbers are handed over after the commit."""

    def __init__(self, runner: Runner, vault: Vault, withdrawn: list[int]) -> None:
        super().__init__(runner, vault)
        self._withdrawn = withdrawn

    def withdraw(self, person_id: str, now: datetime, least: Lane = Lane.PAGE) -> int:
        """Nothing that is queued for this person in this lane or a later one may leave any more; how many."""
        found = self._all(_queued_for, lambda row: int(row["id"]), person_id=person_id, least=least)
        return self._withdraw(found, now)

    def withdraw_card(self, card_id: str, now: datetime) -> int:
        """Neither a card's message nor a change of it may leave any more; how many."""
        return self._withdraw(self._all(_queued_of_card, lambda row: int(row["id"]), card_id=card_id), now)

    def withdraw_about(self, about: str, lane: Lane, now: datetime, person_id: str | None = None) -> int:
        """Nothing about this thing may leave in this lane any more, to anybody or to one person; how many."""
        found = self._all(_queued_in_lane, lambda row: row, about=about, lane=lane)
        theirs = [int(row["id"]) for row in found if person_id in (None, row["person_id"])]
        return self._withdraw(theirs, now)

    def withdraw_if(
        self, person_id: str, unwanted: Callable[[str, Lane, datetime], bool], now: datetime
    ) -> list[str]:
        """Nothing queued for this person may leave that is unwanted by what it is about, its lane and when it was
        posted; the ids of the cards it was for.
        """
        queued = self._all(_all_queued_for, lambda row: row, person_id=person_id)
        gone = [row for row in queued if unwanted(row["about"], Lane(row["lane"]), row["created_at"])]
        self._withdraw([int(row["id"]) for row in gone], now)
        return list(dict.fromkeys(str(row["card_id"]) for row in gone if row["card_id"]))

    def _withdraw(self, ids: list[int], now: datetime) -> int:
        reason = {"to": DeliveryState.SUPERSEDED, "at": now, "reason": "withdrawn"}
        self._change_all(SETTLE, [{"key": id, **reason} for id in ids])
        self._withdrawn.extend(ids)
        return len(ids)
