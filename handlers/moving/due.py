"""Nothing is left undecided: time brings each open wish back, and says so when it is too late for it."""

from datetime import datetime

from handlers import slots, wishing
from handlers.moving import actions, rules
from storage.records import AppointmentState, MoveOutcome, MoveState
from storage.store import Store

TIME = "time"  # who acts in the journal when nobody does


def look(store: Store, scope: str, now: datetime) -> None:
    """An open wish comes back to whoever decides, and at last to the call list; then the next look is owed."""
    move = store.moves.get(scope)
    circle = store.appointments.circle(move.appointment_id) if move is not None else None
    if move is None or circle is None or move.state is MoveState.SETTLED:
        return
    if circle.appointment.state is AppointmentState.CANCELLED:
        wishing.ends(store, move, MoveOutcome.CANCELLED, now)
        return
    if rules.lapses_at(move, circle.appointment) <= now:
        actions.lapse(store, move, circle, TIME, now)
        return
    if rules.needs_call(move, circle.appointment, now):
        actions.put_on_call_list(store, move, circle.appointment, now)
    store.timers.set(wishing.OPEN, move.id, rules.next_look(move, circle.appointment, now))
    actions.bring_back(store, move, TIME, now)


def owe_all(store: Store, now: datetime) -> None:
    """At every start: an open wish whose timer is lost gets another. Holidays are looked up before anybody waits."""
    slots.working_days(now.date(), slots.DAYS)
    for move in store.moves.all_open():
        appointment = store.appointments.get(move.appointment_id)
        if appointment is not None and store.timers.due_at(wishing.OPEN, move.id) is None:
            store.timers.set(wishing.OPEN, move.id, rules.next_look(move, appointment, now))
