"""Alarms and people with the longest anybody may be called: what specimens of screens are made of."""

from dataclasses import replace
from datetime import datetime

from handlers.crisis.rules import DEFAULT_MINUTES
from storage.records import Alarm, AlarmState, Person

LONG_NAME, LONG_TEXT = "Frau Großmann-Öztürk (Rufbereitschaft)"[:40], "ü" * 500
SOMEBODY = Person("p" * 16, 2**50, LONG_NAME, "de", "", blocked=False)
SOMEBODY_ELSE = replace(SOMEBODY, id="q" * 16)


def alarms(now: datetime) -> list[Alarm]:
    """One in each state, with and without its having been withdrawn."""
    return [alarm(now, state, withdrawn) for state in AlarmState for withdrawn in (None, now)]


def alarm(now: datetime, state: AlarmState, withdrawn: datetime | None = None) -> Alarm:
    return Alarm(
        id="a" * 16,
        number=99999,
        person_id="p" * 16,
        family_id=None,
        state=state,
        opened_at=now,
        policy={"minutes": list(DEFAULT_MINUTES)},
        step=2,
        round=1,
        taken_by="p" * 16 if state is AlarmState.TAKEN else None,
        withdrawn_at=withdrawn,
        revision=1,
    )
