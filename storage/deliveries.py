"""Everything we owe Telegram, as rows: posted with what caused them, claimed, settled."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import orjson
from sqlalchemy import bindparam, func, or_, select

from storage.drawer import Row
from storage.people import address_of
from storage.prepared import Runner
from storage.records import Delivery, DeliveryState, Lane
from storage.tables import deliveries, people
from storage.vault import Field, Vault, person_holder
from storage.withdrawing import QUEUED, SETTLE, Withdrawing

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
        "rank",
        "expires_at",
    )
]
_add = deliveries.insert().inline()
_last_id = select(func.coalesce(func.max(deliveries.c.id), 0).label("last"))
_free = or_(deliveries.c.lease_until.is_(None), deliveries.c.lease_until < bindparam("now"))
_claimable = (
    select(deliveries.c.id)
    .where(QUEUED, _free, deliveries.c.not_before <= bindparam("now"))
    .order_by(deliveries.c.lane, deliveries.c.rank, deliveries.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)  # compiled away on SQLite, where there is one writer
)
_claim = (
    deliveries.update()
    .where(deliveries.c.id.in_(_claimable.scalar_subquery()))
    .values(lease_until=bindparam("until"))
    .returning(*_columns)
)
_release = deliveries.update().where(QUEUED).values(lease_until=None)
_retry = (
    deliveries.update()
    .where(deliveries.c.id == bindparam("key"), QUEUED)
    .values(
        attempts=deliveries.c.attempts + 1,
        not_before=bindparam("at"),
        failure=bindparam("reason"),
        lease_until=None,
    )
)
_hold = (
    deliveries.update()
    .where(deliveries.c.id == bindparam("key"), QUEUED)
    .values(not_before=bindparam("at"), lease_until=None)
)
# in nobody's memory: after the clock was set back, what is being sent lies in the future too
_WAITS = (deliveries.c.not_before > bindparam("now"), deliveries.c.lease_until.is_(None))
_hold_all = (
    deliveries.update()
    .where(
        deliveries.c.person_id == bindparam("whose"),
        deliveries.c.lane >= Lane.NEWS,
        deliveries.c.edits == 0,
        deliveries.c.attempts == 0,  # what was tried waits for a reason of its own
        *_WAITS,
        QUEUED,
    )
    .values(not_before=bindparam("at"))
)
_posted_at = select(deliveries.c.created_at).where(deliveries.c.id == bindparam("id"))
_reword = (
    deliveries.update()
    .where(deliveries.c.id == bindparam("key"), QUEUED)
    .values(method=bindparam("by"), body=bindparam("sealed"))
)
_supersede = (
    deliveries.update()
    .where(deliveries.c.card_id == bindparam("card"), deliveries.c.edits == 1, QUEUED)
    .values(state=DeliveryState.SUPERSEDED, settled_at=bindparam("at"), body=b"")
)
_newest = (
    select(*_columns, deliveries.c.state, deliveries.c.created_at)
    .order_by(deliveries.c.id.desc())
    .limit(bindparam("most"))
)
_message = (
    select(deliveries.c.id)
    .where(deliveries.c.card_id == bindparam("card_id"), deliveries.c.edits == 0, QUEUED)
    .limit(1)
)
_held_until = select(deliveries.c.not_before).where(
    deliveries.c.card_id == bindparam("card_id"), deliveries.c.edits == 0, QUEUED
)
_held = select(*_columns).where(
    deliveries.c.card_id == bindparam("card_id"),
    deliveries.c.edits == 0,
    deliveries.c.attempts == 0,
    *_WAITS,
    QUEUED,
)
_count_undeliverable = (
    select(func.count().label("n"))
    .select_from(deliveries)
    .where(deliveries.c.state == DeliveryState.UNDELIVERABLE)
)
_ended_about = select(deliveries.c.id).where(deliveries.c.about == bindparam("what"), ~QUEUED)
_forget = (
    deliveries.update()
    .where(deliveries.c.id == bindparam("key"))
    .values(about="", chat_id=bindparam("nowhere"))
)


_queued_about = select(deliveries.c.id).where(deliveries.c.about == bindparam("about"), QUEUED)
_address = select(people.c.id, people.c.telegram_id).where(people.c.id == bindparam("id"))
CHAT, BODY = Field("deliveries", "chat_id"), Field("deliveries", "body")


class Deliveries(Withdrawing):
    """The outbox. What is posted here is claimed by this very process; `posted` hands it over after the commit."""

    def __init__(self, runner: Runner, vault: Vault, posted: list[Delivery], withdrawn: list[int]) -> None:
        super().__init__(runner, vault, withdrawn)
        self._posted = posted
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
        not_before: datetime | None = None,
        expires_at: datetime | None = None,
        rank: int = 0,
    ) -> Delivery:
        """Owes one call. A later edit of a card takes the place of an earlier one that has not left yet.

        What may not leave before a later moment is nobody's until then. Aware UTC; `rank` as in the record.
        """
        if edits and card_id is not None:
            self._change(_supersede, card=card_id, at=now)
        said, may_leave = orjson.dumps(body).decode(), not_before or now
        ends: dict[str, Any] = {
            "attempts": 0,
            "not_before": may_leave,
            "rank": rank,
            "expires_at": expires_at,
        }
        owed = Delivery(
            self._next_id(), lane, person_id, chat_id, method, said, card_id, edits, about, **ends
        )
        self._put(owed, now)
        if may_leave <= now:
            self._posted.append(owed)
        return owed

    def _put(self, owed: Delivery, now: datetime) -> None:
        holder, waits = person_holder(owed.person_id), owed.not_before > now
        sealed = {
            # of whoever we know the address stands with the person, once
            "chat_id": b"" if owed.person_id else self._vault.seal(CHAT, holder, owed.id, str(owed.chat_id)),
            "body": self._vault.seal(BODY, holder, owed.id, owed.body),
        }
        row = {column.name: getattr(owed, column.name) for column in _columns} | {"edits": int(owed.edits)}
        unsettled = {"settled_at": None, "failure": None, "state": DeliveryState.QUEUED}
        lease = None if waits else now + LEASE
        self._add(_add, {**row, **sealed, **unsettled, "lease_until": lease, "created_at": now})

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

    def claim(self, now: datetime, most: int) -> list[Delivery]:
        """Takes up to `most` due deliveries that nobody holds, the most urgent first; those that no key opens end."""
        tried = self._tried(_claim, self._made, now=now, until=now + LEASE, most=most)
        for row, opened in tried:
            if opened is None:
                self.settle(row["id"], DeliveryState.UNDELIVERABLE, now, UNREADABLE)
        claimed = [opened for _, opened in tried if opened is not None]
        return sorted(claimed, key=lambda delivery: (delivery.lane, delivery.rank, delivery.id))

    def release_all(self) -> None:
        """For the start: whoever held these is gone, since we hold the lock."""
        self._change(_release)

    def settle(self, id: int, state: DeliveryState, now: datetime, reason: str | None = None) -> bool:
        """Ends a delivery, once. What it said is not kept. False when it had ended before."""
        return self._change(SETTLE, key=id, to=state, at=now, reason=reason) == 1

    def arrived(self, ids: Sequence[int], now: datetime) -> int:
        """Ends many deliveries as delivered; how many of them had not ended before."""
        same = {"to": DeliveryState.DELIVERED, "at": now, "reason": None}
        return self._change_all(SETTLE, [{"key": id, **same} for id in ids])

    def retry(self, id: int, not_before: datetime, reason: str) -> None:
        self._change(_retry, key=id, at=not_before, reason=reason)

    def hold(self, id: int, until: datetime) -> None:
        """It waits for that moment; nothing was tried."""
        self._change(_hold, key=id, at=until)

    def hold_until(self, person_id: str, until: datetime, now: datetime) -> None:
        """All that waits for this person's morning waits for that moment from now on, or leaves when it is now."""
        self._change(_hold_all, whose=person_id, at=until, now=now)

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

    def held_until(self, card_id: str) -> datetime | None:
        """From when on the card's message may leave; None when it has left or was never owed."""
        return self._one(_held_until, lambda row: row["not_before"], card_id=card_id)

    def held(self, card_id: str, now: datetime) -> Delivery | None:
        """The card's message while it waits for a later moment and was never tried; its words can still change."""
        return self._one(_held, self._made, card_id=card_id, now=now)

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
