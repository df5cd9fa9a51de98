"""What is sealed, under whose key, bound to which row: one entry for every sealed column there is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, false, select

from storage import (
    appointments,
    checkins,
    covers,
    deliveries,
    dialogues,
    entrusted,
    families,
    incidents,
    invitations,
    legal_holds,
    logins,
    people,
    training,
    updates,
)
from storage.alarms import DEBRIEF, LINE
from storage.calendars import IMPORT
from storage.concerns import NOTE as CONCERN_NOTE
from storage.courses import PLACE as COURSE_PLACE
from storage.declines import REASON
from storage.drawer import Drawer, Row
from storage.second_ways import ADDRESS as WAY
from storage.tables import alarms, metadata
from storage.updates import day_holder
from storage.vault import HOUSE, Field, family_holder, key_id, person_holder
from storage.worries import TEXT as WORRY

FAMILY, PERSON, DAY = "family", "person", "day"
OF_ALARMS = frozenset({LINE, DEBRIEF})  # whose they are stands with the alarm


@dataclass(frozen=True)
class Whose:
    """The columns that say whose key seals a row: its family's, else its person's, else the house's."""

    family: str | None = None
    person: str | None = None
    day: str | None = None

    def holder(self, row: Row) -> str:
        if self.day is not None:
            return day_holder(row[self.day])
        if self.family is not None and row[self.family]:
            return family_holder(row[self.family])
        return person_holder(row[self.person] if self.person is not None else None)

    def rows_of(self, holder: str, rows: Select[Any]) -> Select[Any]:
        """Those of the rows that may be this holder's."""
        columns = rows.selected_columns
        kind, _, id = holder.partition(":")
        wanted: list[ColumnElement[bool]] = []
        if kind != DAY and self.day is not None:
            wanted.append(false())
        for of, column in ((FAMILY, self.family), (PERSON, self.person)):
            if kind == of:
                wanted.append(columns[column] == id if column is not None else false())
            elif column is not None and (kind == HOUSE or of == FAMILY):
                wanted.append(columns[column].is_(None))
        return rows.where(*wanted)


@dataclass(frozen=True)
class SealedField:
    """A sealed column. `row` names the column whose value it is bound to."""

    field: Field
    whose: Whose
    row: str = "id"

    def holder(self, row: Row) -> str:
        """Whose key seals this row's value."""
        return self.whose.holder(row)

    @property
    def rows(self) -> Select[Any]:
        """All rows, with all that `holder` asks for."""
        table = metadata.tables[self.field.table]
        if self.field in OF_ALARMS:
            return select(table, alarms.c.family_id, alarms.c.person_id).join(alarms)
        return select(table)


ITS_FAMILY, ITS_PERSON, THE_HOUSE = Whose(family="family_id"), Whose(person="person_id"), Whose()
WHO_RAISED_IT = Whose(family="family_id", person="person_id")
FIELDS = (
    SealedField(people.TELEGRAM, Whose(person="id")),
    SealedField(people.NAME, Whose(person="id")),
    SealedField(families.LABEL, Whose(family="id")),
    SealedField(invitations.NAME, ITS_FAMILY),
    SealedField(logins.SECRET, ITS_PERSON, row="person_id"),
    SealedField(training.PLACE, THE_HOUSE),
    SealedField(COURSE_PLACE, THE_HOUSE),
    SealedField(appointments.PLACE, ITS_FAMILY),
    SealedField(REASON, ITS_FAMILY),
    SealedField(IMPORT, ITS_PERSON, row="person_id"),
    SealedField(checkins.NOTE, ITS_FAMILY),
    SealedField(entrusted.TEXT, ITS_FAMILY),
    SealedField(legal_holds.GROUND, ITS_FAMILY, row="family_id"),
    SealedField(LINE, WHO_RAISED_IT),
    SealedField(DEBRIEF, WHO_RAISED_IT),
    SealedField(WORRY, WHO_RAISED_IT),
    SealedField(CONCERN_NOTE, ITS_FAMILY),
    SealedField(WAY, ITS_PERSON),
    SealedField(deliveries.CHAT, ITS_PERSON),
    SealedField(deliveries.BODY, ITS_PERSON),
    SealedField(dialogues.CONTENT, ITS_PERSON, row="person_id"),
    SealedField(covers.BODY, ITS_PERSON, row="card_id"),
    SealedField(updates.RAW, Whose(day="arrived_at"), row="update_id"),
    SealedField(incidents.SUMMARY, THE_HOUSE),
)


class SealedRows(Drawer):
    """Every sealed value in the store, whatever it is for."""

    def of(self, sealed: SealedField, holder: str | None = None) -> Iterator[tuple[Row, bytes]]:
        """Each row with its sealed value, of one holder or of all; empty ones are passed over."""
        column = sealed.field.column
        wanted = sealed.rows if holder is None else sealed.whose.rows_of(holder, sealed.rows)
        found = self._all(wanted, lambda row: row)
        return ((row, row[column]) for row in found if row[column] and holder in {None, sealed.holder(row)})

    def reseal(self, holder: str) -> int:
        """Seals all of a holder's things with the key that is current now; how many were not yet."""
        return sum(self._reseal(sealed, holder) for sealed in FIELDS)

    def _reseal(self, sealed: SealedField, holder: str) -> int:
        field, table, current = sealed.field, metadata.tables[sealed.field.table], None
        change = (
            table.update()
            .where(table.c[sealed.row] == bindparam("key"))
            .values({table.c[field.column]: bindparam("fresh")})
        )
        resealed = 0
        for row, value in self.of(sealed, holder):
            current = current or self._vault.keyring.current(holder).id
            if key_id(value) != current:
                text = self._vault.open(field, holder, row[sealed.row], value)
                fresh = self._vault.seal(field, holder, row[sealed.row], text)
                resealed += self._change(change, key=row[sealed.row], fresh=fresh)
        return resealed

    def opened(self) -> Iterator[tuple[Field, str, str]]:
        """Everything that can be read: field, holder, text. Raises Shredded at the first that can't."""
        for sealed in FIELDS:
            for row, value in self.of(sealed):
                holder = sealed.holder(row)
                yield sealed.field, holder, self._vault.open(sealed.field, holder, row[sealed.row], value)

    def unreadable(self) -> set[str]:
        """The holders of whom something lies here that no key opens any more."""
        return {
            sealed.holder(row)
            for sealed in FIELDS
            for row, value in self.of(sealed)
            if not self._vault.is_readable(value)
        }

    def uses(self, key: bytes, holder: str) -> bool:
        """Whether anything of this holder still lies here that only this key opens."""
        return any(key_id(value) == key for sealed in FIELDS for _, value in self.of(sealed, holder))
