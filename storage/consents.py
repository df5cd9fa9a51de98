"""What parents have said yes to. A row for each yes, which a no ends and never takes away."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, Row, row_of
from storage.records import Consent, Purpose, new_id
from storage.tables import consents

_of = select(consents).where(consents.c.person_id == bindparam("person_id")).order_by(consents.c.given_at)
_current = select(consents).where(
    consents.c.person_id == bindparam("person_id"),
    consents.c.purpose == bindparam("purpose"),
    consents.c.revoked_at.is_(None),
)
_add = consents.insert()
_revoke = (
    consents.update()
    .where(
        consents.c.person_id == bindparam("person"),
        consents.c.purpose == bindparam("which"),
        consents.c.revoked_at.is_(None),
    )
    .values(revoked_at=bindparam("at"))
)


def _made(row: Row) -> Consent:
    return Consent(**{**row, "purpose": Purpose(row["purpose"])})


class Consents(Drawer):
    """Every yes, with its proof."""

    def give(
        self, person_id: str, purpose: Purpose, version: int, text_hash: str, language: str, now: datetime
    ) -> Consent:
        """A yes to a version of the text; an earlier yes to the same purpose ends with it."""
        self.revoke(person_id, purpose, now)
        fresh = Consent(new_id(), person_id, purpose, version, text_hash, language, now, None)
        self._add(_add, row_of(fresh, consents))
        return fresh

    def revoke(self, person_id: str, purpose: Purpose, now: datetime) -> bool:
        """False when there was nothing to take back."""
        return self._change(_revoke, person=person_id, which=purpose, at=now) > 0

    def current(self, person_id: str, purpose: Purpose) -> Consent | None:
        """The yes in force, of whatever version."""
        return self._one(_current, _made, person_id=person_id, purpose=purpose)

    def of(self, person_id: str) -> list[Consent]:
        """Every yes of this person, also those taken back, the oldest first."""
        return self._all(_of, _made, person_id=person_id)
