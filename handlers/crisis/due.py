"""What time does to an alarm."""

from datetime import datetime

from handlers import desk, secondway
from handlers.crisis import answering, rules
from handlers.crisis.paging import (
    ESCALATE,
    REMIND,
    page_beyond,
    page_joiners,
    page_more,
    page_next,
    somebody_came,
    somebody_may_answer,
)
from handlers.crisis.policy import followed
from handlers.crisis.sight import about, fresh, refresh, retire, seen_by, taker_of, tell_person
from storage.records import Alarm, AlarmState, Happening, Lane
from storage.store import Store


def escalate(store: Store, alarm_id: str, now: datetime) -> None:
    """Nobody took it in time: the next step is paged, and the parent sees that. Or more are wanted than came."""
    alarm = store.alarms.get(alarm_id)
    if alarm is None:
        return
    if alarm.state is AlarmState.OPEN:
        page_next(store, alarm, now)
        refresh(store, alarm, now)
    elif rules.still_wanted(alarm, len(store.alarms.takers_of(alarm_id))):
        page_more(store, alarm, now)


def joins(store: Store, alarm_id: str, now: datetime) -> None:
    """Nobody has it after so long: others join those who are paged."""
    alarm = store.alarms.get(alarm_id)
    if alarm is not None and alarm.state is AlarmState.OPEN:
        page_joiners(store, alarm, now)
        refresh(store, alarm, now)


def remind(store: Store, alarm_id: str, now: datetime) -> None:
    """Whoever took it is asked whether it goes on; where they don't answer or can't be asked, others are paged too."""
    alarm = store.alarms.get(alarm_id)
    if alarm is None or alarm.state is not AlarmState.TAKEN:
        return
    wait = followed(alarm.policy).forgotten
    if alarm.reminded_at is not None or _is_out_of_reach(store, alarm):
        store.alarms.forgotten(alarm_id, now)
        store.alarms.log(alarm_id, Happening.FORGOTTEN, now, by=alarm.taken_by)
        wait = page_beyond(store, fresh(store, alarm), now)
    store.alarms.reminded(alarm_id, now)
    store.timers.set(REMIND, alarm_id, now + wait)
    _ask_holder(store, fresh(store, alarm), now)
    refresh(store, alarm, now)


def _ask_holder(store: Store, alarm: Alarm, now: datetime) -> None:
    """As a new message, so that it rings; by the second way where no message arrives."""
    holder = taker_of(store, alarm)
    if holder is not None and holder.blocked:
        secondway.out_of_reach(store, alarm, holder, now)
    elif holder is not None:
        store.alarms.log(alarm.id, Happening.REMINDED, now, by=holder.id)
        retire(store, alarm, holder, now)
        desk.post(store, holder, seen_by(store, alarm, holder, now), now, Lane.PAGE, about(alarm))


def look(store: Store, alarm_id: str, now: datetime) -> None:
    """Somebody came on duty or went off, out of reach or away for good: if it hangs on them, it goes on at once."""
    alarm = store.alarms.get(alarm_id)
    if alarm is None:
        return
    if alarm.state is AlarmState.OPEN and not somebody_may_answer(store, alarm, now):
        escalate(store, alarm_id, now)
    elif alarm.state is AlarmState.TAKEN and not answering.somebody_left(store, alarm, now):
        lost = alarm.forgotten_at is None and _is_out_of_reach(store, alarm)
        if lost or somebody_came(store, alarm, now):
            remind(store, alarm_id, now)


def _is_out_of_reach(store: Store, alarm: Alarm) -> bool:
    holder = taker_of(store, alarm)
    return holder is not None and holder.blocked


def opens(store: Store, now: datetime) -> None:
    """No alarm is without a next moment, whatever an earlier version or a copy of the store left undone."""
    for alarm in store.alarms.not_ended():
        kind = ESCALATE if alarm.state is AlarmState.OPEN else REMIND
        if store.timers.due_at(kind, alarm.id) is None:
            due_at = now if kind is ESCALATE else rules.remind_at(alarm, now)
            store.timers.set(kind, alarm.id, due_at)
        refresh(store, alarm, now)  # a copy may be older than what stands in the chats


def tell(store: Store, alarm_id: str, now: datetime) -> None:
    """Pages for many alarms arrived in one list: each family sees it in its turn."""
    alarm = store.alarms.get(alarm_id)
    if alarm is not None:
        tell_person(store, alarm, now)
