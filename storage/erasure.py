"""Forgetting for good: a family or a guest with all that hangs on them. A legal hold forbids it."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, select

from storage.doomed import Doomed, Ids
from storage.drawer import Drawer
from storage.legal_holds import GROUND as GROUND
from storage.legal_holds import LegalHold as LegalHold
from storage.legal_holds import LegalHolds as LegalHolds
from storage.people import NAME, TELEGRAM
from storage.prepared import Runner
from storage.records import Delivery, Role
from storage.tables import (
    alarms,
    appointments,
    cards,
    courses,
    deliveries,
    dialogues,
    entrusted,
    families,
    incidents,
    legal_holds,
    logins,
    members,
    people,
    roles,
    sessions,
)
from storage.timers import Timers
from storage.vault import INDEX_BYTES, Vault, family_holder, person_holder

DESTROY = "keys.destroy"
# what stands on a member of staff: whoever works with families is not erased before they are handed over
STANDS_ON = (
    families.c.caseworker_id,
    sessions.c.caseworker_id,
    appointments.c.caseworker_id,
    courses.c.caseworker_id,
    entrusted.c.confidant_id,
    legal_holds.c.set_by,
    incidents.c.noted_by,
)

_members = select(members.c.person_id).where(members.c.family_id == bindparam("family_id"))
_elsewhere = select(members.c.family_id).where(
    members.c.person_id == bindparam("person_id"), members.c.family_id != bindparam("family_id")
)
_staff_role = select(roles.c.role).where(
    roles.c.person_id == bindparam("person_id"), roles.c.role != Role.PARENT
)
_hold = select(legal_holds.c.family_id).where(legal_holds.c.family_id == bindparam("family_id"))
_there = {
    "family": select(families.c.id).where(families.c.id == bindparam("id")),
    "person": select(people.c.id).where(people.c.id == bindparam("id")),
}
_stand_on = tuple(select(column).where(column == bindparam("person_id")).limit(1) for column in STANDS_ON)
_make_nobody = (
    people.update()
    .where(people.c.id == bindparam("key"))
    .values(
        telegram_id=bindparam("sealed"), telegram_index=bindparam("index"), name=bindparam("name"), blocked=1
    )
)
_no_roles = roles.delete().where(roles.c.person_id == bindparam("person"))
_no_login = logins.delete().where(logins.c.person_id == bindparam("person"))
_no_dialogue = dialogues.delete().where(dialogues.c.person_id == bindparam("person"))
_own = {
    cards.name: select(cards.c.id).where(cards.c.person_id == bindparam("person_id")),
    deliveries.name: select(deliveries.c.id).where(deliveries.c.person_id == bindparam("person_id")),
    alarms.name: select(alarms.c.id).where(
        alarms.c.person_id == bindparam("person_id"), alarms.c.family_id.is_(None)
    ),
}


class Held(Exception):  # noqa: N818 - what it says
    """A legal hold forbids it."""


class StillNeeded(Exception):  # noqa: N818 - what it says
    """Families, appointments or notes stand on this person; they are handed over or forgotten first."""


@dataclass
class Erased:
    """What went: rows by table, the keys' holders, and messages that still stand in others' chats."""

    rows: dict[str, int] = field(default_factory=dict)
    holders: list[str] = field(default_factory=list)
    left_in_chats: list[tuple[str, int, datetime]] = field(default_factory=list)


class Erasure(Drawer):
    """The way out of the store. The keys follow in a transaction of their own, once the rows are gone."""

    def __init__(self, runner: Runner, vault: Vault, posted: list[Delivery], withdrawn: list[int]) -> None:
        super().__init__(runner, vault)
        self.happened = False
        self._posted, self._withdrawn = posted, withdrawn
        self._doomed = Doomed(runner, vault)

    def family(self, family_id: str, now: datetime) -> Erased:
        """Deletes a family with its members and owes the destruction of their keys. Raises Held.

        A member who is also staff, or belongs to another family too, only ceases to be this family's.
        """
        if self._one(_hold, dict, family_id=family_id) is not None:
            raise Held(family_id)
        return self._erase([family_id], self._only_theirs(family_id), now)

    def person(self, person_id: str, now: datetime) -> Erased:
        """Deletes somebody who belongs to no family, and owes the destruction of their key.

        Raises StillNeeded while anything of families stands on them.
        """
        if self._is_needed(person_id):
            raise StillNeeded(person_id)
        return self._erase([], [person_id], now)

    def guests(self, ids: list[str], now: datetime) -> Erased:
        """Deletes several at once of whom nothing is left and on whom nothing stands; the time is that of one."""
        return self._erase([], ids, now)

    def lost(self, holders: Collection[str], now: datetime) -> Erased:
        """Erases again whom a copy brought back although their keys are gone; no hold protects what is unreadable.

        Of a member of staff on whom families stand a nameless row stays: the families have to be handed over.
        """
        ids = {kind: [h.partition(":")[2] for h in holders if h.startswith(f"{kind}:")] for kind in _there}
        for id in ids["person"]:
            self._change(_no_dialogue, person=id)  # nobody can read it, not even to see what it is about
        erased = self._erase(ids["family"], [], now)
        needed = [id for id in ids["person"] if self._is_needed(id)]
        again = self._erase([], [id for id in ids["person"] if id not in needed], now)
        for id in needed:
            self._becomes_nobody(id, now)
        return Erased({**again.rows, **erased.rows}, [*erased.holders, *again.holders])

    def rows(self, table: str, ids: list[str], now: datetime) -> int:
        """Deletes rows whose time is over, with all that hangs on them; how many of them. No key goes."""
        self.happened = True
        doomed = self._doomed.gone_with({table: ids})
        self._doomed.shown_to_others(doomed)
        return self._delete(doomed, now).get(table, 0)

    def is_there(self, holder: str) -> bool:
        """Whether the family or person whose key it is has a row here."""
        kind, _, id = holder.partition(":")
        return kind in _there and self._one(_there[kind], dict, id=id) is not None

    def shred(self, holder: str) -> int:
        """Destroys a holder's keys: copies of the store that lie elsewhere can't be read any more; how many."""
        self.happened = True
        return self._vault.keyring.destroy(holder)

    def shred_key(self, id: bytes) -> None:
        """Destroys one key, such as one that was exchanged long ago."""
        self.happened = True
        self._vault.keyring.destroy_key(id)

    def _only_theirs(self, family_id: str) -> list[str]:
        found = self._all(_members, lambda row: str(row["person_id"]), family_id=family_id)
        return [id for id in found if not self._belongs_elsewhere(id, family_id)]

    def _belongs_elsewhere(self, id: str, family_id: str) -> bool:
        staff = self._one(_staff_role, dict, person_id=id) is not None
        other = self._one(_elsewhere, dict, person_id=id, family_id=family_id) is not None
        return staff or other or self._is_needed(id)

    def _is_needed(self, id: str) -> bool:
        return any(self._one(found, dict, person_id=id) is not None for found in _stand_on)

    def _erase(self, gone_families: list[str], gone_people: list[str], now: datetime) -> Erased:
        self.happened = True
        doomed = self._doomed.gone_with({families.name: gone_families, people.name: gone_people})
        erased = Erased(left_in_chats=self._doomed.shown_to_others(doomed))
        erased.rows = self._delete(doomed, now)
        erased.holders = [*map(family_holder, gone_families), *map(person_holder, gone_people)]
        for holder in erased.holders:
            Timers(self._runner, self._vault).set(DESTROY, holder, now)
        return erased

    def _becomes_nobody(self, id: str, now: datetime) -> None:
        own = {name: self._all(found, lambda row: row["id"], person_id=id) for name, found in _own.items()}
        self._delete(self._doomed.gone_with(own), now)
        self._doomed.leave_alarms([id], now)
        for change in (_no_roles, _no_login):
            self._change(change, person=id)
        holder = person_holder(id)
        sealed, name = self._vault.seal(TELEGRAM, holder, id, "0"), self._vault.seal(NAME, holder, id, "")
        self._change(_make_nobody, key=id, sealed=sealed, index=secrets.token_bytes(INDEX_BYTES), name=name)

    def _delete(self, doomed: Ids, now: datetime) -> dict[str, int]:
        just_posted = {delivery.id for delivery in self._posted}
        queued = [int(id) for id in doomed.get(deliveries.name, [])]
        self._withdrawn.extend(id for id in queued if id not in just_posted)
        return self._doomed.delete(doomed, now)
