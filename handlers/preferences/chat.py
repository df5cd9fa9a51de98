"""The language button, /language, /menu and /help."""

from handlers.given import part
from handlers.home import home
from handlers.preferences import actions, screens
from handlers.room import Room, on_command, on_presses, on_words
from handlers.tongues import picker
from handlers.turn import Turn
from locales.phrase import F, S


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
    """⚙️: whatever a parent may set or look at."""
    if turn.person.is_staff:
        turn.say(home(turn.person))
    else:
        turn.say(screens.more(turn.person))


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
        on_presses("preferences", {"choose": choose, "language": ask}),
    ),
)
