"""Where each person stands in a conversation of several steps: one row each, changed with what it led to."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, Row
from storage.records import Dialogue
from storage.tables import dialogues

LASTS = timedelta(hours=24)

_of = select(dialogues.c.person_id, dialogues.c.room, dialogues.c.step, dialogues.c.content).where(
    dialogues.c.person_id == bindparam("person_id"), dialogues.c.expires_at > bindparam("now")
)
_add = dialogues.insert()
_drop = dialogues.delete().where(dialogues.c.person_id == bindparam("person"))


def _made(row: Row) -> Dialogue:
    return Dialogue(**{**row, "content": json.loads(row["content"])})


class Dialogues(Drawer):
    """At most one open conversation for each person."""

    def of(self, person_id: str, now: datetime) -> Dialogue | None:
        return self._one(_of, _made, person_id=person_id, now=now)

    def put(self, person_id: str, room: str, step: str, content: Mapping[str, Any], now: datetime) -> None:
        """Where the person stands now; what was there before is over. Forgotten after 24 hours."""
        self.drop(person_id)
        row = {"person_id": person_id, "room": room, "step": step, "content": json.dumps(dict(content))}
        self._add(_add, {**row, "expires_at": now + LASTS})

    def drop(self, person_id: str) -> None:
        self._change(_drop, person=person_id)
