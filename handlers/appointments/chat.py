"""What is said and pressed about appointments."""

from handlers import access, appointed, appointment_cards, consenting, desk
from handlers.access import authorise
from handlers.appointment_rules import carried, may_change
from handlers.appointments import actions, due, screens
from handlers.calendar import BACK, CANCELLED, INVITE, REACH
from handlers.refusal import Refusal
from handlers.room import Act, Room, on_command, on_presses, on_words
from handlers.turn import Turn
from locales.phrase import F, Phrase, S
from storage.appointments import Circle
from storage.records import Answer, Card, Lane, Person, Purpose

MOST_CARDS = 5


def menu(turn: Turn) -> None:
    """📅: the caseworker's list, or a card for each of the family's next appointments."""
    if turn.person.is_staff:
        listed(turn)
        return
    family = access.own_family(turn, access.Act.SEE_OWN_APPOINTMENTS)
    if consenting.asked_first(turn.store, turn.person, Purpose.CONTACT, turn.now):
        return
    ahead = turn.store.appointments.ahead(family.id, turn.now)[:MOST_CARDS]
    for appointment in ahead:
        said = turn.store.appointments.answers(appointment.id).get(turn.person.id)
        turn.say(appointment_cards.card(appointment, said, turn.now), about=appointed.about(appointment.id))
    if not ahead:
        turn.say(screens.none_of_family())


def listed(turn: Turn) -> None:
    authorise(turn, access.Act.LIST_APPOINTMENTS)
    ahead = turn.store.appointments.single_ahead(turn.person.id, turn.now)
    access.has_listed(turn, access.Act.LIST_APPOINTMENTS, (one.family_id for one, _ in ahead))
    at = [appointment.starts_at for appointment, _ in ahead]
    turn.show(screens.overview(ahead, [f"{turn.voice.day_short(day)} {turn.voice.time(day)}" for day in at]))


def answering(said: Answer) -> Act:
    """The act of one answer's button."""

    def act(turn: Turn) -> None:
        circle, revision = _invited(turn)
        if consenting.asked_first(turn.store, turn.person, Purpose.CONTACT, turn.now):
            return
        asked_again = circle.answers.get(turn.person.id) is said
        if not may_change(circle.appointment, revision, turn.now):
            turn.flash(F("appointments.stale.toast"), alert=True)
        else:
            turn.flash(screens.TOASTS[said])
            if not asked_again:
                circle = actions.answer(
                    turn.store, circle, said, by=turn.person, now=turn.now, pressed=turn.asked.message_id
                )
        turn.show(appointed.seen(circle, turn.person, turn.now))

    return act


def opened(turn: Turn) -> None:
    circle, _ = _own(turn, access.Act.SEE_APPOINTMENT)
    _show_sheet(turn, circle)


def cancelling(turn: Turn) -> None:
    """Asks once more before an appointment is cancelled."""
    circle, revision = _own(turn, access.Act.CANCEL_APPOINTMENT)
    if may_change(circle.appointment, revision, turn.now):
        turn.show(screens.sure(circle))
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


def _show_sheet(turn: Turn, circle: Circle) -> None:
    card = _pressed_card(turn, circle)
    if card is None:
        turn.show(appointment_cards.sheet(circle, turn.now, listed=True))
        return
    # As a change of the card it takes the place of an earlier one that has not left yet.
    desk.change(
        turn.store, card, turn.person, appointment_cards.sheet(circle, turn.now), turn.now, Lane.ANSWER
    )


def _pressed_card(turn: Turn, circle: Circle) -> Card | None:
    """The card that was pressed; None when it was another message, such as the list."""
    cards = turn.store.cards.about(appointed.about(circle.appointment.id))
    mine = (card for card in cards if card.person_id == turn.person.id and card.message_id is not None)
    return next((card for card in mine if card.message_id == turn.asked.message_id), None)


def _pressed(turn: Turn) -> tuple[Circle | None, int]:
    id, revision = carried(turn.asked.press.parts if turn.asked.press else ())
    return turn.store.appointments.circle(id), revision


def _invited(turn: Turn) -> tuple[Circle, int]:
    """The appointment behind a parent's button. Raises Refusal for whoever is not of that family."""
    circle, revision = _pressed(turn)
    if circle is None:
        raise Refusal(_no(turn.person, S("appointments.gone"), F("appointments.gone")))
    if not access.may(turn, access.Act.ANSWER_APPOINTMENT, circle):
        raise Refusal(_no(turn.person, S("appointments.not_yours"), F("appointments.not_yours")))
    return circle, revision


def _own(turn: Turn, act: access.Act) -> tuple[Circle, int]:
    """The appointment behind a caseworker's button. Raises Refusal unless she works with the family now."""
    circle, revision = _pressed(turn)
    if circle is None:
        authorise(turn, access.Act.LIST_APPOINTMENTS)
        raise Refusal(S("appointments.gone"))
    authorise(turn, act, circle)
    return circle, revision


def _no(person: Person, to_staff: Phrase, to_family: Phrase) -> Phrase:
    return to_staff if person.is_staff else to_family


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
                **{answer.value: answering(answer) for answer in Answer},
            },
        ),
    ),
    due={
        INVITE: due.invite,
        CANCELLED: due.cancelled,
        REACH: due.reach_changed,
        BACK: due.back,
    },
    settled={"appointment": due.not_arrived},
)
