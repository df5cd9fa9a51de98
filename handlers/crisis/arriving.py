"""What becomes of pages and lines under way: the parent sees what arrived, and what can't arrive goes another way."""

from datetime import datetime

from handlers import desk, secondway
from handlers.crisis import pages, rules
from handlers.crisis.paging import ESCALATE, REMIND, somebody_may_answer
from handlers.crisis.sight import tell_person
from handlers.watch import TELL as TELL
from storage.records import Alarm, AlarmState, Delivery, DeliveryState, Happening, Lane
from storage.store import Store

AT_ONCE = 5  # so many families see at once that it was sent; of more each in its turn


def page(store: Store, owed: Delivery, state: DeliveryState, now: datetime) -> None:
    """A page arrived: the parent sees it. A page that can't arrive: the next step, if nobody else may answer."""
    alarm = store.alarms.get(owed.about.partition(":")[2])
    if alarm is None or owed.edits or owed.person_id in {None, alarm.person_id}:
        return
    if state is DeliveryState.DELIVERED:
        secondway.arrived(store, alarm.id, str(owed.person_id))
        if store.alarms.page_delivered(alarm.id, str(owed.person_id), now):
            store.alarms.log(alarm.id, Happening.DELIVERED, now, by=owed.person_id)
            tell_person(store, alarm, now)
    else:
        _undelivered(store, alarm, str(owed.person_id), now)


def board(store: Store, owed: Delivery, state: DeliveryState, now: datetime) -> None:
    """A list arrived: so did the page for each alarm in it. One that can't arrive is as many pages that can't."""
    person_id, posted_at = owed.about.partition(":")[2], store.deliveries.posted_at(owed.id)
    if posted_at is None:
        return
    waiting = store.alarms.undelivered(person_id, posted_at)
    if state is DeliveryState.DELIVERED:
        secondway.list_arrived(store, person_id, posted_at, now)
        store.alarms.pages_delivered(waiting, person_id, now)
        for id in waiting:
            store.alarms.log(id, Happening.DELIVERED, now, by=person_id)
            if len(waiting) > AT_ONCE:
                store.timers.set(TELL, id, now)
            else:
                _tell(store, id, now)
    elif not owed.edits:
        for alarm in filter(None, map(store.alarms.get, waiting)):
            _undelivered(store, alarm, person_id, now)


def _tell(store: Store, alarm_id: str, now: datetime) -> None:
    alarm = store.alarms.get(alarm_id)
    if alarm is not None:
        tell_person(store, alarm, now)


def _undelivered(store: Store, alarm: Alarm, person_id: str, now: datetime) -> None:
    if alarm.state is AlarmState.ENDED:
        return
    store.alarms.log(alarm.id, Happening.UNDELIVERED, now, by=person_id)
    if alarm.state is AlarmState.TAKEN:
        if alarm.taken_by == person_id and alarm.reminded_at is not None:
            store.timers.set(REMIND, alarm.id, now)  # the question does not reach them: others are paged now
    elif not somebody_may_answer(store, alarm, now):
        store.timers.set(ESCALATE, alarm.id, now)
    elif not store.people.get(person_id).blocked:
        # Telegram refuses the page though the person is there: soon again, and not at once for ever
        store.timers.set(ESCALATE, alarm.id, now + rules.LOOK_AGAIN)


def line(store: Store, owed: Delivery, state: DeliveryState, now: datetime) -> None:
    """What the taker wrote did not arrive: the taker is told."""
    alarm = store.alarms.get(owed.about.partition(":")[2])
    if alarm is None or alarm.taken_by is None or state is not DeliveryState.UNDELIVERABLE:
        return
    taker = store.people.get(alarm.taken_by)
    desk.post(store, taker, pages.not_delivered(alarm), now, Lane.CRISIS)
