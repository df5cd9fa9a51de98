"""How any room says that those who can be paged have changed; crisis then looks at every open alarm."""

from datetime import datetime

from storage.alarms import LOOK as LOOK
from storage.store import Store


def look_at_alarms(store: Store, now: datetime) -> None:
    """Somebody went off duty or out of reach, and may have been the last one paged."""
    for alarm in store.alarms.not_ended():
        store.timers.set(LOOK, alarm.id, now)
