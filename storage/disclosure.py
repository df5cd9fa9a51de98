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
from storage.people import NAME, TELEGRAM, TELEGRAM_INDEX
from storage.tables import metadata, people
from storage.vault import person_holder

Value: TypeAlias = str | int | datetime | None
Told: TypeAlias = dict[str, Value]
MARKS = "marks"  # what stands for an account where nobody's number may be read


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a table whose column `by` names somebody of `of` (people, families, alarms), and what they tell.

    Of `counted` ones a person reads how many there are; the file for machines has them all.
    """

    table: str
    by: str
    of: str
    told: tuple[str, ...]
    counted: bool = False


def _part(table: str, by: str, of: str, told: str, *, counted: bool = False) -> Part:
    return Part(table, by, of, tuple(told.split()), counted)


PARTS = (
    _part("people", "id", "people", "name telegram_id language hint blocked discreet paused_at created_at"),
    _part("roles", "person_id", "people", "role since"),
    _part("families", "id", "families", "label caseworker_id created_at"),
    _part("enrolments", "family_id", "families", "offer_id since"),
    _part("appointments", "family_id", "families", "id kind starts_at place state caseworker_id"),
    _part("answers", "person_id", "people", "appointment_id answer at"),
    _part("checkins", "person_id", "people", "mood note at"),
    _part("alarms", "person_id", "people", "id number opened_at state taken_by withdrawn_at"),
    _part("lines", "alarm_id", "alarms", "alarm_id text at"),
    _part("pages", "alarm_id", "alarms", "alarm_id person_id paged_at delivered_at"),
    _part("entrusted", "family_id", "families", "confidant_id at"),
    _part("consents", "person_id", "people", "purpose version text_hash language given_at revoked_at"),
    _part(
        "requests",
        "person_id",
        "people",
        "state asked_at exported_at proposed_by proposed_at decided_by decided_at",
    ),
    _part("legal_holds", "family_id", "families", "since set_by"),
    _part(
        "invitations", "used_by", "people", "role discreet confirmed invited_by used_at decided_by decided_at"
    ),
    _part("deputies", "caseworker_id", "people", "deputy_id starts_at ends_at made_by"),
    _part("deputies", "deputy_id", "people", "caseworker_id starts_at ends_at made_by"),
    _part("duties", "person_id", "people", "step since on"),
    _part("logins", "person_id", "people", "confirmed open_until fresh_until failures locked_until"),
    _part("dialogues", "person_id", "people", "room step expires_at"),
    _part("cards", "person_id", "people", "message_id created_at", counted=True),
    _part("deliveries", "person_id", "people", "method state created_at settled_at", counted=True),
    _part("covers", "person_id", "people", "created_at", counted=True),
    _part("traces", "person_id", "people", "message_id at", counted=True),
    _part("updates", "sender", MARKS, "state arrived_at", counted=True),
    _part("guesses", "sender", MARKS, "at", counted=True),
)
# why a column, or a whole table, is in nobody's file; each word has a text in the staff's papers
TECHNICAL, ELSEWHERE, OTHERS, SECRET, ENTRUSTED, WORK, PASSING, NOBODY = (
    "technical",  # says nothing about anybody
    "elsewhere",  # stands in the file under another name
    "others",  # would tell of somebody else
    "secret",  # whoever had it could act in their name
    "entrusted",  # only the confidant may hand it out (section 65 SGB VIII)
    "work",  # what a member of staff did for the agency
    "passing",  # words on their way, gone within the hour
    "nobody",  # about no person at all
)
HELD_BACK: Mapping[str, str] = {
    **dict.fromkeys(("sites", "offers", "crisis_numbers", "escalation_steps", "settings", "timers"), NOBODY),
    **dict.fromkeys(("sessions", "incidents"), WORK),
    **dict.fromkeys(("members", "journal", "people.telegram_index"), ELSEWHERE),
    **dict.fromkeys(("checkins.family_id", "alarms.family_id", "requests.family_id"), ELSEWHERE),
    **dict.fromkeys(("invitations.family_id", "invitations.name", "deliveries.chat_id"), ELSEWHERE),
    **dict.fromkeys(("deliveries.body", "covers.body", "updates.raw", "dialogues.content"), PASSING),
    **dict.fromkeys(("logins.secret", "logins.last_step"), SECRET),
    **dict.fromkeys(("invitations.code_hash", "invitations.spoken_hash"), SECRET),
    "entrusted.text": ENTRUSTED,
    "legal_holds.ground": OTHERS,
    **dict.fromkeys(
        (
            *("appointments.revision", "appointments.session_id", "checkins.id", "consents.id"),
            *("alarms.policy", "alarms.step", "alarms.round", "alarms.revision", "lines.id", "pages.step"),
            *("entrusted.id", "requests.id", "deputies.id", "guesses.id", "cards.id", "cards.about"),
            *("invitations.id", "invitations.step", "invitations.created_at", "invitations.expires_at"),
            *("deliveries.id", "deliveries.lane", "deliveries.card_id", "deliveries.edits"),
            *("deliveries.about", "deliveries.attempts", "deliveries.not_before"),
            *("deliveries.lease_until", "deliveries.failure", "covers.card_id"),
            *("updates.update_id", "updates.tries", "updates.failure"),
        ),
        TECHNICAL,
    ),
}
OWN = {
    "checkins": "person_id",
    "alarms": "person_id",
    "requests": "person_id",
    "consents": "person_id",
    "invitations": "used_by",
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

    def of(self, person_ids: Sequence[str], family_id: str | None) -> Disclosed:
        """Everything about these people and this family. With several people each row says whose it is."""
        ids: dict[str, Sequence[Any]] = {
            "people": person_ids,
            "families": [family_id] if family_id else [],
            MARKS: self._marks(person_ids),
        }
        found = Disclosed()
        for part in PARTS:
            rows = self._rows(part, ids.get(part.of, []))
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
