"""Starting a drill, answering it, and reading what came of it."""

from handlers.access import Act, authorise
from handlers.drills import actions, due, screens
from handlers.given import part
from handlers.room import Room, on_command, on_presses, on_words
from handlers.turn import Turn
from locales.phrase import S


def menu(turn: Turn) -> None:
    """The last drills in a new message."""
    turn.say(screens.listed(actions.newest(turn), turn.store.timers.due_at(actions.DUE, "")))


def start(turn: Turn) -> None:
    """Asks once more: everybody's phone is about to ring."""
    authorise(turn, Act.RUN_DRILL)
    running = turn.store.drills.running()
    if running is not None:
        turn.flash(S("drills.running.toast"))
        turn.say(screens.table(actions.table(turn.store, running)), about=actions.about(running))
        return
    people = actions.asked(turn.store)
    turn.show(screens.sure(len(people)) if people else screens.nobody())


def go(turn: Turn) -> None:
    """One drill at a time, however many press."""
    if not actions.asked(turn.store):
        authorise(turn, Act.RUN_DRILL)
        return turn.show(screens.nobody())
    drill = actions.start(turn)
    shown = drill or turn.store.drills.running()
    turn.flash(S("drills.started.toast") if drill else S("drills.running.toast"))
    if shown is not None:
        turn.say(screens.table(actions.table(turn.store, shown)), about=actions.about(shown))
    return None


def opened(turn: Turn) -> None:
    found = actions.known(turn, part(turn))
    turn.say(screens.table(actions.table(turn.store, found)), about=actions.about(found))


def file(turn: Turn) -> None:
    turn.say(actions.file(turn, actions.known(turn, part(turn))))


def here(turn: Turn) -> None:
    """✅ under a test alarm."""
    answered = actions.answer(turn, part(turn))
    turn.flash(S("drills.here.toast") if answered else S("drills.here_before.toast"))


room = Room(
    "drills",
    handlers=(
        on_words({"drills.menu.button": menu}),
        on_command("uebung", menu),
        on_command("drill", menu),
        on_presses(
            "drills", {"list": menu, "start": start, "go": go, "open": opened, "file": file, "here": here}
        ),
    ),
    due={actions.REMIND: due.remind, actions.END: due.end, actions.DUE: due.due},
    settled={"drill": due.settled},
    opens=due.opens,
)
