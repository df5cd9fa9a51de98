"""The language button, ⚙️ with what is set there, /language, /menu and /help."""

from handlers import quiet, reminding
from handlers.access import Act, authorise
from handlers.given import part
from handlers.home import home
from handlers.preferences import actions, hours, screens
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


def ask_when(turn: Turn) -> None:
    """Shows when we write, and lets it be changed."""
    authorise(turn, Act.CHOOSE_QUIET, turn.person)
    _show_hours(turn)


def remind(turn: Turn) -> None:
    """Ticks which reminders come from now on."""
    authorise(turn, Act.CHOOSE_REMINDERS, turn.person)
    word = part(turn)
    if word in hours.WHICH:
        chosen = None if word == hours.ALL else word
        _remind(turn, chosen, evenings=turn.person.evenings)
    _show_hours(turn, known=word in hours.WHICH)


def prefer(turn: Turn) -> None:
    """Ticks whether the reminder of the day before comes by day or in the evening."""
    authorise(turn, Act.CHOOSE_REMINDERS, turn.person)
    known = part(turn) in {hours.DAYTIME, hours.EVENING}
    if known:
        _remind(turn, turn.person.reminded, evenings=part(turn) == hours.EVENING)
    _show_hours(turn, known=known)


def be_quiet(turn: Turn) -> None:
    """Ticks the hours in which nothing comes that can wait."""
    authorise(turn, Act.CHOOSE_QUIET, turn.person)
    known = part(turn) in quiet.CHOICES
    if known:
        turn.person = actions.be_quiet(turn.store, part(turn), by=turn.person, now=turn.now)
    _show_hours(turn, known=known)


def _remind(turn: Turn, chosen: str | None, *, evenings: bool) -> None:
    turn.person = actions.remind(turn.store, chosen, evenings=evenings, by=turn.person, now=turn.now)


def _show_hours(turn: Turn, *, known: bool = True) -> None:
    if not known:
        turn.flash(S("door.stale.toast") if turn.person.is_staff else F("door.stale.toast"))
    if turn.person.is_staff:
        turn.show(hours.of_staff(turn.person))
    else:
        turn.show(hours.of_parent(turn.person, reminding.custom(turn.store).hour))


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
            {
                "choose": choose,
                "language": ask,
                "shown": ask_how_shown,
                "show_as": show_as,
                "hours": ask_when,
                "remind": remind,
                "evenings": prefer,
                "quiet": be_quiet,
            },
        ),
    ),
)
