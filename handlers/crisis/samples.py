"""Alarms and people with the longest anybody may be called: what specimens of screens are made of."""

from dataclasses import replace
from datetime import datetime

from handlers.crisis.policy import policy_of
from storage.records import Alarm, AlarmState, Outcome, Person, Promise, Wish

LONG_NAME, LONG_TEXT = "Frau Großmann-Öztürk (Rufbereitschaft)"[:40], "ü" * 500
SOMEBODY = Person("p" * 16, 2**50, LONG_NAME, "de", "", blocked=False)
SOMEBODY_ELSE = replace(SOMEBODY, id="q" * 16)


def alarms(now: datetime) -> list[Alarm]:
    """One in each state, with and without its having been withdrawn; then with all else that may hold of one."""
    plain = [alarm(now, state, withdrawn) for state in AlarmState for withdrawn in (None, now)]
    told = [replace(one, wish=wish, safe_at=now) for one in plain for wish in Wish]
    taken = [one for one in told if one.state is AlarmState.TAKEN]
    promised = [replace(one, promise=promise, promised_for=now) for one in taken for promise in Promise]
    asked = [replace(one, reminded_at=now, forgotten_at=late) for one in promised for late in (None, now)]
    ended = [replace(alarm(now, AlarmState.ENDED), outcome=outcome) for outcome in Outcome]
    return [*plain, *told, *promised, *asked, *ended]


def alarm(now: datetime, state: AlarmState, withdrawn: datetime | None = None) -> Alarm:
    return Alarm(
        id="a" * 16,
        number=99999,
        person_id="p" * 16,
        family_id=None,
        state=state,
        opened_at=now,
        policy=policy_of({"minutes": [5, 5], "needed": [1, 3]}),
        step=2,
        round=1,
        taken_by="p" * 16 if state is AlarmState.TAKEN else None,
        withdrawn_at=withdrawn,
        revision=1,
    )
