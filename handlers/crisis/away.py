"""A cry while the store does not answer: how it is known, and what is said to it. Nothing here asks the store."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from handlers.crisis import screens
from handlers.crisis.calling import for_families
from handlers.screen import Screen
from locales.distress import sounds_distressed
from locales.sos import sounds_like_sos
from locales.translator import everywhere
from locales.zone import here
from storage.records import CrisisNumber

BUTTONS = ("crisis.sos.button", "discreet.sos.button", "crisis.alarm.button", "crisis.more.button")
COMMANDS = frozenset({"/sos", "/alarm"})
PRESSES = ("crisis:help", "crisis:case")


def is_cry(text: str, carried: str) -> bool:
    """Whether this asks for help: a button's text in any language, a command, a cry, words of distress, or a press."""
    if carried:
        return carried.startswith(PRESSES)
    said = text.strip()
    first = (said.split(maxsplit=1) or [""])[0].partition("@")[0].casefold()
    return said in _labels() or first in COMMANDS or sounds_like_sos(said) or sounds_distressed(said)


@cache
def _labels() -> frozenset[str]:
    return frozenset(text for key in BUTTONS for text in everywhere(key))


def unsaved(numbers: Sequence[CrisisNumber], now: datetime) -> Screen:
    """Whom to call, and that nobody has been told so far."""
    return screens.unsaved(for_families(numbers, now.astimezone(here()), first_only=True))
