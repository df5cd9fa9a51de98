"""Alarms, who was paged for them and who took them: races are settled by compare-and-set."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from storage.drawer import Drawer, Row, row_of
from storage.records import Alarm, AlarmState, Page, new_id
from storage.tables import alarms, lines, pages
from storage.vault import Field, family_holder, person_holder

_by_id = select(alarms).where(alarms.c.id == bindparam("id"))
_current = select(alarms).where(
    alarms.c.person_id == bindparam("person_id"), alarms.c.state != AlarmState.ENDED
)
_open = select(alarms).where(alarms.c.state != AlarmState.ENDED).order_by(alarms.c.number)
_takers = select(alarms.c.id, alarms.c.taken_by).where(alarms.c.state == AlarmState.TAKEN)
_newest = select(alarms).order_by(alarms.c.number.desc()).limit(bindparam("most"))
_of_family = select(alarms).where(alarms.c.family_id == bindparam("family_id")).order_by(alarms.c.number)
_last_number = select(func.coalesce(func.max(alarms.c.number), 0).label("last"))
# Of two who press at once the first to commit finds state = open; the second changes no row and is told who was first.
_take = (
    alarms.update()
    .where(alarms.c.id == bindparam("key"), alarms.c.state == AlarmState.OPEN)
    .values(state=AlarmState.TAKEN, taken_by=bindparam("by"), revision=alarms.c.revision + 1)
)
_end = (
    alarms.update()
    .where(alarms.c.id == bindparam("key"), alarms.c.state != AlarmState.ENDED)
    .values(state=AlarmState.ENDED, revision=alarms.c.revision + 1)
)
_withdraw = (
    alarms.update()
    .where(alarms.c.id == bindparam("key"), alarms.c.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("at"), revision=alarms.c.revision + 1)
)
# A new cry voids who took it and that it was withdrawn; paging begins with the first step again.
_reopen = (
    alarms.update()
    .where(alarms.c.id == bindparam("key"), alarms.c.state != AlarmState.ENDED)
    .values(
        state=AlarmState.OPEN,
        taken_by=None,
        withdrawn_at=None,
        step=0,
        round=0,
        revision=alarms.c.revision + 1,
    )
)
_take_over = (
    alarms.update()
    .where(alarms.c.id == bindparam("key"), alarms.c.state == AlarmState.TAKEN)
    .values(taken_by=bindparam("by"), revision=alarms.c.revision + 1)
)
_add_line = lines.insert().inline()
_last_line = select(func.coalesce(func.max(lines.c.id), 0).label("last"))
_lines = (
    select(lines.c.id, lines.c.text).where(lines.c.alarm_id == bindparam("alarm_id")).order_by(lines.c.id)
)
_forget_lines = lines.delete().where(lines.c.alarm_id == bindparam("alarm"))
_advance = (
    alarms.update()
    .where(alarms.c.id == bindparam("key"), alarms.c.state == AlarmState.OPEN)
    .values(step=bindparam("to_step"), round=bindparam("to_round"), revision=alarms.c.revision + 1)
)
_paged = select(pages.c.person_id, pages.c.step, pages.c.paged_at, pages.c.delivered_at).where(
    pages.c.alarm_id == bindparam("alarm_id")
)
_add = alarms.insert()
_page = pages.insert()
_page_again = (
    pages.update()
    .where(pages.c.alarm_id == bindparam("alarm"), pages.c.person_id == bindparam("person"))
    .values(step=bindparam("at_step"), paged_at=bindparam("at"))
)
_page_delivered = (
    pages.update()
    .where(
        pages.c.alarm_id == bindparam("alarm"),
        pages.c.person_id == bindparam("person"),
        pages.c.delivered_at.is_(None),
    )
    .values(delivered_at=bindparam("at"))
)


LINE = Field("lines", "text")
LOOK = "crisis.look"  # the timer on which crisis looks whether an alarm still hangs on somebody


def _holder(alarm: Alarm) -> str:
    return family_holder(alarm.family_id) if alarm.family_id else person_holder(alarm.person_id)


def _made(row: Row) -> Alarm:
    return Alarm(**{**row, "state": AlarmState(row["state"]), "policy": json.loads(row["policy"])})


class Alarms(Drawer):
    """Every alarm ever raised."""

    def open(self, person_id: str, family_id: str | None, policy: Mapping[str, Any], now: datetime) -> Alarm:
        """Writes the alarm down, its policy frozen into it."""
        last = self._one(_last_number, lambda row: int(row["last"])) or 0
        fresh = Alarm(
            id=new_id(),
            number=last + 1,
            person_id=person_id,
            family_id=family_id,
            state=AlarmState.OPEN,
            opened_at=now,
            policy=policy,
            step=0,
            round=0,
            taken_by=None,
            withdrawn_at=None,
            revision=1,
        )
        row = row_of(fresh, alarms)
        self._add(_add, {**row, "policy": json.dumps(dict(policy))})
        return fresh

    def get(self, id: str) -> Alarm | None:
        return self._one(_by_id, _made, id=id)

    def current_of(self, person_id: str) -> Alarm | None:
        """The alarm of this person that has not ended."""
        return self._one(_current, _made, person_id=person_id)

    def not_ended(self) -> list[Alarm]:
        return self._all(_open, _made)

    def takers(self) -> list[tuple[str, str | None]]:
        """The id of each alarm that is taken, and by whom."""
        return self._all(_takers, lambda row: (row["id"], row["taken_by"]))

    def newest(self, most: int = 20) -> list[Alarm]:
        return self._all(_newest, _made, most=most)

    def of_family(self, family_id: str) -> list[Alarm]:
        return self._all(_of_family, _made, family_id=family_id)

    def take(self, id: str, by: str) -> bool:
        """True for exactly one of all who try."""
        return self._change(_take, key=id, by=by) == 1

    def take_over(self, id: str, by: str) -> bool:
        """From whoever took it before. False when it is no longer taken."""
        return self._change(_take_over, key=id, by=by) == 1

    def reopen(self, id: str) -> bool:
        """The person has cried again: the alarm is open as on the first day. False when it has ended."""
        return self._change(_reopen, key=id) == 1

    def add_line(self, alarm: Alarm, text: str, now: datetime) -> None:
        """Keeps what the person wrote for whoever takes the alarm, until it ends."""
        id = (self._one(_last_line, lambda row: int(row["last"])) or 0) + 1
        sealed = self._vault.seal(LINE, _holder(alarm), id, text)
        self._add(_add_line, {"id": id, "alarm_id": alarm.id, "text": sealed, "at": now})

    def lines(self, alarm: Alarm) -> list[str]:
        rows = self._all(_lines, lambda row: row, alarm_id=alarm.id)
        return [self._vault.open(LINE, _holder(alarm), row["id"], row["text"]) for row in rows]

    def forget_lines(self, alarm_id: str) -> None:
        self._change(_forget_lines, alarm=alarm_id)

    def end(self, id: str) -> bool:
        return self._change(_end, key=id) == 1

    def withdraw(self, id: str, now: datetime) -> bool:
        """The parent says it was a mistake. The alarm stays open until a human ends it."""
        return self._change(_withdraw, key=id, at=now) == 1

    def advance(self, id: str, step: int, round: int) -> bool:
        """Notes which step is paged now. False when somebody took it in the meantime."""
        return self._change(_advance, key=id, to_step=step, to_round=round) == 1

    def paged(self, alarm_id: str) -> list[Page]:
        """Who has been paged, on which step last, and whether a page reached them."""
        return self._all(
            _paged,
            lambda row: Page(row["person_id"], row["step"], row["paged_at"], row["delivered_at"] is not None),
            alarm_id=alarm_id,
        )

    def page(self, alarm_id: str, person_id: str, step: int, now: datetime) -> None:
        if not self._change(_page_again, alarm=alarm_id, person=person_id, at_step=step, at=now):
            row = {"alarm_id": alarm_id, "person_id": person_id, "step": step, "paged_at": now}
            self._add(_page, {**row, "delivered_at": None})

    def page_delivered(self, alarm_id: str, person_id: str, now: datetime) -> bool:
        """True the first time a page of this alarm reaches this person."""
        return self._change(_page_delivered, alarm=alarm_id, person=person_id, at=now) == 1
