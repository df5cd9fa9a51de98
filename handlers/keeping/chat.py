"""What a lead presses about how long things are kept."""

from handlers.access import Act, authorise
from handlers.given import number, part
from handlers.keeping import actions, due, screens
from handlers.room import Room, on_presses
from handlers.turn import Turn
from locales.phrase import S
from storage.erasure import DESTROY
from storage.rotation import RETIRE, destroy, retire


def show(turn: Turn) -> None:
    authorise(turn, Act.SEE_KEEPING)
    turn.show(screens.periods(number(part(turn))))


def agree(turn: Turn) -> None:
    actions.agree(turn)
    turn.flash(S("keeping.agreed.toast"))
    turn.show(screens.agreed())


room = Room(
    screens.ROOM,
    handlers=(on_presses(screens.ROOM, {"show": show, "agree": agree}),),
    due={due.NIGHTLY: due.nightly, DESTROY: destroy, RETIRE: retire},
    opens=due.opens,
)
