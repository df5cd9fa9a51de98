"""Alarms, who was paged for them and who took them: races are settled by compare-and-set."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from storage.drawer import Drawer, Row, row_of
from storage.records import (
    Alarm,
    AlarmState,
    Debrief,
    Happening,
    Logged,
    Outcome,
    Page,
    Promise,
    Wish,
    new_id,
)
from storage.tables import alarms, debriefs, happenings, lines, pages, takes
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
    .values(
        state=AlarmState.TAKEN,
        taken_by=bindparam("by"),
        taken_at=bindparam("at"),
        promise=None,
        promised_for=None,
        revision=alarms.c.revision + 1,
    )
)
_end = (
    alarms.update()
    .where(alarms.c.id == bindparam("key"), alarms.c.state != AlarmState.ENDED)
    .values(
        state=AlarmState.ENDED,
        outcome=bindparam("how"),
        ended_at=bindparam("at"),
        revision=alarms.c.revision + 1,
    )
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
        taken_at=None,
        promise=None,
        promised_for=None,
        withdrawn_at=None,
        safe_at=None,
        step=0,
        round=0,
        revision=alarms.c.revision + 1,
    )
)
_take_over = (
    alarms.update()
    .where(alarms.c.id == bindparam("key"), alarms.c.state == AlarmState.TAKEN)
    .values(
        taken_by=bindparam("by"),
        taken_at=bindparam("at"),
        promise=None,
        promised_for=None,
        revision=alarms.c.revision + 1,
    )
)
_promise = (
    alarms.update()
    .where(
        alarms.c.id == bindparam("key"),
        alarms.c.state == AlarmState.TAKEN,
        alarms.c.taken_by == bindparam("by"),
    )
    .values(promise=bindparam("what"), promised_for=bindparam("due"), revision=alarms.c.revision + 1)
)
_not_ended = alarms.c.state != AlarmState.ENDED
_wish = (
    alarms.update()
    .where(alarms.c.id == bindparam("key"), _not_ended)
    .values(wish=bindparam("to"), revision=alarms.c.revision + 1)
)
_safe = (
    alarms.update()
    .where(alarms.c.id == bindparam("key"), _not_ended, alarms.c.safe_at.is_(None))
    .values(safe_at=bindparam("at"), revision=alarms.c.revision + 1)
)
_took = takes.insert()
_takes = select(takes).where(takes.c.alarm_id == bindparam("alarm_id")).order_by(takes.c.at)
_forget_takes = takes.delete().where(takes.c.alarm_id == bindparam("alarm"))
_happened = happenings.insert().inline()
_last_happening = select(func.coalesce(func.max(happenings.c.id), 0).label("last"))
_log = select(happenings).where(happenings.c.alarm_id == bindparam("alarm_id")).order_by(happenings.c.id)
_add_debrief = debriefs.insert()
_debriefs = select(debriefs).where(debriefs.c.alarm_id == bindparam("alarm_id")).order_by(debriefs.c.at)
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
_paged = select(
    pages.c.person_id, pages.c.step, pages.c.paged_at, pages.c.delivered_at, pages.c.seen_at
).where(pages.c.alarm_id == bindparam("alarm_id"))
_seen = (
    pages.update()
    .where(
        pages.c.alarm_id == bindparam("alarm"),
        pages.c.person_id == bindparam("person"),
        pages.c.seen_at.is_(None),
    )
    .values(seen_at=bindparam("at"))
)
_add = alarms.insert()
_add_page = pages.insert()
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


LINE, DEBRIEF = Field("lines", "text"), Field("debriefs", "text")
LOOK = "crisis.look"  # the timer on which crisis looks whether an alarm still hangs on somebody


def _holder(alarm: Alarm) -> str:
    return family_holder(alarm.family_id) if alarm.family_id else person_holder(alarm.person_id)


def _made(row: Row) -> Alarm:
    words = {
        "state": AlarmState(row["state"]),
        "policy": json.loads(row["policy"]),
        "promise": Promise(row["promise"]) if row["promise"] else None,
        "wish": Wish(row["wish"]) if row["wish"] else None,
        "outcome": Outcome(row["outcome"]) if row["outcome"] else None,
    }
    return Alarm(**{**row, **words})


def _page(row: Row) -> Page:
    reached, seen = row["delivered_at"] is not None, row["seen_at"] is not None
    return Page(row["person_id"], row["step"], row["paged_at"], reached, seen)


class Alarms(Drawer):
    """Every alarm ever raised."""

    def open(
        self,
        person_id: str,
        family_id: str | None,
        policy: Mapping[str, Any],
        now: datetime,
        site_id: str | None = None,
    ) -> Alarm:
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
            site_id=site_id,
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

    def take(self, id: str, by: str, now: datetime) -> bool:
        """True for exactly one of all who try."""
        if self._change(_take, key=id, by=by, at=now) != 1:
            return False
        self.join(id, by, now)
        return True

    def take_over(self, id: str, by: str, now: datetime) -> bool:
        """From whoever took it before. False when it is no longer taken."""
        if self._change(_take_over, key=id, by=by, at=now) != 1:
            return False
        self.join(id, by, now)
        return True

    def join(self, id: str, person_id: str, now: datetime) -> bool:
        """One more has acknowledged. False for whoever had before."""
        if person_id in self.takers_of(id):
            return False
        self._add(_took, {"alarm_id": id, "person_id": person_id, "at": now})
        return True

    def takers_of(self, id: str) -> list[str]:
        """The ids of all who have acknowledged since it was last open, the first to do so first."""
        return self._all(_takes, lambda row: str(row["person_id"]), alarm_id=id)

    def promise(self, id: str, by: str, promise: Promise | None, due: datetime | None) -> bool:
        """What the holder is about to do, and when. False for anybody else."""
        return self._change(_promise, key=id, by=by, what=promise, due=due) == 1

    def wish(self, id: str, wish: Wish | None) -> bool:
        """How the person wants to be reached; None takes the wish back. False when it has ended."""
        return self._change(_wish, key=id, to=wish) == 1

    def is_safe(self, id: str, now: datetime) -> bool:
        """The person says that they are safe now. False when they had said so."""
        return self._change(_safe, key=id, at=now) == 1

    def log(
        self, id: str, what: Happening, now: datetime, by: str | None = None, step: int | None = None
    ) -> None:
        """Adds a line to the alarm's log. `by` is the id of whoever did it or was paged."""
        number = (self._one(_last_happening, lambda row: int(row["last"])) or 0) + 1
        row = {"id": number, "alarm_id": id, "at": now, "what": what, "done_by": by, "step": step}
        self._add(_happened, row)

    def logged(self, id: str) -> list[Logged]:
        """The alarm's log, the oldest first."""
        return self._all(
            _log,
            lambda row: Logged(row["at"], Happening(row["what"]), row["done_by"], row["step"]),
            alarm_id=id,
        )

    def add_debrief(self, alarm: Alarm, by: str, text: str, now: datetime) -> Debrief:
        fresh = Debrief(new_id(), alarm.id, by, text, now)
        sealed = self._vault.seal(DEBRIEF, _holder(alarm), fresh.id, text)
        self._add(_add_debrief, {**row_of(fresh, debriefs), "text": sealed})
        return fresh

    def debriefs(self, alarm: Alarm) -> list[Debrief]:
        """What was written down about it, the oldest first."""

        def made(row: Row) -> Debrief:
            return Debrief(
                **{**row, "text": self._vault.open(DEBRIEF, _holder(alarm), row["id"], row["text"])}
            )

        return self._all(_debriefs, made, alarm_id=alarm.id)

    def reopen(self, id: str) -> bool:
        """The person has cried again: the alarm is open as on the first day. False when it has ended."""
        self._change(_forget_takes, alarm=id)
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

    def end(self, id: str, outcome: Outcome | None, now: datetime) -> bool:
        """False when it had ended before."""
        return self._change(_end, key=id, how=outcome, at=now) == 1

    def withdraw(self, id: str, now: datetime) -> bool:
        """The parent says it was a mistake. The alarm stays open until a human ends it."""
        return self._change(_withdraw, key=id, at=now) == 1

    def advance(self, id: str, step: int, round: int) -> bool:
        """Notes which step is paged now. False when somebody took it in the meantime."""
        return self._change(_advance, key=id, to_step=step, to_round=round) == 1

    def paged(self, alarm_id: str) -> list[Page]:
        """Who has been paged, on which step last, and whether a page reached them."""
        return self._all(_paged, _page, alarm_id=alarm_id)

    def seen(self, alarm_id: str, person_id: str, now: datetime) -> bool:
        """Somebody who was paged has shown that they saw it. True the first time."""
        return self._change(_seen, alarm=alarm_id, person=person_id, at=now) == 1

    def page(self, alarm_id: str, person_id: str, step: int, now: datetime) -> None:
        if not self._change(_page_again, alarm=alarm_id, person=person_id, at_step=step, at=now):
            row = {"alarm_id": alarm_id, "person_id": person_id, "step": step, "paged_at": now}
            self._add(_add_page, {**row, "delivered_at": None, "seen_at": None})

    def page_delivered(self, alarm_id: str, person_id: str, now: datetime) -> bool:
        """True the first time a page of this alarm reaches this person."""
        return self._change(_page_delivered, alarm=alarm_id, person=person_id, at=now) == 1
