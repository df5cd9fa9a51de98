"""What was done, by whom, to what: pseudonymous ids only, one line for each act, chained by a keyed mark.

Each mark is made of the line and the mark before it, so that no line can be changed, taken out or moved
without the key. The newest mark stands outside the store too (storage/head.py): a cut tail is missed there.
"""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select

from storage.drawer import Drawer, Row
from storage.head import Head, HeadLine
from storage.prepared import Runner
from storage.tables import journal, settings
from storage.types import to_millis
from storage.vault import Vault

ANCHOR = "journal.anchor"
SPLIT = "\x1f"  # stands in no id and no act, so that two lines never look alike

_newest = select(journal).order_by(journal.c.id.desc()).limit(bindparam("most"))
_last = select(journal.c.id, journal.c.mac).order_by(journal.c.id.desc()).limit(1)
_all_lines = (
    select(journal).where(journal.c.id > bindparam("after")).order_by(journal.c.id).limit(bindparam("most"))
)
_mark_of = select(journal.c.id, journal.c.mac).where(journal.c.id == bindparam("id"))
_below = select(func.count().label("n")).select_from(journal).where(journal.c.id <= bindparam("bound"))
_of_family = (
    select(journal)
    .where(journal.c.family_id == bindparam("family_id"), journal.c.id <= bindparam("until"))
    .order_by(journal.c.id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("skip"))
)
_of_person = (
    select(journal)
    .where(or_(journal.c.actor == bindparam("person_id"), journal.c.subject == bindparam("as_subject")))
    .where(journal.c.id <= bindparam("until"))
    .order_by(journal.c.id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("skip"))
)
_of_day = (
    select(journal)
    .where(journal.c.at >= bindparam("begins"), journal.c.at < bindparam("ends"))
    .where(journal.c.id <= bindparam("until"))
    .order_by(journal.c.id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("skip"))
)
# the newest line before all that are kept: a clock that once stood wrong opens no gap in the chain
_first_kept = select(func.min(journal.c.id)).where(journal.c.at >= bindparam("before")).scalar_subquery()
_until = (
    select(journal.c.id, journal.c.mac)
    .where(or_(_first_kept.is_(None), journal.c.id < _first_kept))
    .order_by(journal.c.id.desc())
    .limit(1)
)
_count = select(func.count().label("n")).select_from(journal)
_add = journal.insert().inline()
_purge = journal.delete().where(journal.c.id <= bindparam("last_id"))
_anchor = select(settings.c.value).where(settings.c.name == ANCHOR)
_set_anchor = settings.insert().inline()
_drop_anchor = settings.delete().where(settings.c.name == ANCHOR)

START = HeadLine(0, b"")
NEWEST = 2**63 - 1  # a line that never comes
MOST_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """One line: who (a person's id, "house" or "command line") did what to what, for which family."""

    id: int
    at: datetime
    actor: str
    act: str
    subject: str
    family_id: str | None


