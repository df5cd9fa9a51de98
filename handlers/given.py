"""What people hand us, typed or pressed: made fit before anything is done with it, and never trusted."""

import unicodedata

from handlers.refusal import Refusal
from handlers.turn import Turn
from locales.bidi import clean
from locales.phrase import F, Phrase, S

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Me"})
# fillers and a Braille sign that are drawn as nothing
BLANK = frozenset(map(chr, (0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0)))


def one_line(typed: str, most: int, too_long: Phrase) -> str:
    """What staff typed, on one line. Raises Refusal: when nothing can be seen of it, and too_long."""
    return _fitting(" ".join(clean(typed).split()), most, S("given.empty"), too_long)


def some_lines(typed: str, most: int, too_long: Phrase) -> str:
    """What a parent typed, with its own lines. Raises Refusal as above."""
    return _fitting(clean(typed).strip(), most, F("given.empty"), too_long)


def can_be_seen(text: str) -> bool:
    """Whether anything of the text shows: Telegram lets through what looks empty."""
    return any(sign not in BLANK and unicodedata.category(sign) not in UNSEEN for sign in text)


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
