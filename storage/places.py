"""Who asked for a crisis place, who holds one, and who stays: races are settled by compare-and-set."""

from datetime import datetime

from sqlalchemy import bindparam, exists, or_, select

from storage.drawer import Drawer, Row, row_of
from storage.records import Hold, HoldState, new_id
from storage.tables import holds

_occupied = or_(holds.c.state == HoldState.HELD, holds.c.state == HoldState.TAKEN)
_wanted = bindparam("wanted", type_=holds.c.place_id.type)
_there = exists().where(holds.c.place_id == _wanted, _occupied)
_names = [column.name for column in holds.columns]
# Of two who want the same place the first to commit finds nobody there; the second adds or changes no row.
_hold = holds.insert().from_select(
    _names, select(*(bindparam(name, type_=holds.c[name].type) for name in _names)).where(~_there)
)
_grant = (
    holds.update()
    .where(holds.c.id == bindparam("key"), holds.c.state == HoldState.WAITING, ~_there)
    .values(place_id=_wanted, state=HoldState.HELD, lapses_at=bindparam("lapses"))
)
_wait = holds.insert()
_by_id = select(holds).where(holds.c.id == bindparam("id"))
_current = select(holds).where(_occupied).order_by(holds.c.place_id)
_waiting = select(holds).where(holds.c.state == HoldState.WAITING).order_by(holds.c.asked_at, holds.c.id)
_past = (
    select(holds)
    .where(holds.c.ended_at.is_not(None))
    .order_by(holds.c.ended_at.desc(), holds.c.id)
    .limit(bindparam("most"))
)
_confirm = (
    holds.update()
    .where(holds.c.id == bindparam("key"), holds.c.state == HoldState.HELD)
    .values(
        state=HoldState.TAKEN,
        taken_by=bindparam("by"),
        taken_at=bindparam("at"),
        until=bindparam("stays"),
        lapses_at=None,
    )
)
_longer_held = (
    holds.update()
    .where(holds.c.id == bindparam("key"), holds.c.state == HoldState.HELD)
    .values(lapses_at=bindparam("stays"))
)
_longer_taken = (
    holds.update()
    .where(holds.c.id == bindparam("key"), holds.c.state == HoldState.TAKEN)
    .values(until=bindparam("stays"))
)
_release = (
    holds.update()
    .where(holds.c.id == bindparam("key"), holds.c.state == bindparam("was"), holds.c.ended_at.is_(None))
    .values(state=HoldState.RELEASED, ended_at=bindparam("at"))
)
_lapse = (
    holds.update()
    .where(
        holds.c.id == bindparam("key"),
        holds.c.state == HoldState.HELD,
        holds.c.lapses_at <= bindparam("at"),
    )
    .values(state=HoldState.LAPSED, ended_at=bindparam("at"))
)


def _made(row: Row) -> Hold:
    return Hold(**{**row, "from_porz": bool(row["from_porz"]), "state": HoldState(row["state"])})


class Holds(Drawer):
    """Every request for a crisis place. Nobody but a human frees a place somebody stays in."""

    def hold(
        self,
        place_id: str,
        by: str,
        alarm_number: int | None,
        now: datetime,
        lapses_at: datetime,
        *,
        from_porz: bool,
    ) -> Hold | None:
        """Reserves the place; None when somebody else has it."""
        fresh = Hold(
            new_id(), place_id, alarm_number, by, from_porz, HoldState.HELD, now, lapses_at, None, None, None
        )
        return fresh if self._change(_hold, **_row(fresh), wanted=place_id) == 1 else None

    def wait(self, by: str, alarm_number: int | None, now: datetime, *, from_porz: bool) -> Hold:
        """Puts a request on the waiting list."""
        fresh = Hold(
            new_id(), None, alarm_number, by, from_porz, HoldState.WAITING, now, None, None, None, None
        )
        self._add(_wait, _row(fresh))
        return fresh

    def grant(self, id: str, place_id: str, lapses_at: datetime) -> bool:
        """Reserves the place for a request that waits. False when it waits no more, or the place is not free."""
        return self._change(_grant, key=id, wanted=place_id, lapses=lapses_at) == 1

    def get(self, id: str) -> Hold | None:
        return self._one(_by_id, _made, id=id)

    def current(self) -> list[Hold]:
        """All that occupy a place: held or taken."""
        return self._all(_current, _made)

    def waiting(self) -> list[Hold]:
        """All that wait, the longest first; who is next is not for the drawer to say."""
        return self._all(_waiting, _made)

    def past(self, most: int = 20) -> list[Hold]:
        """Those that are over, the last one first."""
        return self._all(_past, _made, most=most)

    def confirm(self, id: str, by: str, until: datetime, now: datetime) -> bool:
        """Somebody comes and stays until then. False when it was not held any more."""
        return self._change(_confirm, key=id, by=by, at=now, stays=until) == 1

    def prolong(self, held: Hold, until: datetime) -> bool:
        """Holds or stays longer. False when it has become something else in the meantime."""
        change = _longer_held if held.state is HoldState.HELD else _longer_taken
        return self._change(change, key=held.id, stays=until) == 1

    def release(self, held: Hold, now: datetime) -> bool:
        """Somebody says that it is needed no more. False when it has become something else in the meantime."""
        return self._change(_release, key=held.id, was=held.state, at=now) == 1

    def lapse(self, id: str, now: datetime) -> bool:
        """Nobody confirmed it in time. False when somebody did, or held it longer."""
        return self._change(_lapse, key=id, at=now) == 1


def _row(fresh: Hold) -> Row:
    return {**row_of(fresh, holds), "from_porz": int(fresh.from_porz)}
