"""How members of staff show that it is them: the secret of their code app and their open sessions."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, Row
from storage.records import Login
from storage.tables import logins
from storage.vault import Field, person_holder

_of = select(logins).where(logins.c.person_id == bindparam("person_id"))
_add = logins.insert()
_drop = logins.delete().where(logins.c.person_id == bindparam("person"))
# A code opens once: of two who bring the same, the second finds its step used.
_enter = (
    logins.update()
    .where(logins.c.person_id == bindparam("person"), logins.c.last_step < bindparam("step"))
    .values(
        confirmed=1,
        last_step=bindparam("step"),
        open_until=bindparam("until"),
        fresh_until=bindparam("fresh"),
        failures=0,
        locked_until=None,
    )
)
_fail = (
    logins.update()
    .where(logins.c.person_id == bindparam("person"))
    .values(failures=bindparam("count"), locked_until=bindparam("until"))
)
_leave = (
    logins.update().where(logins.c.person_id == bindparam("person")).values(open_until=None, fresh_until=None)
)
SECRET = Field("logins", "secret")


class Logins(Drawer):
    """At most one secret for each member of staff."""

    def of(self, person_id: str) -> Login | None:
        return self._one(_of, self._made, person_id=person_id)

    def begin(self, person_id: str, secret: str) -> None:
        """A new secret, still to be confirmed with a first code; the one before is void."""
        self.drop(person_id)
        sealed = self._vault.seal(SECRET, person_holder(person_id), person_id, secret)
        row = {"person_id": person_id, "secret": sealed, "confirmed": 0, "last_step": 0, "failures": 0}
        self._add(_add, {**row, "open_until": None, "fresh_until": None, "locked_until": None})

    def enter(self, person_id: str, step: int, open_until: datetime, fresh_until: datetime) -> bool:
        """Opens a session with the code of a time step. False when that step, or a later one, was used."""
        return self._change(_enter, person=person_id, step=step, until=open_until, fresh=fresh_until) == 1

    def failed(self, person_id: str, failures: int, locked_until: datetime | None) -> None:
        """A wrong code: how many there have been in a row, and until when none is taken."""
        self._change(_fail, person=person_id, count=failures, until=locked_until)

    def leave(self, person_id: str) -> None:
        """Ends the session."""
        self._change(_leave, person=person_id)

    def drop(self, person_id: str) -> None:
        """Forgets the secret; the person has to connect a code app anew."""
        self._change(_drop, person=person_id)

    def _made(self, row: Row) -> Login:
        secret = self._vault.open(SECRET, person_holder(row["person_id"]), row["person_id"], row["secret"])
        return Login(**{**row, "secret": secret, "confirmed": bool(row["confirmed"])})
