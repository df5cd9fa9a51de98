"""Wishes to be forgotten, from the asking to the decision."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, Row
from storage.records import Request, RequestState, new_id
from storage.tables import requests

_open_states = requests.c.state.in_([RequestState.ASKED, RequestState.PROPOSED])
_by_id = select(requests).where(requests.c.id == bindparam("id"))
_open = select(requests).where(_open_states).order_by(requests.c.asked_at)
_open_of = select(requests).where(requests.c.person_id == bindparam("person_id"), _open_states)
_of_family = (
    select(requests)
    .where(requests.c.family_id == bindparam("family_id"))
    .order_by(requests.c.asked_at.desc())
)
_add = requests.insert()
_export = requests.update().where(requests.c.id == bindparam("key")).values(exported_at=bindparam("at"))
_propose = (
    requests.update()
    .where(requests.c.id == bindparam("key"), requests.c.state == RequestState.ASKED)
    .values(state=RequestState.PROPOSED, proposed_by=bindparam("by"), proposed_at=bindparam("at"))
)
_end = (
    requests.update()
    .where(requests.c.id == bindparam("key"), _open_states)
    .values(state=bindparam("to"), decided_by=bindparam("by"), decided_at=bindparam("at"))
)


def _made(row: Row) -> Request:
    return Request(**{**row, "state": RequestState(row["state"])})


class Requests(Drawer):
    """All wishes; those that were granted went with what they were about."""

    def ask(self, person_id: str, family_id: str | None, now: datetime) -> Request:
        """The open wish of this person; a new one where there is none."""
        known = self.open_of(person_id)
        return known if known is not None else self.begin(person_id, family_id, now)

    def begin(self, person_id: str, family_id: str | None, now: datetime) -> Request:
        """A new one, whatever else this person has asked for: staff begin several, for one family each."""
        fresh = Request(new_id(), person_id, family_id, RequestState.ASKED, now, None, None, None, None, None)
        self._add(_add, {name: getattr(fresh, name) for name in Request.__slots__})
        return fresh

    def get(self, id: str) -> Request | None:
        return self._one(_by_id, _made, id=id)

    def open(self) -> list[Request]:
        """Those nobody has decided, the longest waiting first."""
        return self._all(_open, _made)

    def open_of(self, person_id: str) -> Request | None:
        return self._one(_open_of, _made, person_id=person_id)

    def of_family(self, family_id: str) -> list[Request]:
        return self._all(_of_family, _made, family_id=family_id)

    def exported(self, id: str, now: datetime) -> None:
        """What belongs to the file has been handed out (section 9b SGB VIII)."""
        self._change(_export, key=id, at=now)

    def propose(self, id: str, by: str, now: datetime) -> bool:
        """The caseworker agrees; a second person has to. True only once."""
        return self._change(_propose, key=id, by=by, at=now) == 1

    def end(self, id: str, to: RequestState, by: str, now: datetime) -> bool:
        """Refused, or withdrawn by whoever asked. True only once."""
        return self._change(_end, key=id, to=to, by=by, at=now) == 1
