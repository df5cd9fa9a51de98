"""Who stands in for which caseworker, and until when."""

from datetime import datetime

from sqlalchemy import bindparam, or_, select

from storage.drawer import Drawer, into, row_of
from storage.records import Deputy, new_id
from storage.tables import deputies, families

_now = (deputies.c.starts_at <= bindparam("now"), deputies.c.ends_at > bindparam("now"))
_for_family = (
    select(deputies)
    .join(families, families.c.caseworker_id == deputies.c.caseworker_id)
    .where(families.c.id == bindparam("family_id"), deputies.c.deputy_id == bindparam("deputy_id"), *_now)
)
_of_caseworker = (
    select(deputies)
    .where(deputies.c.caseworker_id == bindparam("caseworker_id"), deputies.c.ends_at > bindparam("now"))
    .order_by(deputies.c.starts_at)
)
_with_part = select(deputies).where(
    or_(deputies.c.deputy_id == bindparam("who"), deputies.c.caseworker_id == bindparam("who")),
    deputies.c.ends_at > bindparam("now"),
)
_held_by = select(deputies).where(deputies.c.deputy_id == bindparam("deputy_id"), *_now)
_present = (
    select(deputies.c.deputy_id)
    .where(deputies.c.caseworker_id == bindparam("caseworker_id"), *_now)
    .order_by(deputies.c.starts_at)
)
_by_id = select(deputies).where(deputies.c.id == bindparam("id"))
_add = deputies.insert()
_end = (
    deputies.update()
    .where(deputies.c.id == bindparam("key"), deputies.c.ends_at > bindparam("at"))
    .values(ends_at=bindparam("at"))
)
_end_all = (
    deputies.update()
    .where(
        or_(deputies.c.deputy_id == bindparam("who"), deputies.c.caseworker_id == bindparam("who")),
        deputies.c.ends_at > bindparam("at"),
    )
    .values(ends_at=bindparam("at"))
)


class Deputies(Drawer):
    """Standing in, past and to come."""

    def add(
        self, caseworker_id: str, deputy_id: str, starts_at: datetime, ends_at: datetime, made_by: str
    ) -> Deputy:
        fresh = Deputy(new_id(), caseworker_id, deputy_id, starts_at, ends_at, made_by)
        self._add(_add, row_of(fresh, deputies))
        return fresh

    def get(self, id: str) -> Deputy | None:
        return self._one(_by_id, into(Deputy), id=id)

    def stands_in(self, deputy_id: str, family_id: str, now: datetime) -> bool:
        """Whether this person may act for the family's caseworker at this moment."""
        found = self._one(_for_family, dict, family_id=family_id, deputy_id=deputy_id, now=now)
        return found is not None

    def of_caseworker(self, caseworker_id: str, now: datetime) -> list[Deputy]:
        """Who stands in for a caseworker, now or later."""
        return self._all(_of_caseworker, into(Deputy), caseworker_id=caseworker_id, now=now)

    def with_part_of(self, person_id: str, now: datetime) -> list[Deputy]:
        """All in which this person has a part, now or later: as caseworker or as deputy."""
        return self._all(_with_part, into(Deputy), who=person_id, now=now)

    def held_by(self, deputy_id: str, now: datetime) -> list[Deputy]:
        """For whom this person stands in at this moment."""
        return self._all(_held_by, into(Deputy), deputy_id=deputy_id, now=now)

    def for_caseworker_now(self, caseworker_id: str, now: datetime) -> list[str]:
        """The ids of those who stand in for a caseworker at this moment."""
        return self._all(_present, lambda row: str(row["deputy_id"]), caseworker_id=caseworker_id, now=now)

    def end(self, id: str, now: datetime) -> bool:
        """Ends it from this moment on. False when it had ended."""
        return self._change(_end, key=id, at=now) == 1

    def end_all(self, person_id: str, now: datetime) -> int:
        """Ends all in which this person has a part; how many."""
        return self._change(_end_all, who=person_id, at=now)
