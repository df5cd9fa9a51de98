"""Every text is heard here besides, whatever it answered; and so is what follows from the question."""

from handlers import worrying
from handlers.access import Asking
from handlers.given import part
from handlers.home import home
from handlers.refusal import Refusal
from handlers.room import Room, on_presses, on_words
from handlers.turn import Turn
from handlers.worries import actions, due, screens
from handlers.worrying import TIMER
from locales.distress import says_no
from locales.phrase import F, S
from storage.records import Lane


def listens(turn: Turn, said: str) -> None:
    """Keeps words of distress and asks back, unless the team reads them anyway."""
    if not worrying.hears(turn, said) or worrying.team_reads(turn.store, turn.person, turn.now):
        return
    answered = any(owed.person_id == turn.person.id for owed in turn.store.posted)
    _, asks = actions.keep(turn.store, turn.person, said, turn.now)
    if asks:
        _say(turn, ask=True)
    elif not answered:
        _say(turn, ask=False)


def _say(turn: Turn, *, ask: bool) -> None:
    """Behind what answered the text, so that the keys below the chat are these; a discreet chat folds no others."""
    shown = screens.asked(turn.person) if ask else screens.kept(turn.person)
    turn.say(shown, lane=Lane.CRISIS if turn.person.discreet else Lane.ANSWER)


def overhears(turn: Turn) -> bool:
    """A typed no to the question."""
    if not says_no(turn.asked.text) or not worrying.is_asked(turn.store, turn.person):
        return False
    all_right(turn)
    return True


def all_right(turn: Turn) -> None:
    """No help is needed now."""
    keyboard = home(turn.person).keyboard
    if worrying.team_reads(turn.store, turn.person, turn.now):
        turn.say(screens.alarm_is_open(), lane=Lane.CRISIS)
        return
    asked, caseworker = actions.is_fine(turn.store, turn.person, turn.now)
    turn.say(screens.fine(caseworker, keyboard) if asked else screens.nothing_asked(keyboard))


def tell(turn: Turn) -> None:
    """❓ and 👁: whose words they are, and the words."""
    worry = turn.store.worries.get(part(turn))
    if worry is None:
        raise Refusal(S("door.stale.toast") if turn.person.is_staff else F("door.stale.toast"))
    actions.tell(Asking(turn.store, turn.person, turn.now), worry)


room = Room(
    "worries",
    handlers=(on_words({"worries.no.button": all_right}), on_presses("worries", {"tell": tell})),
    overhears=overhears,
    listens=listens,
    due={TIMER: due.look},
)
