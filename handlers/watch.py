"""How any room says that those who can be paged have changed; crisis then looks at every open alarm."""

from datetime import datetime

from storage.alarms import LOOK as LOOK
from storage.store import Store

TELL = "crisis.tell"  # the timer on which whoever cried reads what is true now


def tell_again(store: Store, person_id: str, now: datetime) -> None:
    """Somebody was out of reach, and may have missed what became of their own alarm."""
    alarm = store.alarms.current_of(person_id)
    if alarm is not None:
        store.timers.set(TELL, alarm.id, now)


def look_at_alarms(store: Store, now: datetime) -> None:
    """Somebody went off duty or out of reach, and may have been the last one paged."""
    for alarm in store.alarms.not_ended():
        store.timers.set(LOOK, alarm.id, now)
