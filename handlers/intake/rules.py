"""Who may come in through which invitation, what a code looks like, and how many wrong ones are borne."""

import re
from datetime import timedelta
from enum import Enum, auto

from handlers.links import HELLO
from storage.records import STAFF, Invitation, Person, Role
from storage.spoken import as_spoken

HOUR = timedelta(hours=1)
# Whoever copies a code by hand is wrong two or three times, hardly ever five.
OWN_GUESSES = 5
# A spoken code has 50 bits: at 50 an hour, for the 72 hours it lives, one guesser in 300,000,000,000 finds it,
# with however many accounts. Fifty families that mistype in the same hour are more than any agency brings in.
ALL_GUESSES = 50
REMIND_AFTER, OVERDUE_AFTER = timedelta(hours=24), timedelta(hours=72)

_START = re.compile(r"/start(?:@\w+)?\s+(.*\S)\s*", re.DOTALL)
_LINKED = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Fit(Enum):
    """Whether an invitation is for the person who opened it."""

    FITS = auto()
    ALREADY_IN = auto()
    OTHER_FAMILY = auto()
    FOR_PARENTS = auto()
    FOR_STAFF = auto()


def code_in(text: str) -> str | None:
    """The code of "/start CODE"; None for a bare /start or a hello, "" for one that can't be a code."""
    found = _START.fullmatch(text.strip())
    if found is None or found[1] == HELLO:
        return None
    return as_spoken(found[1]) or (found[1] if _LINKED.fullmatch(found[1]) else "")


def is_limited(own: int, all_of_them: int) -> bool:
    """Whether so many wrong guesses within the last hour are too many for another try."""
    return own >= OWN_GUESSES or all_of_them >= ALL_GUESSES


def asks_language(before: Person, person: Person) -> bool:
    """Families are asked until they have chosen; staff once, on joining, unless their app speaks German."""
    if person.language is not None or not person.is_staff:
        return person.language is None
    return not before.is_staff and not speaks_german(person.hint)


def speaks_german(hint: str) -> bool:
    """Whether an app's language, as Telegram tells it, is German of any country."""
    return hint.casefold().replace("_", "-").partition("-")[0] == "de"


def fit(roles: frozenset[Role], family_id: str | None, offered: Invitation) -> Fit:
    """Staff and the parents of a family don't mix, and a parent belongs to one family."""
    if offered.role in STAFF:
        return Fit.FOR_STAFF if Role.PARENT in roles else Fit.FITS
    if roles & STAFF:
        return Fit.FOR_PARENTS
    if family_id is None:
        return Fit.FITS
    return Fit.ALREADY_IN if family_id == offered.family_id else Fit.OTHER_FAMILY
