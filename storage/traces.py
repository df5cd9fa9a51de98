"""Which messages a person has written to us, so that they can be wiped: numbers, never words."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer
from storage.tables import traces

_of = (
    select(traces.c.message_id, traces.c.at)
    .where(traces.c.person_id == bindparam("person_id"))
    .order_by(traces.c.at)
)
_known = select(traces.c.at).where(
    traces.c.person_id == bindparam("person_id"), traces.c.message_id == bindparam("message_id")
)
_between = select(traces.c.message_id).where(
    traces.c.person_id == bindparam("person_id"),
    traces.c.message_id >= bindparam("first"),
    traces.c.message_id <= bindparam("last"),
)
_add = traces.insert().inline()
_drop = traces.delete().where(traces.c.person_id == bindparam("person"), traces.c.at <= bindparam("until"))


class Traces(Drawer):
    """The last two days' messages of everybody who writes to us."""

    def add(self, person_id: str, message_id: int, now: datetime) -> None:
        if self._one(_known, dict, person_id=person_id, message_id=message_id) is None:
            self._add(_add, {"person_id": person_id, "message_id": message_id, "at": now})

    def add_all(self, person_id: str, numbers: Collection[int], now: datetime) -> None:
        """The same for many at a time, with one look at what is known."""
        if not numbers:
            return
        ends = {"first": min(numbers), "last": max(numbers)}
        known = self._all(_between, lambda row: int(row["message_id"]), person_id=person_id, **ends)
        fresh = sorted(set(numbers) - set(known))
        self._add(_add, [{"person_id": person_id, "message_id": number, "at": now} for number in fresh])

    def of(self, person_id: str) -> list[tuple[int, datetime]]:
        """Telegram's numbers of their messages and when they came, the oldest first."""
        return self._all(_of, lambda row: (int(row["message_id"]), row["at"]), person_id=person_id)

    def drop(self, person_id: str, until: datetime) -> None:
        """Those up to then are wiped, or can't be any more."""
        self._change(_drop, person=person_id, until=until)
