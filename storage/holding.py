"""Who holds an alarm: taken, taken over, handed on, forgotten. Races are settled by compare-and-set."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from storage.drawer import Drawer
from storage.records import AlarmState, Promise
from storage.tables import alarms, pages, takes

_it = alarms.c.id == bindparam("key")
_is_open, _is_taken = alarms.c.state == AlarmState.OPEN, alarms.c.state == AlarmState.TAKEN
_is_theirs = alarms.c.taken_by == bindparam("by")
# whoever holds it now has promised nothing yet, and has not been asked
_AFRESH: dict[str, Any] = {
    "promise": None,
    "promised_for": None,
    "reminded_at": None,
    "forgotten_at": None,
    "revision": alarms.c.revision + 1,
}
_NOBODYS: dict[str, Any] = {
    "state": AlarmState.OPEN,
    "taken_by": None,
    "taken_at": None,
    "taken_step": None,
    **_AFRESH,
}
# Of two who press at once the first to commit finds state = open; the second changes no row and is told who was first.
_take = (
    alarms.update()
    .where(_it, _is_open)
    .values(
        state=AlarmState.TAKEN,
        taken_by=bindparam("by"),
        taken_at=bindparam("at"),
        taken_step=alarms.c.step,
        **_AFRESH,
    )
)
_take_over = (
    alarms.update()
    .where(_it, _is_taken)
    .values(taken_by=bindparam("by"), taken_at=bindparam("at"), **_AFRESH)
)
_give_back = alarms.update().where(_it, _is_taken, _is_theirs).values(**_NOBODYS)
# A new cry voids who took it and that it was withdrawn; paging begins with the first step again.
_reopen = (
    alarms.update()
    .where(_it, alarms.c.state != AlarmState.ENDED)
    .values(**_NOBODYS, withdrawn_at=None, safe_at=None, step=0, round=0)
)
_unheard_again = (
    pages.update().where(pages.c.alarm_id == bindparam("alarm")).values(delivered_at=None, seen_at=None)
)
# Whoever had it is gone: what the person has said stands, and paging begins with the first step again.
_vacate = alarms.update().where(_it, _is_taken).values(**_NOBODYS, step=0, round=0)
_orphan = alarms.update().where(_it, _is_taken).values(taken_by=None, **_AFRESH)
_promise = (
    alarms.update()
    .where(_it, _is_taken, _is_theirs)
    .values(promise=bindparam("what"), promised_for=bindparam("due"), revision=alarms.c.revision + 1)
)
_advance = (
    alarms.update()
    .where(_it, _is_open)
    .values(step=bindparam("to_step"), round=bindparam("to_round"), revision=alarms.c.revision + 1)
)
_climb = (
    alarms.update()
    .where(_it, _is_taken)
    .values(step=bindparam("to_step"), round=bindparam("to_round"), revision=alarms.c.revision + 1)
)
_remind = (
    alarms.update().where(_it, _is_taken).values(reminded_at=bindparam("at"), revision=alarms.c.revision + 1)
)
_forget = (
    alarms.update().where(_it, _is_taken).values(forgotten_at=bindparam("at"), revision=alarms.c.revision + 1)
)
_still_there = (
    alarms.update()
    .where(_it, _is_taken, _is_theirs)
    .values(reminded_at=None, forgotten_at=None, revision=alarms.c.revision + 1)
)
_takers = select(alarms.c.id, alarms.c.taken_by).where(_is_taken)
_taker = select(alarms.c.taken_by).where(alarms.c.id == bindparam("id"))
_took = takes.insert()
_takes = select(takes).where(takes.c.alarm_id == bindparam("alarm_id")).order_by(takes.c.at)
_forget_take = takes.delete().where(
    takes.c.alarm_id == bindparam("alarm"), takes.c.person_id == bindparam("person")
)
_joiners = (
    select(takes.c.alarm_id, takes.c.person_id)
    .join(alarms, alarms.c.id == takes.c.alarm_id)
    .where(_is_taken)
    .order_by(takes.c.at)
)
_forget_takes = takes.delete().where(takes.c.alarm_id == bindparam("alarm"))


class Holding(Drawer):
    """Who holds each alarm, and who has joined them."""

    def takers(self) -> list[tuple[str, str | None]]:
        """The id of each alarm that is taken, and by whom."""
        return self._all(_takers, lambda row: (row["id"], row["taken_by"]))

    def take(self, id: str, by: str, now: datetime) -> bool:
        """True for exactly one of all who try."""
        if self._change(_take, key=id, by=by, at=now) != 1:
            return False
        self.join(id, by, now)
        return True

    def take_over(self, id: str, by: str, now: datetime) -> bool:
        """From whoever took it before, who is no longer on it. False when it is no longer taken."""
        before = self._one(_taker, lambda row: row["taken_by"], id=id)
        if self._change(_take_over, key=id, by=by, at=now) != 1:
            return False
        self._change(_forget_take, alarm=id, person=before)
        self.join(id, by, now)
        return True

    def join(self, id: str, person_id: str, now: datetime) -> bool:
        """One more has acknowledged. False for whoever had before."""
        if person_id in self._acknowledged(id):
            return False
        self._add(_took, {"alarm_id": id, "person_id": person_id, "at": now})
        return True

    def takers_of(self, id: str) -> list[str]:
        """The ids of all who have acknowledged since it was last open, the first to do so first."""
        holder = self._one(_taker, lambda row: row["taken_by"], id=id)
        joined = self._acknowledged(id)
        return joined if holder is None or holder in joined else [holder, *joined]

    def joiners(self) -> list[tuple[str, str]]:
        """Everybody who has acknowledged an alarm that is taken, as the ids of both; the first of each first."""
        return self._all(_joiners, lambda row: (row["alarm_id"], row["person_id"]))

    def _acknowledged(self, id: str) -> list[str]:
        return self._all(_takes, lambda row: str(row["person_id"]), alarm_id=id)

    def give_back(self, id: str, by: str) -> bool:
        """Whoever holds it hands it on: it is open again, on the step it stands on. False for anybody else."""
        if self._change(_give_back, key=id, by=by) != 1:
            return False
        self._change(_forget_takes, alarm=id)
        return True

    def reopen(self, id: str) -> bool:
        """The person has cried again: the alarm is open as on the first day. False when it has ended.

        What arrived and was seen before is no answer to this cry.
        """
        self._change(_forget_takes, alarm=id)
        self._change(_unheard_again, alarm=id)
        return self._change(_reopen, key=id) == 1

    def leave(self, id: str, person_id: str) -> None:
        """Somebody who has acknowledged it no longer helps: it is not theirs, and for the moment nobody's."""
        self._change(_forget_take, alarm=id, person=person_id)
        if self._one(_taker, lambda row: row["taken_by"], id=id) == person_id:
            self._change(_orphan, key=id)

    def vacate(self, id: str) -> bool:
        """Nobody who had it is left: it is open again. What the person has said stands. False when it is not taken."""
        self._change(_forget_takes, alarm=id)
        return self._change(_vacate, key=id) == 1

    def promise(self, id: str, by: str, promise: Promise | None, due: datetime | None) -> bool:
        """What the holder is about to do, and when. False for anybody else."""
        return self._change(_promise, key=id, by=by, what=promise, due=due) == 1

    def advance(self, id: str, step: int, round: int) -> bool:
        """Notes which step is paged now. False when somebody took it in the meantime."""
        return self._change(_advance, key=id, to_step=step, to_round=round) == 1

    def climb(self, id: str, step: int, round: int) -> bool:
        """As `advance`, for an alarm that somebody took and seems to have forgotten."""
        return self._change(_climb, key=id, to_step=step, to_round=round) == 1

    def reminded(self, id: str, now: datetime) -> bool:
        """The holder is asked whether it goes on. False when nobody holds it."""
        return self._change(_remind, key=id, at=now) == 1

    def forgotten(self, id: str, now: datetime) -> bool:
        """The holder has not answered that. False when nobody holds it."""
        return self._change(_forget, key=id, at=now) == 1

    def is_still_there(self, id: str, by: str) -> bool:
        """The holder has shown that it goes on: nothing they were asked is unanswered. False for anybody else."""
        return self._change(_still_there, key=id, by=by) == 1
