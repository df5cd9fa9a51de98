"""What is seen in a crisis: numbers first, then what helps in which situation, and a card to show to somebody."""

from collections.abc import Sequence
from datetime import datetime
from itertools import product

from handlers.callback import press
from handlers.crisis import pages, samples, status
from handlers.crisis.calling import dialled, line
from handlers.crisis.situations import Situation
from handlers.screen import Button, Screen, in_rows, screen
from locales.languages import SOURCE, shipped
from locales.phrase import F, Language, S
from storage.records import CrisisNumber, Person

FAMILY_KEYS = (
    (F("crisis.alarm.button"),),
    (F("crisis.sos.button"), F("crisis.more.button")),
    (F("crisis.back.button"),),
)
STAFF_KEYS = (
    (S("crisis.alarm.button"),),
    (S("crisis.sos.button"), S("crisis.more.button")),
    (S("crisis.back.button"),),
)
KEYS = (
    "ambulance_fire",
    "police",
    "violence_women",
    "medical",
    "poison",
    "parents",
    "young",
    "pastoral",
    "pregnant",
    "abuse",
    "agency",
    "child_protection_staff",
    "youth_office_staff",
)
OTHER = Button(F("crisis.case.other.button"), press("crisis", "cases"))


def help_now(numbers: Sequence[CrisisNumber], *, staff: bool) -> Screen:
    """The first answer: whom to call, and the way to the team."""
    lines = tuple(line(number, staff=staff) for number in numbers)
    if staff:
        return Screen((S("crisis.help"), *lines, S("crisis.help.team")), keyboard=STAFF_KEYS)
    return Screen((F("crisis.help"), *lines, F("crisis.help.team")), keyboard=FAMILY_KEYS)


def unsaved(numbers: Sequence[CrisisNumber]) -> Screen:
    """The first answer while nothing can be written down: nobody knows yet, and whom to call meanwhile."""
    lines = tuple(line(number, staff=False) for number in numbers)
    return Screen((F("crisis.unsaved"), *lines, F("crisis.unsaved.goes_on")), keyboard=FAMILY_KEYS)


def more_numbers(numbers: Sequence[CrisisNumber], *, staff: bool) -> Screen:
    """Every number that answers now."""
    heading = S("crisis.more") if staff else F("crisis.more")
    lines = tuple(line(number, staff=staff) for number in numbers)
    return Screen((heading, *lines), keyboard=STAFF_KEYS if staff else FAMILY_KEYS)


def cases() -> Screen:
    """What is going on? Below an inline button nothing is typed that somebody else might read in the chat."""
    buttons = [
        Button(F(f"crisis.case.{situation}.button"), press("crisis", "case", situation))
        for situation in Situation
    ]
    return screen(F("crisis.cases"), buttons=in_rows(buttons, 2))


def case(situation: Situation, numbers: Sequence[CrisisNumber]) -> Screen:
    """What helps now in one situation; the cards follow below."""
    lines = (line(number, staff=False) for number in numbers)
    return screen(F(f"crisis.case.{situation}"), *lines, F("crisis.case.below"), buttons=[(OTHER,)])


def contact(number: CrisisNumber) -> Screen:
    """A number to be called with one touch. The numbers are everybody's: nothing hinders saving them."""
    return Screen((F(f"number.{number.key}"),), contact=dialled(number.number), to_keep=True)


def card(situation: Situation, numbers: Sequence[CrisisNumber], language: str) -> Screen:
    """To show to somebody: in German what is asked of them, and below it the same for whoever shows it."""
    what, lines = F(f"crisis.card.{situation}"), tuple(line(number, staff=False) for number in numbers)
    if language == SOURCE:
        return screen(F("crisis.show_german", what=what), *lines)
    asking = F("crisis.show", what=what, language=Language(language))
    return Screen((asking, *lines), german=(asking, *lines))


def from_staff(by: Person, text: str) -> Screen:
    """A line from the one who took the alarm, to whoever raised it."""
    return screen(F("crisis.from_staff", name=status.who(by, staff=False), text=text))


def line_kept(*, heard: bool, staff: bool) -> Screen:
    """For the person who wrote: somebody gets it now, or whoever takes the alarm will."""
    return screen(status.said("line_passed_on" if heard else "line_kept", staff))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room with the longest it may show."""
    numbers = [
        CrisisNumber("0800 111 0 550", key, "always", 1, first=True, staff_only=False, confirmed_on=None)
        for key in KEYS
    ]
    shown = [*status.specimens(now, numbers[:5])]
    shown += pages.specimens(now)
    for staff in (True, False):
        shown += [help_now(numbers[:5], staff=staff), more_numbers(numbers, staff=staff)]
        shown += [line_kept(heard=heard, staff=staff) for heard in (True, False)]
    shown += [card(one, numbers[:2], code) for one, code in product(Situation, shipped("families"))]
    shown += [unsaved(numbers[:5]), cases(), *(case(situation, numbers[:5]) for situation in Situation)]
    return [*shown, *map(contact, numbers), from_staff(samples.SOMEBODY, samples.LONG_TEXT)]
