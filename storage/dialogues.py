"""Where each person stands in a conversation of several steps: one row each, changed with what it led to."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from storage.drawer import Drawer, Row
from storage.records import Dialogue
from storage.tables import dialogues
from storage.vault import Field, person_holder

LASTS = timedelta(hours=24)

_of = select(dialogues.c.person_id, dialogues.c.room, dialogues.c.step, dialogues.c.content).where(
    dialogues.c.person_id == bindparam("person_id"), dialogues.c.expires_at > bindparam("now")
)
_everyones = select(dialogues.c.person_id, dialogues.c.room, dialogues.c.step, dialogues.c.content)
_add = dialogues.insert()
_drop = dialogues.delete().where(dialogues.c.person_id == bindparam("person"))
_drop_of = _drop.where(dialogues.c.room == bindparam("of"))


CONTENT = Field("dialogues", "content")


class Dialogues(Drawer):
    """At most one open conversation for each person."""

    def of(self, person_id: str, now: datetime) -> Dialogue | None:
        return self._one(_of, self._made, person_id=person_id, now=now)

    def put(self, person_id: str, room: str, step: str, content: Mapping[str, Any], now: datetime) -> None:
        """Where the person stands now; what was there before is over. Forgotten after 24 hours."""
        self.drop(person_id)
        said = json.dumps(dict(content))
        sealed = self._vault.seal(CONTENT, person_holder(person_id), person_id, said)
        row = {"person_id": person_id, "room": room, "step": step, "content": sealed}
        self._add(_add, {**row, "expires_at": now + LASTS})

    def _said(self, row: Row) -> str:
        return self._vault.open(CONTENT, person_holder(row["person_id"]), row["person_id"], row["content"])

    def _made(self, row: Row) -> Dialogue:
        return Dialogue(**{**row, "content": json.loads(self._said(row))})

    def about(self, ids: Collection[str]) -> list[str]:
        """Whose conversations name one of these anywhere, or can't be read any more, so that nobody knows."""
        return [
            row["person_id"]
            for row, opened in self._tried(_everyones, self._said)
            if opened is None or any(id in opened for id in ids)
        ]

    def drop(self, person_id: str, room: str | None = None) -> None:
        """Ends the conversation the person is in; only that of this room, where one is named."""
        if room is None:
            self._change(_drop, person=person_id)
        else:
            self._change(_drop_of, person=person_id, of=room)
