"""Moves what lay open in the first version's tables into sealed ones, row by row."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, text

from storage.prepared import Runner
from storage.types import from_millis
from storage.updates import day_holder
from storage.vault import HOUSE, Field, Vault, family_holder, person_holder

Row = dict[str, Any]
Change = Callable[[Vault, Row], Row]


def _people(vault: Vault, row: Row) -> Row:
    id, holder = row["id"], person_holder(row["id"])
    number = row["telegram_id"]
    return row | {
        "telegram_id": vault.seal(Field("people", "telegram_id"), holder, id, str(number)),
        "telegram_index": vault.index("telegram", number),
        "name": vault.seal(Field("people", "name"), holder, id, row["name"]),
        "discreet": 0,
        "paused_at": None,
    }


def _families(vault: Vault, row: Row) -> Row:
    label = vault.seal(Field("families", "label"), family_holder(row["id"]), row["id"], row["label"])
    return row | {"label": label}


def _invitations(vault: Vault, row: Row) -> Row:
    holder = family_holder(row["family_id"]) if row["family_id"] else HOUSE
    name = "" if row["used_at"] else row["name"]
    sealed = vault.seal(Field("invitations", "name"), holder, row["id"], name)
    # whoever had come in before is in: nobody is asked about them now
    decided = {"decided_at": row["used_at"], "decided_by": None, "confirmed": int(row["used_at"] is not None)}
    return row | {"name": sealed, "spoken_hash": None, "discreet": 0, **decided}


def _sessions(vault: Vault, row: Row) -> Row:
    return row | {"place": vault.seal(Field("sessions", "place"), HOUSE, row["id"], row["place"])}


def _of_family(table: str, column: str) -> Change:
    def change(vault: Vault, row: Row) -> Row:
        holder = family_holder(row["family_id"])
        return row | {column: vault.seal(Field(table, column), holder, row["id"], row[column])}

    return change


def _lines(vault: Vault, row: Row) -> Row:
    family, person = row.pop("family_id"), row.pop("person_id")
    holder = family_holder(family) if family else person_holder(person)
    return row | {"text": vault.seal(Field("lines", "text"), holder, row["id"], row["text"])}


def _deliveries(vault: Vault, row: Row) -> Row:
    holder = person_holder(row["person_id"])
    chat = vault.seal(Field("deliveries", "chat_id"), holder, row["id"], str(row["chat_id"]))
    body = vault.seal(Field("deliveries", "body"), holder, row["id"], row["body"]) if row["body"] else b""
    return row | {"chat_id": chat, "body": body}


def _updates(vault: Vault, row: Row) -> Row:
    holder = day_holder(from_millis(row["arrived_at"]))
    raw = vault.seal(Field("updates", "raw"), holder, row["update_id"], row["raw"]) if row["raw"] else b""
    return row | {"raw": raw, "sender": None}


def _dialogues(vault: Vault, row: Row) -> Row:
    id = row["person_id"]
    return row | {"content": vault.seal(Field("dialogues", "content"), person_holder(id), id, row["content"])}


# parents before what refers to them
MOVED: dict[str, Change] = {
    "people": _people,
    "families": _families,
    "invitations": _invitations,
    "sessions": _sessions,
    "appointments": _of_family("appointments", "place"),
    "checkins": _of_family("checkins", "note"),
    "lines": _lines,
    "cards": lambda vault, row: row,
    "deliveries": _deliveries,
    "updates": _updates,
    "dialogues": _dialogues,
}
OLD_INDEXES = (
    "ix_families_caseworker_id",
    "ix_sessions_offer_id",
    "ix_appointments_caseworker_id",
    "ix_appointments_family_id",
    "ix_appointments_session_id",
    "ix_checkins_family_id",
    "ix_lines_alarm_id",
    "ix_cards_about",
    "ix_deliveries_card",
    "ix_deliveries_claim",
    "ix_updates_state",
)
READ = {
    "lines": "SELECT l.*, a.family_id, a.person_id FROM lines_plain l JOIN alarms a ON a.id = l.alarm_id",
}


def move_in(connection: Connection, vault: Vault, table: str) -> None:
    """Fills the new table with what the old one, put aside, holds."""
    for found in connection.execute(text(READ.get(table, f"SELECT * FROM {table}_plain"))).mappings().all():  # noqa: S608 - our own table's name
        row = MOVED[table](vault, dict(found))
        names = ", ".join(f'"{name}"' for name in row)
        slots = ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({slots})"), row)  # noqa: S608 - as above


def seal_the_journal(connection: Connection, vault: Vault) -> None:
    """Chains the lines there are; from here on nobody changes them unseen."""
    from storage.head import Head
    from storage.journal import Journal

    journal = Journal(Runner(connection), vault)
    for row in connection.execute(text("SELECT * FROM journal_plain ORDER BY id")).mappings().all():
        journal.write(from_millis(row["at"]), row["actor"], row["act"], row["subject"])
    if journal.grew:  # done again after a power cut, the same lines get the same marks
        Head(vault.keyring.where.journal_head).put(journal.newest_head())


def refuse_to_unseal(connection: Connection) -> None:
    """There is no way back to names that lie open. Raises RuntimeError unless the store is empty."""
    if connection.execute(text("SELECT count(*) FROM people")).scalar_one():
        raise RuntimeError("a sealed store is not unsealed; restore a backup of the older version instead")
