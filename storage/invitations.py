"""Doors that open once: invitations by code, of which only the hash is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, Row
from storage.records import Invitation, Role, new_id
from storage.tables import invitations

VALID_FOR = timedelta(hours=72)
CODE_BYTES = 17  # 136 random bits; Telegram allows 64 characters after start=

_columns = [c for c in invitations.c if c.name not in {"code_hash", "created_at", "used_by"}]
_by_hash = select(*_columns).where(invitations.c.code_hash == bindparam("code_hash"))
_open = select(*_columns).where(
    invitations.c.code_hash == bindparam("code_hash"),
    invitations.c.used_at.is_(None),
    invitations.c.expires_at > bindparam("now"),
)
_used_by = select(invitations.c.id).where(
    invitations.c.code_hash == bindparam("code_hash"), invitations.c.used_by == bindparam("person_id")
)
_add = invitations.insert()
_use = (
    invitations.update()
    .where(
        invitations.c.code_hash == bindparam("key"),
        invitations.c.used_at.is_(None),
        invitations.c.expires_at > bindparam("now"),
    )
    .values(used_at=bindparam("now"), used_by=bindparam("used_by"))
)


def hashed(code: str) -> str:
    """What the store knows of a code. A random 136-bit code needs no salt and no slow hash."""
    return hashlib.sha256(code.encode()).hexdigest()


def _made(row: Row) -> Invitation:
    return Invitation(**{**row, "role": Role(row["role"])})


class Invitations(Drawer):
    """Every invitation ever made."""

    def add(
        self,
        role: Role,
        name: str,
        now: datetime,
        *,
        family_id: str | None = None,
        step: int | None = None,
        invited_by: str | None = None,
    ) -> tuple[str, datetime]:
        """Makes an invitation; returns its code, which is shown once and never again, and its last moment."""
        code = secrets.token_urlsafe(CODE_BYTES)
        expires_at = now + VALID_FOR
        self._add(
            _add,
            {
                "id": new_id(),
                "code_hash": hashed(code),
                "role": role,
                "name": name,
                "family_id": family_id,
                "step": step,
                "invited_by": invited_by,
                "created_at": now,
                "expires_at": expires_at,
                "used_at": None,
                "used_by": None,
            },
        )
        return code, expires_at

    def find(self, code: str, now: datetime) -> Invitation | None:
        """The invitation as long as it is open; looking does not use it up."""
        return self._one(_open, _made, code_hash=hashed(code), now=now)

    def was_used_by(self, code: str, person_id: str) -> bool:
        """Whether this very person came in by this code, however long ago."""
        return self._one(_used_by, dict, code_hash=hashed(code), person_id=person_id) is not None

    def redeem(self, code: str, person_id: str, now: datetime) -> Invitation | None:
        """The invitation, for exactly one of all who try; None when unknown, used or expired."""
        key = hashed(code)
        if self._change(_use, key=key, now=now, used_by=person_id) == 0:
            return None
        return self._one(_by_hash, _made, code_hash=key)
