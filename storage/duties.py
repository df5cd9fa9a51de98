"""Who holds the crisis phone now, step by step: by the rota, or because they said so themselves."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, Row
from storage.records import Duty, ShiftState
from storage.tables import duties, shifts

_by_hand = select(duties.c.person_id, duties.c.step, duties.c.since, duties.c.tested_at).where(
    duties.c.on == 1
)
_by_rota = (
    select(shifts.c.person_id, shifts.c.step, shifts.c.starts_at, shifts.c.site_id, duties.c.tested_at)
    .join(duties, duties.c.person_id == shifts.c.person_id, isouter=True)
    .where(
        shifts.c.state == ShiftState.PLANNED,
        shifts.c.starts_at <= bindparam("now"),
        shifts.c.ends_at > bindparam("now"),
    )
)
_of = select(duties).where(duties.c.person_id == bindparam("person_id"))
_set = (
    duties.update()
    .where(duties.c.person_id == bindparam("person"))
    .values(on=bindparam("is_on"), since=bindparam("at"))
)
_assign = (
    duties.update()
    .where(duties.c.person_id == bindparam("person"))
    .values(step=bindparam("to_step"), on=1, since=bindparam("at"))
)
_add = duties.insert()
_tested = duties.update().where(duties.c.person_id == bindparam("person")).values(tested_at=bindparam("at"))


def _hand(row: Row) -> Duty:
    return Duty(row["person_id"], row["step"], row["since"], None, row["tested_at"] is not None)


def _rota(row: Row) -> Duty:
    return Duty(row["person_id"], row["step"], row["starts_at"], row["site_id"], row["tested_at"] is not None)


class Duties(Drawer):
    """Everybody who may hold the crisis phone. Only whoever has answered a test page counts as on call."""

    def on_now(self, now: datetime) -> list[Duty]:
        """All who hold it at this moment, also those who have not answered a test page: see Duty.tested.

        By step, then by who has held it longest. Somebody with two shifts is there twice.
        """
        found = self._all(_by_hand, _hand) + self._all(_by_rota, _rota, now=now)
        return sorted(found, key=lambda duty: (duty.step, duty.since, duty.person_id))

    def by_hand(self) -> list[Duty]:
        """All who have put themselves on, whatever the rota says."""
        return self._all(_by_hand, _hand)

    def is_on(self, person_id: str) -> bool:
        """Whether they have put themselves on, whatever the rota says."""
        return bool(self._one(_of, lambda row: row["on"], person_id=person_id))

    def tested_at(self, person_id: str) -> datetime | None:
        """When they last answered a test page."""
        return self._one(_of, lambda row: row["tested_at"], person_id=person_id)

    def tested(self, person_id: str, at: datetime | None) -> None:
        """They have answered a test page, or (None) do not count any more until they do."""
        self._change(_tested, person=person_id, at=at)

    def assign(self, person_id: str, step: int, now: datetime) -> None:
        """Puts somebody on a step and on duty."""
        if not self._change(_assign, person=person_id, to_step=step, at=now):
            row = {"person_id": person_id, "step": step, "since": now, "on": 1, "tested_at": None}
            self._add(_add, row)

    def switch(self, person_id: str, on: bool, now: datetime) -> None:
        self._change(_set, person=person_id, is_on=int(on), at=now)
