"""What those on call do with an alarm: take it, pass it on, end it. One winner, however many press."""

from datetime import datetime

from handlers import desk, proofs
from handlers.access import Act, Asking, authorise
from handlers.crisis import pages, rules
from handlers.crisis.paging import ESCALATE, about, fresh, helps, page_next, refresh, taker_of
from storage.records import Alarm, AlarmState, Lane, Person
from storage.store import Store


def acknowledge(store: Store, alarm: Alarm, by: Person, now: datetime) -> bool:
    """Takes the alarm; True for the one who was first. Paging ends until the person cries again."""
    if not store.alarms.take(alarm.id, by.id, now):
        return False
    store.timers.drop(ESCALATE, alarm.id)
    _hand_over(store, alarm, by, now)
    return True


def take_over(store: Store, alarm: Alarm, by: Person, now: datetime) -> bool:
    """Takes the alarm from whoever had taken it; both and the person see it."""
    if not store.alarms.take_over(alarm.id, by.id, now):
        return False
    _hand_over(store, alarm, by, now)
    return True


def _hand_over(store: Store, alarm: Alarm, by: Person, now: datetime) -> None:
    """Whoever takes it now learns whose it is and all that was written: at once, or after showing a code."""
    store.dialogues.drop(by.id)
    refresh(store, alarm, now)
    if proofs.is_open(store, by, now):
        tell_who(Asking(store, by, now), fresh(store, alarm))
    else:
        desk.post(store, by, pages.who_after_code(alarm), now, Lane.CRISIS, about(alarm, "who"))


def tell_who(asks: Asking, alarm: Alarm) -> None:
    """Whose alarm it is and all the person has written. Raises Refusal for whoever has not taken it."""
    authorise(asks, Act.SEE_WHO_NEEDS_HELP, alarm)
    store, to = asks.store, asks.person
    person = store.people.get(alarm.person_id)
    family = store.families.get(alarm.family_id) if alarm.family_id else None
    desk.post(store, to, pages.who(alarm, person, family), asks.now, Lane.CRISIS, about(alarm, "who"))
    tell_lines(asks, alarm)


def tell_lines(asks: Asking, alarm: Alarm) -> bool:
    """All that the person has written. Raises Refusal for whoever does not hear them; False when there is nothing."""
    authorise(asks, Act.READ_ALARM_LINES, alarm)
    said = "\n".join(asks.store.alarms.lines(alarm))
    for piece in rules.pieces(said, rules.SIDE_BY_SIDE):
        shown = pages.from_person(alarm, piece)
        desk.post(asks.store, asks.person, shown, asks.now, Lane.CRISIS, about(alarm, "lines"))
    return bool(said)


def pass_on(store: Store, alarm: Alarm, now: datetime) -> bool:
    """Pages the next step now instead of later. False when the alarm is no longer open."""
    if alarm.state is not AlarmState.OPEN:
        return False
    page_next(store, alarm, now)
    refresh(store, alarm, now)
    return True


def stand_down(store: Store, alarm: Alarm, now: datetime) -> bool:
    """Ends the alarm; the person and all who were paged see it. What was written is not kept."""
    if not store.alarms.end(alarm.id, None, now):
        return False
    store.timers.drop(ESCALATE, alarm.id)
    store.alarms.forget_lines(alarm.id)
    refresh(store, alarm, now)
    return True


def taker_left(store: Store, alarm: Alarm, now: datetime) -> bool:
    """Whoever had taken it no longer helps or is gone: it is open again, and paged. False when nobody has to."""
    taker = taker_of(store, alarm)
    if alarm.state is not AlarmState.TAKEN or (taker is not None and helps(taker)):
        return False
    store.alarms.reopen(alarm.id)
    page_next(store, fresh(store, alarm), now)
    refresh(store, alarm, now)
    return True
