"""👁, 🧹 and ⏸: what is pressed and typed."""

from handlers import access, desk, veil, whose
from handlers.discreet import actions, due, screens
from handlers.given import part
from handlers.home import home
from handlers.refusal import Refusal
from handlers.room import Act, Room, on_command, on_presses
from handlers.turn import Turn
from locales.phrase import F, S
from storage.records import Card


def menu(turn: Turn) -> None:
    """How notices look, and the other way."""
    _parents_only(turn)
    turn.show(screens.display(turn.person))


def turning(*, on: bool) -> Act:
    """The act of one of the two ways."""

    def act(turn: Turn) -> None:
        _parents_only(turn)
        if turn.person.discreet is not on:
            turn.person = actions.turn(turn.store, turn.person, turn.now, on=on)
            turn.say(home(turn.person))
        turn.show(screens.display(turn.person))

    return act


def opened(turn: Turn) -> None:
    """The true message, for its reader alone; members of staff have to show a code for it."""
    card = _own_card(turn)
    access.authorise(turn, access.Act.READ_NEWS, turn.person)
    if card is None or not desk.open_card(turn.store, card, turn.person, turn.now):
        turn.show(screens.gone(staff=turn.person.is_staff))
    elif turn.person.is_staff:
        turn.note("read.read_news", card.about, whose.family_behind(turn.store, card.about))


def folded(turn: Turn) -> None:
    """Hides it at once."""
    card = _own_card(turn)
    if card is None or veil.held(turn.store, card.id) is None:
        turn.show(screens.gone(staff=turn.person.is_staff))
    else:
        desk.fold(turn.store, card, turn.person, turn.now)


def ask_wipe(turn: Turn) -> None:
    turn.show(screens.wipe_ask(staff=turn.person.is_staff))


def keep(turn: Turn) -> None:
    turn.show(screens.kept(staff=turn.person.is_staff))


def wipe(turn: Turn) -> None:
    """Clears the chat; what is said of it goes by itself where nothing may stay. The red button is back."""
    actions.wipe(turn.store, turn.person, turn.now)
    said = turn.say(screens.wiped(staff=turn.person.is_staff))
    if turn.person.discreet:
        turn.store.timers.set(actions.VANISH, said.id, turn.now + actions.READ_FOR)
    turn.say(home(turn.person))


def pause(turn: Turn) -> None:
    _parents_only(turn)
    actions.pause(turn.store, turn.person, turn.now)
    turn.show(screens.paused())


def resume(turn: Turn) -> None:
    _parents_only(turn)
    actions.resume(turn.store, turn.person, turn.now)
    turn.show(screens.resumed())


def _own_card(turn: Turn) -> Card | None:
    card = turn.store.cards.get(part(turn))
    return card if card is not None and card.person_id == turn.person.id else None


def _parents_only(turn: Turn) -> None:
    """Raises Refusal for everybody else: staff read what they are sent, guests get nothing by themselves."""
    if not access.may(turn, access.Act.BE_DISCREET, turn.person):
        raise Refusal(S("door.stale.toast") if turn.person.is_staff else F("door.stale.toast"))


room = Room(
    "discreet",
    handlers=(
        on_command("wipe", ask_wipe),
        on_presses(
            "discreet",
            {
                "menu": menu,
                "on": turning(on=True),
                "off": turning(on=False),
                "open": opened,
                "fold": folded,
                "wipe": ask_wipe,
                "sure": wipe,
                "keep": keep,
                "pause": pause,
                "resume": resume,
            },
        ),
    ),
    due={veil.FOLD: due.fold, veil.SWEEP: due.sweep, actions.VANISH: due.vanish},
)
