"""Addresses beside Telegram at which those on call are rung."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, Row, row_of
from storage.records import SecondWay, new_id
from storage.tables import second_ways
from storage.vault import Field, person_holder

ADDRESS = Field("second_ways", "address")

_by_id = select(second_ways).where(second_ways.c.id == bindparam("id"))
_of_person = (
    select(second_ways)
    .where(second_ways.c.person_id == bindparam("person_id"))
    .order_by(second_ways.c.added_at, second_ways.c.id)
)
_confirmed = (
    select(second_ways.c.id)
    .where(second_ways.c.person_id == bindparam("person_id"), second_ways.c.confirmed_at.is_not(None))
    .order_by(second_ways.c.added_at, second_ways.c.id)
)
_add = second_ways.insert()
_confirm = (
    second_ways.update().where(second_ways.c.id == bindparam("key")).values(confirmed_at=bindparam("at"))
)


class SecondWays(Drawer):
    """Everybody's second ways. An address may hold a secret: it is sealed, and never shown again."""

    def add(self, person_id: str, address: str, now: datetime) -> SecondWay:
        fresh = SecondWay(new_id(), person_id, address, now, None)
        sealed = self._vault.seal(ADDRESS, person_holder(person_id), fresh.id, address)
        self._add(_add, {**row_of(fresh, second_ways), "address": sealed})
        return fresh

    def mark(self, address: str) -> str:
        """Finds an address again without telling it, whoever it belongs to."""
        return self._vault.index("second way", address).hex()

    def get(self, id: str) -> SecondWay | None:
        return self._one(_by_id, self._made, id=id)

    def readable(self, id: str) -> SecondWay | None:
        """None also where no key opens it any more."""
        return next(iter(self._readable(_by_id, self._made, id=id)), None)

    def of_person(self, person_id: str) -> list[SecondWay]:
        return self._readable(_of_person, self._made, person_id=person_id)

    def confirmed_of(self, person_id: str) -> list[str]:
        """The ids of this person's addresses over which a test came through."""
        return self._all(_confirmed, lambda row: str(row["id"]), person_id=person_id)

    def confirm(self, id: str, now: datetime) -> bool:
        """A test came through."""
        return self._change(_confirm, key=id, at=now) == 1

    def _made(self, row: Row) -> SecondWay:
        address = self._vault.open(ADDRESS, person_holder(row["person_id"]), row["id"], row["address"])
        return SecondWay(**{**row, "address": address})
