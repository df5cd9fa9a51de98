"""What is said and pressed while an appointment is planned."""

from dataclasses import replace

from handlers import access, appointed, appointment_cards, consenting
from handlers.access import authorise
from handlers.calendar import Draft
from handlers.given import number, part
from handlers.picking import TAKES_HOME, TAKES_WHEN, Picking, asks_when, ways_out
from handlers.planning import actions, screens
from handlers.room import Room, on_command, on_presses, on_words
from handlers.screen import Screen
from handlers.turn import Turn
from locales.phrase import Phrase, S
from storage.records import AppointmentKind, Family


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
    circle = appointed.known(turn.store, draft.became)
    authorise(turn, access.Act.SEE_APPOINTMENT, circle)
    return appointment_cards.sheet(circle, turn.now)


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


room = Room(
    name=screens.ROOM,
    handlers=(
        on_words({"appointments.new.button": picking.begin}),
        on_command("new", picking.begin),
        on_presses(screens.ROOM, {**picking.verbs(), "send": send, "page": other_families}),
    ),
    dialogues={"place": picking.typed},
)
