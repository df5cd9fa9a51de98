"""A whole appointment typed in one line: what was understood is confirmed like any other, what is missing is asked."""

from collections.abc import Callable
from dataclasses import replace

from handlers.access import Act, authorise
from handlers.calendar import AT_HOME, Draft, place_of
from handlers.picking import SENT, Picking, answered
from handlers.planning import lines
from handlers.planning.understanding import Known, Understood, understood
from handlers.turn import Turn
from locales.translator import everywhere
from storage.records import AppointmentKind, Role, new_id

TYPED = frozenset({"place"})  # the step at which other words are waited for


def overhears(picking: Picking) -> Callable[[Turn], bool]:
    """Hears whether a caseworker who is in no other conversation types a plan; all else is left to others."""

    def hears(turn: Turn) -> bool:
        if Role.CASEWORKER not in turn.person.roles or not _is_free(turn, picking.room):
            return False
        found = understood(turn.asked.text, _known(turn), turn.now)
        if found is None:
            return False
        authorise(turn, Act.PLAN)
        _begin(turn, picking, found)
        return True

    return hears


def _is_free(turn: Turn, own: str) -> bool:
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    if dialogue is None or dialogue.step == SENT:
        return True
    return dialogue.room == own and dialogue.step not in TYPED


def _known(turn: Turn) -> Known:
    return Known(
        turn.store.families.cared_for_by(turn.person.id, turn.now),
        [(place.id, place.name) for place in turn.store.agency.meeting_places()],
        {kind: everywhere(f"kind.{kind}") for kind in AppointmentKind},
    )


def _begin(turn: Turn, picking: Picking, found: Understood) -> None:
    draft = _draft(turn, found)
    step = _first_open(turn, picking, draft)
    turn.store.dialogues.put(turn.person.id, picking.room, step, draft.content(), turn.now)
    if step == "family":
        turn.say(lines.which_of_these(draft.key, found.families))
    else:
        label, whole = found.families[0].label, step == list(picking.asks)[-1]
        turn.say(lines.understood(picking.shown(turn, draft, step), draft, label, whole=whole))


def _draft(turn: Turn, found: Understood) -> Draft:
    """As far as it is clear; a visit at home is at the family's own."""
    place = turn.store.agency.meeting_place(found.place_id)
    draft = Draft(
        new_id()[:6],
        kind=found.kind or "",
        day=found.day,
        hour=found.at.hour if found.at else None,
        minute=found.at.minute if found.at else None,
        length=found.minutes,
        typed=True,
    )
    if len(found.families) == 1:
        draft = replace(draft, subject=found.families[0].id)
    if place is not None:
        return replace(draft, place=place_of(place), place_id=place.id)
    return replace(draft, place=AT_HOME) if found.kind is AppointmentKind.HOME_VISIT else draft


def _first_open(turn: Turn, picking: Picking, draft: Draft) -> str:
    """The first step that lacks its answer; who of several parents is asked is never taken for granted."""
    *steps, last = picking.asks
    for step in steps:
        if not answered(draft, step) and not (draft.subject and picking.skips(turn, draft, step)):
            return step
    return last
