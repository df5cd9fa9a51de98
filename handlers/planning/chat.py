"""What is said and pressed while an appointment is planned."""

from dataclasses import replace

from handlers import access, appointed, appointment_cards, bringing, consenting
from handlers.access import authorise
from handlers.calendar import Draft, a_number
from handlers.desk import voice_of
from handlers.given import number, part
from handlers.picking import TAKES_HOME, TAKES_WHEN, Picking, asks_when, ways_out
from handlers.planning import actions, oneline, rules, screens
from handlers.planning.previews import preview
from handlers.refusal import Refusal
from handlers.room import Room, on_command, on_presses, on_words
from handlers.screen import Screen
from handlers.taken import taken_on
from handlers.turn import Turn
from locales.phrase import Phrase, S
from locales.zone import here
from storage.records import AppointmentKind, Family, Person


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


def _ask_parents(turn: Turn, draft: Draft) -> Screen:
    return screens.which_parents(draft.key, _family(turn, draft).label, _parents(turn, draft))


def _parents(turn: Turn, draft: Draft) -> list[Person]:
    return turn.store.people.of_family(_family(turn, draft).id)


def _ask_length(turn: Turn, draft: Draft) -> Screen:
    return screens.which_length(draft)


def _ask_interpreter(turn: Turn, draft: Draft) -> Screen:
    asked = rules.asked(draft, _parents(turn, draft))
    return screens.which_interpreter(draft, rules.tongues(voice_of(one).language for one in asked))


def _ask_things(turn: Turn, draft: Draft) -> Screen:
    return screens.which_things(draft)


def _ask_times(turn: Turn, draft: Draft) -> Screen:
    return screens.how_often(draft)


def _preview(turn: Turn, draft: Draft) -> Screen:
    asked = rules.asked(draft, _parents(turn, draft))
    plan = rules.plan_of(draft, turn.now, lambda at: taken_on(turn, at.astimezone(here()).date()))
    return preview(draft, plan, _family(turn, draft).label, asked, turn.now)


def _take_family(turn: Turn, draft: Draft, carried: str) -> Draft:
    family = access.family(turn, access.Act.PLAN_APPOINTMENT, carried)
    return replace(draft, subject=family.id, only_for="")


def _take_parents(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    if carried == screens.EVERYBODY:
        return replace(draft, only_for="")
    known = carried in {parent.id for parent in _parents(turn, draft)}
    return replace(draft, only_for=carried) if known else None


def _take_kind(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    return replace(draft, kind=carried) if carried in set(AppointmentKind) else None


def _take_length(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    minutes = a_number(carried)
    return replace(draft, length=minutes) if minutes in rules.LENGTHS else None


def _take_interpreter(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    if carried == screens.NOBODY:
        return replace(draft, interpreter="")
    return replace(draft, interpreter=carried) if carried in rules.tongues(()) else None


def _take_thing(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    chosen = bringing.toggled(draft.bring, carried)
    return None if chosen is None else replace(draft, bring=chosen)


def _take_times(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    times = a_number(carried)
    return replace(draft, times=times) if times in rules.TIMES else None


def _needs_no_answer(turn: Turn, draft: Draft, step: str) -> bool:
    """A family with one parent, or with none yet, leaves nothing to choose."""
    return step == "who" and len(_parents(turn, draft)) < 2


def _sent(turn: Turn, draft: Draft) -> Screen:
    circle = appointed.known(turn.store, draft.became)
    authorise(turn, access.Act.SEE_APPOINTMENT, circle)
    return appointment_cards.sheet(circle, turn.now)


picking = Picking(
    room=screens.ROOM,
    asks={
        "family": _ask_family,
        "who": _ask_parents,
        "kind": _ask_kind,
        **asks_when(screens.ROOM, _about, home=True),
        "preview": _preview,
    },
    takes={
        "family": ("family", _take_family),
        "who": ("who", _take_parents),
        "kind": ("kind", _take_kind),
        **TAKES_WHEN,
        **TAKES_HOME,
        "length": ("length", _take_length),
        "interpreter": ("interpreter", _take_interpreter),
        "bring": ("bring", _take_thing),
        "times": ("times", _take_times),
    },
    sides={
        "length": _ask_length,
        "interpreter": _ask_interpreter,
        "bring": _ask_things,
        "times": _ask_times,
    },
    stays=frozenset({"month", "bring"}),
    skips=_needs_no_answer,
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
    if draft.only_for and not rules.asked(draft, _parents(turn, draft)):
        raise Refusal(S("planning.gone_parent"))
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
    overhears=oneline.overhears(picking),
)
