"""What time and the outbox do to an alarm."""

from datetime import datetime

from handlers import desk
from handlers.crisis import answering, pages, rules
from handlers.crisis.paging import ESCALATE, page_next, refresh, somebody_may_answer
from storage.records import Alarm, AlarmState, Delivery, DeliveryState, Lane
from storage.store import Store


def escalate(store: Store, alarm_id: str, now: datetime) -> None:
    """Nobody took it in time: the next step is paged, and the parent sees that."""
    alarm = store.alarms.get(alarm_id)
    if alarm is None or alarm.state is not AlarmState.OPEN:
        return
    page_next(store, alarm, now)
    refresh(store, alarm, now)


def look(store: Store, alarm_id: str, now: datetime) -> None:
    """Somebody went off duty, out of reach or away for good: if it hung on them, it goes on at once."""
    alarm = store.alarms.get(alarm_id)
    if alarm is None or answering.taker_left(store, alarm, now):
        return
    if not somebody_may_answer(store, alarm, now):
        escalate(store, alarm_id, now)


def page_settled(store: Store, owed: Delivery, state: DeliveryState, now: datetime) -> None:
    """A page arrived: the parent sees it. A page that can't arrive: the next step, if nobody else may answer."""
    alarm = store.alarms.get(owed.about.partition(":")[2])
    if alarm is None or owed.edits or owed.person_id in {None, alarm.person_id}:
        return
    if state is DeliveryState.DELIVERED:
        if store.alarms.page_delivered(alarm.id, str(owed.person_id), now):
            refresh(store, alarm, now)
    elif alarm.state is AlarmState.OPEN:
        _undelivered(store, alarm, str(owed.person_id), now)


def _undelivered(store: Store, alarm: Alarm, person_id: str, now: datetime) -> None:
    if not somebody_may_answer(store, alarm, now):
        store.timers.set(ESCALATE, alarm.id, now)
    elif not store.people.get(person_id).blocked:
        # Telegram refuses the page though the person is there: soon again, and not at once for ever
        store.timers.set(ESCALATE, alarm.id, now + rules.LOOK_AGAIN)


def line_settled(store: Store, owed: Delivery, state: DeliveryState, now: datetime) -> None:
    """What the taker wrote did not arrive: the taker is told."""
    alarm = store.alarms.get(owed.about.partition(":")[2])
    if alarm is None or alarm.taken_by is None or state is not DeliveryState.UNDELIVERABLE:
        return
    taker = store.people.get(alarm.taken_by)
    desk.post(store, taker, pages.not_delivered(alarm), now, Lane.CRISIS)
