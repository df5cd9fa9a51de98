"""What is done with wishes for another time: made, accepted, answered with an offer, kept open by nobody."""

from datetime import date, datetime

from handlers import appointed, calling, desk, reminding, slots, wish_cards, wishing
from handlers.moving import rules, screens
from handlers.screen import Screen
from locales.phrase import Phrase
from storage.appointments import Circle
from storage.records import Answer, Appointment, DayPart, Lane, Move, MoveOutcome, Person, Why
from storage.store import Store


def wish(
    store: Store,
    circle: Circle,
    *,
    by: Person,
    now: datetime,
    slot_at: datetime | None = None,
    day: date | None = None,
    part: DayPart | None = None,
) -> Move | None:
    """Stores a parent's wish and brings it to whoever decides. None when the slot is free no longer.

    A newer wish takes the place of an older one. Until somebody decides the old time holds.
    """
    appointment = circle.appointment
    before = store.moves.open_by(appointment.id, by.id)
    if slot_at is not None and not _is_free(store, circle, slot_at, before, now):
        return None
    if before is not None:
        wishing.ends(store, before, MoveOutcome.WITHDRAWN, now)
    made = store.moves.add(appointment, by.id, now, slot_at=slot_at, day=day, part=part)
    if made is None:
        raise LookupError(f"the slot of {appointment.id} is free and is not")
    store.appointments.answer(appointment.id, by.id, Answer.MOVE, now, first=by.id not in circle.answers)
    calling.answered(store, appointment, by.id, Answer.MOVE, now)
    reminding.answered(store, appointment.id, by.id, Answer.MOVE, now)
    note(store, made, "asked", by.id, now)
    if rules.is_urgent(made, appointment, now):
        put_on_call_list(store, made, appointment, now)
    store.timers.set(wishing.OPEN, made.id, rules.first_look(made, appointment, now))
    bring(store, made, now)
    return made


def _is_free(store: Store, circle: Circle, at: datetime, before: Move | None, now: datetime) -> bool:
    busy = wishing.busy(store, circle, now, before)
    return slots.is_offered(at, wishing.wanted(circle.appointment), busy, now)


def bring(store: Store, move: Move, now: datetime, head: Phrase | None = None) -> None:
    """Lays a wish before whoever decides; `head` says why it comes again."""
    found = wishing.look(store, move, now)
    if found is None:
        return
    for person in wishing.deciders(store, move, now):
        desk.post(store, person, wish_cards.sheet(found, head), now, Lane.NEWS, wishing.about(move.id))


def bring_back(store: Store, move: Move, by: str, now: datetime) -> None:
    """Nobody has decided yet: whoever is to decide reads it again."""
    note(store, move, "brought_back", by, now)
    bring(store, move, now, screens.still_open())


def put_on_call_list(store: Store, move: Move, appointment: Appointment, now: datetime) -> None:
    """Whoever is to call reads of it in the wish itself."""
    calling.owe(store, appointment, move.person_id, Why.MOVE, now, told=True)


def note(store: Store, move: Move, became: str, by: str, now: datetime) -> None:
    store.journal.write(now, by, f"move.{became}", wishing.about(move.id), move.family_id)


def withdraw(store: Store, circle: Circle, *, by: Person, now: datetime) -> bool:
    """A parent would rather have the old time, and is asked whether they come. False when nothing was open."""
    if not wishing.withdraw(store, circle, by, now):
        return False
    ask_again(store, circle.appointment, by.id, now)
    return True


def accept(store: Store, move: Move, circle: Circle, to: datetime, *, by: Person, now: datetime) -> bool:
    """The time both agree on: the parent has said yes to it already. False when somebody was first."""
    if not appointed.moved(store, circle, to, by=by, now=now, agreed=move.person_id):
        return False
    note(store, move, "accepted", by.id, now)
    return True


def tell_agreed(store: Store, move: Move, circle: Circle, at: datetime, now: datetime) -> None:
    """Whoever offered the time hears that it suits."""
    for person in wishing.deciders(store, move, now):
        shown = screens.agreed(circle, move, at)
        desk.post(store, person, shown, now, Lane.NEWS, f"answered:{move.appointment_id}")


def fix(store: Store, move: Move, circle: Circle, to: datetime, *, by: Person, now: datetime) -> bool:
    """A time in the part of the day that was wished for; the parent is asked whether it suits."""
    if not appointed.moved(store, circle, to, by=by, now=now):
        return False
    note(store, move, "fixed", by.id, now)
    return True


