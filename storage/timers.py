"""Everything time owes: a row with the moment it is due. Truth is the row; the heartbeat only looks."""

from datetime import datetime

from sqlalchemy import bindparam, case, func, select

from storage.drawer import Drawer, into
from storage.records import Timer
from storage.tables import timers

URGENT = "crisis."  # timers whose kind begins so wait for no others

_columns = select(timers.c.kind, timers.c.scope, timers.c.due_at, timers.c.rank)
_due = (
    _columns.where(timers.c.due_at <= bindparam("now"))
    .order_by(
        case((timers.c.kind.startswith(URGENT), 0), else_=1),
        timers.c.rank,
        timers.c.due_at,
        timers.c.kind,
        timers.c.scope,
    )
    .limit(bindparam("most"))
)
_due_unranked = _due.where(timers.c.rank <= 0)
_of = select(timers.c.due_at).where(timers.c.kind == bindparam("kind"), timers.c.scope == bindparam("scope"))
_next = select(func.min(timers.c.due_at).label("due_at"))
_add = timers.insert()
_move = (
    timers.update()
    .where(timers.c.kind == bindparam("of_kind"), timers.c.scope == bindparam("of_scope"))
    .values(due_at=bindparam("at"), failures=bindparam("failed"), rank=bindparam("order"))
)
_put_off = (
    timers.update()
    .where(timers.c.kind == bindparam("of_kind"), timers.c.scope == bindparam("of_scope"))
    .values(due_at=bindparam("at"), failures=timers.c.failures + 1)
)
_drop = timers.delete().where(timers.c.kind == bindparam("of_kind"), timers.c.scope == bindparam("of_scope"))
_scopes = (
    select(timers.c.scope)
    .where(timers.c.kind == bindparam("kind"), timers.c.due_at <= bindparam("until"))
    .order_by(timers.c.due_at, timers.c.scope)
)
_failing = (
    select(timers.c.kind)
    .where(timers.c.kind.startswith(URGENT), timers.c.failures >= bindparam("least"))
    .distinct()
    .order_by(timers.c.kind)
)
_all_rows = _columns.order_by(timers.c.due_at).limit(bindparam("most"))


class Timers(Drawer):
    """One row for each thing that is to happen, named by kind and scope."""

    def set(self, kind: str, scope: str, due_at: datetime, rank: int = 0) -> None:
        """Sets or moves the timer."""
        if not self._change(_move, of_kind=kind, of_scope=scope, at=due_at, failed=0, order=rank):
            self._add(_add, {"kind": kind, "scope": scope, "due_at": due_at, "failures": 0, "rank": rank})

    def drop(self, kind: str, scope: str) -> None:
        self._change(_drop, of_kind=kind, of_scope=scope)

    def put_off(self, timer: Timer, until: datetime) -> None:
        """What was due could not be done: try again then."""
        self._change(_put_off, of_kind=timer.kind, of_scope=timer.scope, at=until)

    def failing(self, least: int) -> list[str]:
        """The kinds of urgent timers of which one has failed so often, one time after the other."""
        return self._all(_failing, lambda row: str(row["kind"]), least=least)

    def due(self, now: datetime, most: int = 100, *, ranked: bool = True) -> list[Timer]:
        """What is due: alarms before all else, then by rank, then the longest overdue first.

        Without `ranked` what has a rank, as reminders have, stays where it is.
        """
        return self._all(_due if ranked else _due_unranked, into(Timer), now=now, most=most)

    def due_at(self, kind: str, scope: str) -> datetime | None:
        """When this timer is due; None when there is none."""
        return self._one(_of, lambda row: row["due_at"], kind=kind, scope=scope)

    def scopes(self, kind: str, until: datetime) -> list[str]:
        """The scopes of all timers of a kind that are due until then, the first due first."""
        return self._all(_scopes, lambda row: str(row["scope"]), kind=kind, until=until)

    def next_due(self) -> datetime | None:
        return self._one(_next, lambda row: row["due_at"])

    def ahead(self, most: int = 50) -> list[Timer]:
        return self._all(_all_rows, into(Timer), most=most)
