"""What is heard from caseworkers about their calendars outside."""

from handlers import clearing
from handlers.calendars import actions, screens
from handlers.room import Room, on_command, on_presses
from handlers.turn import Turn
from locales.phrase import S


def menu(turn: Turn) -> None:
    """How it stands, and out of whatever was going on here."""
    state = actions.state(turn)
    turn.leaves(screens.ROOM)
    turn.show(screens.menu(state, served=actions.served(turn.store)))


def feed(turn: Turn) -> None:
    """A link, a fresh one where there was one before: seen this once, and only its hash is kept."""
    before = actions.state(turn)
    if not actions.served(turn.store):
        turn.flash(S("door.stale.toast"))
        return menu(turn)
    turn.say(screens.link(actions.renew(turn), renewed=before.feed))
    return menu(turn)


def hide(turn: Turn) -> None:
    """The link has been copied: it does not stay in the chat."""
    actions.state(turn)
    if turn.asked.message_id is not None:
        clearing.messages(turn.store, turn.person, [turn.asked.message_id], turn.now)
    turn.flash(S("calendars.hidden.toast"))


def close(turn: Turn) -> None:
    actions.close(turn)
    turn.flash(S("calendars.closed.toast"))
    menu(turn)


def ask(turn: Turn) -> None:
    actions.state(turn)
    turn.store.dialogues.put(turn.person.id, screens.ROOM, "address", {}, turn.now)
    turn.show(screens.ask())


def address(turn: Turn) -> None:
    """An address was typed."""
    if not actions.connect(turn, turn.asked.text):
        turn.say(screens.not_understood())
        return
    turn.store.dialogues.drop(turn.person.id)
    turn.say(screens.taken())


def forget(turn: Turn) -> None:
    actions.disconnect(turn)
    turn.flash(S("calendars.forgotten.toast"))
    menu(turn)


room = Room(
    screens.ROOM,
    handlers=(
        on_command("kalender", menu),
        on_presses(
            screens.ROOM,
            {"menu": menu, "feed": feed, "hide": hide, "close": close, "import": ask, "forget": forget},
        ),
    ),
    dialogues={"address": address},
    secrets=frozenset({"address"}),
)
