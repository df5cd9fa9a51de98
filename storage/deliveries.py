"""Everything we owe Telegram, as rows: posted with what caused them, claimed, settled."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import orjson
from sqlalchemy import bindparam, func, or_, select

from storage.drawer import Drawer, Row
from storage.people import address_of
from storage.prepared import Runner
from storage.records import Delivery, DeliveryState, Lane
from storage.tables import deliveries, people
from storage.vault import Field, Vault, person_holder

LEASE = timedelta(seconds=90)
UNREADABLE = "its key is gone"

_columns = [
    deliveries.c[name]
    for name in (
        "id",
        "lane",
        "person_id",
        "chat_id",
        "method",
        "body",
        "card_id",
        "edits",
        "about",
        "attempts",
        "not_before",
    )
]
_add = deliveries.insert().inline()
_last_id = select(func.coalesce(func.max(deliveries.c.id), 0).label("last"))
_queued = deliveries.c.state == DeliveryState.QUEUED
_free = or_(deliveries.c.lease_until.is_(None), deliveries.c.lease_until < bindparam("now"))
_claimable = (
    select(deliveries.c.id)
    .where(_queued, _free, deliveries.c.not_before <= bindparam("now"))
    .order_by(deliveries.c.lane, deliveries.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)  # compiled away on SQLite, where there is one writer
)
_claim = (
    deliveries.update()
    .where(deliveries.c.id.in_(_claimable.scalar_subquery()))
    .values(lease_until=bindparam("until"))
    .returning(*_columns)
)
_release = deliveries.update().where(_queued).values(lease_until=None)
_settle = (
    deliveries.update()
    .where(deliveries.c.id == bindparam("key"), _queued)
    .values(
        state=bindparam("to"),
        settled_at=bindparam("at"),
        failure=bindparam("reason"),
        lease_until=None,
        body=b"",
    )
)
_retry = (
    deliveries.update()
    .where(deliveries.c.id == bindparam("key"), _queued)
    .values(
        attempts=deliveries.c.attempts + 1,
        not_before=bindparam("at"),
        failure=bindparam("reason"),
        lease_until=None,
    )
)
_posted_at = select(deliveries.c.created_at).where(deliveries.c.id == bindparam("id"))
_reword = (
    deliveries.update()
    .where(deliveries.c.id == bindparam("key"), _queued)
    .values(method=bindparam("by"), body=bindparam("sealed"))
)
_supersede = (
    deliveries.update()
    .where(deliveries.c.card_id == bindparam("card"), deliveries.c.edits == 1, _queued)
    .values(state=DeliveryState.SUPERSEDED, settled_at=bindparam("at"), body=b"")
)
_newest = (
    select(*_columns, deliveries.c.state, deliveries.c.created_at)
    .order_by(deliveries.c.id.desc())
    .limit(bindparam("most"))
)
_message = (
    select(deliveries.c.id)
    .where(deliveries.c.card_id == bindparam("card_id"), deliveries.c.edits == 0, _queued)
    .limit(1)
)
_count_undeliverable = (
    select(func.count().label("n"))
    .select_from(deliveries)
    .where(deliveries.c.state == DeliveryState.UNDELIVERABLE)
)
_ended_about = select(deliveries.c.id).where(deliveries.c.about == bindparam("what"), ~_queued)
_forget = (
    deliveries.update()
    .where(deliveries.c.id == bindparam("key"))
    .values(about="", chat_id=bindparam("nowhere"))
)


_queued_for = select(deliveries.c.id).where(
    deliveries.c.person_id == bindparam("person_id"), deliveries.c.lane >= bindparam("least"), _queued
)
_all_queued_for = select(
    deliveries.c.id, deliveries.c.card_id, deliveries.c.about, deliveries.c.lane, deliveries.c.created_at
).where(deliveries.c.person_id == bindparam("person_id"), _queued)
_queued_of_card = select(deliveries.c.id).where(deliveries.c.card_id == bindparam("card_id"), _queued)
_queued_about = select(deliveries.c.id).where(deliveries.c.about == bindparam("about"), _queued)
_address = select(people.c.id, people.c.telegram_id).where(people.c.id == bindparam("id"))
CHAT, BODY = Field("deliveries", "chat_id"), Field("deliveries", "body")


class Deliveries(Drawer):
    """The outbox. What is posted here is claimed by this very process; `posted` hands it over after the commit."""

    def __init__(self, runner: Runner, vault: Vault, posted: list[Delivery], withdrawn: list[int]) -> None:
        super().__init__(runner, vault)
        self._posted, self._withdrawn = posted, withdrawn
        self._last = 0

    def post(
        self,
        lane: Lane,
        chat_id: int,
        method: str,
        body: Mapping[str, Any],
        now: datetime,
        *,
        person_id: str | None = None,
        card_id: str | None = None,
        edits: bool = False,
        about: str = "",
    ) -> Delivery:
        """Owes one call. A later edit of a card takes the place of an earlier one that has not left yet."""
        if edits and card_id is not None:
            self._change(_supersede, card=card_id, at=now)
        id, said, holder = self._next_id(), orjson.dumps(body).decode(), person_holder(person_id)
        row = {
            "id": id,
            "lane": lane,
            "person_id": person_id,
            "method": method,
            "card_id": card_id,
            "edits": int(edits),
            "about": about,
            "attempts": 0,
            "not_before": now,
        }
        sealed = {
            # of whoever we know the address stands with the person, once
            "chat_id": b"" if person_id else self._vault.seal(CHAT, holder, id, str(chat_id)),
            "body": self._vault.seal(BODY, holder, id, said),
        }
        unsettled = {"settled_at": None, "failure": None, "state": DeliveryState.QUEUED}
        self._add(_add, {**row, **sealed, **unsettled, "lease_until": now + LEASE, "created_at": now})
        clear: dict[str, Any] = {**row, "chat_id": chat_id, "body": said, "edits": edits}
        delivery = Delivery(**clear)
        self._posted.append(delivery)
        return delivery

    def _made(self, row: Row) -> Delivery:
        holder = person_holder(row["person_id"])
        chat = self._chat(row, holder)
        body = self._vault.open(BODY, holder, row["id"], row["body"]) if row["body"] else ""
        opened = {"chat_id": chat, "body": body, "lane": Lane(row["lane"]), "edits": bool(row["edits"])}
        return Delivery(**{**row, **opened})

    def _chat(self, row: Row, holder: str) -> int:
        if row["chat_id"]:
            return int(self._vault.open(CHAT, holder, row["id"], row["chat_id"]))
        return self._one(_address, partial(address_of, self._vault), id=row["person_id"]) or 0

    def _next_id(self) -> int:
        """There is one writer, and the number must be known before what it names is sealed."""
        last = self._last or self._one(_last_id, lambda row: int(row["last"])) or 0
        self._last = last + 1
        return self._last

    def withdraw(self, person_id: str, now: datetime, least: Lane = Lane.PAGE) -> int:
        """Nothing that is queued for this person in this lane or a later one may leave any more; how many."""
        found = self._all(_queued_for, lambda row: int(row["id"]), person_id=person_id, least=least)
        return self._withdraw(found, now)

    def withdraw_card(self, card_id: str, now: datetime) -> int:
        """Neither a card's message nor a change of it may leave any more; how many."""
        return self._withdraw(self._all(_queued_of_card, lambda row: int(row["id"]), card_id=card_id), now)

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
        self._change_all(_settle, [{"key": id, **reason} for id in ids])
        self._withdrawn.extend(ids)
        return len(ids)

    def claim(self, now: datetime, most: int) -> list[Delivery]:
        """Takes up to `most` due deliveries that nobody holds, the most urgent first; those that no key opens end."""
        tried = self._tried(_claim, self._made, now=now, until=now + LEASE, most=most)
        for row, opened in tried:
            if opened is None:
                self.settle(row["id"], DeliveryState.UNDELIVERABLE, now, UNREADABLE)
        claimed = [opened for _, opened in tried if opened is not None]
        return sorted(claimed, key=lambda delivery: (delivery.lane, delivery.id))

    def release_all(self) -> None:
        """For the start: whoever held these is gone, since we hold the lock."""
        self._change(_release)

    def settle(self, id: int, state: DeliveryState, now: datetime, reason: str | None = None) -> bool:
        """Ends a delivery, once. What it said is not kept. False when it had ended before."""
        return self._change(_settle, key=id, to=state, at=now, reason=reason) == 1

    def arrived(self, ids: Sequence[int], now: datetime) -> int:
        """Ends many deliveries as delivered; how many of them had not ended before."""
        same = {"to": DeliveryState.DELIVERED, "at": now, "reason": None}
        return self._change_all(_settle, [{"key": id, **same} for id in ids])

    def retry(self, id: int, not_before: datetime, reason: str) -> None:
        self._change(_retry, key=id, at=not_before, reason=reason)

    def posted_at(self, id: int) -> datetime | None:
        return self._one(_posted_at, lambda row: row["created_at"], id=id)

    def reword(self, owed: Delivery, method: str, body: Mapping[str, Any]) -> Delivery:
        """What is still owed says something else from now on; a call already under way can't be taken back."""
        said = orjson.dumps(body).decode()
        sealed = self._vault.seal(BODY, person_holder(owed.person_id), owed.id, said)
        self._change(_reword, key=owed.id, by=method, sealed=sealed)
        return replace(owed, method=method, body=said)

    def supersede_edits(self, card_id: str, now: datetime) -> None:
        """The message these would change will never exist."""
        self._change(_supersede, card=card_id, at=now)

    def is_owed(self, card_id: str) -> bool:
        """Whether the card's message is still to be sent."""
        return self._one(_message, dict, card_id=card_id) is not None

    def newest(self, most: int = 50) -> list[dict[str, Any]]:
        """The newest rows; addresses and words stay sealed."""
        return self._all(_newest, dict, most=most)

    def count_undeliverable(self) -> int:
        """How many never reached anybody, among those not yet forgotten."""
        return self._one(_count_undeliverable, lambda row: int(row["n"])) or 0

    def forget(self, about: str) -> bool:
        """Forgets to whom those about this went that have ended; True while others are still on their way.

        The rows stay: a number that was given anew would be mistaken for an older one.
        """
        for id in self._all(_ended_about, lambda row: int(row["id"]), what=about):
            self._change(_forget, key=id, nowhere=self._vault.seal(CHAT, person_holder(None), id, "0"))
        return bool(self._all(_queued_about, dict, about=about))
