"""The lead's incidents button, /vorfall for everybody on staff, and what is done about an incident."""

from datetime import datetime

from handlers.given import number, one_line, part
from handlers.incidents import actions, due, rules, screens
from handlers.room import Room, on_command, on_presses, on_words
from handlers.turn import Turn
from locales.phrase import S
from storage.records import Incident, Role


def menu(turn: Turn) -> None:
    """All incidents in a new message, and out of whatever was going on."""
    everything = actions.listed(turn.store, by=turn.person, now=turn.now)
    turn.store.dialogues.drop(turn.person.id)
    turn.say(screens.listed(everything, actions.next_drill(turn.store), turn.now))


def listed(turn: Turn) -> None:
    everything = actions.listed(turn.store, by=turn.person, now=turn.now)
    turn.show(screens.listed(everything, actions.next_drill(turn.store), turn.now, number(part(turn))))


def new(turn: Turn) -> None:
    actions.may_note(turn.store, by=turn.person, now=turn.now)
    turn.show(screens.when())


def when(turn: Turn) -> None:
    """It was tapped when somebody noticed; what happened is typed next."""
    actions.may_note(turn.store, by=turn.person, now=turn.now)
    ago = rules.noticed(part(turn))
    if ago is None:
        turn.flash(S("door.stale.toast"))
        return
    content = {"noticed_at": (turn.now - ago).isoformat()}
    turn.store.dialogues.put(turn.person.id, "incidents", "summary", content, turn.now)
    turn.show(screens.ask())


def summary(turn: Turn) -> None:
    """What happened was typed."""
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    if dialogue is None:
        return
    too_long = S("incidents.too_long", most=rules.LONGEST_SUMMARY)
    typed = one_line(turn.asked.text, rules.LONGEST_SUMMARY, too_long)
    noticed_at = datetime.fromisoformat(str(dialogue.content["noticed_at"]))
    noted = actions.note(turn.store, typed, noticed_at, by=turn.person, now=turn.now)
    turn.store.dialogues.drop(turn.person.id)
    turn.say(screens.noted(noted, turn.now, opens=Role.LEAD in turn.person.roles))


def cancel(turn: Turn) -> None:
    actions.may_note(turn.store, by=turn.person, now=turn.now)
    turn.leaves("incidents")
    turn.show(screens.cancelled())


def opened(turn: Turn) -> None:
    found = actions.read(turn.store, part(turn), by=turn.person, now=turn.now)
    if found is None:
        _gone(turn)
    else:
        turn.show(screens.sheet(found, turn.now))


def report(turn: Turn) -> None:
    _ask_once_more(turn, "reported")


def close(turn: Turn) -> None:
    _ask_once_more(turn, "closed")


def reported(turn: Turn) -> None:
    found = _known(turn)
    if found is not None:
        done = actions.report(turn.store, found, by=turn.person, now=turn.now)
        turn.flash(S("incidents.reported.toast") if done else S("incidents.stale.toast"))
        opened(turn)


def closed(turn: Turn) -> None:
    found = _known(turn)
    if found is not None:
        done = actions.close(turn.store, found, by=turn.person, now=turn.now)
        turn.flash(S("incidents.closed.toast") if done else S("incidents.stale.toast"))
        opened(turn)


def log(turn: Turn) -> None:
    turn.say(actions.log(turn.store, by=turn.person, now=turn.now))


def drilled(turn: Turn) -> None:
    following = actions.drilled(turn.store, by=turn.person, now=turn.now)
    if following is None:
        turn.flash(S("incidents.stale.toast"))
    else:
        turn.show(screens.drilled(following))


def _ask_once_more(turn: Turn, verb: str) -> None:
    found = _known(turn)
    if found is None:
        return
    still = found.closed_at is None and (verb == "closed" or found.reported_at is None)
    if still:
        turn.show(screens.sure(found, verb))
    else:
        turn.flash(S("incidents.stale.toast"))
        opened(turn)


def _known(turn: Turn) -> Incident | None:
    """The incident behind the button; for one that is gone, the list is shown."""
    found = actions.known(turn.store, part(turn), by=turn.person, now=turn.now)
    if found is None:
        _gone(turn)
    return found


def _gone(turn: Turn) -> None:
    turn.flash(S("door.stale.toast"))
    listed(turn)


room = Room(
    "incidents",
    handlers=(
        on_words({"incidents.menu.button": menu}),
        on_command("vorfall", new),
        on_command("incident", new),
        on_presses(
            "incidents",
            {
                "list": listed,
                "new": new,
                "when": when,
                "cancel": cancel,
                "open": opened,
                "report": report,
                "reported": reported,
                "close": close,
                "closed": closed,
                "log": log,
                "drilled": drilled,
            },
        ),
    ),
    dialogues={"summary": summary},
    due={actions.REMIND: due.remind, actions.DRILL: due.drill},
    opens=due.opens,
)
