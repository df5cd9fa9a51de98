"""What is done in a crisis. Each act is one transaction: what is told has been stored with it."""

from datetime import datetime

from handlers import desk, proofs
from handlers.access import Act, Asking, authorise, has_read
from handlers.crisis import rules, screens
from handlers.crisis.paging import (
    ESCALATE,
    about,
    fresh,
    helps,
    listeners,
    page_next,
    refresh,
    ring,
    taker_of,
)
from storage.records import Alarm, AlarmState, Lane, Person
from storage.store import Store

SIDE_BY_SIDE = 3500  # characters of one message that leave room for what stands around them


def raise_alarm(store: Store, by: Person, now: datetime) -> tuple[Alarm, bool]:
    """Stores an alarm and owes the first pages; or (alarm, False) when this cry joins one that is open.

    A cry after somebody took the alarm, or after it was withdrawn, opens it again and pages at once:
    whoever took it may have forgotten it, and whoever withdrew it may have been somebody else.
    """
    current = store.alarms.current_of(by.id)
    if current is None:
        return _open(store, by, now), True
    if current.state is AlarmState.OPEN and current.withdrawn_at is None:
        return current, False
    taker = taker_of(store, current)
    store.alarms.reopen(current.id)
    again = fresh(store, current)
    page_next(store, again, now)
    _ring_taker_again(store, fresh(store, again), taker, now)
    refresh(store, again, now)
    return fresh(store, again), True


def _open(store: Store, by: Person, now: datetime) -> Alarm:
    family = store.families.known_of(by.id)
    policy = rules.policy_of(store.agency.steps())
    alarm = store.alarms.open(by.id, family.id if family else None, policy, now)
    page_next(store, alarm, now)
    return fresh(store, alarm)


def _ring_taker_again(store: Store, alarm: Alarm, taker: Person | None, now: datetime) -> None:
    if taker is None or taker.blocked:
        return
    just_rung = {page.person_id for page in store.alarms.paged(alarm.id) if page.paged_at == now}
    if taker.id not in just_rung:
        ring(store, alarm, taker, now, alarm.step, screens.page(alarm, None, taker))


def acknowledge(store: Store, alarm: Alarm, by: Person, now: datetime) -> bool:
    """Takes the alarm; True for the one who was first. Paging ends until the person cries again."""
    if not store.alarms.take(alarm.id, by.id):
        return False
    store.timers.drop(ESCALATE, alarm.id)
    _hand_over(store, alarm, by, now)
    return True


def take_over(store: Store, alarm: Alarm, by: Person, now: datetime) -> bool:
    """Takes the alarm from whoever had taken it; both and the person see it."""
    if not store.alarms.take_over(alarm.id, by.id):
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
        desk.post(store, by, screens.who_after_code(alarm), now, Lane.CRISIS, about(alarm, "who"))


def tell_who(asks: Asking, alarm: Alarm) -> None:
    """Whose alarm it is and all the person has written. Raises Refusal for whoever has not taken it."""
    authorise(asks, Act.SEE_WHO_NEEDS_HELP, alarm)
    store, to = asks.store, asks.person
    person = store.people.get(alarm.person_id)
    family = store.families.get(alarm.family_id) if alarm.family_id else None
    desk.post(store, to, screens.who(alarm, person, family), asks.now, Lane.CRISIS, about(alarm, "who"))
    tell_lines(asks, alarm)


def tell_lines(asks: Asking, alarm: Alarm) -> bool:
    """All that the person has written. Raises Refusal for whoever does not hear them; False when there is nothing."""
    authorise(asks, Act.READ_ALARM_LINES, alarm)
    said = "\n".join(asks.store.alarms.lines(alarm))
    for piece in rules.pieces(said, SIDE_BY_SIDE):
        shown = screens.from_person(alarm, piece)
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
    if not store.alarms.end(alarm.id):
        return False
    store.timers.drop(ESCALATE, alarm.id)
    store.alarms.forget_lines(alarm.id)
    refresh(store, alarm, now)
    return True


def withdraw(store: Store, alarm: Alarm, now: datetime) -> bool:
    """The person says it was a mistake. Those who were paged see it and decide: somebody else may hold the phone."""
    if alarm.state is AlarmState.ENDED or not store.alarms.withdraw(alarm.id, now):
        return False
    refresh(store, alarm, now)
    return True


def add_line(store: Store, alarm: Alarm, text: str, now: datetime, lane: Lane = Lane.CRISIS) -> bool:
    """Keeps what the person wrote and passes it on whole; False when nobody hears it yet."""
    store.alarms.add_line(alarm, text, now)
    hearing = listeners(store, alarm)
    for listener in hearing:
        _pass_on_line(store, alarm, text, listener, now, lane)
    return bool(hearing)


def _pass_on_line(store: Store, alarm: Alarm, text: str, to: Person, now: datetime, lane: Lane) -> None:
    """The words themselves only to whoever has shown a code today; the others learn that there are some."""
    if not proofs.is_open(store, to, now):
        desk.post(store, to, screens.lines_after_code(alarm), now, lane, about(alarm, "lines"))
        return
    has_read(Asking(store, to, now), Act.READ_ALARM_LINES, alarm)
    for piece in rules.pieces(text, SIDE_BY_SIDE):
        desk.post(store, to, screens.from_person(alarm, piece), now, lane, about(alarm, "lines"))


def taker_left(store: Store, alarm: Alarm, now: datetime) -> bool:
    """Whoever had taken it no longer helps or is gone: it is open again, and paged. False when nobody has to."""
    taker = taker_of(store, alarm)
    if alarm.state is not AlarmState.TAKEN or (taker is not None and helps(taker)):
        return False
    store.alarms.reopen(alarm.id)
    page_next(store, fresh(store, alarm), now)
    refresh(store, alarm, now)
    return True
