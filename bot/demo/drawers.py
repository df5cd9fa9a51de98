"""What lies in the store, for the page's drawers: outbox, alarms, journal, timers."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from storage.records import Lane
from storage.store import Store

Namer = Callable[[str], str]


def drawers(store: Store) -> dict[str, list[dict[str, Any]]]:
    """The newest rows of each, with moments as ISO texts and no message text at all."""
    name = _namer(store)
    return {
        "outbox": [_delivery(row, name) for row in store.deliveries.newest(60)],
        "alarms": [_alarm(store, row, name) for row in store.alarms.newest(20)],
        "journal": [_line(row, name) for row in store.journal.newest(60)],
        "timers": [
            {"kind": timer.kind, "scope": timer.scope, "due_at": timer.due_at.isoformat()}
            for timer in store.timers.ahead(60)
        ],
    }


def _namer(store: Store) -> Namer:
    known: dict[str, str] = {}

    def name(person_id: str) -> str:
        if person_id not in known:
            try:
                known[person_id] = store.people.get(person_id).name or "guest"
            except LookupError:
                known[person_id] = person_id
        return known[person_id]

    return name


def _delivery(row: dict[str, Any], name: Namer) -> dict[str, Any]:
    return {
        "id": row["id"],
        "lane": Lane(row["lane"]).name.lower(),
        "to": name(row["person_id"]) if row["person_id"] else str(row["chat_id"]),
        "method": row["method"],
        "state": row["state"],
        "attempts": row["attempts"],
        "about": row["about"].partition(":")[0],
        "at": row["created_at"].isoformat(),
    }


def _alarm(store: Store, alarm: Any, name: Namer) -> dict[str, Any]:
    return {
        "number": alarm.called,
        "state": str(alarm.state),
        "step": alarm.step,
        "opened_at": alarm.opened_at.isoformat(),
        "next_at": _iso(store.timers.due_at("crisis.escalate", alarm.id)),
        "taken_by": name(alarm.taken_by) if alarm.taken_by else None,
    }


def _line(row: dict[str, Any], name: Namer) -> dict[str, Any]:
    return {
        "at": row["at"].isoformat(),
        "actor": name(str(row["actor"])),
        "act": row["act"],
        "subject": row["subject"],
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
