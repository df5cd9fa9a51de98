"""Who was paged for an alarm, and what of it arrived: in a message of its own, or in a list of many."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, func, select

from storage.drawer import Drawer, Row
from storage.emergencies import needed
from storage.records import AlarmState, Page
from storage.tables import alarms, pages, takes

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
_acknowledged = select(func.count()).where(takes.c.alarm_id == alarms.c.id)
_of_person = (
    select(
        pages.c.alarm_id,
        *(
            alarms.c[name]
            for name in ("number", "state", "taken_by", "forgotten_at", "step", "taken_step", "policy")
        ),
        _acknowledged.scalar_subquery().label("acknowledged"),
        _acknowledged.where(takes.c.person_id == bindparam("person_id")).scalar_subquery().label("joined"),
        pages.c.paged_at,
    )
    .join(alarms, alarms.c.id == pages.c.alarm_id)
    .where(pages.c.person_id == bindparam("person_id"), alarms.c.state != AlarmState.ENDED)
    .order_by(alarms.c.number)
)
_lately = (
    select(pages.c.alarm_id)
    .join(alarms, alarms.c.id == pages.c.alarm_id)
    .where(
        pages.c.person_id == bindparam("person_id"),
        pages.c.paged_at > bindparam("since"),
        alarms.c.state != AlarmState.ENDED,
        alarms.c.id != bindparam("but"),
    )
    .limit(bindparam("most"))
)
_on_the_way = (
    select(pages.c.alarm_id)
    .join(alarms, alarms.c.id == pages.c.alarm_id)
    .where(
        pages.c.person_id == bindparam("person_id"),
        pages.c.paged_at <= bindparam("until"),
        pages.c.delivered_at.is_(None),
        alarms.c.state != AlarmState.ENDED,
    )
    .order_by(alarms.c.number)
)


@dataclass(frozen=True, slots=True)
class Listed:
    """An alarm that has not ended and for which somebody was paged, last at `paged_at`."""

    alarm_id: str
    number: int
    state: AlarmState
    taken_by: str | None
    forgotten_at: datetime | None
    step: int
    policy: Mapping[str, Any]
    acknowledged: int  # how many have, and whether this person is one of them
    joined: bool
    paged_at: datetime
    taken_step: int | None = None

    @property
    def needed(self) -> int:
        """How many must acknowledge it, by the step on which it was taken."""
        return needed(self.policy, self.step if self.taken_step is None else self.taken_step)


# of hundreds in one list nearly all follow the same rule
_rule = lru_cache(maxsize=64)(json.loads)


def _listed(row: Row) -> Listed:
    told = {"state": AlarmState(row["state"]), "policy": _rule(row["policy"]), "joined": row["joined"] > 0}
    return Listed(**{**row, **told})


def _page(row: Row) -> Page:
    reached, seen = row["delivered_at"] is not None, row["seen_at"] is not None
    return Page(row["person_id"], row["step"], row["paged_at"], reached, seen)


class Paged(Drawer):
    """Every page, by alarm and person."""

    def paged(self, alarm_id: str) -> list[Page]:
        """Who has been paged, on which step last, and whether a page reached them."""
        return self._all(_paged, _page, alarm_id=alarm_id)

    def paged_for(self, person_id: str) -> list[Listed]:
        """All that have not ended and for which this person was paged, by number."""
        return self._all(_of_person, _listed, person_id=person_id)

    def paged_since(self, person_id: str, since: datetime, but: str, most: int) -> int:
        """For how many that have not ended, other than `but`, this person was paged after `since`; `most` at most."""
        given = {"person_id": person_id, "since": since, "but": but, "most": most}
        return len(self._all(_lately, dict, **given))

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

    def undelivered(self, person_id: str, until: datetime) -> list[str]:
        """The alarms for which this person was paged until then and no page has reached them, by number."""
        return self._all(_on_the_way, lambda row: str(row["alarm_id"]), person_id=person_id, until=until)

    def pages_delivered(self, alarm_ids: list[str], person_id: str, now: datetime) -> None:
        """As `page_delivered`, for all that stood in one list."""
        self._change_all(_page_delivered, [{"alarm": id, "person": person_id, "at": now} for id in alarm_ids])
