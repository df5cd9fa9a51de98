"""Doors that open once: invitations by link or by a spoken code, of which only the marks are kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, or_, select

from storage.drawer import Drawer, Row
from storage.people import TELEGRAM_INDEX
from storage.records import Invitation, Role, new_id
from storage.spoken import as_spoken as as_spoken
from storage.spoken import grouped as grouped
from storage.spoken import new_spoken as new_spoken
from storage.tables import guesses, invitations
from storage.vault import HOUSE, Field, family_holder

VALID_FOR = timedelta(hours=72)
CODE_BYTES = 17  # 136 random bits; Telegram allows 64 characters after start=
NAME = Field("invitations", "name")

_columns = [c for c in invitations.c if c.name not in {"code_hash", "spoken_hash", "created_at"}]
_invitation = select(*_columns)
_has_mark = or_(
    invitations.c.code_hash == bindparam("mark"), invitations.c.spoken_hash == bindparam("mark_spoken")
)
_by_id = _invitation.where(invitations.c.id == bindparam("id"))
_open = _invitation.where(
    _has_mark, invitations.c.used_at.is_(None), invitations.c.expires_at > bindparam("now")
)
_used_by = select(invitations.c.id).where(_has_mark, invitations.c.used_by == bindparam("person_id"))
_undecided_of = _invitation.where(
    invitations.c.used_by == bindparam("person_id"),
    invitations.c.family_id.is_not(None),
    invitations.c.decided_at.is_(None),
)
_undecided_in = _invitation.where(
    invitations.c.family_id == bindparam("family_id"),
    invitations.c.used_at.is_not(None),
    invitations.c.decided_at.is_(None),
).order_by(invitations.c.used_at)
_unused = _invitation.where(
    invitations.c.used_at.is_(None), invitations.c.expires_at > bindparam("now")
).order_by(invitations.c.expires_at)
_unused_of_family = _unused.where(invitations.c.family_id == bindparam("family_id"))
_ids_of_family = select(invitations.c.id).where(invitations.c.family_id == bindparam("family_id"))
_unused_of_staff = _unused.where(invitations.c.family_id.is_(None))
_made_by = _invitation.where(
    invitations.c.invited_by == bindparam("person_id"), invitations.c.used_at.is_(None)
)
_add = invitations.insert()
_use = (
    invitations.update()
    .where(
        invitations.c.id == bindparam("key"),
        invitations.c.used_at.is_(None),
        invitations.c.expires_at > bindparam("now"),
    )
    .values(used_at=bindparam("now"), used_by=bindparam("by"))
)
# One decision only: whoever is second changes no row.
_decide = (
    invitations.update()
    .where(
        invitations.c.id == bindparam("key"),
        invitations.c.used_at.is_not(None),
        invitations.c.decided_at.is_(None),
    )
    .values(
        decided_at=bindparam("at"),
        decided_by=bindparam("by"),
        confirmed=bindparam("yes"),
        name=bindparam("nameless"),
    )
)
_void_one = (
    invitations.update()
    .where(
        invitations.c.id == bindparam("key"),
        invitations.c.used_at.is_(None),
        invitations.c.expires_at > bindparam("at"),
    )
    .values(expires_at=bindparam("at"), name=bindparam("nameless"))
)
_void = (
    invitations.update()
    .where(invitations.c.invited_by == bindparam("by"), invitations.c.used_at.is_(None))
    .values(expires_at=bindparam("at"))
)
_guess = guesses.insert().inline()
_guesses = select(
    func.count().label("all"), func.count().filter(guesses.c.sender == bindparam("sender")).label("own")
).where(guesses.c.at > bindparam("since"))
_forget_guesses = guesses.delete().where(guesses.c.at < bindparam("before"))


def hashed(code: str) -> str:
    """What the store knows of a link's code. A random 136-bit code needs no salt and no slow hash."""
    return hashlib.sha256(code.encode()).hexdigest()


