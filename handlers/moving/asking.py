"""What a parent presses: a slot, a part of a day, yes or no to an offer, or back to the old time."""

from datetime import date, timedelta

from handlers import access, appointed, consenting, slots, wishing
from handlers.appointment_rules import carried, may_change
from handlers.calendar import a_day
from handlers.given import part
from handlers.moving import actions, screens
from handlers.refusal import Refusal
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.wish_cards import moment_of, stamp
from locales.phrase import F, S
from storage.appointments import Circle
from storage.records import DayPart, Move, MoveState, Purpose


def ask(turn: Turn) -> None:
    """🔁 on the card: free slots to choose from, or the wish that is open already."""
    circle = _may_ask(turn)
    if circle is not None and turn.person.id in circle.wishes:
        show_card(turn, circle)
    elif circle is not None:
        _offer_slots(turn, circle)


def again(turn: Turn) -> None:
    """Another wish, or back from the days to the slots."""
    circle = _may_ask(turn)
    if circle is not None:
        _offer_slots(turn, circle)


def back(turn: Turn) -> None:
    circle = _may_ask(turn)
    if circle is not None:
        show_card(turn, circle)


def take_slot(turn: Turn) -> None:
    circle = _may_ask(turn)
    at = moment_of(part(turn, 2))
    if circle is None:
        return
    made = actions.wish(turn.store, circle, by=turn.person, now=turn.now, slot_at=at) if at else None
    if made is None:
        turn.flash(F("moving.taken.toast"), alert=True)
        _offer_slots(turn, circle)
    else:
        _wished(turn, circle)


def days(turn: Turn) -> None:
    circle = _may_ask(turn)
    if circle is not None:
        _ask_day(turn, circle)


def parts(turn: Turn) -> None:
    circle, day = _may_ask(turn), a_day(part(turn, 2))
    if circle is None:
        return
    free = _free_parts(turn, circle)
    if day not in free:
        turn.flash(F("moving.taken.toast"), alert=True)
        _ask_day(turn, circle)
    else:
        _show(turn, circle, screens.which_part(circle.appointment, day, free[day]))


def take_part(turn: Turn) -> None:
    circle, day = _may_ask(turn), a_day(part(turn, 2))
    if circle is None:
        return
    wished = next((one for one in DayPart if one == part(turn, 3)), None)
    if day is None or wished is None or wished not in _free_parts(turn, circle).get(day, ()):
        turn.flash(F("moving.taken.toast"), alert=True)
        _ask_day(turn, circle)
    else:
        actions.wish(turn.store, circle, by=turn.person, now=turn.now, day=day, part=wished)
        _wished(turn, circle)


def keep(turn: Turn) -> None:
    """The old time suits after all."""
    move, circle = _own_move(turn)
    if not _is_mine(turn, move) or not actions.withdraw(turn.store, circle, by=turn.person, now=turn.now):
        turn.flash(F("appointments.stale.toast"), alert=True)
    show_card(turn, appointed.known(turn.store, circle.appointment.id))


def agree(turn: Turn) -> None:
    """The offer suits: the appointment moves at once."""
    move, circle = _own_move(turn)
    at = move.offered_at
    still = _is_mine(turn, move) and at is not None and at > turn.now and stamp(at) == offer_seen(turn)
    store, who = turn.store, turn.person
    if still and at is not None and actions.accept(store, move, circle, at, by=who, now=turn.now):
        turn.flash(F("moving.agreed.toast"))
        actions.tell_agreed(store, move, circle, at, turn.now)
    else:
        turn.flash(F("appointments.stale.toast"), alert=True)
    show_card(turn, appointed.known(store, circle.appointment.id))


