"""What people hand us, typed or pressed: made fit before anything is done with it, and never trusted."""

from handlers.refusal import Refusal
from handlers.turn import Turn
from locales.bidi import clean
from locales.phrase import Phrase


def one_line(typed: str, most: int, otherwise: Phrase) -> str:
    """The text on one line, invisible signs left out. Raises Refusal(otherwise) if empty or too long."""
    return _fitting(" ".join(clean(typed).split()), most, otherwise)


def some_lines(typed: str, most: int, otherwise: Phrase) -> str:
    """The text with its own lines, without invisible signs. Raises Refusal(otherwise) as above."""
    return _fitting(clean(typed).strip(), most, otherwise)


def part(turn: Turn, at: int = 0) -> str:
    """One part of the press that was heard; "" where there is none."""
    parts = turn.asked.press.parts if turn.asked.press else ()
    return parts[at] if at < len(parts) else ""


def number(text: str) -> int:
    """A small whole number; 0 for everything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


def _fitting(text: str, most: int, otherwise: Phrase) -> str:
    if not 0 < len(text) <= most:
        raise Refusal(otherwise)
    return text