class Invitations(Drawer):
    """Every invitation of the last weeks."""

    def add(
        self,
        role: Role,
        name: str,
        now: datetime,
        *,
        family_id: str | None = None,
        step: int | None = None,
        invited_by: str | None = None,
        spoken: str | None = None,
        discreet: bool = False,
    ) -> tuple[str, datetime]:
        """Makes an invitation; returns its link's code, shown once and never again, and its last moment.

        `spoken` is a second way in for a phone without a camera, made by new_spoken.
        """
        code, id, expires_at = secrets.token_urlsafe(CODE_BYTES), new_id(), now + VALID_FOR
        self._add(
            _add,
            {
                "id": id,
                "code_hash": hashed(code),
                "spoken_hash": self._spoken_mark(spoken) if spoken else None,
                "role": role,
                "name": self._vault.seal(NAME, _holder(family_id), id, name),
                "family_id": family_id,
                "step": step,
                "discreet": int(discreet),
                "invited_by": invited_by,
                "created_at": now,
                "expires_at": expires_at,
                "used_at": None,
                "used_by": None,
                "decided_at": None,
                "decided_by": None,
                "confirmed": 0,
            },
        )
        return code, expires_at

    def get(self, id: str) -> Invitation | None:
        return self._one(_by_id, self._made, id=id)

    def find(self, code: str, now: datetime) -> Invitation | None:
        """The invitation as long as it is open, by link or spoken code; looking does not use it up."""
        return self._one(_open, self._made, **self._marks(code), now=now)

    def was_used_by(self, code: str, person_id: str) -> bool:
        """Whether this very person came in by this code, however long ago."""
        return self._one(_used_by, dict, **self._marks(code), person_id=person_id) is not None

    def redeem(self, code: str, person_id: str, now: datetime) -> Invitation | None:
        """The invitation, for exactly one of all who try; None when unknown, used or expired."""
        offered = self.find(code, now)
        if offered is None or self._change(_use, key=offered.id, now=now, by=person_id) == 0:
            return None
        return self.get(offered.id)

    def undecided_of(self, person_id: str) -> Invitation | None:
        """The family's invitation this person came in by and nobody has confirmed yet."""
        return self._one(_undecided_of, self._made, person_id=person_id)

    def undecided_in(self, family_id: str) -> list[Invitation]:
        """Those by which somebody came to a family and nobody has confirmed yet, the longest waiting first."""
        return self._all(_undecided_in, self._made, family_id=family_id)

    def decide(self, id: str, now: datetime, *, by: str, confirmed: bool) -> bool:
        """Notes what a human has said to who came; the name is not kept here. True only once."""
        found = self.get(id)
        if found is None:
            return False
        nameless = self._vault.seal(NAME, _holder(found.family_id), id, "")
        return self._change(_decide, key=id, at=now, by=by, yes=int(confirmed), nameless=nameless) == 1

    def ids_of_family(self, family_id: str) -> list[str]:
        """All that ever led into this family, used or not."""
        return self._all(_ids_of_family, lambda row: str(row["id"]), family_id=family_id)

    def unused_of_family(self, family_id: str, now: datetime) -> list[Invitation]:
        """The family's that still open, those that end soonest first."""
        return self._all(_unused_of_family, self._made, family_id=family_id, now=now)

    def unused_of_staff(self, now: datetime) -> list[Invitation]:
        """The team's that still open, those that end soonest first."""
        return self._all(_unused_of_staff, self._made, now=now)

    def withdraw(self, id: str, now: datetime) -> bool:
        """Ends one that nobody has used, and keeps no name. False when there was nothing to end any more."""
        found = self.get(id)
        if found is None:
            return False
        nameless = self._vault.seal(NAME, _holder(found.family_id), id, "")
        return self._change(_void_one, key=id, at=now, nameless=nameless) == 1

    def made_by(self, person_id: str) -> list[Invitation]:
        """Those this person made and nobody has used."""
        return self._all(_made_by, self._made, person_id=person_id)

    def void(self, invited_by: str, now: datetime) -> int:
        """Ends the invitations somebody made and nobody has used; how many."""
        return self._change(_void, by=invited_by, at=now)

    def guessed(self, telegram_id: int, now: datetime) -> None:
        """Somebody tried a code that opens nothing."""
        self._add(_guess, {"sender": self._vault.index(TELEGRAM_INDEX, telegram_id), "at": now})

    def wrong_guesses(self, telegram_id: int, since: datetime) -> tuple[int, int]:
        """How many codes that opened nothing were tried since then: by this account, and by all."""
        sender = self._vault.index(TELEGRAM_INDEX, telegram_id)
        counted = self._one(
            _guesses, lambda row: (int(row["own"]), int(row["all"])), sender=sender, since=since
        )
        return counted or (0, 0)

    def forget_guesses(self, before: datetime) -> int:
        return self._change(_forget_guesses, before=before)

    def _made(self, row: Row) -> Invitation:
        name = self._vault.open(NAME, _holder(row["family_id"]), row["id"], row["name"])
        return Invitation(
            **{
                **row,
                "role": Role(row["role"]),
                "name": name,
                "discreet": bool(row["discreet"]),
                "confirmed": bool(row["confirmed"]),
            }
        )

    def _marks(self, code: str) -> dict[str, str]:
        return {"mark": hashed(code), "mark_spoken": self._spoken_mark(as_spoken(code))}

    def _spoken_mark(self, code: str) -> str:
        """Keyed, since whoever stole the store could try all codes of 50 bits."""
        return self._vault.index("spoken code", code).hex()


def _holder(family_id: str | None) -> str:
    return family_holder(family_id) if family_id else HOUSE
