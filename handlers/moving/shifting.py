"""A caseworker moves an appointment herself: a free slot or a quarter of her own, then one question."""

from handlers import access, appointed, slots, wishing
from handlers.appointment_rules import carried, may_change
from handlers.calendar import a_day
from handlers.callback import press
from handlers.given import number, part
from handlers.moving import free, screens
from handlers.refusal import Refusal
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.wish_cards import moment_of
from locales.phrase import S
from storage.appointments import Circle


def begin(turn: Turn) -> None:
    circle = _may_shift(turn)
    if circle is not None:
        _offer_slots(turn, circle)


def days(turn: Turn) -> None:
    circle = _may_shift(turn)
    if circle is not None:
        _show(turn, circle, _grid(turn, circle).days())


def hours(turn: Turn) -> None:
    circle = _may_shift(turn)
    if circle is not None:
        _show(turn, circle, _grid(turn, circle).hours(a_day(part(turn, 2))))


def quarters(turn: Turn) -> None:
    circle = _may_shift(turn)
    if circle is not None:
        _show(turn, circle, _grid(turn, circle).quarters(a_day(part(turn, 2)), number(part(turn, 3))))


def picked(turn: Turn) -> None:
    """Asks once more: all parents are about to hear of it."""
    circle, at = _may_shift(turn), moment_of(part(turn, 2))
    if circle is None:
        return
    if at is None or not _grid(turn, circle).is_free(at):
        turn.flash(S("moving.taken.toast"), alert=True)
        _offer_slots(turn, circle)
    else:
        _show(turn, circle, screens.sure(circle, at))


def sure(turn: Turn) -> None:
    circle, at = _may_shift(turn), moment_of(part(turn, 2))
    if circle is None:
        return
    if at is None or not _grid(turn, circle).is_free(at):
        turn.flash(S("moving.taken.toast"), alert=True)
        _offer_slots(turn, circle)
        return
    done = appointed.moved(turn.store, circle, at, by=turn.person, now=turn.now)
    turn.flash(S("moving.done.toast") if done else S("appointments.stale.toast"))
    after = appointed.known(turn.store, circle.appointment.id)
    _show(turn, after, appointed.seen(after, turn.person, turn.now))


def _offer_slots(turn: Turn, circle: Circle) -> None:
    found = slots.offers(
        wishing.wanted(circle.appointment), wishing.busy(turn.store, circle, turn.now), turn.now
    )
    labels = {at: screens.slot_label(at, turn.voice) for at in found}
    way = screens.for_shift(circle.appointment)
    back = press("appointments", "open", circle.appointment.id)
    _show(turn, circle, screens.free_slots(circle, way, labels, back, S("moving.which_slot")))


def _grid(turn: Turn, circle: Circle) -> free.Grid:
    busy = wishing.busy(turn.store, circle, turn.now)
    return free.Grid(circle, screens.for_shift(circle.appointment), busy, turn.voice, turn.now)


def _show(turn: Turn, circle: Circle, shown: Screen) -> None:
    wishing.show(turn, appointed.about(circle.appointment.id), shown)


def _may_shift(turn: Turn) -> Circle | None:
    """The appointment, as long as the button still means it; else it says so and shows how things stand."""
    id, revision = carried(turn.asked.press.parts if turn.asked.press else ())
    circle = turn.store.appointments.circle(id)
    if circle is None:
        access.authorise(turn, access.Act.LIST_APPOINTMENTS)
        raise Refusal(S("appointments.gone"))
    access.authorise(turn, access.Act.SHIFT_APPOINTMENT, circle)
    if circle.appointment.session_id is not None:
        turn.flash(S("moving.session.toast"), alert=True)
    elif not may_change(circle.appointment, revision, turn.now):
        turn.flash(S("appointments.stale.toast"))
    else:
        return circle
    _show(turn, circle, appointed.seen(circle, turn.person, turn.now))
    return None
