"""What was done, by whom, to what: pseudonymous ids only, one line for each act."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.drawer import Drawer
from storage.tables import journal

_newest = select(journal).order_by(journal.c.id.desc()).limit(bindparam("most"))
_add = journal.insert().inline()


class Journal(Drawer):
    """Lines are only ever added."""

    def write(self, at: datetime, actor: str, act: str, subject: str) -> None:
        self._add(_add, {"at": at, "actor": actor, "act": act, "subject": subject})

    def newest(self, most: int = 50) -> list[dict[str, object]]:
        return self._all(_newest, dict, most=most)
