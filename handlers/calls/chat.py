"""📞 and /calls: the list, one call, and what came of it."""

from handlers import calling
from handlers.calls import actions, due, screens
from handlers.given import number, part
from handlers.room import Act, Room, on_command, on_presses, on_words
from handlers.turn import Turn
from locales.phrase import Phrase, S
from storage.records import Answer

SAID = {Answer.YES: S("calls.yes.toast"), Answer.NO: S("calls.no.toast")}


def menu(turn: Turn) -> None:
    turn.say(screens.listed(actions.listed(turn)))


def listed(turn: Turn) -> None:
    turn.show(screens.listed(actions.listed(turn), number(part(turn))))


def opened(turn: Turn) -> None:
    entry = actions.opened(turn, part(turn))
    turn.show(screens.opened(entry), about=f"family:{entry.call.family_id}")


def reached(turn: Turn) -> None:
    _noted(turn, S("calls.reached.toast"), done=actions.reached(turn, part(turn)))


def not_reached(turn: Turn) -> None:
    _noted(turn, S("calls.not_reached.toast"), done=actions.not_reached(turn, part(turn)))


def answering(said: Answer) -> Act:
    """The act of noting what somebody said on the phone."""

    def act(turn: Turn) -> None:
        _noted(turn, SAID[said], done=actions.answered(turn, part(turn), said))

    return act


def _noted(turn: Turn, toast: Phrase, *, done: bool) -> None:
    """What came of it, and the rest of the list; where somebody was first, what is true of the call now."""
    turn.flash(toast if done else S("calls.stale.toast"))
    if done:
        listed_anew(turn)
    else:
        opened(turn)


def listed_anew(turn: Turn) -> None:
    turn.show(screens.listed(actions.listed(turn)))


room = Room(
    screens.ROOM,
    handlers=(
        on_words({"calls.menu.button": menu}),
        *(on_command(word, menu) for word in ("calls", "anrufe")),
        on_presses(
            screens.ROOM,
            {
                "list": listed,
                "open": opened,
                "reached": reached,
                "missed": not_reached,
                "yes": answering(Answer.YES),
                "no": answering(Answer.NO),
            },
        ),
    ),
    due={
        calling.NUDGE: due.nudge,
        calling.OWED: due.owed,
        calling.UNCLEAR: due.unclear,
        calling.TELL: due.tell,
        calling.REST: due.rested,
        calling.AGAIN: due.again,
    },
    settled={"appointment": due.settled},
    opens=due.opens,
)
