"""The questions, the answers to them, and what one may read before answering."""

from datetime import datetime

from handlers import consenting
from handlers.callback import press
from handlers.screen import Button, Row, Screen, screen
from locales.languages import shipped
from locales.phrase import F, S
from storage.records import Family, Person, Purpose

MORE = (
    F("consent.more.who"),
    F("consent.more.how_long"),
    F("consent.more.telegram"),
    F("consent.more.emergency"),
    F("consent.more.rights"),
)
FROM_RIGHTS = "rights"  # who read on from there goes back there
SAID_YES = {Purpose.CONTACT: F("consent.yes.contact"), Purpose.CHECKINS: F("consent.yes.checkins")}
SAID_NO = {Purpose.CONTACT: F("consent.no.contact"), Purpose.CHECKINS: F("consent.no.checkins")}


def more(purpose: Purpose, follows: str, page: int) -> Screen:
    """One page of all that is to be known."""
    at = min(max(page, 0), len(MORE) - 1)
    about = (purpose.value, follows)
    back = (Button("◀️", press("consent", "more", *about, at - 1)),) if at else ()
    on = (Button("▶️", press("consent", "more", *about, at + 1)),) if at < len(MORE) - 1 else ()
    return screen(MORE[at], buttons=(back + on, _leave(*about)))


def _leave(purpose: str, follows: str) -> Row:
    if follows == FROM_RIGHTS:
        return (Button(F("consent.back.button"), press("rights", "menu")),)
    return (Button(F("consent.question.button"), press("consent", "page", purpose, follows, 0)),)


def said_yes(purpose: Purpose) -> Screen:
    return screen(SAID_YES[purpose])


def said_no(purpose: Purpose) -> Screen:
    return screen(SAID_NO[purpose])


def call(parent: Person, family: Family) -> Screen:
    """For the caseworker: neither that somebody said no nor why."""
    return screen(S("consent.call", name=parent.name or S("consent.somebody"), family=family.label))


def reachable(parent: Person, family: Family) -> Screen:
    return screen(S("consent.reachable", name=parent.name or S("consent.somebody"), family=family.label))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    family = Family("f" * 16, "W" * 40, "c" * 16)
    parents = [Person("p" * 16, 1, name, "ar", "ar", blocked=False) for name in ("M" * 40, "")]
    return [
        *(
            consenting.question(purpose, page, follows, language)
            for purpose in Purpose
            for page in range(len(consenting.PAGES[purpose]))
            for follows in (consenting.ALONE, consenting.BOTH)
            for language in shipped("families")
        ),
        *(
            more(purpose, follows, page)
            for purpose in Purpose
            for follows in (consenting.BOTH, FROM_RIGHTS)
            for page in range(len(MORE))
        ),
        *(shown(purpose) for purpose in Purpose for shown in (said_yes, said_no)),
        *(shown(parent, family) for parent in parents for shown in (call, reachable)),
        consenting.call_them(parents, family.label),
    ]
