"""A code was typed, or the session is to end."""

from handlers import clearing, codes
from handlers.codes import Outcome
from handlers.login import screens
from handlers.refusal import Refusal
from handlers.room import Room, on_command, on_presses
from handlers.turn import Turn
from locales.phrase import F, S


def begin(turn: Turn) -> None:
    """/login: somebody shows a code before they are asked for it."""
    _require_staff(turn)
    if turn.store.settings.asks_for_codes:
        codes.ask(turn, fresh=False)
    else:
        turn.say(screens.not_asked())


def typed(turn: Turn) -> None:
    """The code itself does not stay in the chat. Wrong ones are counted, so nothing here is undone by a refusal."""
    code = codes.digits(turn.asked.text)
    if not turn.person.is_staff or code is None:
        turn.say(screens.six_digits())
        return
    if turn.asked.wrote is not None:
        clearing.messages(turn.store, turn.person, [turn.asked.wrote], turn.now)
    outcome = codes.enter(turn.store, turn.person, code, turn.now)
    if outcome is not Outcome.OPENED:
        turn.say(screens.REFUSED[outcome])
        return
    codes.forget_picture(turn.store, turn.person, turn.now)
    codes.resume(turn.store, turn.person, turn.now)
    turn.say(screens.opened(turn.now + codes.OPEN_FOR))


def leave(turn: Turn) -> None:
    """For whoever puts the phone out of their hands."""
    _require_staff(turn)
    turn.flash(S("login.left.toast"))
    turn.store.logins.leave(turn.person.id)
    turn.note("login.left", f"person:{turn.person.id}")
    turn.say(screens.left(turn.person))


def _require_staff(turn: Turn) -> None:
    if not turn.person.is_staff:
        raise Refusal(F("refusal.role"))


room = Room(
    codes.ROOM,
    handlers=(
        on_command("login", begin),
        on_command("logout", leave),
        on_presses(codes.ROOM, {"leave": leave}),
    ),
    dialogues={"code": typed},
)
