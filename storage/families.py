"""Families, who belongs to them, who works with them and which offers they take part in."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, or_, select

from storage.drawer import Drawer, Row
from storage.records import Family, new_id
from storage.tables import deputies, enrolments, families, members, offers
from storage.vault import Field, Vault, family_holder

_family = select(families.c.id, families.c.label, families.c.caseworker_id)
_by_id = _family.where(families.c.id == bindparam("id"))
_of_person = (
    _family.join(members, members.c.family_id == families.c.id)
    .where(members.c.person_id == bindparam("person_id"))
    .order_by(families.c.created_at)
)
_caseload = _family.where(families.c.caseworker_id == bindparam("caseworker_id"))
# for whom a person stands in at a moment
STANDS_IN_FOR = select(deputies.c.caseworker_id).where(
    deputies.c.deputy_id == bindparam("person_id"),
    deputies.c.starts_at <= bindparam("now"),
    deputies.c.ends_at > bindparam("now"),
)
# whose families a person works with at a moment
CARED_FOR = or_(
    families.c.caseworker_id == bindparam("person_id"), families.c.caseworker_id.in_(STANDS_IN_FOR)
)
_cared_for = _family.where(CARED_FOR)
_enrolled = _family.join(enrolments, enrolments.c.family_id == families.c.id).where(
    enrolments.c.offer_id == bindparam("offer_id")
)
_without_parent = _family.where(
    ~select(members.c.person_id).where(members.c.family_id == families.c.id).exists()
)
_offers_of = select(enrolments.c.offer_id).where(enrolments.c.family_id == bindparam("family_id"))
_site = (
    select(offers.c.site_id)
    .join(enrolments, enrolments.c.offer_id == offers.c.id)
    .where(enrolments.c.family_id == bindparam("family_id"))
    .order_by(enrolments.c.since, offers.c.id)
    .limit(1)
)
_add = families.insert()
_hand_over = families.update().where(families.c.id == bindparam("key")).values(caseworker_id=bindparam("to"))
_join = members.insert()
_member = select(members.c.person_id).where(
    members.c.family_id == bindparam("family_id"), members.c.person_id == bindparam("person_id")
)
_enrol = enrolments.insert()
_leave = enrolments.delete().where(
    enrolments.c.family_id == bindparam("family"), enrolments.c.offer_id == bindparam("offer")
)
LABEL = Field("families", "label")


def label_of(vault: Vault, family_id: str, sealed: bytes) -> str:
    return vault.open(LABEL, family_holder(family_id), family_id, sealed)


class Families(Drawer):
    """All families; each has one caseworker."""

    def add(self, label: str, caseworker_id: str, now: datetime) -> Family:
        fresh = Family(new_id(), label, caseworker_id)
        sealed = self._vault.seal(LABEL, family_holder(fresh.id), fresh.id, label)
        self._add(_add, {"id": fresh.id, "label": sealed, "caseworker_id": caseworker_id, "created_at": now})
        return fresh

    def _made(self, row: Row) -> Family:
        return Family(row["id"], label_of(self._vault, row["id"], row["label"]), row["caseworker_id"])

    def _by_label(self, found: Select[Any], **keys: Any) -> list[Family]:
        """Sealed labels have no order the store could know."""
        return sorted(self._readable(found, self._made, **keys), key=lambda family: family.label.casefold())

    def all(self) -> list[Family]:
        return self._by_label(_family)

    def hand_over(self, id: str, caseworker_id: str) -> None:
        """The family has another caseworker from now on."""
        self._change(_hand_over, key=id, to=caseworker_id)

    def get(self, id: str) -> Family | None:
        return self._one(_by_id, self._made, id=id)

    def of_person(self, person_id: str) -> Family | None:
        return self._one(_of_person, self._made, person_id=person_id)

    def known_of(self, person_id: str) -> Family | None:
        """As `of_person`; None also where the family can't be read any more."""
        return next(iter(self._readable(_of_person, self._made, person_id=person_id)), None)

    def caseload(self, caseworker_id: str) -> list[Family]:
        return self._by_label(_caseload, caseworker_id=caseworker_id)

    def cared_for_by(self, person_id: str, now: datetime) -> list[Family]:
        """The families of this caseworker, and those of whoever they stand in for at this moment."""
        return self._by_label(_cared_for, person_id=person_id, now=now)

    def enrolled(self, offer_id: str) -> list[Family]:
        return self._by_label(_enrolled, offer_id=offer_id)

    def without_parent(self) -> list[Family]:
        """Families with nobody whom the bot could write to."""
        return self._by_label(_without_parent)

    def site_of(self, family_id: str) -> str | None:
        """Where the family's first offer is; None while it has none."""
        return self._one(_site, lambda row: str(row["site_id"]), family_id=family_id)

    def offers_of(self, family_id: str) -> frozenset[str]:
        return frozenset(self._all(_offers_of, lambda row: str(row["offer_id"]), family_id=family_id))

    def is_member(self, family_id: str, person_id: str) -> bool:
        """Whether this person is one of the family's parents."""
        return self._one(_member, dict, family_id=family_id, person_id=person_id) is not None

    def join(self, family_id: str, person_id: str) -> None:
        if not self.is_member(family_id, person_id):
            self._add(_join, {"family_id": family_id, "person_id": person_id})

    def enrol(self, family_id: str, offer_id: str, now: datetime) -> None:
        if offer_id not in self.offers_of(family_id):
            self._add(_enrol, {"family_id": family_id, "offer_id": offer_id, "since": now})

    def leave(self, family_id: str, offer_id: str) -> None:
        self._change(_leave, family=family_id, offer=offer_id)
