"""Families, who belongs to them, who works with them and which offers they take part in."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, into
from storage.records import Family, new_id
from storage.tables import enrolments, families, members

_family = select(families.c.id, families.c.label, families.c.caseworker_id)
_by_id = _family.where(families.c.id == bindparam("id"))
_of_person = (
    _family.join(members, members.c.family_id == families.c.id)
    .where(members.c.person_id == bindparam("person_id"))
    .order_by(families.c.created_at)
)
_caseload = _family.where(families.c.caseworker_id == bindparam("caseworker_id")).order_by(families.c.label)
_enrolled = (
    _family.join(enrolments, enrolments.c.family_id == families.c.id)
    .where(enrolments.c.offer_id == bindparam("offer_id"))
    .order_by(families.c.label)
)
_without_parent = _family.where(
    ~select(members.c.person_id).where(members.c.family_id == families.c.id).exists()
).order_by(families.c.label)
_offers_of = select(enrolments.c.offer_id).where(enrolments.c.family_id == bindparam("family_id"))
_add = families.insert()
_join = members.insert()
_member = select(members.c.person_id).where(
    members.c.family_id == bindparam("family_id"), members.c.person_id == bindparam("person_id")
)
_enrol = enrolments.insert()
_leave = enrolments.delete().where(
    enrolments.c.family_id == bindparam("family"), enrolments.c.offer_id == bindparam("offer")
)


class Families(Drawer):
    """All families; each has one caseworker."""

    def add(self, label: str, caseworker_id: str, now: datetime) -> Family:
        fresh = Family(new_id(), label, caseworker_id)
        self._add(_add, {"id": fresh.id, "label": label, "caseworker_id": caseworker_id, "created_at": now})
        return fresh

    def get(self, id: str) -> Family | None:
        return self._one(_by_id, into(Family), id=id)

    def of_person(self, person_id: str) -> Family | None:
        return self._one(_of_person, into(Family), person_id=person_id)

    def caseload(self, caseworker_id: str) -> list[Family]:
        return self._all(_caseload, into(Family), caseworker_id=caseworker_id)

    def enrolled(self, offer_id: str) -> list[Family]:
        return self._all(_enrolled, into(Family), offer_id=offer_id)

    def without_parent(self) -> list[Family]:
        """Families with nobody whom the bot could write to."""
        return self._all(_without_parent, into(Family))

    def offers_of(self, family_id: str) -> frozenset[str]:
        return frozenset(self._all(_offers_of, lambda row: str(row["offer_id"]), family_id=family_id))

    def join(self, family_id: str, person_id: str) -> None:
        if self._one(_member, dict, family_id=family_id, person_id=person_id) is None:
            self._add(_join, {"family_id": family_id, "person_id": person_id})

    def enrol(self, family_id: str, offer_id: str, now: datetime) -> None:
        if offer_id not in self.offers_of(family_id):
            self._add(_enrol, {"family_id": family_id, "offer_id": offer_id, "since": now})

    def leave(self, family_id: str, offer_id: str) -> None:
        self._change(_leave, family=family_id, offer=offer_id)
