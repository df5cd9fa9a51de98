"""What is done with calls: looked at, made, answered on somebody's behalf."""

from dataclasses import replace

from handlers import access, appointed, calling, reminding
from handlers.access import Act
from handlers.appointment_rules import Standing, standing
from handlers.calls import rules
from handlers.calls.rules import Entry
from handlers.refusal import Refusal
from handlers.turn import Turn
from locales.phrase import S
from storage.appointments import Circle
from storage.records import Answer, Call, Reached, Why


def listed(turn: Turn) -> list[Entry]:
    """The calls owed to own families and to those this person stands in for. Raises Refusal, NeedsCode."""
    access.authorise(turn, Act.LIST_CALLS)
    found = turn.store.calls.open_of(turn.person.id, turn.now)
    access.has_listed(turn, Act.LIST_CALLS, (call.family_id for call in found))
    return rules.in_order([entry for call in found if (entry := _entry(turn, call)) is not None])


def opened(turn: Turn, id: str) -> Entry:
    """One call with all that is needed for it; it may be done already. Raises Refusal, NeedsCode."""
    entry = _entry(turn, _call(turn, id, Act.SEE_CALL))
    if entry is None:
        raise Refusal(S("door.stale.toast"))
    return entry


def reached(turn: Turn, id: str) -> bool:
    """Notes that somebody was spoken to; False when the call was done before."""
    call = _call(turn, id, Act.NOTE_CALL)
    return _done(turn, call, "call.reached")


def not_reached(turn: Turn, id: str) -> bool:
    """It stays on the list and comes back tomorrow morning; False when it is done."""
    call = _call(turn, id, Act.NOTE_CALL)
    if call.done_at is not None:
        return False
    turn.store.timers.set(calling.AGAIN, call.id, calling.next_morning(turn.now))
    turn.note("call.not_reached", _about(call), call.family_id)
    return True


def answered(turn: Turn, id: str, said: Answer) -> bool:
    """Notes what a parent said on the phone; False when it is settled otherwise by now.

    Nobody else's word counts for more: who has answered here meanwhile is not answered for.
    """
    call = _call(turn, id, Act.NOTE_CALL)
    circle = turn.store.appointments.circle(call.appointment_id or "")
    if call.done_at is not None or circle is None or not may_answer(turn, call, circle):
        return False
    parent = circle.parent(call.person_id)
    if parent is None:
        return False
    appointment, first = circle.appointment, parent.id not in circle.answers
    turn.store.appointments.answer(appointment.id, parent.id, said, turn.now, first=first)
    _done(turn, call, "call.answered.yes" if said is Answer.YES else "call.answered.no")
    calling.answered(turn.store, appointment, parent.id, said, turn.now)
    reminding.answered(turn.store, appointment.id, parent.id, said, turn.now)
    after = replace(circle, answers={**circle.answers, parent.id: said})
    appointed.follow(turn.store, after, parent, turn.now, None)
    return True


def may_answer(turn: Turn, call: Call, circle: Circle) -> bool:
    """Whether somebody else may still say for this parent whether they come."""
    said = circle.answers.get(call.person_id)
    silent = said is None and call.why in calling.UNTIL_ANSWERED
    unclear = said is Answer.UNCLEAR and call.why is Why.UNCLEAR
    return (silent or unclear) and standing(circle.appointment, turn.now) is Standing.PLANNED


def _done(turn: Turn, call: Call, act: str) -> bool:
    done = turn.store.calls.done(call.id, Reached.REACHED, turn.now, turn.person.id)
    if done:
        turn.store.timers.drop(calling.AGAIN, call.id)
        if call.why is Why.UNCLEAR and call.appointment_id is not None:
            turn.store.timers.drop(calling.UNCLEAR, calling.scope_of(call.appointment_id, call.person_id))
        turn.note(act, _about(call), call.family_id)
    return done


def _call(turn: Turn, id: str, act: Act) -> Call:
    """The call behind a button. Raises Refusal unless this person works with the family now."""
    call = turn.store.calls.get(id)
    if call is None:
        access.authorise(turn, Act.LIST_CALLS)
        raise Refusal(S("door.stale.toast"))
    access.authorise(turn, act, call)
    return call


def _entry(turn: Turn, call: Call) -> Entry | None:
    """The call with whose it is; None when no key opens that any more."""
    store = turn.store
    family, person = store.families.get(call.family_id), store.people.known(call.person_id)
    if family is None or person is None:
        return None
    circle = store.appointments.circle(call.appointment_id) if call.appointment_id else None
    missed = circle is not None and store.attendances.of(circle.appointment.id).get(person.id) is False
    return Entry(
        call,
        family.label,
        person,
        circle.appointment if circle else None,
        missed=missed,
        again=store.timers.due_at(calling.AGAIN, call.id),
        open=circle is not None and may_answer(turn, call, circle),
    )


def _about(call: Call) -> str:
    return f"call:{call.id}"
