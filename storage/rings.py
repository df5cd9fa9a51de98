"""The outbox of the second way: what is owed where Telegram says nothing, claimed and settled like deliveries."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, func, or_, select

from storage.drawer import Drawer, into
from storage.records import DeliveryState, Ring
from storage.tables import rings, second_ways
from storage.types import Utc

LEASE = timedelta(seconds=30)  # more than one try may take

_columns = [
    rings.c[name] for name in ("id", "way_id", "alarm_id", "text", "attempts", "not_before", "created_at")
]
_queued = rings.c.state == DeliveryState.QUEUED
_free = or_(rings.c.lease_until.is_(None), rings.c.lease_until < bindparam("now"))
_others = rings.alias()
_is_ringing = (
    select(_others.c.id)
    .where(
        _others.c.way_id == rings.c.way_id,
        _others.c.state == DeliveryState.QUEUED,
        _others.c.lease_until >= bindparam("now"),
    )
    .exists()
)
# one at a time for each way, the newest: once it got through, the older ones have nothing to add
_due = (
    select(func.max(rings.c.id).label("id"))
    .where(_queued, _free, rings.c.not_before <= bindparam("now"), ~_is_ringing)
    .group_by(rings.c.way_id)
)
_claimable = _due.order_by(func.min(rings.c.not_before), func.max(rings.c.id)).limit(bindparam("most"))
_waits = _due.limit(1)
_claim = (
    rings.update()
    .where(rings.c.id.in_(_claimable.scalar_subquery()))
    .values(lease_until=bindparam("until"))
    .returning(*_columns)
)
_add = rings.insert().inline()
_last_id = select(func.coalesce(func.max(rings.c.id), 0).label("last"))
_release = rings.update().where(_queued).values(lease_until=None)
_settle = (
    rings.update()
    .where(rings.c.id == bindparam("key"), rings.c.way_id == bindparam("over"), _queued)
    .values(
        state=bindparam("to"),
        settled_at=bindparam("at"),
        failure=bindparam("reason"),
        lease_until=None,
        # a test's code has done its work; that an alarm waited may be read later
        text=case((rings.c.alarm_id.is_(None), ""), else_=rings.c.text),
    )
)
# whoever has just been rung opens the bot, and finds there whatever else waited
_heard = (
    rings.update()
    .where(rings.c.way_id == bindparam("over"), rings.c.alarm_id.is_not(None), _queued)
    .values(
        state=DeliveryState.SUPERSEDED,
        settled_at=bindparam("at"),
        failure="another one got through",
        lease_until=None,
    )
)
# without an alarm nothing is kept of what was said
_call_off = (
    rings.update()
    .where(rings.c.way_id == bindparam("over"), rings.c.alarm_id.is_(None), _queued)
    .values(state=DeliveryState.SUPERSEDED, settled_at=bindparam("at"), lease_until=None, text="")
)
_retry = (
    rings.update()
    .where(rings.c.id == bindparam("key"), rings.c.way_id == bindparam("over"), _queued)
    .values(
        attempts=rings.c.attempts + 1,
        not_before=bindparam("at"),
        failure=bindparam("reason"),
        lease_until=None,
    )
)
_last_rung = (
    select(func.max(func.coalesce(rings.c.settled_at, rings.c.created_at), type_=Utc).label("at"))
    .select_from(rings.join(second_ways, second_ways.c.id == rings.c.way_id))
    .where(
        second_ways.c.person_id == bindparam("person_id"),
        rings.c.alarm_id.is_not(None),
        rings.c.state.in_((DeliveryState.QUEUED, DeliveryState.DELIVERED)),
    )
)
_newest = (
    select(*_columns, rings.c.state, second_ways.c.person_id)
    .select_from(rings.join(second_ways, second_ways.c.id == rings.c.way_id))
    .order_by(rings.c.id.desc())
    .limit(bindparam("most"))
)


class Rings(Drawer):
    """Every message that was owed over a second way."""

    def post(self, way_id: str, text: str, now: datetime, alarm_id: str | None = None) -> Ring:
        """Owes one message. Without an alarm it is the test of an address, or over a confirmed one a drill's."""
        id = (self._one(_last_id, lambda row: int(row["last"])) or 0) + 1
        row = {"id": id, "way_id": way_id, "alarm_id": alarm_id, "text": text, "attempts": 0}
        unsettled = {"state": DeliveryState.QUEUED, "lease_until": None, "settled_at": None, "failure": None}
        self._add(_add, {**row, **unsettled, "not_before": now, "created_at": now})
        return Ring(id, way_id, alarm_id, text, 0, now, now)

    def waits(self, now: datetime) -> bool:
        """Whether anything is due that nobody holds."""
        return self._one(_waits, dict, now=now) is not None

    def claim(self, now: datetime, most: int) -> list[Ring]:
        """Takes up to `most` that are due, one for each way where none is held; whoever takes them has 30 seconds."""
        taken = self._all(_claim, into(Ring), now=now, until=now + LEASE, most=most)
        return sorted(taken, key=lambda ring: ring.id)

    def release_all(self) -> None:
        """For the start: whoever held these is gone."""
        self._change(_release)

    def settle(self, ring: Ring, state: DeliveryState, now: datetime, reason: str | None = None) -> bool:
        """Ends it, once. False when it had ended before, or its address is gone."""
        return self._change(_settle, key=ring.id, over=ring.way_id, to=state, at=now, reason=reason) == 1

    def heard(self, ring: Ring, now: datetime) -> None:
        """It got through. If it was for an alarm, those for others do not leave over the same way any more."""
        if self.settle(ring, DeliveryState.DELIVERED, now) and ring.alarm_id is not None:
            self._change(_heard, over=ring.way_id, at=now)

    def call_off(self, way_id: str, now: datetime) -> None:
        """What is owed over this address without an alarm does not leave any more: a newer one follows."""
        self._change(_call_off, over=way_id, at=now)

    def retry(self, ring: Ring, not_before: datetime, reason: str) -> None:
        self._change(_retry, key=ring.id, over=ring.way_id, at=not_before, reason=reason)

    def last_of(self, person_id: str) -> datetime | None:
        """When this person was last rung for an alarm; if it did not get through so far, when that became owed.

        What was called off does not count.
        """
        return self._one(_last_rung, lambda row: row["at"], person_id=person_id)

    def newest(self, most: int = 20) -> list[dict[str, object]]:
        """The newest rows with whose they are."""
        return self._all(_newest, dict, most=most)
