"""The board, and what is pressed on it while somebody is on the phone."""

from collections.abc import Callable

from handlers.access import Act, authorise
from handlers.given import number, part
from handlers.places import actions, board, due, rules, screens
from handlers.room import Room, on_command, on_presses, on_words
from handlers.turn import Turn
from locales.phrase import Phrase, S
from locales.zone import here
from storage.records import Hold, HoldState, Lane


def show(turn: Turn) -> None:
    """The board in a new message that follows; the person's earlier ones point to it."""
    authorise(turn, Act.SEE_PLACES)
    board.retire(turn.store, turn.person, turn.now)
    turn.say(board.shown_to(turn.store, turn.person, turn.now), about=board.BOARD)


def past(turn: Turn) -> None:
    authorise(turn, Act.SEE_PAST_HOLDS)
    shown = screens.past(board.past(turn.store, turn.now, screens.PAST), number(part(turn)))
    if part(turn):
        turn.show(shown)
    else:
        turn.say(shown)  # the board stays where it is


def ask(turn: Turn) -> None:
    """Before a place is held or waited for: the one question, in a message of its own."""
    authorise(turn, Act.HOLD_PLACE)
    place = None if part(turn) == screens.ANY else actions.place(turn, part(turn))
    turn.say(screens.ask(place, board.alarms_of(turn.store, turn.person)))


def cancel(turn: Turn) -> None:
    authorise(turn, Act.SEE_PLACES)
    turn.show(screens.cancelled())


def hold(turn: Turn) -> None:
    """The question is answered. One winner, however many press."""
    authorise(turn, Act.HOLD_PLACE)
    alarm, from_porz = _own_alarm(turn), part(turn, 2) == "1"
    if part(turn) == screens.ANY:
        return _asked_for(turn, actions.wait(turn, alarm, from_porz=from_porz))
    wanted = actions.place(turn, part(turn))
    made = actions.hold(turn, wanted, alarm, from_porz=from_porz)
    if made is not None:
        return _asked_for(turn, made)
    turn.flash(S("places.too_late.toast"))
    return turn.show(screens.too_late(wanted))


def _asked_for(turn: Turn, made: Hold) -> None:
    """The request; a question that is answered twice shows the one of the first answer."""
    if made.asked_at < turn.now:
        turn.flash(S("places.yours.toast"))
    _see(turn, made)


def look(turn: Turn) -> None:
    """From the board: the request in a message of its own."""
    found = actions.known(turn, part(turn))
    shown = screens.sheet(board.sheet(turn.store, found, turn.now))
    turn.say(shown, about=board.about(found))


def sheet(turn: Turn) -> None:
    _see(turn, actions.known(turn, part(turn)))


def longer(turn: Turn) -> None:
    found = actions.known(turn, part(turn))
    _answered(turn, found, actions.hold_longer(turn, found), S("places.longer.toast"))


def release(turn: Turn) -> None:
    """What is only held or waited for is released at once."""
    found = actions.known(turn, part(turn))
    open_to_it = found.state in {HoldState.HELD, HoldState.WAITING}
    _answered(turn, found, open_to_it and actions.release(turn, found), S("places.released.toast"))


def leave(turn: Turn) -> None:
    found = actions.known(turn, part(turn))
    if found.state is HoldState.TAKEN:
        turn.show(screens.sure(board.sheet(turn.store, found, turn.now)), about=board.about(found))
    else:
        _answered(turn, found, False, S("places.stale.toast"))


def gone(turn: Turn) -> None:
    """Nobody sleeps there any more."""
    found = actions.known(turn, part(turn))
    is_stay = found.state is HoldState.TAKEN
    _answered(turn, found, is_stay and actions.release(turn, found), S("places.released.toast"))


def _when(state: HoldState, verb: str, *, any_day: bool = False) -> Callable[[Turn], None]:
    """Asks until when somebody stays, as long as the request is in this state."""

    def asked(turn: Turn) -> None:
        found = actions.known(turn, part(turn))
        if found.state is not state:
            return _answered(turn, found, False, S("places.stale.toast"))
        shown, days = board.sheet(turn.store, found, turn.now), board.days(turn.now, turn.person)
        tonight = rules.this_evening(turn.now, here()) is not None
        made = (
            screens.on_day(shown, verb, days) if any_day else screens.when(shown, verb, days, tonight=tonight)
        )
        return turn.show(made, about=board.about(found))

    return asked


def take(turn: Turn) -> None:
    found, until = actions.known(turn, part(turn)), rules.until(part(turn, 1), turn.now, here())
    done = until is not None and actions.confirm(turn, found, until)
    _answered(turn, found, done, S("places.taken.toast"))


def stay(turn: Turn) -> None:
    found, until = actions.known(turn, part(turn)), rules.until(part(turn, 1), turn.now, here())
    done = until is not None and actions.stay_longer(turn, found, until)
    _answered(turn, found, done, S("places.prolonged.toast"))


def _own_alarm(turn: Turn) -> int | None:
    """The number a button carries, if it still is an alarm of theirs."""
    asked = number(part(turn, 1))
    own = {alarm.number for alarm in board.alarms_of(turn.store, turn.person)}
    return asked if asked in own else None


def _answered(turn: Turn, found: Hold, done: bool, said: Phrase) -> None:
    """A few words, and the request as it is now."""
    turn.flash(said if done else S("places.stale.toast"))
    _see(turn, turn.store.holds.get(found.id) or found)


def _see(turn: Turn, found: Hold) -> None:
    """The request in the message whose button was pressed, unless it follows by itself."""
    at = turn.asked.message_id
    card = turn.store.cards.shown_at(turn.person.id, at) if at is not None else None
    if card is not None and card.about == board.about(found):
        board.follow(turn.store, turn.now, found)
    else:
        shown = screens.sheet(board.sheet(turn.store, found, turn.now))
        turn.show(shown, lane=Lane.CRISIS, about=board.about(found))


room = Room(
    "places",
    handlers=(
        on_words({"places.menu.button": show}),
        on_command("plaetze", show),
        on_command("places", show),
        on_presses(
            "places",
            {
                "board": show,
                "past": past,
                "ask": ask,
                "cancel": cancel,
                "hold": hold,
                "look": look,
                "sheet": sheet,
                "longer": longer,
                "release": release,
                "leave": leave,
                "gone": gone,
                "confirm": _when(HoldState.HELD, "take"),
                "take_day": _when(HoldState.HELD, "take", any_day=True),
                "take": take,
                "prolong": _when(HoldState.TAKEN, "stay"),
                "stay_day": _when(HoldState.TAKEN, "stay", any_day=True),
                "stay": stay,
            },
        ),
    ),
    due={actions.WARN: due.warn, actions.LAPSE: actions.lapse, actions.ENDS: due.ends},
    opens=due.opens,
)
