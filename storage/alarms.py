"""Alarms: raised, withdrawn and ended. Who holds them and who was paged stand in modules of their own."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from storage.alarm_words import DEBRIEF as DEBRIEF
from storage.alarm_words import LINE as LINE
from storage.alarm_words import AlarmWords
from storage.drawer import Row, row_of
from storage.holding import Holding
from storage.paged import Paged
from storage.records import (
    Alarm,
    AlarmState,
    Outcome,
    Promise,
    Wish,
    new_id,
)
from storage.settings import LAST_ALARM, Settings
from storage.tables import alarms

_not_ended = alarms.c.state != AlarmState.ENDED
_by_id = select(alarms).where(alarms.c.id == bindparam("id"))
_current = select(alarms).where(alarms.c.person_id == bindparam("person_id"), _not_ended)
_open = select(alarms).where(_not_ended).order_by(alarms.c.number)
_newest = select(alarms).order_by(alarms.c.number.desc()).limit(bindparam("most"))
_of_family = select(alarms).where(alarms.c.family_id == bindparam("family_id")).order_by(alarms.c.number)
_last_number = select(func.coalesce(func.max(alarms.c.number), 0).label("last"))
_end = (
    alarms.update()
    .where(alarms.c.id == bindparam("key"), _not_ended)
    .values(
        state=AlarmState.ENDED,
        outcome=bindparam("how"),
        ended_at=bindparam("at"),
        forgotten_at=None,
        revision=alarms.c.revision + 1,
    )
)
_withdraw = (
    alarms.update()
    .where(alarms.c.id == bindparam("key"), alarms.c.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("at"), revision=alarms.c.revision + 1)
)
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
_add = alarms.insert()


LOOK = "crisis.look"  # the timer on which crisis looks whether an alarm still hangs on somebody


def _made(row: Row) -> Alarm:
    words = {
        "state": AlarmState(row["state"]),
        "policy": json.loads(row["policy"]),
        "promise": Promise(row["promise"]) if row["promise"] else None,
        "wish": Wish(row["wish"]) if row["wish"] else None,
        "outcome": Outcome(row["outcome"]) if row["outcome"] else None,
    }
    return Alarm(**{**row, **words})


class Alarms(AlarmWords, Holding, Paged):
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
        fresh = Alarm(
            id=new_id(),
            number=self._next_number(),
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

    def _next_number(self) -> int:
        """One that no alarm has ever had, also none that is erased."""
        settings = Settings(self._runner, self._vault)
        highest = self._one(_last_number, lambda row: int(row["last"])) or 0
        fresh = max(highest, int(settings.get(LAST_ALARM, "0"))) + 1
        settings.put(LAST_ALARM, str(fresh))
        return fresh

    def get(self, id: str) -> Alarm | None:
        return self._one(_by_id, _made, id=id)

    def current_of(self, person_id: str) -> Alarm | None:
        """The alarm of this person that has not ended."""
        return self._one(_current, _made, person_id=person_id)

    def not_ended(self) -> list[Alarm]:
        return self._all(_open, _made)

    def newest(self, most: int = 20) -> list[Alarm]:
        return self._all(_newest, _made, most=most)

    def of_family(self, family_id: str) -> list[Alarm]:
        return self._all(_of_family, _made, family_id=family_id)

    def wish(self, id: str, wish: Wish | None) -> bool:
        """How the person wants to be reached; None takes the wish back. False when it has ended."""
        return self._change(_wish, key=id, to=wish) == 1

    def is_safe(self, id: str, now: datetime) -> bool:
        """The person says that they are safe now. False when they had said so."""
        return self._change(_safe, key=id, at=now) == 1

    def end(self, id: str, outcome: Outcome | None, now: datetime) -> bool:
        """False when it had ended before."""
        return self._change(_end, key=id, how=outcome, at=now) == 1

    def withdraw(self, id: str, now: datetime) -> bool:
        """The parent says it was a mistake. The alarm stays open until a human ends it."""
        return self._change(_withdraw, key=id, at=now) == 1
