"""Notes of staff that must not stay in a chat: what was typed leaves it, whether it could be kept or not."""

from collections.abc import Callable
from typing import TypeVar

from handlers import clearing, codes
from handlers.given import one_line
from handlers.refusal import NeedsCode, Refusal
from handlers.screen import screen
from handlers.turn import Turn
from locales.phrase import Phrase, S

T = TypeVar("T")


def keep(turn: Turn, most: int, too_long: Phrase, by: Callable[[str], T]) -> T | None:
    """Has the note that was typed kept `by` the room; None where it was not, which has been said.

    A refusal that is raised would undo that the message is deleted; so none leaves here. After one that typing
    anew can mend, the conversation goes on.
    """
    if turn.asked.wrote is not None:
        clearing.messages(turn.store, turn.person, [turn.asked.wrote], turn.now)
    try:
        text = one_line(turn.asked.text, most, too_long)
    except Refusal as no:
        turn.say(screen(no.phrase, S("noting.not_kept")))
        return None
    try:
        made = by(text)
    except NeedsCode as no:
        turn.say(screen(S("noting.not_kept")))
        codes.ask(turn, fresh=no.fresh)
        return None
    except Refusal as no:
        turn.store.dialogues.drop(turn.person.id)
        turn.say(screen(no.phrase, S("noting.not_kept_at_all")))
        return None
    turn.store.dialogues.drop(turn.person.id)
    return made
