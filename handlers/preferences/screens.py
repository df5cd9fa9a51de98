"""Home once a language is chosen, and the short help."""

from dataclasses import replace
from datetime import datetime

from handlers.callback import press
from handlers.home import home, keyboard
from handlers.preferences import hours
from handlers.screen import Button, Screen, screen
from handlers.tongues import picker
from locales.phrase import F, Phrase, S
from storage.records import Person, Role, ShownAs

BOTH = "both"
HELPS = frozenset({Role.ON_CALL, Role.LEAD})
HELP_BY_ROLE: dict[Role, Phrase] = {
    Role.CASEWORKER: S("preferences.help.caseworker"),
    Role.ON_CALL: S("preferences.help.on_call"),
    Role.LEAD: S("preferences.help.lead"),
}


def at_home(person: Person, *, first_time: bool) -> Screen:
    """Home in the language just chosen; whoever has joined reads the welcome again, now that they can."""
    where = home(person)
    if not first_time or not person.roles or where.harmless:
        return where
    welcome = S("home.welcome") if person.is_staff else F("home.welcome")
    return screen(welcome, *where.text, keyboard=where.keyboard)


def more(person: Person) -> Screen:
    """⚙️: what other rooms offer a parent."""
    pause = (
        Button(F("discreet.resume.button"), press("discreet", "resume"))
        if person.paused
        else Button(F("discreet.pause.button"), press("discreet", "pause"))
    )
    rows = (
        (Button(F("preferences.language.button"), press("preferences", "language")),),
        (Button(F("preferences.hours.button"), press("preferences", "hours")),),
        (Button(F("discreet.menu.button"), press("discreet", "menu")), pause),
        (Button(F("practice.menu.button"), press("practice", "menu")),),
        (Button(F("discreet.wipe.button"), press("discreet", "wipe")),),
        (Button(F("preferences.rights.button"), press("rights", "menu")),),
    )
    return Screen((F("preferences.more"),), rows, harmless=True)


def more_for_staff(person: Person) -> Screen:
    """⚙️ for staff: the language, and what the keyboard below the chat has no room for."""
    rows = [(Button(S("preferences.language.button"), press("preferences", "language")),)]
    rows.append((Button(S("preferences.hours.button"), press("preferences", "hours")),))
    if Role.CASEWORKER in person.roles:
        rows.append((Button(S("reminders.menu.button"), press("reminders", "week", 0)),))
    if person.roles & HELPS:
        rows += [
            (Button(S("preferences.shown_as.button"), press("preferences", "shown")),),
            (Button(S("second.menu.button"), press("second", "menu")),),
            (Button(S("alarms.menu.button"), press("alarms", "list", 0)),),
        ]
    if Role.CASEWORKER in person.roles:
        rows.append((Button(S("calendars.menu.button"), press("calendars", "menu")),))
    rows.append((Button(S("protection.menu.button"), press("protection", "list", 0)),))
    return screen(S("preferences.more"), buttons=rows)


def shown_as(person: Person) -> Screen:
    """What a family reads of somebody who has taken its alarm; a tick marks what was chosen."""
    both = _shown(S("preferences.shown_as.both.button"), None, person)
    some = [_shown(S(f"preferences.shown_as.{one}.button"), one, person) for one in ShownAs]
    return screen(S("preferences.shown_as"), buttons=[(button,) for button in (both, *some)])


def _shown(label: Phrase, chosen: ShownAs | None, person: Person) -> Button:
    said = S("preferences.ticked.button", what=label) if chosen is person.shown_as else label
    return Button(said, press("preferences", "show_as", chosen or BOTH))


def help_for(person: Person) -> Screen:
    """What this person can do here, the red button first."""
    if not person.is_staff:
        parent = Role.PARENT in person.roles
        text = F("preferences.help.parent") if parent else F("preferences.help.guest")
        return screen(text, keyboard=keyboard(person))
    theirs = (phrase for role, phrase in HELP_BY_ROLE.items() if role in person.roles)
    return screen(S("preferences.help.staff"), *theirs, keyboard=keyboard(person))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    staff = frozenset(Role) - {Role.PARENT}
    held: list[frozenset[Role]] = [frozenset(), frozenset({Role.PARENT}), staff]
    people = [Person("p" * 16, 1, "M" * 40, "de", "ar", blocked=False, roles=roles) for roles in held]
    ways = [shown_as(replace(people[2], shown_as=chosen)) for chosen in (None, *ShownAs)]
    offers = [*ways, more_for_staff(people[2])]
    offers += hours.specimens(now)
    offers += [more(replace(people[1], paused=paused)) for paused in (False, True)]
    return offers + [
        shown
        for person in people
        for shown in (picker(person), at_home(person, first_time=True), home(person), help_for(person))
    ]
