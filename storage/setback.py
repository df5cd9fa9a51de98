"""What was written while the machine's clock was ahead of itself, once somebody has set it back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Executable, bindparam, or_, select

from storage.drawer import Drawer, into
from storage.records import AlarmState, DeliveryState, Timer
from storage.tables import alarms, deliveries, pages, rings, timers
from storage.timers import URGENT

_timers = select(timers.c.kind, timers.c.scope, timers.c.due_at).where(timers.c.kind.startswith(URGENT))
_sooner = (
    timers.update()
    .where(timers.c.kind == bindparam("of_kind"), timers.c.scope == bindparam("of_scope"))
    .values(due_at=bindparam("at"))
)
_under_way = select(alarms.c.id).where(alarms.c.state != AlarmState.ENDED)
_taken = select(alarms.c.id, alarms.c.taken_at).where(
    alarms.c.state != AlarmState.ENDED, alarms.c.taken_at.is_not(None)
)
_taken_sooner = alarms.update().where(alarms.c.id == bindparam("key")).values(taken_at=bindparam("at"))
_pages = select(pages.c.alarm_id, pages.c.person_id, pages.c.paged_at).where(pages.c.alarm_id.in_(_under_way))
_paged_sooner = (
    pages.update()
    .where(pages.c.alarm_id == bindparam("alarm"), pages.c.person_id == bindparam("person"))
    .values(paged_at=bindparam("at"))
)
_rung = select(rings.c.id, rings.c.created_at).where(rings.c.alarm_id.in_(_under_way))
_rung_sooner = rings.update().where(rings.c.id == bindparam("key")).values(created_at=bindparam("at"))
_ring_now = (
    rings.update()
    .where(rings.c.state == DeliveryState.QUEUED, rings.c.not_before > bindparam("now"))
    .values(not_before=bindparam("at"))
)
_send_now = (
    deliveries.update()
    .where(
        deliveries.c.state == DeliveryState.QUEUED,
        deliveries.c.not_before > bindparam("now"),
        # what was to wait for its moment from the beginning, as for a morning, still does
        or_(deliveries.c.attempts > 0, deliveries.c.not_before <= deliveries.c.created_at),
    )
    .values(not_before=bindparam("at"))
)
_posted_now = (
    deliveries.update()
    .where(deliveries.c.state == DeliveryState.QUEUED, deliveries.c.created_at > bindparam("now"))
    .values(created_at=bindparam("at"))
)


class SetBack(Drawer):
    """Nobody waits an hour longer because the clock was put right by one."""

    def happened(self, now: datetime, by: timedelta) -> int:
        """The clock shows `now`, and is `by` earlier than it was when the last run ended.

        What crisis owes is due after what was left of its wait, and what is told and rung since alarms under way
        began keeps its distance. What was to be sent again is sent now. Returns how many timers were moved.
        """
        owed = self._all(_timers, into(Timer))
        self._each(
            _sooner, [{"of_kind": one.kind, "of_scope": one.scope, "at": one.due_at - by} for one in owed]
        )
        taken = self._all(_taken, lambda row: {"key": row["id"], "at": row["taken_at"] - by})
        self._each(_taken_sooner, taken)
        paged = self._all(
            _pages,
            lambda row: {"alarm": row["alarm_id"], "person": row["person_id"], "at": row["paged_at"] - by},
        )
        self._each(_paged_sooner, paged)
        rung = self._all(_rung, lambda row: {"key": row["id"], "at": row["created_at"] - by})
        self._each(_rung_sooner, rung)
        for change in (_ring_now, _send_now, _posted_now):
            self._change(change, now=now, at=now)
        return len(owed)

    def _each(self, change: Executable, rows: Sequence[dict[str, object]]) -> None:
        if rows:
            self._change_all(change, list(rows))
