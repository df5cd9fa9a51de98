"""When we write: which reminders, at what time of day, and in which hours nothing comes."""

from dataclasses import replace
from datetime import datetime

from handlers import evenings, quiet
from handlers.callback import press
from handlers.screen import Button, Screen, in_rows, screen
from locales.phrase import F, Phrase, S
from storage.records import Person, Role

ALL = "all"
WHICH = (ALL, evenings.DAY_BEFORE.value, evenings.TWO_HOURS.value, evenings.NONE)
DAYTIME, EVENING = "daytime", "evening"


def chosen(person: Person) -> str:
    """One of WHICH."""
    return person.reminded if person.reminded in WHICH else ALL


def of_parent(person: Person, hour: int) -> Screen:
    """What holds now, in plain words, and each other choice one tap away. `hour` is the agency's own."""
    which = chosen(person)
    text = [F("preferences.hours"), F(f"preferences.remind.{which}")]
    if which in {ALL, evenings.DAY_BEFORE.value}:
        text.append(
            F("preferences.at_evening") if person.evenings else F("preferences.at_daytime", hour=hour)
        )
    text.append(F(f"preferences.quiet.{_word(person)}"))
    kinds = [_choice(F(f"preferences.remind.{one}.button"), "remind", one, one == which) for one in WHICH]
    times = (
        _choice(F("preferences.daytime.button", hour=hour), "evenings", DAYTIME, not person.evenings),
        _choice(F("preferences.evening.button"), "evenings", EVENING, person.evenings),
    )
    nights = [
        _choice(F(f"preferences.quiet.{_named(one)}.button"), "quiet", one, one == quiet.chosen(person))
        for one in quiet.CHOICES
    ]
    return screen(*text, buttons=(*in_rows(kinds, 2), times, *in_rows(nights, 2)))


def of_staff(person: Person) -> Screen:
    """As above: staff are not reminded of appointments, and pages always ring."""
    nights = [
        _ticked(S(f"preferences.quiet.{_named(one)}.button"), "quiet", one, one == quiet.chosen(person))
        for one in quiet.CHOICES
    ]
    text = (S("preferences.hours"), S(f"preferences.quiet.{_word(person)}"), S("preferences.pages_ring"))
    return screen(*text, buttons=in_rows(nights, 2))


def _word(person: Person) -> str:
    return _named(quiet.chosen(person))


def _named(choice: str) -> str:
    return choice.replace("-", "_to_")  # as the catalogs name it


def _choice(label: Phrase, verb: str, word: str, ticked: bool) -> Button:
    said = F("preferences.chosen.button", what=label) if ticked else label
    return Button(said, press("preferences", verb, word))


def _ticked(label: Phrase, verb: str, word: str, ticked: bool) -> Button:
    said = S("preferences.ticked.button", what=label) if ticked else label
    return Button(said, press("preferences", verb, word))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of this part at its fullest."""
    parent = Person("p" * 16, 1, "M" * 40, "de", "ar", blocked=False, roles=frozenset({Role.PARENT}))
    staff = replace(parent, roles=frozenset({Role.CASEWORKER}))
    wishes = [replace(parent, reminded=one, evenings=late) for one in WHICH for late in (False, True)]
    nights = [replace(one, quiet=choice) for one in (parent, staff) for choice in quiet.CHOICES]
    return [
        *(of_parent(one, 17) for one in (*wishes, *nights[: len(quiet.CHOICES)])),
        *(of_staff(one) for one in nights[len(quiet.CHOICES) :]),
    ]
