"""Updates as Telegram sent them, kept from the moment we confirm them until they are dealt with."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select

from storage.drawer import Drawer, Row
from storage.people import TELEGRAM_INDEX
from storage.records import RawUpdate, UpdateState
from storage.tables import updates
from storage.vault import Field

_known = select(updates.c.update_id).where(updates.c.update_id == bindparam("update_id"))
_waiting = (
    select(updates.c.update_id, updates.c.raw, updates.c.tries, updates.c.arrived_at)
    .where(updates.c.state == UpdateState.WAITING)
    .order_by(updates.c.arrived_at, updates.c.update_id)
)
_add = updates.insert()
# What was said is not kept once it has had its effect; the number stays so that a repeat is known.
_done = (
    updates.update().where(updates.c.update_id == bindparam("key")).values(state=UpdateState.DONE, raw=b"")
)
_failed = (
    updates.update()
    .where(updates.c.update_id == bindparam("key"))
    .values(tries=updates.c.tries + 1, failure=bindparam("reason"))
)
_parked = (
    updates.update()
    .where(updates.c.update_id == bindparam("key"))
    .values(state=UpdateState.PARKED, failure=bindparam("reason"))
)
_count_parked = (
    select(func.count().label("n")).select_from(updates).where(updates.c.state == UpdateState.PARKED)
)

_forget_of = (
    updates.update()
    .where(updates.c.sender == bindparam("by"))
    .values(raw=b"", state=UpdateState.DONE, sender=None)
)
_count_of_day = (
    select(func.count().label("n"))
    .select_from(updates)
    .where(updates.c.arrived_at < bindparam("before"), updates.c.state == UpdateState.WAITING)
)
RAW = Field("updates", "raw")
UNREADABLE = "its key is gone"


def day_holder(moment: datetime) -> str:
    """Whose key seals what arrived on that day (UTC)."""
    return f"day:{moment:%Y-%m-%d}"


class Updates(Drawer):
    """The intake's ledger: one row for each update id ever seen within a week."""

    def keep(self, batch: Sequence[tuple[int, str, int]], now: datetime) -> list[RawUpdate]:
        """Writes down (update id, raw JSON, sender's Telegram id); returns those not seen before, in order."""
        fresh = [
            (RawUpdate(id, raw, 0), sender)
            for id, raw, sender in {one[0]: one for one in batch}.values()
            if self._one(_known, dict, update_id=id) is None
        ]
        self._add(_add, [self._row(update, sender, now) for update, sender in fresh])
        return [update for update, _ in fresh]

    def waiting(self) -> list[RawUpdate]:
        """What was confirmed to Telegram and has had no effect yet, oldest first."""
        return self._all(_waiting, self._made)

    def recovered(self) -> list[RawUpdate]:
        """As `waiting`; what no key opens any more is put aside, so that it does not hold up the others."""
        tried = self._tried(_waiting, self._made)
        for row, opened in tried:
            if opened is None:
                self.park(row["update_id"], UNREADABLE)
        return [opened for _, opened in tried if opened is not None]

    def _made(self, row: Row) -> RawUpdate:
        raw = self._vault.open(RAW, day_holder(row["arrived_at"]), row["update_id"], row["raw"])
        return RawUpdate(row["update_id"], raw, row["tries"])

    def _row(self, update: RawUpdate, sender: int, now: datetime) -> dict[str, object]:
        return {
            "update_id": update.update_id,
            "raw": self._vault.seal(RAW, day_holder(now), update.update_id, update.raw),
            "sender": self._vault.index(TELEGRAM_INDEX, sender),
            "state": UpdateState.WAITING,
            "tries": 0,
            "arrived_at": now,
            "failure": None,
        }

    def forget_sender(self, telegram_id: int) -> int:
        """Forgets what this account ever sent and still lies here; how many."""
        return self._change(_forget_of, by=self._vault.index(TELEGRAM_INDEX, telegram_id))

    def any_waiting_since(self, before: datetime) -> bool:
        """Whether something that arrived before then is still to be dealt with."""
        return bool(self._one(_count_of_day, lambda row: int(row["n"]), before=before))

    def done(self, update_id: int) -> None:
        self._change(_done, key=update_id)

    def failed(self, update_id: int, reason: str) -> None:
        self._change(_failed, key=update_id, reason=reason)

    def park(self, update_id: int, reason: str) -> None:
        """Put aside for a human; its text stays until then."""
        self._change(_parked, key=update_id, reason=reason)

    def count_parked(self) -> int:
        """How many wait for a human."""
        return self._one(_count_parked, lambda row: int(row["n"])) or 0
