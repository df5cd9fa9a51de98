"""🤐: what is pressed and typed about entrusted words."""

from handlers import noting
from handlers.access import Act, authorise, family
from handlers.entrusted import actions, rules, screens
from handlers.entrusted.rules import Ground
from handlers.given import part
from handlers.refusal import Refusal
from handlers.room import Room, on_presses
from handlers.turn import Turn
from locales.phrase import S
from storage.records import Entrusted


def listed(turn: Turn) -> None:
    shown = actions.listed(turn, part(turn))
    turn.leaves(screens.ROOM)
    turn.show(screens.listed(shown))


def new(turn: Turn) -> None:
    found = family(turn, Act.ENTRUST, part(turn))
    turn.store.dialogues.put(turn.person.id, screens.ROOM, "text", {"family": found.id}, turn.now)
    turn.show(screens.write_now(found))


def typed(turn: Turn) -> None:
    """The words were typed: they are sealed, and go from the chat."""
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    if dialogue is None:
        raise Refusal(S("door.stale.toast"))
    family_id, too_long = str(dialogue.content["family"]), S("entrusted.too_long", most=rules.LONGEST_NOTE)

    def seal(text: str) -> Entrusted:
        return actions.write(turn, family(turn, Act.ENTRUST, family_id), text)

    made = noting.keep(turn, rules.LONGEST_NOTE, too_long, seal)
    if made is not None:
        turn.say(screens.written(made))


def opened(turn: Turn) -> None:
    turn.show(screens.opened(actions.read(turn, part(turn))))


def asking(turn: Turn) -> None:
    """Somebody else's note: on which ground? The fresh code is asked for before the choice, not after it."""
    note, offered = actions.grounds(turn, part(turn))
    confidant = turn.store.people.get(note.confidant_id)
    turn.show(screens.which_ground(note, confidant.name, offered))


def opened_on(turn: Turn) -> None:
    note = actions.read_on(turn, part(turn), part(turn, 1))
    confidant = turn.store.people.get(note.confidant_id)
    turn.show(screens.opened_on(note, confidant.name, Ground(part(turn, 1))))


def deleting(turn: Turn) -> None:
    note = actions.known(turn.store, part(turn))
    authorise(turn, Act.DELETE_ENTRUSTED, note)
    turn.show(screens.sure(note))


def deleted(turn: Turn) -> None:
    family_id = actions.forget(turn, part(turn))
    turn.flash(S("entrusted.deleted.toast"))
    turn.show(screens.listed(actions.listed(turn, family_id)))


room = Room(
    screens.ROOM,
    handlers=(
        on_presses(
            screens.ROOM,
            {
                "list": listed,
                "new": new,
                "open": opened,
                "ask": asking,
                "ground": opened_on,
                "delete": deleting,
                "deleted": deleted,
            },
        ),
    ),
    dialogues={"text": typed},
    secrets=frozenset({"text"}),
)
