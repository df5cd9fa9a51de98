"""The list of past alarms, each one's log and picture, and the notes of the team."""

from handlers import noting, undrawn
from handlers.alarms import actions, rules, screens
from handlers.fitting import Page, page
from handlers.given import number, part
from handlers.refusal import Refusal
from handlers.room import Room, on_presses, on_words
from handlers.screen import Screen
from handlers.turn import Turn
from locales.phrase import S


def menu(turn: Turn) -> None:
    """Past alarms in a new message, and out of whatever was going on."""
    shown = _listed(turn, 0)
    turn.store.dialogues.drop(turn.person.id)
    turn.say(shown)


def listed(turn: Turn) -> None:
    turn.show(_listed(turn, number(part(turn))))


def _listed(turn: Turn, asked: int) -> Screen:
    ids = actions.past(turn)
    shown = page(ids, asked, rules.IN_LIST)
    alarms = [alarm for alarm in map(turn.store.alarms.get, shown.items) if alarm is not None]
    return screens.listed(Page(tuple(alarms), shown.number, shown.last), len(ids))


def opened(turn: Turn) -> None:
    sheet = actions.sheet(turn, part(turn))
    turn.show(screens.log(sheet, number(part(turn, 1))), about=f"debrief:{sheet.alarm.id}")


def picture(turn: Turn) -> None:
    """In a message of its own: the text stays whatever becomes of the drawing."""
    sheet = actions.sheet(turn, part(turn))
    turn.say(screens.picture(sheet, turn.voice), about=f"{screens.PICTURE}:{sheet.alarm.id}")


def debrief(turn: Turn) -> None:
    alarm = actions.may_write(turn, part(turn))
    turn.store.dialogues.put(turn.person.id, screens.ROOM, "note", {"alarm": alarm.id}, turn.now)
    turn.say(screens.ask_note(alarm), about=f"debrief:{alarm.id}")


def stop(turn: Turn) -> None:
    turn.leaves(screens.ROOM)
    opened(turn)


def typed(turn: Turn) -> None:
    """The note was typed: it is sealed, and goes from the chat."""
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    if dialogue is None:
        raise Refusal(S("door.stale.toast"))
    too_long = S("alarms.too_long", most=rules.LONGEST_NOTE)
    alarm_id = str(dialogue.content["alarm"])
    made = noting.keep(turn, rules.LONGEST_NOTE, too_long, lambda text: actions.write(turn, alarm_id, text))
    if made is not None:
        turn.say(screens.noted(actions.known(turn.store, made.alarm_id)))


def notes(turn: Turn) -> None:
    alarm, written = actions.notes(turn, part(turn))
    names = actions.names(turn.store, [one.written_by for one in written if one.written_by])
    turn.show(screens.notes(alarm, written, names, number(part(turn, 1))), about=f"debrief:{alarm.id}")


room = Room(
    screens.ROOM,
    handlers=(
        on_words({"alarms.menu.button": menu}),
        on_presses(
            screens.ROOM,
            {
                "list": listed,
                "open": opened,
                "picture": picture,
                "debrief": debrief,
                "stop": stop,
                "notes": notes,
            },
        ),
    ),
    dialogues={"note": typed},
    secrets=frozenset({"note"}),
    settled={screens.PICTURE: undrawn.says(screens.NOT_DRAWN)},
)
