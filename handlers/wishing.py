"""Wishes for another time, wherever they are touched: what all see of them, and that none is left undecided."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers import desk, slots, wish_cards
from handlers.screen import Screen
from handlers.slots import Wanted
from handlers.turn import Turn
from handlers.wish_cards import Wish
from locales.zone import here
from storage.appointments import Circle
from storage.records import Appointment, Lane, Move, MoveOutcome, MoveState, Person, Span, Why
from storage.store import Store

OPEN = "moving.open"  # the timer that every open wish has


def about(move_id: str) -> str:
    """The name under which the messages of those who decide are found; parents look at the appointment's card."""
    return f"move:{move_id}"


def wanted(appointment: Appointment) -> Wanted:
    return Wanted(appointment.kind, appointment.minutes, appointment.starts_at)


def busy(store: Store, circle: Circle, now: datetime, but: Move | None = None) -> list[Span]:
    """When the caseworker or the family has no time, in the weeks around an appointment.

    The appointment itself is left out, for it is about to move; so is what the wish `but` holds.
    """
    appointment = circle.appointment
    since = min(now, appointment.starts_at) - timedelta(days=1)
    until = max(now, appointment.starts_at) + timedelta(days=60)
    spans = store.occupied.between(appointment.caseworker_id, since, until)
    ahead = store.appointments.ahead(appointment.family_id, since)
    spans += [Span(one.starts_at, one.ends_at) for one in ahead if one.id != appointment.id]
    own = [appointment.starts_at, *([but.slot_at, but.offered_at] if but is not None else [])]
    length = timedelta(minutes=appointment.minutes)
    for at in filter(None, own):
        held = Span(at, at + length)
        if held in spans:
            spans.remove(held)
    return spans


def look(store: Store, move: Move, now: datetime) -> Wish | None:
    """The wish with all that whoever decides must know; None when the appointment is gone."""
    circle = store.appointments.circle(move.appointment_id)
    if circle is None or move.state is MoveState.SETTLED:
        return Wish(move, circle) if circle is not None else None
    taken, length = busy(store, circle, now, move), timedelta(minutes=circle.appointment.minutes)
    clashes = move.slot_at is not None and _overlaps(move.slot_at, circle.appointment, taken)
    room: Sequence[datetime] = ()
    if move.slot_at is None and move.day is not None and move.part is not None:
        room = slots.quarters(move.day, slots.PARTS[move.part], length, taken, now)
    return Wish(move, circle, room, clashes, _is_on_call_list(store, move))


def _is_on_call_list(store: Store, move: Move) -> bool:
    return any(call.why is Why.MOVE for call in store.calls.open_about(move.appointment_id, move.person_id))


def deciders(store: Store, move: Move, now: datetime) -> list[Person]:
    """The caseworker, and whoever stands in for them now."""
    ids = [move.caseworker_id, *store.deputies.for_caseworker_now(move.caseworker_id, now)]
    return [store.people.get(id) for id in dict.fromkeys(ids)]


def refresh(store: Store, move: Move, now: datetime) -> None:
    """Every message of those who decide says what has become of the wish."""
    wish = look(store, move, now)
    if wish is None:
        return
    concerned = {person.id: person for person in deciders(store, move, now)}
    for card in store.cards.about(about(move.id)):
        if card.person_id in concerned:  # whoever worked with the family once learns nothing more
            person = concerned[card.person_id]
            desk.change(store, card, person, wish_cards.sheet(wish), now, Lane.NEWS)


def ends(store: Store, move: Move, outcome: MoveOutcome, now: datetime) -> bool:
    """Nothing is open about this wish any more, nor is a call for it. False when somebody had decided."""
    if not store.moves.settle(move.id, outcome, now):
        return False
    store.timers.drop(OPEN, move.id)
    store.calls.settle(move.appointment_id, now, Why.MOVE, move.person_id)
    _refresh_settled(store, move.id, now)
    return True


def settle_all(store: Store, appointment_id: str, outcome: MoveOutcome, now: datetime) -> None:
    """The appointment was moved or called off: nothing that was wished about it is open any more."""
    wishes = store.moves.open_of(appointment_id)
    store.moves.settle_of(appointment_id, outcome, now)
    for move in wishes:
        store.timers.drop(OPEN, move.id)
        _refresh_settled(store, move.id, now)


def withdraw(store: Store, circle: Circle, by: Person, now: datetime) -> bool:
    """A parent with a wish has said yes or no to the old time: the wish is over. False when there was none."""
    move = store.moves.open_by(circle.appointment.id, by.id)
    if move is None or not ends(store, move, MoveOutcome.WITHDRAWN, now):
        return False
    store.journal.write(now, by.id, "move.withdrawn", about(move.id), move.family_id)
    return True


def hand_over(store: Store, family_id: str, to: Person, now: datetime) -> None:
    """Another caseworker decides from now on, and hears of every open wish at once.

    An offer for which she has no time is taken back: nobody may say yes to it any more, and she decides anew.
    The appointments are hers already; their cards are for the caller to change.
    """
    for move in store.moves.open_of_family(family_id):
        at = move.slot_at.astimezone(here()).date() if move.slot_at is not None else None
        part = slots.part_of(move.slot_at) if move.slot_at is not None else None
        store.moves.hand_over(move, to.id, at, part)
        _drop_clashing_offer(store, move.id, now)
        store.timers.set(OPEN, move.id, now)


def _drop_clashing_offer(store: Store, move_id: str, now: datetime) -> None:
    move = store.moves.get(move_id)
    circle = store.appointments.circle(move.appointment_id) if move is not None else None
    if move is None or circle is None or move.offered_at is None:
        return
    if _overlaps(move.offered_at, circle.appointment, busy(store, circle, now, move)):
        store.moves.take_back(move.id, move.offered_at, wish_over=_is_over(move, now))


def _is_over(move: Move, now: datetime) -> bool:
    """Whether it is too late for what was wished for, so that nothing is left of it but the wish."""
    if move.slot_at is None and move.day is not None and move.part is not None:
        return slots.span_of(move.day, move.part).ends_at <= now
    return move.slot_at is not None and move.slot_at <= now


def _overlaps(at: datetime, appointment: Appointment, taken: Sequence[Span]) -> bool:
    until = at + timedelta(minutes=appointment.minutes)
    return any(span.starts_at < until and at < span.ends_at for span in taken)


def show(turn: Turn, named: str, shown: Screen) -> None:
    """Changes the pressed message, in place of a change of it that is on its way already."""
    mine = (card for card in turn.store.cards.about(named) if card.person_id == turn.person.id)
    card = next((one for one in mine if one.message_id == turn.asked.message_id is not None), None)
    if card is None:
        turn.show(shown, about=named)
    else:
        desk.change(turn.store, card, turn.person, shown, turn.now, Lane.ANSWER, direct=True)


def _refresh_settled(store: Store, move_id: str, now: datetime) -> None:
    move = store.moves.get(move_id)
    if move is not None:
        refresh(store, move, now)
