"""The question, the thanks, and what the caseworker sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.callback import press
from handlers.checkins.rules import FACES, LONGEST_NOTE
from handlers.fitting import shortened
from handlers.screen import Button, Screen, screen
from locales.phrase import F, Hour, Items, Moment, S
from storage.records import CheckIn, Family, Mood, Person

FAMILY_ON_A_BUTTON = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """A check-in with whose it is."""

    taken: CheckIn
    family: Family
    person: Person


def ask() -> Screen:
    """C01: three faces and the red button."""
    faces = tuple(Button(face, press("checkins", "mood", mood)) for mood, face in FACES.items())
    return screen(F("checkins.ask"), buttons=[faces, (_red_button(),)])


def thanks(taken: CheckIn, caseworker: Person) -> Screen:
    """Right after checking in; whoever is not well is gently shown the red button."""
    no_note = (Button(F("checkins.no_note.button"), press("checkins", "done", taken.id)),)
    face = FACES[taken.mood]
    if taken.mood is Mood.BAD:
        said = F("checkins.thanks_bad", mood=face, person=caseworker.name)
        return screen(said, F("checkins.ask_note"), buttons=[(_red_button(),), no_note])
    return screen(F("checkins.thanks", mood=face), F("checkins.ask_note"), buttons=[no_note])


def done(taken: CheckIn) -> Screen:
    """Without a note; the red button stays where somebody is not well."""
    bad = taken.mood is Mood.BAD
    return screen(F("checkins.done", mood=FACES[taken.mood]), buttons=[(_red_button(),)] if bad else [])


def noted(caseworker: Person) -> Screen:
    return screen(F("checkins.noted", person=caseworker.name))


def listed(entries: Sequence[Entry]) -> Screen:
    """The newest check-ins of a caseload; notes are read one by one."""
    if not entries:
        return screen(S("checkins.none"))
    lines = [
        S("checkins.line", mood=FACES[e.taken.mood], family=e.family.label, at=Moment(e.taken.at))
        for e in entries
    ]
    rows = [(_open(entry),) for entry in entries if entry.taken.note]
    return screen(S("checkins.list", entries=Items(*lines)), buttons=rows)


def opened(entry: Entry) -> Screen:
    """One check-in with its note."""
    taken = entry.taken
    head = S(
        "checkins.opened",
        mood=FACES[taken.mood],
        family=entry.family.label,
        name=entry.person.name,
        at=Moment(taken.at),
    )
    note = S("checkins.note", note=taken.note) if taken.note else S("checkins.without_note")
    return screen(head, note, buttons=[(Button(S("checkins.back.button"), press("checkins", "list")),)])


def worried(entry: Entry) -> Screen:
    """For the caseworker, at once."""
    face, at = FACES[entry.taken.mood], Moment(entry.taken.at)
    text = S("checkins.worried", mood=face, family=entry.family.label, at=at)
    return screen(text, buttons=[(_look(entry.taken),)])


def worried_note(entry: Entry) -> Screen:
    """For the caseworker, when words followed. The words themselves stay off the lock screen."""
    face, at = FACES[entry.taken.mood], Moment(entry.taken.at)
    text = S("checkins.worried_note", mood=face, family=entry.family.label, at=at)
    return screen(text, buttons=[(_look(entry.taken),)])


def _red_button() -> Button:
    return Button(F("crisis.sos.button"), press("crisis", "help"))


def _look(taken: CheckIn) -> Button:
    return Button(S("checkins.look.button"), press("checkins", "open", taken.id))


def _open(entry: Entry) -> Button:
    family = shortened(entry.family.label, FAMILY_ON_A_BUTTON)
    label = S("checkins.open.button", family=family, time=Hour(entry.taken.at))
    return Button(label, press("checkins", "open", entry.taken.id))


def specimens(now: datetime) -> list[Screen]:
    """Every screen of the room at its fullest."""
    caseworker = Person("c" * 16, 1, "M" * 40, "de", "de", blocked=False)
    family = Family("f" * 16, "W" * 40, caseworker.id)
    said = {mood: CheckIn("k" * 16, "p" * 16, family.id, mood, "N" * LONGEST_NOTE, now) for mood in Mood}
    worst = Entry(said[Mood.BAD], family, Person("p" * 16, 2, "M" * 40, "ar", "ar", blocked=False))
    wordless = Entry(CheckIn("k" * 16, "p" * 16, family.id, Mood.GOOD, "", now), family, worst.person)
    return [
        ask(),
        *(thanks(taken, caseworker) for taken in said.values()),
        *(done(taken) for taken in said.values()),
        noted(caseworker),
        listed([]),
        listed([worst] * 10),
        opened(worst),
        opened(wordless),
        worried(worst),
        worried_note(worst),
    ]