def offer(store: Store, move: Move, circle: Circle, at: datetime, *, by: Person, now: datetime) -> bool:
    """Another time for the parent to answer to. False when something else was decided meanwhile."""
    if not store.moves.offer(move.id, at, move.offered_at):
        return False
    made = _known(store, move)
    store.timers.set(wishing.OPEN, move.id, rules.first_look(made, circle.appointment, now))
    note(store, move, "offered", by.id, now)
    after = appointed.known(store, circle.appointment.id)
    appointed.change_all(store, after, now)
    wishing.refresh(store, made, now)
    _tell(store, after, move, screens.offered(after, at, made), now)
    return True


def refuse(store: Store, move: Move, circle: Circle, *, by: Person, now: datetime) -> bool:
    """The offer does not suit: whoever offered it decides again. False when it counts no more."""
    until = rules.wish_ends(move)
    over = until is not None and until <= now
    if move.offered_at is None or not store.moves.take_back(move.id, move.offered_at, wish_over=over):
        return False
    back = _known(store, move)
    note(store, move, "refused", by.id, now)
    if rules.is_urgent(back, circle.appointment, now):
        put_on_call_list(store, back, circle.appointment, now)
    store.timers.set(wishing.OPEN, move.id, rules.first_look(back, circle.appointment, now))
    wishing.refresh(store, back, now)
    bring(store, back, now, screens.refused_head())
    return True


def call(store: Store, move: Move, circle: Circle, *, by: Person, now: datetime) -> None:
    """Whoever decides calls. The wish stays open until it is said what came of it."""
    put_on_call_list(store, move, circle.appointment, now)
    note(store, move, "to_call", by.id, now)
    wishing.refresh(store, move, now)
    _tell(store, circle, move, screens.will_call(circle), now)


def stay(store: Store, move: Move, circle: Circle, *, by: Person, now: datetime) -> bool:
    """It stays at the old time; the parent reads it kindly and is asked whether they come."""
    if not wishing.ends(store, move, MoveOutcome.KEPT, now):
        return False
    note(store, move, "kept", by.id, now)
    after = ask_again(store, circle.appointment, move.person_id, now)
    _tell(store, after, move, screens.kept(after, move.person_id, now), now)
    return True


def talked(store: Store, move: Move, circle: Circle, *, by: Person, now: datetime) -> bool:
    """All was said on the phone: the old time holds, and nobody is rung again."""
    if not wishing.ends(store, move, MoveOutcome.CALLED, now):
        return False
    note(store, move, "talked", by.id, now)
    ask_again(store, circle.appointment, move.person_id, now)
    return True


def lapse(store: Store, move: Move, circle: Circle, by: str, now: datetime) -> None:
    """Nobody decided in time: it is on the call list, and both read the truth."""
    if not wishing.ends(store, move, MoveOutcome.LAPSED, now):
        return
    put_on_call_list(store, move, circle.appointment, now)
    note(store, move, "lapsed", by, now)
    after = _holds(store, circle.appointment, move.person_id, now)
    _tell(store, after, move, screens.lapsed(after, move, now), now)
    bring(store, _known(store, move), now, screens.lapsed_head())


def _holds(store: Store, appointment: Appointment, person_id: str, now: datetime) -> Circle:
    """As below; once it has begun the wish stays what was said: nobody waited for who asked for another time."""
    if appointment.starts_at > now:
        return ask_again(store, appointment, person_id, now)
    after = appointed.known(store, appointment.id)
    appointed.change_all(store, after, now)
    return after


def ask_again(store: Store, appointment: Appointment, person_id: str, now: datetime) -> Circle:
    """The old time holds, and whoever wished for another has not said whether they come to it."""
    store.appointments.forget_answer(appointment.id, person_id)
    after = appointed.known(store, appointment.id)
    appointed.change_all(store, after, now)
    if appointment.starts_at > now:
        reminding.owe(store, appointment.id, appointment.starts_at, now)
        calling.wait_for(store, appointment, person_id, now)
    return after


def _tell(store: Store, circle: Circle, move: Move, shown: Screen, now: datetime) -> None:
    """Rings at whoever made the wish, as long as they belong to the family."""
    parent = circle.parent(move.person_id)
    if parent is not None:
        desk.post(store, parent, shown, now, Lane.NEWS, appointed.about(circle.appointment.id))


def _known(store: Store, move: Move) -> Move:
    found = store.moves.get(move.id)
    if found is None:
        raise LookupError(f"no move {move.id}")
    return found
