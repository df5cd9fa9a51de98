"""What is said and pressed about appointments."""

from collections.abc import Mapping

from handlers import access, appointed, appointment_cards, consenting, desk
from handlers.access import authorise
from handlers.appointment_rules import may_change
from handlers.appointments import actions, answering, due, explaining, screens, staff
from handlers.appointments.answering import pressed
from handlers.calendar import BACK, CANCELLED, INVITE, REACH
from handlers.refusal import Refusal
from handlers.room import Room, on_command, on_presses, on_words
from handlers.turn import Turn
from locales.phrase import S
from storage.appointments import Circle
from storage.records import Answer, Card, Lane, Purpose, Reason

MOST_CARDS = 5


def menu(turn: Turn) -> None:
    """📅: the caseworker's list, or a card for each of the family's next appointments."""
    if turn.person.is_staff:
        listed(turn)
        return
    family = access.own_family(turn, access.Act.SEE_OWN_APPOINTMENTS)
    if consenting.asked_first(turn.store, turn.person, Purpose.CONTACT, turn.now):
        return
    ahead = turn.store.appointments.ahead(family.id, turn.now, turn.person.id)[:MOST_CARDS]
    for appointment in ahead:
        circle = appointed.known(turn.store, appointment.id)
        turn.say(appointed.seen(circle, turn.person, turn.now), about=appointed.about(appointment.id))
    if not ahead:
        turn.say(screens.none_of_family())


def listed(turn: Turn) -> None:
    authorise(turn, access.Act.LIST_APPOINTMENTS)
    ahead = turn.store.appointments.single_ahead(turn.person.id, turn.now)
    access.has_listed(turn, access.Act.LIST_APPOINTMENTS, (one.family_id for one, _ in ahead))
    at = [appointment.starts_at for appointment, _ in ahead]
    turn.show(staff.overview(ahead, [f"{turn.voice.day_short(day)} {turn.voice.time(day)}" for day in at]))


def opened(turn: Turn) -> None:
    """The sheet, for once with the reasons of those who do not come: they stand nowhere but here."""
    circle, _ = _own(turn, access.Act.SEE_APPOINTMENT)
    said_no = any(said is Answer.NO for said in circle.answers.values())
    reasons = turn.store.declines.of(circle.appointment.id) if said_no else {}
    _show_sheet(turn, circle, reasons)


def cancelling(turn: Turn) -> None:
    """Asks once more before an appointment is cancelled."""
    circle, revision = _own(turn, access.Act.CANCEL_APPOINTMENT)
    if may_change(circle.appointment, revision, turn.now):
        turn.show(staff.sure(circle))
        return
    turn.flash(S("appointments.stale.toast"))
    _show_sheet(turn, circle)


def cancelled(turn: Turn) -> None:
    circle, revision = _own(turn, access.Act.CANCEL_APPOINTMENT)
    still = may_change(circle.appointment, revision, turn.now)
    done = still and appointed.cancelled(turn.store, circle, by=turn.person, now=turn.now)
    turn.flash(S("appointments.cancelled.toast") if done else S("appointments.stale.toast"))
    if not done or _pressed_card(turn, circle) is None:
        _show_sheet(turn, appointed.known(turn.store, circle.appointment.id))


def in_series(turn: Turn) -> None:
    """Asks whether one of a series is cancelled, or all that follow too."""
    circle, revision = _own(turn, access.Act.CANCEL_APPOINTMENT)
    one = circle.appointment
    if one.series_id is None or not may_change(one, revision, turn.now):
        turn.flash(S("appointments.stale.toast"))
        _show_sheet(turn, circle)
        return
    ahead = turn.store.appointments.of_series(one.series_id, one.starts_at)
    turn.show(staff.which_of_series(circle, sum(other.family_id == one.family_id for other in ahead)))


def all_cancelled(turn: Turn) -> None:
    circle, revision = _own(turn, access.Act.CANCEL_APPOINTMENT)
    still = may_change(circle.appointment, revision, turn.now)
    gone = actions.cancel_following(turn.store, circle, by=turn.person, now=turn.now) if still else 0
    turn.flash(S("appointments.cancelled.toast") if gone else S("appointments.stale.toast"))
    if not gone or _pressed_card(turn, circle) is None:
        _show_sheet(turn, appointed.known(turn.store, circle.appointment.id))


def _show_sheet(turn: Turn, circle: Circle, reasons: Mapping[str, Reason] | None = None) -> None:
    card = _pressed_card(turn, circle)
    shown = appointment_cards.sheet(circle, turn.now, listed=card is None, reasons=reasons)
    if card is None:
        turn.show(shown)
        return
    # As a change of the card it takes the place of an earlier one that has not left yet.
    desk.change(turn.store, card, turn.person, shown, turn.now, Lane.ANSWER)


def _pressed_card(turn: Turn, circle: Circle) -> Card | None:
    """The card that was pressed; None when it was another message, such as the list."""
    cards = turn.store.cards.about(appointed.about(circle.appointment.id))
    mine = (card for card in cards if card.person_id == turn.person.id and card.message_id is not None)
    return next((card for card in mine if card.message_id == turn.asked.message_id), None)


def _own(turn: Turn, act: access.Act) -> tuple[Circle, int]:
    """The appointment behind a caseworker's button. Raises Refusal unless she works with the family now."""
    circle, revision = pressed(turn)
    if circle is None:
        authorise(turn, access.Act.LIST_APPOINTMENTS)
        raise Refusal(S("appointments.gone"))
    authorise(turn, act, circle)
    return circle, revision


room = Room(
    name=screens.ROOM,
    handlers=(
        on_words(
            {
                "appointments.menu.button": menu,
                "discreet.dates.button": menu,
            }
        ),
        on_command("termine", menu),
        on_presses(
            screens.ROOM,
            {
                "list": listed,
                "open": opened,
                "cancel": cancelling,
                "sure": cancelled,
                "series": in_series,
                "all": all_cancelled,
                **answering.PRESSES,
                **explaining.PRESSES,
            },
        ),
    ),
    dialogues={explaining.VOICE: explaining.typed},
    secrets=frozenset({explaining.VOICE}),
    voices={explaining.VOICE: explaining.spoke},
    due={
        INVITE: due.invite,
        CANCELLED: due.cancelled,
        REACH: due.reach_changed,
        BACK: due.back,
    },
    settled={"appointment": due.not_arrived},
)
