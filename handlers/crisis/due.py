"""What time and the outbox do to an alarm."""

from datetime import datetime

from handlers.crisis.actions import ESCALATE, page_next, refresh
from storage.records import AlarmState, Delivery, DeliveryState
from storage.store import Store


def escalate(store: Store, alarm_id: str, now: datetime) -> None:
    """Nobody took it in time: the next step is paged, and the parent sees that."""
    alarm = store.alarms.get(alarm_id)
    if alarm is None or alarm.state is not AlarmState.OPEN:
        return
    page_next(store, alarm, now)
    refresh(store, alarm, now)


def page_settled(store: Store, owed: Delivery, state: DeliveryState, now: datetime) -> None:
    """A page arrived: the parent sees it. A page that can't arrive: the next step at once."""
    alarm = store.alarms.get(owed.about.partition(":")[2])
    if alarm is None or owed.edits or owed.person_id in {None, alarm.person_id}:
        return
    if state is DeliveryState.DELIVERED:
        if store.alarms.page_delivered(alarm.id, str(owed.person_id), now):
            refresh(store, alarm, now)
    elif alarm.state is AlarmState.OPEN and not _anybody_else_on_step(store, alarm.id, str(owed.person_id)):
        store.timers.set(ESCALATE, alarm.id, now)


def _anybody_else_on_step(store: Store, alarm_id: str, unreachable: str) -> bool:
    """Whether somebody who was paged may still answer."""
    others = [page.person_id for page in store.alarms.paged(alarm_id) if page.person_id != unreachable]
    return any(not store.people.get(person_id).blocked for person_id in others)
