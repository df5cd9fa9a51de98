"""What is seen in a crisis: numbers first, then the truth about the alarm."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import product

from handlers.callback import press
from handlers.crisis import pages, samples
from handlers.crisis.rules import status_key
from handlers.screen import Button, Screen, screen
from locales.phrase import F, Number, Phrase, S, Slot
from storage.records import Alarm, AlarmState, CrisisNumber, Page, Person

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


def help_now(numbers: Sequence[CrisisNumber], *, staff: bool) -> Screen:
    """The first answer: whom to call, and the way to the team."""
    lines = tuple(call(number, staff=staff) for number in numbers)
    if staff:
        return Screen((S("crisis.help"), *lines, S("crisis.help.team")), keyboard=STAFF_KEYS)
    return Screen((F("crisis.help"), *lines, F("crisis.help.team")), keyboard=FAMILY_KEYS)


def more_numbers(numbers: Sequence[CrisisNumber], *, staff: bool) -> Screen:
    """Every number that answers now."""
    heading = S("crisis.more") if staff else F("crisis.more")
    lines = tuple(call(number, staff=staff) for number in numbers)
    return Screen((heading, *lines), keyboard=STAFF_KEYS if staff else FAMILY_KEYS)


def call(number: CrisisNumber, *, staff: bool) -> Phrase:
    """One line: the number, and who answers there."""
    shown = Number(number.number)
    return S(f"number.{number.key}", number=shown) if staff else F(f"number.{number.key}", number=shown)


def status(
    alarm: Alarm, taker: Person | None, paged: Sequence[Page], *, anybody: bool, staff: bool = False
) -> Screen:
    """What the person who raised the alarm sees; it changes with the truth."""
    key = status_key(alarm, paged, anybody=anybody)
    reached = sum(one.delivered for one in paged)
    text = _said(key, staff, n=reached, name=taker.name if taker else "", number=alarm.called)
    if alarm.state is AlarmState.ENDED:
        return screen(text)
    if alarm.withdrawn_at is not None:
        return screen(text, _said("withdrawn", staff))
    mistake = Button(_said("mistake.button", staff), press("crisis", "mistake", alarm.id))
    return screen(text, _said("line", staff), buttons=[(mistake,)])


def older(alarm: Alarm, *, staff: bool) -> Screen:
    """What becomes of a status when a newer one of the same alarm stands below."""
    return Screen((_said("older", staff, number=alarm.called),), harmless=staff)


def _said(key: str, staff: bool, **slots: Slot) -> Phrase:
    return S(f"crisis.status.{key}", **slots) if staff else F(f"crisis.status.{key}", **slots)


def from_staff(name: str, text: str) -> Screen:
    """A line from the one who took the alarm, to whoever raised it."""
    return screen(F("crisis.from_staff", name=name, text=text))


def line_kept(*, heard: bool, staff: bool) -> Screen:
    """For the person who wrote: somebody gets it now, or whoever takes the alarm will."""
    return screen(_said("line_passed_on" if heard else "line_kept", staff))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room with the longest it may show."""
    numbers = [
        CrisisNumber("0800 111 0 550", key, "always", 1, first=True, staff_only=False, confirmed_on=None)
        for key in KEYS
    ]
    shown = [*_of_person(samples.alarms(now), now), *pages.specimens(now)]
    for staff in (True, False):
        shown += [help_now(numbers[:5], staff=staff), more_numbers(numbers, staff=staff)]
        shown += [line_kept(heard=heard, staff=staff) for heard in (True, False)]
    return [*shown, from_staff(samples.LONG_NAME, samples.LONG_TEXT)]


def _of_person(alarms: Sequence[Alarm], now: datetime) -> list[Screen]:
    one = Page(samples.SOMEBODY.id, 2, now, delivered=True)
    some: tuple[list[Page], ...] = (
        [],
        [replace(one, delivered=False)],
        [one] * 20,
        [replace(one, step=1)] * 20,
    )
    shown = [older(alarms[0], staff=staff) for staff in (True, False)]
    for alarm, paged, staff, anybody in product(alarms, some, (True, False), (True, False)):
        shown.append(status(alarm, samples.SOMEBODY, paged, anybody=anybody, staff=staff))
    return shown


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
)
