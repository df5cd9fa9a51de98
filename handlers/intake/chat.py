"""/start, with an invitation's code or without."""

from handlers.home import home
from handlers.intake import actions, rules, screens
from handlers.room import Room, on_command
from handlers.tongues import picker
from handlers.turn import Turn


def start(turn: Turn) -> None:
    """Opens the door with a code; without one, greets a guest and takes everybody else home."""
    turn.store.dialogues.drop(turn.person.id)
    code = rules.code_in(turn.asked.text)
    if code is not None:
        _enter(turn, code)
    elif turn.person.roles:
        turn.say(home(turn.person))
    else:
        turn.say(screens.hello(turn.person))
    if turn.person.language is None and not turn.person.is_staff:
        turn.say(picker(turn.person))


def _enter(turn: Turn, code: str) -> None:
    used = actions.enter(turn.store, code, by=turn.person, now=turn.now)
    turn.person = turn.store.people.get(turn.person.id)
    turn.say(screens.closed(turn.person) if used is None else screens.welcome(turn.person))


room = Room("intake", handlers=(on_command("start", start),))
