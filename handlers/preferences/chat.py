"""The language button, ⚙️, /language, /menu and /help."""

from handlers.access import Act, authorise
from handlers.given import part
from handlers.home import home
from handlers.preferences import actions, screens
from handlers.refusal import Refusal
from handlers.room import Room, on_command, on_presses, on_words
from handlers.tongues import picker
from handlers.turn import Turn
from locales.phrase import F, S
from storage.records import ShownAs


def ask(turn: Turn) -> None:
    """Shows the languages."""
    turn.say(picker(turn.person))


def choose(turn: Turn) -> None:
    """Ticks the language where it was pressed and says home in it."""
    first_time = turn.person.language is None
    changed = actions.choose(turn.store, part(turn), by=turn.person, now=turn.now)
    if changed is None:
        turn.flash(S("door.stale.toast") if turn.person.is_staff else F("door.stale.toast"))
        turn.show(picker(turn.person))
        return
    turn.person = changed
    turn.show(picker(changed))
    turn.say(screens.at_home(changed, first_time=first_time))


def more(turn: Turn) -> None:
    """⚙️: whatever somebody may set or look at."""
    turn.say(screens.more_for_staff(turn.person) if turn.person.is_staff else screens.more(turn.person))


def ask_how_shown(turn: Turn) -> None:
    authorise(turn, Act.CHOOSE_HOW_SHOWN, turn.person)
    turn.show(screens.shown_as(turn.person))


def show_as(turn: Turn) -> None:
    """Ticks what families read from now on."""
    authorise(turn, Act.CHOOSE_HOW_SHOWN, turn.person)
    word = part(turn)
    if word not in {*ShownAs, screens.BOTH}:
        raise Refusal(S("door.stale.toast"))
    chosen = ShownAs(word) if word != screens.BOTH else None
    turn.person = actions.show_as(turn.store, chosen, by=turn.person, now=turn.now)
    turn.show(screens.shown_as(turn.person))


def menu(turn: Turn) -> None:
    """Home, and out of whatever was going on."""
    turn.store.dialogues.drop(turn.person.id)
    turn.say(home(turn.person))


def explain(turn: Turn) -> None:
    """A short help."""
    turn.say(screens.help_for(turn.person))


room = Room(
    "preferences",
    handlers=(
        on_words({"preferences.language.button": ask, "preferences.more.button": more}),
        *(on_command(word, ask) for word in ("language", "sprache", "dil")),
        on_command("menu", menu),
        on_command("help", explain),
        on_presses(
            "preferences",
            {"choose": choose, "language": ask, "shown": ask_how_shown, "show_as": show_as},
        ),
    ),
)
