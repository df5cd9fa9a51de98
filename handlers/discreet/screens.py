"""The display, the broom and the pause. Nothing here says whom it comes from."""

from dataclasses import replace
from datetime import datetime

from handlers import veil
from handlers.callback import press
from handlers.home import at_hand, home
from handlers.screen import Button, Screen, screen
from locales.phrase import F, Phrase, S
from storage.records import Family, Person, Role


def display(person: Person) -> Screen:
    """How notices look now, and the other way."""
    if person.discreet:
        off, clear = F("discreet.off.button"), F("discreet.wipe.button")
        return _plain(F("discreet.is_on"), _button("off", off), _button("wipe", clear))
    return _plain(F("discreet.is_off"), _button("on", F("discreet.on.button")))


def wipe_ask(*, staff: bool) -> Screen:
    if staff:
        yes, no = S("discreet.wipe_yes.button"), S("discreet.wipe_no.button")
        return _plain(S("discreet.wipe_ask"), _button("sure", yes), _button("keep", no))
    yes, no = F("discreet.wipe_yes.button"), F("discreet.wipe_no.button")
    return _plain(F("discreet.wipe_ask"), _button("sure", yes), _button("keep", no))


def kept(*, staff: bool) -> Screen:
    return _plain(S("discreet.kept") if staff else F("discreet.kept"))


def wiped(*, staff: bool) -> Screen:
    """What is gone, and what nobody can take back."""
    return _plain(S("discreet.wiped") if staff else F("discreet.wiped"))


def blank(*, staff: bool) -> Screen:
    """What is left of a message of ours that is too old to be deleted."""
    return _plain(S("discreet.blank") if staff else F("discreet.blank"))


def gone(*, staff: bool) -> Screen:
    """Behind 👁 there is nothing any more."""
    return _plain(S("discreet.gone") if staff else F("discreet.gone"))


def paused() -> Screen:
    return _plain(F("discreet.paused"), _button("resume", F("discreet.resume.button")))


def resumed() -> Screen:
    return _plain(F("discreet.resumed"))


def told(person: Person, family: Family, *, paused: bool) -> Screen:
    """For the caseworker: that it is so, and nothing else."""
    name = person.name or S("discreet.somebody")
    if paused:
        return screen(S("discreet.told_paused", name=name, family=family.label))
    return screen(S("discreet.told_resumed", name=name, family=family.label))


def _button(verb: str, label: Phrase) -> Button:
    return Button(label, press("discreet", verb))


def _plain(text: Phrase, *buttons: Button) -> Screen:
    return Screen((text,), tuple((button,) for button in buttons), harmless=True)


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    parent = Person("p" * 16, 1, "M" * 40, "ar", "ar", blocked=False, roles=frozenset({Role.PARENT}))
    discreet, family = replace(parent, discreet=True), Family("f" * 16, "F" * 40, "c" * 16)
    both = (True, False)
    return [
        *(display(person) for person in (parent, discreet)),
        *(shown(staff=staff) for shown in (kept, wiped, blank, gone) for staff in both),
        *(told(parent, family, paused=paused) for paused in both),
        paused(),
        resumed(),
        veil.neutral("c" * 16),
        at_hand(discreet),
        home(discreet),
        *(wipe_ask(staff=staff) for staff in both),
    ]
