"""The language picker: every language by its own name, all scripts at once."""

from handlers.callback import press
from handlers.screen import Button, Screen, in_rows, screen
from locales.languages import endonym, match, shipped
from locales.phrase import Domain, F, S
from storage.records import Person


def domain_of(person: Person) -> Domain:
    """Which texts this person gets to read."""
    return "staff" if person.is_staff else "families"


def offered(person: Person) -> list[str]:
    """The codes this person may choose from; what their app speaks only moves to the front."""
    domain = domain_of(person)
    hinted = match(person.hint, domain)
    return sorted(shipped(domain), key=lambda code: code != hinted)


def picker(person: Person) -> Screen:
    """Asks for the language; a tick marks the one chosen before."""
    buttons = [_button(code, chosen=code == person.language) for code in offered(person)]
    text = S("preferences.choose") if person.is_staff else F("preferences.choose")
    return screen(text, buttons=in_rows(buttons, 2))


def _button(code: str, *, chosen: bool) -> Button:
    label = f"✅ {endonym(code)}" if chosen else endonym(code)
    return Button(label, press("preferences", "choose", code))
