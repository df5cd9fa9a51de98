"""What is pressed about standing in and handing over."""

from datetime import date
from typing import Any

from handlers import standing
from handlers.access import Act, authorise, family
from handlers.calendar import a_day
from handlers.deputies import actions, rules, screens
from handlers.given import part
from handlers.refusal import Refusal
from handlers.room import Room, on_command, on_presses
from handlers.turn import Turn
from locales.phrase import S
from storage.records import Person


def menu(turn: Turn) -> None:
    """One's own deputies."""
    shown = screens.listed(actions.listed(turn, turn.person.id))
    if turn.asked.press is None:
        turn.say(shown)
    else:
        turn.show(shown)


def listed(turn: Turn) -> None:
    turn.leaves(screens.ROOM)
    turn.show(screens.listed(actions.listed(turn, part(turn))))


def new(turn: Turn) -> None:
    of = actions.caseworker(turn, part(turn), Act.NAME_DEPUTY)
    _go(turn, "who", {"of": of.id})
    turn.show(screens.which_colleague(of, actions.colleagues(turn.store, of.id)))


def chosen(turn: Turn) -> None:
    """A colleague was chosen: from which day?"""
    of, draft = _draft(turn, "who")
    deputy = _colleague(turn, of, part(turn))
    _go(turn, "from", {**draft, "deputy": deputy.id})
    turn.show(screens.first_day(of, deputy, _labels(turn, rules.first_days(turn.now))))


def begins(turn: Turn) -> None:
    """A first day was chosen: until when?"""
    of, draft = _draft(turn, "from")
    deputy, first = _colleague(turn, of, str(draft["deputy"])), a_day(part(turn))
    if first is None or first not in rules.first_days(turn.now):
        raise Refusal(S("door.stale.toast"))
    _go(turn, "until", {**draft, "from": first.isoformat()})
    turn.show(screens.last_day(of, deputy, first, _labels(turn, rules.last_days(first))))


def until(turn: Turn) -> None:
    """A last day was chosen: it is written down."""
    of, draft = _draft(turn, "until")
    first, last = a_day(str(draft["from"])), a_day(part(turn))
    if first is None or last not in rules.last_days(first):
        raise Refusal(S("door.stale.toast"))
    actions.name(turn, of, str(draft["deputy"]), first, last)
    turn.leaves(screens.ROOM)
    turn.flash(S("deputies.named.toast"))
    turn.show(screens.listed(actions.listed(turn, of.id)))


def end(turn: Turn) -> None:
    of = actions.end(turn, part(turn))
    turn.flash(S("deputies.ended.toast"))
    turn.show(screens.listed(actions.listed(turn, of.id)))


def hand(turn: Turn) -> None:
    """Who gets this family?"""
    found = family(turn, Act.HAND_OVER_FAMILY, part(turn))
    notes = [one for one in turn.store.entrusted.of_family(found.id) if one.confidant_id == turn.person.id]
    people = actions.colleagues(turn.store, found.caseworker_id)
    turn.show(screens.hand_to(found, len(notes), people))


def sure(turn: Turn) -> None:
    found = family(turn, Act.HAND_OVER_FAMILY, part(turn))
    turn.show(screens.sure(found, _somebody(turn, found.caseworker_id, part(turn, 1))))


def handed(turn: Turn) -> None:
    found = family(turn, Act.HAND_OVER_FAMILY, part(turn))
    to = _somebody(turn, found.caseworker_id, part(turn, 1))
    actions.hand_over(turn, found, to)
    turn.flash(S("deputies.handed.toast"))
    turn.show(screens.handed(to))


def hand_all(turn: Turn) -> None:
    """For a lead: who gets all families of a colleague, and all that they lead?"""
    of = _leaving(turn)
    families, led = turn.store.families.caseload(of.id), turn.store.training.led(of.id, turn.now)
    turn.show(screens.all_to(of, len(families), led, actions.colleagues(turn.store, of.id)))


def all_handed(turn: Turn) -> None:
    of = _leaving(turn)
    to = _somebody(turn, of.id, part(turn, 1))
    led = turn.store.training.led(of.id, turn.now)
    turn.show(screens.all_handed(of, to, actions.hand_all_over(turn, of, to), led))


def _leaving(turn: Turn) -> Person:
    authorise(turn, Act.HAND_OVER_ALL)
    try:
        return turn.store.people.get(part(turn))
    except LookupError:
        raise Refusal(S("deputies.gone")) from None


def _colleague(turn: Turn, of: Person, person_id: str) -> Person:
    authorise(turn, Act.NAME_DEPUTY, of)
    return _somebody(turn, of.id, person_id)


def _somebody(turn: Turn, but: str, person_id: str) -> Person:
    found = next((one for one in actions.colleagues(turn.store, but) if one.id == person_id), None)
    if found is None:
        raise Refusal(S("deputies.gone"))
    return found


def _labels(turn: Turn, days: list[date]) -> dict[date, str]:
    return {day: turn.voice.day_short(day) for day in days}


def _go(turn: Turn, step: str, draft: dict[str, Any]) -> None:
    turn.store.dialogues.put(turn.person.id, screens.ROOM, step, draft, turn.now)


def _draft(turn: Turn, step: str) -> tuple[Person, dict[str, Any]]:
    """For whom somebody is to stand in, and what has been chosen. Raises Refusal for a button of another time."""
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    if dialogue is None or (dialogue.room, dialogue.step) != (screens.ROOM, step):
        raise Refusal(S("door.stale.toast"))
    return actions.caseworker(turn, str(dialogue.content["of"]), Act.NAME_DEPUTY), dict(dialogue.content)


room = Room(
    screens.ROOM,
    handlers=(
        *(on_command(word, menu) for word in ("vertretung", "deputy")),
        on_presses(
            screens.ROOM,
            {
                "menu": menu,
                "of": listed,
                "new": new,
                "who": chosen,
                "from": begins,
                "until": until,
                "end": end,
                "hand": hand,
                "sure": sure,
                "handed": handed,
                "all": hand_all,
                "allto": all_handed,
            },
        ),
    ),
    due={standing.BEGINS: actions.begins, standing.ENDS: actions.ends},
)
