"""/start, with an invitation's code or without."""

from handlers.home import home
from handlers.intake import actions, rules, screens
from handlers.room import Room, on_command
from handlers.tongues import picker
from handlers.turn import Turn


def start(turn: Turn) -> None:
    """Opens the door with a code; without one, greets a guest and takes everybody else home."""
    before, code = turn.person, rules.code_in(turn.asked.text)
    turn.store.dialogues.drop(before.id)
    if code is not None and turn.store.invitations.was_used_by(code, before.id):
        turn.say(home(before))
        return
    if code is not None:
        _enter(turn, code)
    else:
        turn.say(home(before) if before.roles else screens.hello(before))
    if rules.asks_language(before, turn.person):
        turn.say(picker(turn.person))


def _enter(turn: Turn, code: str) -> None:
    used = actions.enter(turn.store, code, by=turn.person, now=turn.now)
    turn.person = turn.store.people.get(turn.person.id)
    turn.say(screens.closed(turn.person) if used is None else screens.welcome(turn.person))


room = Room("intake", handlers=(on_command("start", start),))
