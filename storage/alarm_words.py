"""What is written down about an alarm: the person's own lines, its log, and what the team wants to remember."""

from datetime import datetime

from sqlalchemy import bindparam, func, select

from storage.drawer import Drawer, Row, row_of
from storage.records import Alarm, Debrief, Happening, Logged, new_id
from storage.tables import debriefs, happenings, lines
from storage.vault import Field, family_holder, person_holder

LINE, DEBRIEF = Field("lines", "text"), Field("debriefs", "text")

_happened = happenings.insert().inline()
_last_happening = select(func.coalesce(func.max(happenings.c.id), 0).label("last"))
_log = select(happenings).where(happenings.c.alarm_id == bindparam("alarm_id")).order_by(happenings.c.id)
_add_debrief = debriefs.insert()
_debriefs = select(debriefs).where(debriefs.c.alarm_id == bindparam("alarm_id")).order_by(debriefs.c.at)
_add_line = lines.insert().inline()
_last_line = select(func.coalesce(func.max(lines.c.id), 0).label("last"))
_lines = (
    select(lines.c.id, lines.c.text).where(lines.c.alarm_id == bindparam("alarm_id")).order_by(lines.c.id)
)
_forget_lines = lines.delete().where(lines.c.alarm_id == bindparam("alarm"))


def _holder(alarm: Alarm) -> str:
    return family_holder(alarm.family_id) if alarm.family_id else person_holder(alarm.person_id)


class AlarmWords(Drawer):
    """Sealed with the key of whoever raised the alarm, save for the log, which holds no words."""

    def log(
        self, id: str, what: Happening, now: datetime, by: str | None = None, step: int | None = None
    ) -> None:
        """Adds a line to the alarm's log. `by` is the id of whoever did it or was paged."""
        number = (self._one(_last_happening, lambda row: int(row["last"])) or 0) + 1
        row = {"id": number, "alarm_id": id, "at": now, "what": what, "done_by": by, "step": step}
        self._add(_happened, row)

    def logged(self, id: str) -> list[Logged]:
        """The alarm's log, the oldest first."""
        return self._all(
            _log,
            lambda row: Logged(row["at"], Happening(row["what"]), row["done_by"], row["step"]),
            alarm_id=id,
        )

    def add_debrief(self, alarm: Alarm, by: str, text: str, now: datetime) -> Debrief:
        fresh = Debrief(new_id(), alarm.id, by, text, now)
        sealed = self._vault.seal(DEBRIEF, _holder(alarm), fresh.id, text)
        self._add(_add_debrief, {**row_of(fresh, debriefs), "text": sealed})
        return fresh

    def debriefs(self, alarm: Alarm) -> list[Debrief]:
        """What was written down about it, the oldest first."""

        def made(row: Row) -> Debrief:
            return Debrief(
                **{**row, "text": self._vault.open(DEBRIEF, _holder(alarm), row["id"], row["text"])}
            )

        return self._all(_debriefs, made, alarm_id=alarm.id)

    def add_line(self, alarm: Alarm, text: str, now: datetime) -> None:
        """Keeps what the person wrote for whoever takes the alarm, until it ends."""
        id = (self._one(_last_line, lambda row: int(row["last"])) or 0) + 1
        sealed = self._vault.seal(LINE, _holder(alarm), id, text)
        self._add(_add_line, {"id": id, "alarm_id": alarm.id, "text": sealed, "at": now})

    def lines(self, alarm: Alarm) -> list[str]:
        rows = self._all(_lines, lambda row: row, alarm_id=alarm.id)
        return [self._vault.open(LINE, _holder(alarm), row["id"], row["text"]) for row in rows]

    def forget_lines(self, alarm_id: str) -> None:
        self._change(_forget_lines, alarm=alarm_id)
