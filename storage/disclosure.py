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

    Of `counted` ones a person reads how many there are; the file for machines has them all. What stands only
    `in_the_file` goes with the family's case file and is not handed to whoever asks for their own.
    """

    table: str
    by: str
    of: str
    told: tuple[str, ...]
    counted: bool = False
    in_the_file: bool = False


def _part(
    table: str, by: str, of: str, told: str, *, counted: bool = False, in_the_file: bool = False
) -> Part:
    return Part(table, by, of, tuple(told.split()), counted, in_the_file)


PARTS = (
    _part(
        "people",
        "id",
        "people",
        "name telegram_id language hint blocked discreet paused_at created_at shown_as",
    ),
    _part("roles", "person_id", "people", "role since"),
    _part("families", "id", "families", "label caseworker_id created_at"),
    _part("enrolments", "family_id", "families", "offer_id since"),
    _part("appointments", "family_id", "families", "id kind starts_at place state caseworker_id"),
    _part("answers", "person_id", "people", "appointment_id answer at"),
    _part("checkins", "person_id", "people", "mood note at"),
    _part(
        "alarms",
        "person_id",
        "people",
        "id number opened_at state site_id taken_by taken_at promise promised_for wish safe_at withdrawn_at "
        "outcome ended_at",
    ),
    _part("lines", "alarm_id", "alarms", "alarm_id text at"),
    _part("pages", "alarm_id", "alarms", "alarm_id person_id paged_at delivered_at seen_at"),
    _part("takes", "alarm_id", "alarms", "alarm_id person_id at"),
    _part("happenings", "alarm_id", "alarms", "alarm_id at what done_by step", counted=True),
    _part("debriefs", "alarm_id", "alarms", "alarm_id written_by at"),
    _part("worries", "person_id", "people", "text at state"),
    _part("concerns", "family_id", "families", "number opened_at closed_at opened_by", in_the_file=True),
    _part("concern_marks", "family_id", "families", "point marked_by at note", in_the_file=True),
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
    _part("duties", "person_id", "people", "step since on tested_at"),
    _part(
        "patterns",
        "person_id",
        "people",
        "id site_id step weekday begins ends first_day last_day",
        counted=True,
    ),
    _part("shifts", "person_id", "people", "id site_id step starts_at ends_at state day", counted=True),
    _part("swaps", "asker_id", "people", "shift_id asked_id state asked_at answered_at", counted=True),
    _part("swaps", "asked_id", "people", "shift_id asker_id state asked_at answered_at", counted=True),
    _part("probes", "person_id", "people", "sent_at delivered_at answered_at", counted=True),
    _part("second_ways", "person_id", "people", "id added_at confirmed_at"),
    _part("rings", "way_id", "second_ways", "alarm_id text state created_at settled_at", counted=True),
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
    **dict.fromkeys(
        ("sites", "offers", "crisis_numbers", "policies", "settings", "timers", "crisis_places"), NOBODY
    ),
    **dict.fromkeys(("sessions", "incidents", "drills", "holds", "debriefs.text"), WORK),
    **dict.fromkeys(("members", "journal", "people.telegram_index"), ELSEWHERE),
    **dict.fromkeys(("checkins.family_id", "alarms.family_id", "requests.family_id"), ELSEWHERE),
    **dict.fromkeys(("worries.family_id", "concerns.alarm_number"), ELSEWHERE),
    **dict.fromkeys(("invitations.family_id", "invitations.name", "deliveries.chat_id"), ELSEWHERE),
    **dict.fromkeys(("deliveries.body", "covers.body", "updates.raw", "dialogues.content"), PASSING),
    **dict.fromkeys(("logins.secret", "logins.last_step", "second_ways.address"), SECRET),
    **dict.fromkeys(("invitations.code_hash", "invitations.spoken_hash"), SECRET),
    "entrusted.text": ENTRUSTED,
    "legal_holds.ground": OTHERS,
    **dict.fromkeys(
        (
            *("appointments.revision", "appointments.session_id", "checkins.id", "consents.id"),
            *("alarms.policy", "alarms.step", "alarms.round", "alarms.revision", "lines.id", "pages.step"),
            *("alarms.reminded_at", "alarms.forgotten_at", "alarms.taken_step"),
            *("entrusted.id", "requests.id", "deputies.id", "guesses.id", "cards.id", "cards.about"),
            *("invitations.id", "invitations.step", "invitations.created_at", "invitations.expires_at"),
            *("deliveries.id", "deliveries.lane", "deliveries.card_id", "deliveries.edits"),
            *("deliveries.about", "deliveries.attempts", "deliveries.not_before"),
            *("deliveries.lease_until", "deliveries.failure", "covers.card_id"),
            *("happenings.id", "debriefs.id", "worries.id", "concerns.id", "concern_marks.id"),
            *("concern_marks.concern_id", "shifts.pattern_id", "shifts.uid", "swaps.id", "probes.id"),
            *("probes.drill_id", "rings.id", "rings.attempts", "rings.not_before", "rings.lease_until"),
            "rings.failure",
            *("updates.update_id", "updates.tries", "updates.failure"),
        ),
        TECHNICAL,
    ),
}
# what one parent reads of it may reach whoever the other one, or a child, is to be kept safe from
PROTECTION = "protection"
NOT_THEIRS: Mapping[str, str] = {part.table: PROTECTION for part in PARTS if part.in_the_file}
OWN = {
    "checkins": "person_id",
    "alarms": "person_id",
    "worries": "person_id",
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

    def of(self, person_ids: Sequence[str], family_id: str | None, *, for_file: bool = False) -> Disclosed:
        """Everything about these people and this family. With several people each row says whose it is.

        Only `for_file`, the agency's own, are the parts that stand nowhere else.
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
