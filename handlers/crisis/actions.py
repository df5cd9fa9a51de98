"""What whoever needs help does in a crisis. Each act is one transaction: what is told has been stored with it."""

from dataclasses import replace
from datetime import datetime

from handlers import desk, proofs
from handlers.access import Act, Asking, has_read
from handlers.crisis import pages, rules, status
from handlers.crisis.opening import opened
from handlers.crisis.paging import page_next, ring
from handlers.crisis.policy import followed
from handlers.crisis.sight import about, fresh, listeners, refresh, taker_of
from handlers.crisis.status import NO_WISH
from handlers.fitting import pieces
from storage.records import Alarm, AlarmState, Happening, Lane, Person, Wish
from storage.store import Store


def raise_alarm(store: Store, by: Person, now: datetime) -> tuple[Alarm, bool]:
    """Stores an alarm and owes the first pages; or (alarm, False) when this cry joins one that is open.

    A cry after somebody took the alarm, or after it was withdrawn or said to be over, opens it again and pages
    at once: whoever took it may have forgotten it, and whoever withdrew it may have been somebody else.
    """
    current = store.alarms.current_of(by.id)
    if current is None:
        return _open(store, by, now), True
    store.alarms.log(current.id, Happening.REPEATED, now, by=by.id)
    if current.state is AlarmState.OPEN and current.withdrawn_at is None and current.safe_at is None:
        return current, False
    taker = taker_of(store, current)
    store.alarms.reopen(current.id)
    again = fresh(store, current)
    page_next(store, again, now)
    _ring_taker_again(store, fresh(store, again), taker, now)
    refresh(store, again, now)
    return fresh(store, again), True


def _open(store: Store, by: Person, now: datetime) -> Alarm:
    alarm = opened(store, by, now)
    store.alarms.log(alarm.id, Happening.RAISED, now, by=by.id)
    page_next(store, alarm, now)
    return fresh(store, alarm)


def _ring_taker_again(store: Store, alarm: Alarm, taker: Person | None, now: datetime) -> None:
    if taker is None or taker.blocked:
        return
    just_rung = {page.person_id for page in store.alarms.paged(alarm.id) if page.paged_at == now}
    if taker.id not in just_rung:
        ring(store, alarm, taker, now, alarm.step, pages.page(alarm, None, taker))


def withdraw(store: Store, alarm: Alarm, now: datetime) -> bool:
    """The person says it was a mistake. Those who were paged see it and decide: somebody else may hold the phone."""
    if alarm.state is AlarmState.ENDED or not store.alarms.withdraw(alarm.id, now):
        return False
    _said(store, alarm, Happening.WITHDRAWN, "withdrawn", now)
    return True


def is_safe(store: Store, alarm: Alarm, now: datetime) -> bool:
    """The person says that they are safe now. Paging goes on until a human has looked. False when said before."""
    if not store.alarms.is_safe(alarm.id, now):
        return False
    _said(store, alarm, Happening.SAFE, "safe", now)
    return True


def wish(store: Store, alarm: Alarm, chosen: Wish | None, now: datetime) -> bool:
    """How the person wants to be reached; None is any way. False when that is how it stands already."""
    if chosen is fresh(store, alarm).wish or not store.alarms.wish(alarm.id, chosen):
        return False
    _said(store, alarm, Happening.WISHED, chosen or NO_WISH, now)
    return True


def _said(store: Store, alarm: Alarm, what: Happening, word: str, now: datetime) -> None:
    """Everybody's page shows it. Whoever has taken it hears it too: they may be about to call."""
    store.alarms.log(alarm.id, what, now, by=alarm.person_id)
    refresh(store, alarm, now)
    taker = taker_of(store, alarm)
    if taker is not None and not taker.blocked:
        desk.post(store, taker, status.told(alarm, word), now, Lane.PAGE, about(alarm, "lines"))


def add_line(store: Store, alarm: Alarm, text: str, now: datetime, lane: Lane = Lane.CRISIS) -> bool:
    """Keeps what the person wrote and passes it on whole; False when nobody hears it yet."""
    store.alarms.add_line(alarm, text, now)
    store.alarms.log(alarm.id, Happening.WROTE, now, by=alarm.person_id)
    hearing = listeners(store, alarm)
    for listener in hearing:
        _pass_on_line(store, alarm, text, listener, now, lane)
    return bool(hearing)


def _pass_on_line(store: Store, alarm: Alarm, text: str, to: Person, now: datetime, lane: Lane) -> None:
    """The words themselves only to whoever has shown a code today; the others learn that there are some."""
    silent = followed(alarm.policy).lines_are_silent
    if not proofs.is_open(store, to, now):
        told = replace(pages.lines_after_code(alarm), silent=silent)
        desk.post(store, to, told, now, lane, about(alarm, "lines"))
        return
    has_read(Asking(store, to, now), Act.READ_ALARM_LINES, alarm)
    for piece in pieces(text, rules.SIDE_BY_SIDE):
        told = replace(pages.from_person(alarm, piece), silent=silent)
        desk.post(store, to, told, now, lane, about(alarm, "lines"))
