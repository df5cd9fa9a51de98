"""What is heard from staff about their second ways, and what time owes them."""

from datetime import datetime

from handlers import secondway
from handlers.given import part
from handlers.room import Room, on_command, on_presses, on_words
from handlers.second import actions, rules, screens
from handlers.turn import Turn
from locales.phrase import S
from storage.store import Store


def menu(turn: Turn) -> None:
    """The list, and out of whatever was going on."""
    mine = actions.mine(turn)
    turn.store.dialogues.drop(turn.person.id)
    turn.show(screens.ways(mine))


def add(turn: Turn) -> None:
    if len(actions.mine(turn)) >= rules.MOST_WAYS:
        return menu(turn)
    turn.store.dialogues.put(turn.person.id, "second", "address", {}, turn.now)
    turn.show(screens.ask())
    return None


def address(turn: Turn) -> None:
    """An address was typed."""
    try:
        way = actions.add(turn, turn.asked.text)
    except actions.EnoughCodes:
        turn.say(screens.enough_codes())
    else:
        turn.say(screens.not_understood() if way is None else screens.code_sent(actions.name_of(way)))


def code(turn: Turn) -> None:
    """A code was typed."""
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    way = actions.own(turn, str(dialogue.content["way"])) if dialogue else None
    if dialogue is None or way is None:
        return menu(turn)
    left = actions.confirm(turn, dialogue, way)
    if left is None:
        turn.say(screens.confirmed(actions.name_of(way)))
    elif left > 0:
        turn.say(screens.wrong_code(left))
    else:
        turn.say(screens.given_up(actions.name_of(way)))
    return None


def again(turn: Turn) -> None:
    """A fresh code over an address that has none confirmed yet."""
    way = actions.own(turn, part(turn))
    if way is None or way.confirmed_at is not None:
        turn.flash(S("door.stale.toast"))
        return menu(turn)
    try:
        actions.test(turn, way)
    except actions.EnoughCodes:
        return turn.show(screens.enough_codes())
    return turn.show(screens.code_sent(actions.name_of(way)))


def remove(turn: Turn) -> None:
    way = actions.own(turn, part(turn))
    if way is None:
        turn.flash(S("door.stale.toast"))
    else:
        actions.remove(turn, way)
        turn.flash(S("second.removed.toast"))
    menu(turn)


def opens(store: Store, now: datetime) -> None:
    """Whoever held rings when the bot stopped is gone."""
    store.rings.release_all()


room = Room(
    "second",
    handlers=(
        on_words({"second.menu.button": menu}),
        on_command("pager", menu),
        on_presses("second", {"menu": menu, "add": add, "again": again, "remove": remove}),
    ),
    dialogues={"address": address, "code": code},
    secrets=frozenset({"address", "code"}),
    due={secondway.SECOND: secondway.due, actions.SENT: actions.forgotten},
    opens=opens,
)
