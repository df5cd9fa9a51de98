"""What whoever decides presses: accept, offer another time, call, or leave it at the old time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from handlers import access, appointed, slots, wish_cards, wishing
from handlers.appointment_rules import Standing, carried, standing
from handlers.calendar import a_day
from handlers.callback import press
from handlers.given import number, part
from handlers.moving import actions, free, screens
from handlers.moving.asking import offer_seen
from handlers.refusal import Refusal
from handlers.turn import Turn
from handlers.wish_cards import moment_of, stamp
from locales.phrase import S
from storage.appointments import Circle
from storage.records import Move, MoveState, Span
from storage.store import Store

Decides = Callable[..., bool]


def opened(turn: Turn) -> None:
    """A wish, looked at again."""
    move, _ = _asked(turn, access.Act.SEE_APPOINTMENT)
    _show(turn, move)


def of_appointment(turn: Turn) -> None:
    """From an appointment to what is wished about it: the oldest in place, others below."""
    id, _ = carried(turn.asked.press.parts if turn.asked.press else ())
    circle = turn.store.appointments.circle(id)
    if circle is None:
        raise Refusal(S("appointments.gone"))
    access.authorise(turn, access.Act.SEE_APPOINTMENT, circle)
    found = turn.store.moves.open_of(id)
    if not found:
        turn.flash(S("appointments.stale.toast"))
        wishing.show(turn, appointed.about(id), appointed.seen(circle, turn.person, turn.now))
        return
    _show(turn, found[0])
    for move in found[1:]:
        wish = wishing.look(turn.store, move, turn.now)
        if wish is not None:
            turn.say(wish_cards.sheet(wish), about=wishing.about(move.id))


def accept(turn: Turn) -> None:
    move, circle = _asked(turn)
    at = move.slot_at
    still = _is_open(move) and move.offered_at is None and at is not None and at > turn.now
    if still and at is not None and stamp(at) == offer_seen(turn):
        done = actions.accept(turn.store, move, circle, at, by=turn.person, now=turn.now)
        _said(turn, move, done=done)
    else:
        _said(turn, move, done=False)


def fix(turn: Turn) -> None:
    """One of the free quarters of the part of the day that was wished for."""
    move, circle = _asked(turn)
    at, found = moment_of(part(turn, 1)), wishing.look(turn.store, move, turn.now)
    still = _is_open(move) and move.offered_at is None and found is not None
    if still and at is not None and found is not None and at in found.room:
        done = actions.fix(turn.store, move, circle, at, by=turn.person, now=turn.now)
        _said(turn, move, done=done)
    else:
        _said(turn, move, done=False)


def call(turn: Turn) -> None:
    move, circle = _asked(turn)
    if _still(turn, move):
        actions.call(turn.store, move, circle, by=turn.person, now=turn.now)
        _said(turn, move, done=True)


def stay(turn: Turn) -> None:
    _settle(turn, actions.stay)


def talked(turn: Turn) -> None:
    _settle(turn, actions.talked)


def _settle(turn: Turn, decides: Decides) -> None:
    move, circle = _asked(turn)
    if _still(turn, move):
        _said(turn, move, done=decides(turn.store, move, circle, by=turn.person, now=turn.now))


def counter(turn: Turn) -> None:
    """Free slots near what was wished for, to offer one of them."""
    move, circle = _asked(turn)
    if not _still(turn, move):
        return
    wanted = replace(
        wishing.wanted(circle.appointment), near=_wished_time(move) or circle.appointment.starts_at
    )
    found = slots.offers(wanted, _busy(turn.store, circle, move, turn.now), turn.now)
    labels = {at: screens.slot_label(at, turn.voice) for at in found}
    back = press(screens.ROOM, "open", move.id)
    head = S("moving.which_offer")
    wishing.show(
        turn, wishing.about(move.id), screens.free_slots(circle, screens.for_wish(move), labels, back, head)
    )


def days(turn: Turn) -> None:
    move, circle = _asked(turn)
    if _still(turn, move):
        grid = _grid(turn, circle, move)
        wishing.show(turn, wishing.about(move.id), grid.days())


def hours(turn: Turn) -> None:
    move, circle = _asked(turn)
    if _still(turn, move):
        shown = _grid(turn, circle, move).hours(a_day(part(turn, 2)))
        wishing.show(turn, wishing.about(move.id), shown)


def quarters(turn: Turn) -> None:
    move, circle = _asked(turn)
    if _still(turn, move):
        shown = _grid(turn, circle, move).quarters(a_day(part(turn, 2)), number(part(turn, 3)))
        wishing.show(turn, wishing.about(move.id), shown)


def offer(turn: Turn) -> None:
    """The time that was picked goes to the parent."""
    move, circle = _asked(turn)
    at = moment_of(part(turn, 2))
    if not _still(turn, move):
        return
    if not _is_ahead(turn, circle):
        _said(turn, move, done=False)
        return
    if at is None or not _grid(turn, circle, move).is_free(at):
        turn.flash(S("moving.taken.toast"), alert=True)
        counter(turn)
        return
    _said(turn, move, done=actions.offer(turn.store, move, circle, at, by=turn.person, now=turn.now))


def _busy(store: Store, circle: Circle, move: Move, now: datetime) -> list[Span]:
    """What can't be offered, the old time among it: that is the one that does not suit."""
    appointment = circle.appointment
    return [*wishing.busy(store, circle, now, move), Span(appointment.starts_at, appointment.ends_at)]


def _grid(turn: Turn, circle: Circle, move: Move) -> free.Grid:
    taken = _busy(turn.store, circle, move, turn.now)
    return free.Grid(circle, screens.for_wish(move), taken, turn.voice, turn.now)


def _wished_time(move: Move) -> datetime | None:
    if move.slot_at is not None or move.day is None or move.part is None:
        return move.slot_at
    return slots.span_of(move.day, move.part).starts_at


def _asked(turn: Turn, act: access.Act = access.Act.DECIDE_MOVE) -> tuple[Move, Circle]:
    """The wish behind the button. Raises Refusal for whoever does not work with the family now."""
    move = turn.store.moves.get(part(turn))
    circle = turn.store.appointments.circle(move.appointment_id) if move is not None else None
    if move is None or circle is None:
        access.authorise(turn, access.Act.LIST_APPOINTMENTS)
        raise Refusal(S("appointments.gone"))
    access.authorise(turn, act, circle)
    return move, circle


def _is_open(move: Move) -> bool:
    return move.state is not MoveState.SETTLED


def _is_ahead(turn: Turn, circle: Circle) -> bool:
    """What has begun is moved no more, though the wish may still stand open."""
    return standing(circle.appointment, turn.now) is Standing.PLANNED


def _still(turn: Turn, move: Move) -> bool:
    """Whether the button was shown for what is open now; else it says so and shows how things stand."""
    if _is_open(move) and stamp(move.offered_at) == offer_seen(turn):
        return True
    _said(turn, move, done=False)
    return False


def _said(turn: Turn, move: Move, *, done: bool) -> None:
    turn.flash(S("moving.done.toast") if done else S("appointments.stale.toast"))
    _show(turn, turn.store.moves.get(move.id) or move)


def _show(turn: Turn, move: Move) -> None:
    found = wishing.look(turn.store, move, turn.now)
    if found is not None:
        wishing.show(turn, wishing.about(move.id), wish_cards.sheet(found))
