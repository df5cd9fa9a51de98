"""The question, what its answer leads to, and what staff learn of it."""

from datetime import datetime
from itertools import product

from handlers.callback import press
from handlers.home import DISCREET, DISCREET_GUEST, GUEST, PARENT, Keys
from handlers.screen import Button, Screen, screen
from handlers.worries.rules import PATIENCE, minutes
from locales.phrase import F, Moment, S
from storage.records import Family, Person, Worry, WorryState


def asked(person: Person) -> Screen:
    """Is help needed now? The keys stay below the chat, so that they work however long we are away."""
    return screen(F("worries.ask", n=minutes(PATIENCE)), keyboard=_keys(person))


def kept(person: Person) -> Screen:
    """More of that kind, shortly after the question."""
    return screen(F("worries.kept"), keyboard=_keys(person))


def _keys(person: Person) -> Keys:
    numbers = F("discreet.sos.button") if person.discreet else F("crisis.sos.button")
    return (F("crisis.alarm.button"),), (numbers,), (F("worries.no.button"),)


def fine(caseworker: Person | None, keyboard: Keys) -> Screen:
    """No help is needed. Who learns of the words is said."""
    if caseworker is None:
        return screen(F("worries.fine_guest"), keyboard=keyboard)
    return screen(F("worries.fine", person=caseworker.name), keyboard=keyboard)


def nothing_asked(keyboard: Keys) -> Screen:
    return screen(F("worries.nothing_asked"), keyboard=keyboard)


def alarm_is_open() -> Screen:
    return screen(F("worries.alarm_is_open"))


def noticed(worry: Worry, state: WorryState) -> Screen:
    """For those on call and whoever works with the family: neither whose nor which words they were."""
    who = (Button(S("worries.who.button"), press("worries", "tell", worry.id)),)
    return screen(S(f"worries.noticed.{state}", n=minutes(PATIENCE)), buttons=[who])


def fine_now(worry: Worry, family: Family) -> Screen:
    """For whoever works with the family."""
    look = (Button(S("worries.look.button"), press("worries", "tell", worry.id)),)
    return screen(S("worries.fine_now", family=family.label), buttons=[look])


def opened(worry: Worry, writer: Person, family: Family | None, text: str) -> Screen:
    """Behind the code: who wrote it, when, and what."""
    at = Moment(worry.at)
    if family is None:
        return screen(S("worries.opened_guest", at=at), S("worries.words", text=text))
    return screen(
        S("worries.opened", name=writer.name, family=family.label, at=at), S("worries.words", text=text)
    )


def more(text: str) -> Screen:
    return screen(S("worries.words", text=text))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    shown = []
    for discreet in (True, False):
        person = Person("p" * 16, 1, "M" * 40, "ar", "ar", blocked=False, discreet=discreet)
        shown += [asked(person), kept(person)]
    family = Family("f" * 16, "W" * 40, "c" * 16)
    worry = Worry("w" * 16, "p" * 16, family.id, "N" * 500, now, WorryState.UNANSWERED)
    for theirs, keyboard in product((person, None), (PARENT, GUEST, DISCREET, DISCREET_GUEST)):
        shown += [fine(theirs, keyboard), nothing_asked(keyboard)]
    shown += [noticed(worry, state) for state in WorryState if state is not WorryState.ASKED]
    shown += [opened(worry, person, whose, worry.text) for whose in (family, None)]
    return [*shown, alarm_is_open(), fine_now(worry, family), more(worry.text)]