def refuse(turn: Turn) -> None:
    """The offer does not suit: whoever made it decides anew."""
    move, circle = _own_move(turn)
    still = _is_mine(turn, move) and stamp(move.offered_at) == offer_seen(turn)
    if still and actions.refuse(turn.store, move, circle, by=turn.person, now=turn.now):
        turn.flash(F("moving.refused.toast"))
        after = appointed.known(turn.store, circle.appointment.id)
        appointed.follow(turn.store, after, turn.person, turn.now, turn.asked.message_id)
    else:
        turn.flash(F("appointments.stale.toast"), alert=True)
    show_card(turn, appointed.known(turn.store, circle.appointment.id))


def show_card(turn: Turn, circle: Circle) -> None:
    """The pressed message shows what holds."""
    _show(turn, circle, appointed.seen(circle, turn.person, turn.now))


def offer_seen(turn: Turn) -> int:
    """The offer a button was shown with, as `stamp` writes it; -1 when it carries nothing of the kind."""
    text = part(turn, 1)
    return int(text) if moment_of(text) is not None else -1


def _show(turn: Turn, circle: Circle, shown: Screen) -> None:
    wishing.show(turn, appointed.about(circle.appointment.id), shown)


def _wished(turn: Turn, circle: Circle) -> None:
    turn.flash(F("moving.wished.toast"))
    after = appointed.known(turn.store, circle.appointment.id)
    appointed.follow(turn.store, after, turn.person, turn.now, turn.asked.message_id)
    show_card(turn, after)


def _offer_slots(turn: Turn, circle: Circle) -> None:
    mine = circle.wishes.get(turn.person.id)
    busy = wishing.busy(turn.store, circle, turn.now, mine)
    found = slots.offers(wishing.wanted(circle.appointment), busy, turn.now)
    labels = {at: screens.slot_label(at, turn.voice) for at in found}
    _show(turn, circle, screens.choose(circle, labels))


def _ask_day(turn: Turn, circle: Circle) -> None:
    labels = {day: turn.voice.day_short(day) for day in _free_parts(turn, circle)}
    _show(turn, circle, screens.which_day(circle.appointment, labels))


def _free_parts(turn: Turn, circle: Circle) -> dict[date, list[DayPart]]:
    """The days a parent may wish for, each with its parts; where nothing is free anywhere, all of them."""
    busy = wishing.busy(turn.store, circle, turn.now, circle.wishes.get(turn.person.id))
    length = timedelta(minutes=circle.appointment.minutes)
    found = slots.days_with_room(length, busy, turn.now)
    return {day: slots.room_on(day, length, busy, turn.now) or list(DayPart) for day in found}


def _may_ask(turn: Turn) -> Circle | None:
    """The appointment that may still be moved by this parent; else they see why not and how it stands."""
    id, revision = carried(turn.asked.press.parts if turn.asked.press else ())
    circle = _own_circle(turn, id)
    if consenting.asked_first(turn.store, turn.person, Purpose.CONTACT, turn.now):
        return None
    if circle.appointment.session_id is not None:
        turn.flash(F("moving.session.toast"), alert=True)
    elif not may_change(circle.appointment, revision, turn.now):
        turn.flash(F("appointments.stale.toast"), alert=True)
    else:
        return circle
    show_card(turn, circle)
    return None


def _own_move(turn: Turn) -> tuple[Move, Circle]:
    move = turn.store.moves.get(part(turn))
    circle = _own_circle(turn, move.appointment_id if move is not None else "")
    if move is None or move.person_id != turn.person.id:
        raise Refusal(F("appointments.not_yours"))
    return move, circle


def _is_mine(turn: Turn, move: Move) -> bool:
    return move.state is not MoveState.SETTLED and move.person_id == turn.person.id


def _own_circle(turn: Turn, appointment_id: str) -> Circle:
    """The appointment, if it is this parent's. Raises Refusal."""
    circle, staff = turn.store.appointments.circle(appointment_id), turn.person.is_staff
    if circle is None:
        raise Refusal(S("appointments.gone") if staff else F("appointments.gone"))
    if not access.may(turn, access.Act.ASK_TO_MOVE, circle):
        raise Refusal(S("appointments.not_yours") if staff else F("appointments.not_yours"))
    return circle
