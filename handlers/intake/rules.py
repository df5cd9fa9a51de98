"""Who may come in through which invitation."""

import re
from enum import Enum, auto

from storage.records import STAFF, Invitation, Person, Role

_CODE = re.compile(r"/start(?:@\w+)?\s+([A-Za-z0-9_-]{1,64})\s*")


class Fit(Enum):
    """Whether an invitation is for the person who opened it."""

    FITS = auto()
    ALREADY_IN = auto()
    OTHER_FAMILY = auto()
    FOR_PARENTS = auto()
    FOR_STAFF = auto()


def code_in(text: str) -> str | None:
    """The code of "/start CODE"; None for a bare /start, "" for one that can't be a code."""
    if len(text.split()) < 2:
        return None
    found = _CODE.fullmatch(text.strip())
    return found[1] if found else ""


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
