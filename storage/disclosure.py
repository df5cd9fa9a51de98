"""All that lies here about a person or a family, as plain rows, and what is held back, each with its reason.

Every column of every table stands here once: told, what finds the row, or held back (tests/storage proves it).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Select, Table, bindparam, select

from storage import sealed
from storage.drawer import Drawer, Row
from storage.parts import ENTRUSTED as ENTRUSTED
from storage.parts import HELD_BACK as HELD_BACK
from storage.parts import MARKS, Part
from storage.parts import OTHERS as OTHERS
from storage.parts import PARTS as PARTS
from storage.parts import SECRET as SECRET
from storage.people import NAME, TELEGRAM, TELEGRAM_INDEX
from storage.tables import metadata, people
from storage.vault import person_holder

Value: TypeAlias = str | int | datetime | None
Told: TypeAlias = dict[str, Value]
# what one parent reads of it may reach whoever the other one, or a child, is to be kept safe from
PROTECTION = "protection"
NOT_THEIRS: Mapping[str, str] = {part.table: PROTECTION for part in PARTS if part.in_the_file}
ASKED = "only_for"  # who alone is asked: the family's others must not learn where she will be
OWN = {
    "checkins": "person_id",
    "alarms": "person_id",
    "worries": "person_id",
    "requests": "person_id",
    "consents": "person_id",
    "invitations": "used_by",
    "moves": "person_id",
}
_SEALED = {(one.field.table, one.field.column): one for one in sealed.FIELDS}


def _selecting(table: Table) -> Select[Any]:
    """All columns, with what is needed to open the sealed ones."""
    with_holder = next((one for (name, _), one in _SEALED.items() if name == table.name), None)
    return with_holder.rows if with_holder else select(table)


def _names_somebody(table: Table, column: str) -> bool:
    return any(key.column.table is people for key in table.c[column].foreign_keys)


_wanted = {
    part: _selecting(metadata.tables[part.table]).where(
        metadata.tables[part.table].c[part.by] == bindparam("whose")
    )
    for part in PARTS
}
_own_ids = {
    name: select(metadata.tables[name].c.id).where(metadata.tables[name].c[by] == bindparam("whose"))
    for name, by in OWN.items()
}
_name_of = select(people.c.name).where(people.c.id == bindparam("id"))


@dataclass
class Disclosed:
    """What was found: parts with their rows, in a reader's order; empty ones are left out."""

    parts: list[tuple[Part, list[Told]]] = field(default_factory=list)

    def rows(self, table: str) -> list[Told]:
        """All rows of a table."""
        return [row for part, rows in self.parts for row in rows if part.table == table]


class Disclosure(Drawer):
    """Reads across all tables; changes nothing."""

    def of(self, person_ids: Sequence[str], family_id: str | None, *, for_file: bool = False) -> Disclosed:
        """Everything about these people and this family. With several people each row says whose it is.

        Only `for_file`, the agency's own, are the parts that stand nowhere else, and what one of the family alone
        is asked to.
        """
        ids: dict[str, Sequence[Any]] = {
            "people": person_ids,
            "families": [family_id] if family_id else [],
            MARKS: self._marks(person_ids),
        }
        found = Disclosed()
        for part in PARTS:
            if part.in_the_file and not for_file:
                continue
            rows = self._rows(part, ids.get(part.of, []))
            if not for_file:
                rows = [row for row in rows if row.get(ASKED) is None or row[ASKED] in person_ids]
            ids.setdefault(part.table, [row["id"] for row in rows if "id" in row])
            if rows:
                names = len(person_ids) > 1 and part.of == "people"
                found.parts.append((part, [self._told(part, row, whose=names) for row in rows]))
        return found

    def ids_of(self, person_id: str) -> list[str]:
        """The ids by which the journal names what is this one person's own."""
        found: list[str] = []
        for wanted in _own_ids.values():
            found += self._all(wanted, lambda row: str(row["id"]), whose=person_id)
        return found

    def _rows(self, part: Part, ids: Sequence[Any]) -> list[Row]:
        return [row for id in ids for row in self._all(_wanted[part], lambda row: row, whose=id)]

    def _told(self, part: Part, row: Row, *, whose: bool) -> Told:
        table = metadata.tables[part.table]
        told: Told = {"person": self._name(row[part.by])} if whose else {}
        for name in part.told:
            value = row[name]
            field_ = _SEALED.get((part.table, name))
            if field_ is not None:
                value = (
                    self._vault.open(field_.field, field_.holder(row), row[field_.row], value)
                    if value
                    else ""
                )
            elif _names_somebody(table, name):
                value = self._name(value)
            told[name] = value
        return told

    def _name(self, person_id: str | None) -> str | None:
        if person_id is None:
            return None
        return self._one(
            _name_of,
            lambda row: self._vault.open(NAME, person_holder(person_id), person_id, row["name"]),
            id=person_id,
        )

    def _marks(self, person_ids: Sequence[str]) -> list[bytes]:
        numbers = [
            self._vault.open(TELEGRAM, person_holder(row["id"]), row["id"], row["telegram_id"])
            for row in self._rows(PARTS[0], person_ids)
        ]
        return [self._vault.index(TELEGRAM_INDEX, number) for number in numbers]
