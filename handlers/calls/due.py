"""What time brings: one nudge for whoever has not answered, then a place on the call list, and word of it."""

from datetime import datetime

from handlers import appointed, calling, desk, quiet
from handlers.appointment_rules import Standing, standing
from handlers.calls import screens
from storage.appointments import Circle
from storage.records import Answer, Delivery, DeliveryState, Lane, Person, Role, Why
from storage.store import Store

TIME = "time"  # who acts in the journal when nobody does


def nudge(store: Store, scope: str, now: datetime) -> None:
    """Reminds a parent once that an answer is missing; whoever can't be written to is called instead."""
    found = _waited_for(store, scope, now)
    if found is None:
        return None
    circle, parent = found
    appointment = circle.appointment
    if parent.blocked or not desk.passes(store, parent, Lane.NEWS):
        return _owe(store, circle, parent, Why.UNREACHABLE, now)
    if store.cards.newest(calling.nudged(appointment.id), parent.id) is not None:
        return _owe(store, circle, parent, Why.UNANSWERED, now)
    at = calling.within(quiet.ends_at(parent, now) or now, calling.DAY)
    if at > appointment.starts_at - calling.AT_LEAST:
        return _owe(store, circle, parent, Why.UNANSWERED, now)
    if at > now:
        return store.timers.set(calling.NUDGE, scope, at)
    _nudge(store, circle, parent, now)
    return store.timers.set(calling.OWED, scope, calling.called_at(appointment.starts_at, now))


def _nudge(store: Store, circle: Circle, parent: Person, now: datetime) -> None:
    """It may leave until somebody is to call instead, or until it is quiet."""
    appointment, begins = circle.appointment, quiet.begins_at(parent, now)
    called = calling.called_at(appointment.starts_at, now)
    ends = called if begins is None else min(called, begins)
    named = appointed.about(appointment.id)
    store.cards.add(parent.id, calling.nudged(appointment.id), now)
    shown = screens.nudge(appointed.seen(circle, parent, now))
    desk.post(store, parent, shown, now, calling.NUDGES, named, expires_at=ends)
    store.journal.write(now, TIME, "appointment.nudged", named, appointment.family_id)


def settled(store: Store, owed: Delivery, state: DeliveryState, now: datetime) -> None:
    """A nudge has waited longer than it may: it comes at a better time, or somebody calls."""
    late = state is DeliveryState.SUPERSEDED and owed.lane is calling.NUDGES
    if not late or owed.edits or owed.person_id is None:
        return
    appointment_id = owed.about.partition(":")[2]
    card = store.cards.newest(calling.nudged(appointment_id), owed.person_id)
    if card is not None:
        store.cards.retire(card.id)
    scope = calling.scope_of(appointment_id, owed.person_id)
    store.timers.drop(calling.OWED, scope)
    store.timers.set(calling.NUDGE, scope, now)


def owed(store: Store, scope: str, now: datetime) -> None:
    """Still no answer: whoever works with the family is to call."""
    found = _waited_for(store, scope, now)
    if found is not None:
        circle, parent = found
        reachable = not parent.blocked and desk.passes(store, parent, Lane.NEWS)
        _owe(store, circle, parent, Why.UNANSWERED if reachable else Why.UNREACHABLE, now)


def unclear(store: Store, scope: str, now: datetime) -> None:
    """Somebody has not understood, and nothing has come of it: whoever works with the family is to call."""
    found = _found(store, scope, now)
    if found is not None and found[0].answers.get(found[1].id) is Answer.UNCLEAR:
        _owe(store, *found, Why.UNCLEAR, now)


def tell(store: Store, person_id: str, now: datetime) -> None:
    """Word of the call list, once for all that has come up."""
    person = store.people.known(person_id)
    if person is None or Role.CASEWORKER not in person.roles:
        return
    found = store.calls.open_of(person_id, now)
    waiting = [call for call in found if store.timers.due_at(calling.AGAIN, call.id) is None]
    if waiting:
        silent = {call.family_id for call in waiting if call.why in calling.UNTIL_ANSWERED}
        shown = screens.told(len({call.family_id for call in waiting}), len(silent))
        desk.post(store, person, shown, now, Lane.NEWS)
        store.timers.set(calling.REST, person_id, now + calling.REST_FOR)


def rested(store: Store, person_id: str, now: datetime) -> None:
    """Whoever was told of their list may be told again."""


def again(store: Store, call_id: str, now: datetime) -> None:
    """A call that was tried in vain has come back."""
    call = store.calls.get(call_id)
    if call is not None and call.done_at is None:
        calling.tell_soon(store, call.family_id, now)


def opens(store: Store, now: datetime) -> None:
    """Whoever was told of an appointment and is waited for by nobody is waited for from now on.

    So is whoever has not understood it.
    """
    for appointment_id, person_id in store.calls.lost(now, calling.NUDGE, calling.OWED):
        appointment = store.appointments.get(appointment_id)
        if appointment is not None:
            calling.wait_for(store, appointment, person_id, now)
    for appointment_id, person_id in store.calls.unclear(now, calling.UNCLEAR):
        appointment = store.appointments.get(appointment_id)
        if appointment is not None:
            calling.wait_for_clarity(store, appointment, person_id, now)


def _waited_for(store: Store, scope: str, now: datetime) -> tuple[Circle, Person] | None:
    """The appointment and the parent whose answer is still missing; None when nothing is missing any more."""
    found = _found(store, scope, now)
    return None if found is None or found[1].id in found[0].answers else found


def _found(store: Store, scope: str, now: datetime) -> tuple[Circle, Person] | None:
    """An appointment that is ahead, and a parent who is asked to it."""
    appointment_id, _, person_id = scope.partition(":")
    circle = store.appointments.circle(appointment_id)
    parent = circle.parent(person_id) if circle else None
    if circle is None or parent is None:
        return None
    return (circle, parent) if standing(circle.appointment, now) is Standing.PLANNED else None


def _owe(store: Store, circle: Circle, parent: Person, why: Why, now: datetime) -> None:
    appointment = circle.appointment
    if calling.owe(store, appointment, parent.id, why, now) is not None:
        named = appointed.about(appointment.id)
        store.journal.write(now, TIME, "call.owed", named, appointment.family_id)
