"""What people hand us, typed or pressed: made fit before anything is done with it, and never trusted."""

from handlers.refusal import Refusal
from handlers.turn import Turn
from locales.bidi import clean
from locales.phrase import F, Phrase, S
from locales.visible import can_be_seen as can_be_seen


def one_line(typed: str, most: int, too_long: Phrase) -> str:
    """What staff typed, on one line. Raises Refusal: when nothing can be seen of it, and too_long."""
    return _fitting(" ".join(clean(typed).split()), most, S("given.empty"), too_long)


def some_lines(typed: str, most: int, too_long: Phrase) -> str:
    """What a parent typed, with its own lines. Raises Refusal as above."""
    return _fitting(clean(typed).strip(), most, F("given.empty"), too_long)


def part(turn: Turn, at: int = 0) -> str:
    """One part of the press that was heard; "" where there is none."""
    parts = turn.asked.press.parts if turn.asked.press else ()
    return parts[at] if at < len(parts) else ""


def number(text: str) -> int:
    """A small whole number; 0 for everything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


def _fitting(text: str, most: int, empty: Phrase, too_long: Phrase) -> str:
    if not can_be_seen(text):
        raise Refusal(empty)
    if len(text) > most:
        raise Refusal(too_long)
    return text
