"""What a parent must have said yes to, in which words, and how they are asked: shared by all rooms.

A yes counts for one purpose and for the version of the text that was shown. Whoever changes the words of a
purpose raises its version here: every parent is asked anew, and the old yes no longer counts.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from handlers import desk
from handlers.callback import press
from handlers.screen import Button, Screen, screen
from locales.languages import shipped
from locales.phrase import F, Items, Phrase, S
from locales.translator import voice
from storage.records import Consent, Lane, Person, Purpose, Role
from storage.store import Store

VERSIONS = {Purpose.CONTACT: 1, Purpose.CHECKINS: 1}
# yes and no stand below the last page: nobody says yes to what they were not shown
PAGES: dict[Purpose, tuple[tuple[Phrase, ...], ...]] = {
    Purpose.CONTACT: (
        (F("consent.contact.what"),),
        (F("consent.contact.telegram"), F("consent.contact.ask")),
    ),
    Purpose.CHECKINS: (
        (F("consent.checkins.what"),),
        (F("consent.checkins.telegram"), F("consent.checkins.ask")),
    ),
}
ALONE, BOTH = "one", "both"  # whether the question about the other purpose follows


def has(store: Store, person: Person, purpose: Purpose) -> bool:
    """Whether we may: parents must have said yes to the current version; nobody else is asked.

    Membership counts as much as the role: not everybody who hands us a person has read their roles.
    """
    if person.is_staff or current(store, person, purpose) is not None:
        return True
    return Role.PARENT not in person.roles and store.families.of_person(person.id) is None


def current(store: Store, person: Person, purpose: Purpose) -> Consent | None:
    """The yes that counts; None for one to an older text."""
    given = store.consents.current(person.id, purpose)
    return given if given is not None and given.version == VERSIONS[purpose] else None


def ask(
    store: Store, person: Person, now: datetime, purpose: Purpose | None = None, *, direct: bool = False
) -> None:
    """Sends the question about one purpose; without one, about both, one after the other.

    `direct` says that it answers what the person has just pressed or typed.
    """
    wanted, follows = (purpose, ALONE) if purpose else (Purpose.CONTACT, BOTH)
    shown = question(wanted, 0, follows, desk.voice_of(person).language)
    desk.post(store, person, shown, now, Lane.ANSWER, direct=direct)


def asked_first(store: Store, person: Person, purpose: Purpose, now: datetime) -> bool:
    """Whether the person, who has just pressed or typed, was asked for a yes that is still missing."""
    if has(store, person, purpose):
        return False
    ask(store, person, now, purpose, direct=True)
    return True


def give(
    store: Store, person: Person, purpose: Purpose, now: datetime, language: str | None = None
) -> Consent:
    """Stores a yes to the current text in the language in which it was read; the person's own by default."""
    read = language or desk.voice_of(person).language
    given = store.consents.give(person.id, purpose, VERSIONS[purpose], text_hash(purpose, read), read, now)
    _note(store, person, f"consent.given.{purpose}", now)
    return given


def take_back(store: Store, person: Person, purpose: Purpose, now: datetime) -> bool:
    """Ends the yes; what is queued because of it leaves no more. False when there was none."""
    if not store.consents.revoke(person.id, purpose, now):
        return False
    if purpose is Purpose.CONTACT:
        store.deliveries.withdraw(person.id, now, least=Lane.NEWS)
    _note(store, person, f"consent.revoked.{purpose}", now)
    return True


def words(purpose: Purpose, language: str) -> str:
    """All that is shown before the yes, as one text."""
    speaking = voice(language)
    return "\n\n".join(speaking.say(phrase) for page in PAGES[purpose] for phrase in page)


def text_hash(purpose: Purpose, language: str) -> str:
    """The SHA-256 of these words in UTF-8, as 64 hex digits."""
    return hashlib.sha256(words(purpose, language).encode()).hexdigest()


def question(purpose: Purpose, page: int, follows: str, language: str) -> Screen:
    """One page of the question. Its buttons remember version and language: that is what is said yes to."""
    pages = PAGES[purpose]
    at = min(max(page, 0), len(pages) - 1)
    about = (purpose.value, follows)
    back = Button(F("consent.back.button"), press("consent", "page", *about, at - 1))
    on = Button(F("consent.on.button"), press("consent", "page", *about, at + 1))
    more = (Button(F("consent.more.button"), press("consent", "more", *about, 0)),)
    if at < len(pages) - 1:
        turning = (back, on) if at else (on,)
        return screen(*pages[at], buttons=(turning, more))
    said = (*about, VERSIONS[purpose], language)
    yes = Button(F("consent.yes.button"), press("consent", "yes", *said))
    no = Button(F("consent.no.button"), press("consent", "no", *about))
    return screen(*pages[at], buttons=((yes,), (no,), (back, *more)))


def is_language(code: str) -> bool:
    """Whether families can have read the question in it."""
    return code in shipped("families")


def by_phone(store: Store, parents: Iterable[Person]) -> list[Person]:
    """Those who must be called, since they want no messages here."""
    return [parent for parent in parents if not has(store, parent, Purpose.CONTACT)]


def call_them(parents: Iterable[Person], family: str) -> Screen:
    """What a caseworker is told who has just made an appointment for them."""
    names = Items(*(parent.name or S("consent.somebody") for parent in parents))
    return screen(S("consent.call_them", names=names, family=family))


def _note(store: Store, person: Person, act: str, now: datetime) -> None:
    family = store.families.of_person(person.id)
    store.journal.write(now, person.id, act, f"person:{person.id}", family.id if family else None)
