"""Shifts and people with the longest that anybody may be called: what specimens of screens are made of."""

from dataclasses import replace
from datetime import datetime, timedelta

from storage.records import Alarm, AlarmState, Pattern, Person, Role, Shift, ShiftState, Swap, SwapState

LONG_NAME, SITE = (
    "Frau Großmann-Öztürk (Rufbereitschaft)"[:40],
    "Straße" * 10,
)
SOMEBODY = Person("p" * 16, 2**50, LONG_NAME, "de", "", blocked=False, roles=frozenset({Role.ON_CALL}))
SOMEBODY_ELSE = replace(SOMEBODY, id="q" * 16)
LEAD = replace(SOMEBODY, roles=frozenset({Role.LEAD}))
BOTH = replace(SOMEBODY, roles=frozenset({Role.LEAD, Role.ON_CALL}))


def shift(now: datetime) -> Shift:
    ends_at = now + timedelta(hours=8)
    return Shift("s" * 16, SOMEBODY.id, "twelve_signs", 9, now, ends_at, ShiftState.PLANNED)


def pattern() -> Pattern:
    return Pattern("n" * 16, SOMEBODY.id, "twelve_signs", 9, 3, "22:00", "06:00", "2026-11-23", None)


def swap(state: SwapState, now: datetime) -> Swap:
    return Swap("w" * 16, "s" * 16, SOMEBODY_ELSE.id, SOMEBODY.id, state, now, None)


def alarm(now: datetime) -> Alarm:
    return Alarm(
        id="a" * 16,
        number=99999,
        person_id=SOMEBODY.id,
        family_id=None,
        state=AlarmState.OPEN,
        opened_at=now,
        policy={"minutes": [5]},
        step=1,
        round=1,
        taken_by=None,
        withdrawn_at=None,
        revision=1,
    )
