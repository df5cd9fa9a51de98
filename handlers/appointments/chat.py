"""What is said and pressed about appointments."""

from dataclasses import replace

from handlers import access, consenting, desk
from handlers.access import authorise
from handlers.appointments import actions, due, rules, screens
from handlers.calendar import BACK, CANCELLED, DAY_BEFORE, INVITE, REACH, TWO_HOURS, Draft
from handlers.given import number, part
from handlers.picking import TAKES_HOME, TAKES_WHEN, Picking, asks_when, ways_out
from handlers.refusal import Refusal
from handlers.room import Act, Room, on_command, on_presses, on_words
from handlers.screen import Screen
from handlers.turn import Turn
from locales.phrase import F, Phrase, S
from storage.appointments import Circle
from storage.records import Answer, AppointmentKind, Card, Family, Lane, Person, Purpose

MOST_CARDS = 5


def _about(turn: Turn, draft: Draft) -> Phrase:
    return screens.about_draft(draft.kind, _family(turn, draft).label)


def _family(turn: Turn, draft: Draft) -> Family:
    return access.family(turn, access.Act.PLAN_APPOINTMENT, draft.subject)


def _ask_family(turn: Turn, draft: Draft) -> Screen:
    return screens.which_family(draft.key, _families(turn))


def _families(turn: Turn) -> list[Family]:
    return turn.store.families.cared_for_by(turn.person.id, turn.now)


def _ask_kind(turn: Turn, draft: Draft) -> Screen:
    return screens.which_kind(draft.key, _family(turn, draft).label)


def _preview(turn: Turn, draft: Draft) -> Screen:
    family = _family(turn, draft)
    parents = turn.store.people.of_family(family.id)
    return screens.preview(draft, family.label, draft.starts_at(turn.now), parents)


def _take_family(turn: Turn, draft: Draft, carried: str) -> Draft:
    return replace(draft, subject=access.family(turn, access.Act.PLAN_APPOINTMENT, carried).id)


def _take_kind(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    return replace(draft, kind=carried) if carried in set(AppointmentKind) else None


def _sent(turn: Turn, draft: Draft) -> Screen:
    circle = actions.known(turn.store, draft.became)
    authorise(turn, access.Act.SEE_APPOINTMENT, circle)
    return screens.sheet(circle, turn.now)


picking = Picking(
    room=screens.ROOM,
    asks={
        "family": _ask_family,
        "kind": _ask_kind,
        **asks_when(screens.ROOM, _about, home=True),
        "preview": _preview,
    },
    takes={
        "family": ("family", _take_family),
        "kind": ("kind", _take_kind),
        **TAKES_WHEN,
        **TAKES_HOME,
    },
    done=_sent,
    new=screens.NEW,
)


def other_families(turn: Turn) -> None:
    """Turns the page of families to choose from."""
    found = picking.open(turn, "family")
    if found is not None:
        key = found[0].key
        shown = screens.which_family(key, _families(turn), number(part(turn, 1)))
        turn.show(shown.with_buttons(ways_out(screens.ROOM, key, first=True)))


def send(turn: Turn) -> None:
    found = picking.open(turn, "preview")
    if found is None:
        return
    draft = found[0]
    circle = actions.send(turn.store, draft, _family(turn, draft), by=turn.person, now=turn.now)
    actions.keep_as_card(turn.store, circle, turn.person, turn.asked.message_id, turn.now)
    picking.sent(turn, draft, circle.appointment.id)
    turn.flash(S("appointments.sent.toast"))
    to_call = consenting.by_phone(turn.store, circle.parents)
    if to_call:
        turn.say(consenting.call_them(to_call, circle.family))


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
        turn.say(screens.card(appointment, said, turn.now), about=actions.about(appointment.id))
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
        if not rules.may_change(circle.appointment, revision, turn.now):
            turn.flash(F("appointments.stale.toast"), alert=True)
        else:
            turn.flash(screens.TOASTS[said])
            if not asked_again:
                circle = actions.answer(
                    turn.store, circle, said, by=turn.person, now=turn.now, pressed=turn.asked.message_id
                )
        turn.show(actions.seen(circle, turn.person, turn.now))

    return act


def opened(turn: Turn) -> None:
    circle, _ = _own(turn, access.Act.SEE_APPOINTMENT)
    _show_sheet(turn, circle)


def cancelling(turn: Turn) -> None:
    """Asks once more before an appointment is cancelled."""
    circle, revision = _own(turn, access.Act.CANCEL_APPOINTMENT)
    if rules.may_change(circle.appointment, revision, turn.now):
        turn.show(screens.sure(circle))
        return
    turn.flash(S("appointments.stale.toast"))
    _show_sheet(turn, circle)


def cancelled(turn: Turn) -> None:
    circle, revision = _own(turn, access.Act.CANCEL_APPOINTMENT)
    still = rules.may_change(circle.appointment, revision, turn.now)
    done = still and actions.cancel(turn.store, circle, by=turn.person, now=turn.now)
    turn.flash(S("appointments.cancelled.toast") if done else S("appointments.stale.toast"))
    if not done or _pressed_card(turn, circle) is None:
        _show_sheet(turn, actions.known(turn.store, circle.appointment.id))


def _show_sheet(turn: Turn, circle: Circle) -> None:
    card = _pressed_card(turn, circle)
    if card is None:
        turn.show(screens.sheet(circle, turn.now, listed=True))
        return
    # As a change of the card it takes the place of an earlier one that has not left yet.
    desk.change(turn.store, card, turn.person, screens.sheet(circle, turn.now), turn.now, Lane.ANSWER)


def _pressed_card(turn: Turn, circle: Circle) -> Card | None:
    """The card that was pressed; None when it was another message, such as the list."""
    cards = turn.store.cards.about(actions.about(circle.appointment.id))
    mine = (card for card in cards if card.person_id == turn.person.id and card.message_id is not None)
    return next((card for card in mine if card.message_id == turn.asked.message_id), None)


def _pressed(turn: Turn) -> tuple[Circle | None, int]:
    id, revision = rules.carried(turn.asked.press.parts if turn.asked.press else ())
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
                "appointments.new.button": picking.begin,
                "appointments.menu.button": menu,
                "discreet.dates.button": menu,
            }
        ),
        on_command("termine", menu),
        on_command("new", picking.begin),
        on_presses(
            screens.ROOM,
            {
                **picking.verbs(),
                "send": send,
                "page": other_families,
                "list": listed,
                "open": opened,
                "cancel": cancelling,
                "sure": cancelled,
                **{answer.value: answering(answer) for answer in Answer},
            },
        ),
    ),
    dialogues={"place": picking.typed},
    due={
        INVITE: due.invite,
        CANCELLED: due.cancelled,
        REACH: due.reach_changed,
        BACK: due.back,
        DAY_BEFORE: due.day_before,
        TWO_HOURS: due.two_hours,
    },
    settled={"appointment": due.not_arrived},
)