class Journal(Drawer):
    """Lines are only ever added; those older than their time of keeping go together, from the oldest on."""

    def __init__(self, runner: Runner, vault: Vault) -> None:
        super().__init__(runner, vault)
        self.grew = False

    def write(self, at: datetime, actor: str, act: str, subject: str, family_id: str | None = None) -> None:
        """Adds a line. `family_id` is whose content was read or changed, if any family's was."""
        before = self.newest_head()
        line = Line(before.id + 1, at, actor, act, subject, family_id)
        mac = self._mark(before.mac, line)
        self._add(_add, {**{name: getattr(line, name) for name in Line.__slots__}, "mac": mac})
        self.grew = True

    def newest_head(self) -> HeadLine:
        """The last line's number and mark; before the first line, number 0."""
        last = self._one(_last, lambda row: HeadLine(row["id"], row["mac"]))
        return last or self._anchored()

    def newest(self, most: int = 50) -> list[dict[str, object]]:
        return self._all(_newest, dict, most=most)

    def of_family(self, family_id: str, most: int, skip: int = 0, until: int = NEWEST) -> list[Line]:
        """The newest first, none newer than line `until`: so that pages stay what they were while lines come."""
        return self._all(_of_family, _made, family_id=family_id, most=most, skip=skip, until=until)

    def of_person(self, person_id: str, most: int, skip: int = 0, until: int = NEWEST) -> list[Line]:
        """What a person did and what was done to them; order and `until` as above."""
        keys = {"person_id": person_id, "as_subject": f"person:{person_id}"}
        return self._all(_of_person, _made, **keys, most=most, skip=skip, until=until)

    def between(
        self, begins: datetime, ends: datetime, most: int, skip: int = 0, until: int = NEWEST
    ) -> list[Line]:
        """Order and `until` as above."""
        return self._all(_of_day, _made, begins=begins, ends=ends, most=most, skip=skip, until=until)

    def faults(self) -> Iterator[str]:
        """Where the chain is broken, one sentence for each fault; nothing when it is whole.

        Called first in its transaction: the line known outside must not be newer than what is seen here.
        """
        head = self.known_outside()
        last: int | None = 0
        while last is not None:
            found, last = self.faults_after(last, MOST_AT_ONCE)
            yield from found
        yield from self.faults_of_ends(head)

    def faults_after(self, last_id: int, most: int) -> tuple[list[str], int | None]:
        """The faults of the next `most` lines after a line, 0 for the first ones, and the last line looked at.

        None instead of that line at the end.
        """
        rows = self._all(_all_lines, lambda row: row, after=last_id, most=most)
        before, found = self._before(last_id), []
        for row in rows:
            line = _made(row)
            if line.id != before.id + 1:
                found.append(
                    f"lines {before.id + 1} to {line.id - 1} are missing, or line {line.id} was moved"
                )
            elif row["mac"] != self._mark(before.mac, line):
                found.append(f"line {line.id} was changed")
            before = HeadLine(line.id, row["mac"])
        return found, before.id if len(rows) == most else None

    def faults_of_ends(self, head: HeadLine | None) -> list[str]:
        """Whether something was put before the first line, or cut off after the last, which is known outside."""
        try:
            anchor = self._anchor()
        except ValueError:
            return ["what the oldest line stands on was forged"]
        found, last = [], self.newest_head().id
        if self._one(_below, lambda row: int(row["n"]), bound=anchor.id):
            found.append(f"there are lines before line {anchor.id + 1}, where none may be")
        if head is None and last > 0:
            found.append(
                f"what is known outside is gone: it can't be told whether line {last} is the last one"
            )
        if head is not None and head.id > anchor.id and self._stands(head.id) != head:
            found.append(
                f"the journal ends with line {last}, and line {head.id} was known outside: its end was cut"
            )
        return found

    def known_outside(self) -> HeadLine | None:
        """The newest line as it was told outside the store; None when there is none that can be read."""
        try:
            return Head(self._vault.keyring.where.journal_head).get()
        except ValueError:
            return None

    def count(self) -> int:
        return self._one(_count, lambda row: int(row["n"])) or 0

    def purge(self, before: datetime) -> int:
        """Forgets lines older than that, and keeps the mark on which the rest stands; how many."""
        last = self._one(_until, lambda row: HeadLine(row["id"], row["mac"]), before=before)
        if last is None:
            return 0
        gone = self._change(_purge, last_id=last.id)
        self._change(_drop_anchor)
        value = f"{last.id} {last.mac.hex()} {self._sign(last).hex()}"
        self._add(_set_anchor, {"name": ANCHOR, "value": value})
        return gone

    def _before(self, last_id: int) -> HeadLine:
        """What the lines after this one stand on: the line itself, or what was kept when it was forgotten."""
        anchor = self._anchored()
        return anchor if last_id <= anchor.id else self._stands(last_id) or anchor

    def _stands(self, id: int) -> HeadLine | None:
        return self._one(_mark_of, lambda row: HeadLine(row["id"], row["mac"]), id=id)

    def _anchored(self) -> HeadLine:
        """What the oldest line stands on; where that was forged, nothing."""
        try:
            return self._anchor()
        except ValueError:
            return START

    def _anchor(self) -> HeadLine:
        value = self._one(_anchor, lambda row: str(row["value"]))
        if value is None:
            return START
        number, mac, sign = value.split()
        line = HeadLine(int(number), bytes.fromhex(mac))
        if not hmac.compare_digest(self._sign(line), bytes.fromhex(sign)):
            raise ValueError("a forged anchor")
        return line

    def _mark(self, before: bytes, line: Line) -> bytes:
        parts = [str(line.id), str(to_millis(line.at)), line.actor, line.act, line.subject]
        said = SPLIT.join(parts if line.family_id is None else [*parts, line.family_id])
        return hmac.digest(self._vault.journal_key, before + said.encode(), "sha256")

    def _sign(self, line: HeadLine) -> bytes:
        return hmac.digest(self._vault.journal_key, b"anchor" + str(line.id).encode() + line.mac, "sha256")


def _made(row: Row) -> Line:
    return Line(**{name: value for name, value in row.items() if name != "mac"})
