"""The rota as a calendar file (iCalendar, RFC 5545), written and read. Pure.

An event says whose shift it is by X-PAENZ-PERSON, X-PAENZ-STEP and X-PAENZ-SITE; where these are missing, by a
summary such as "Frau Koch · 1 · Goethestraße", the site left out for all of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Component, Event, vText
from icalendar.parser import unescape_backslash

from handlers.rota import unfolding
from handlers.rota.unfolding import FAULTS, Occurrence, Unclear
from storage.records import Person, Shift, Site

NAME = "rufbereitschaft.ics"
OURS = "@paenz"
PERSON, STEP, SITE = "X-PAENZ-PERSON", "X-PAENZ-STEP", "X-PAENZ-SITE"
DOT = "·"


@dataclass(frozen=True, slots=True)
class Entry:
    """A shift as it is written into a file: `summary` is what a calendar shows, without any family in it."""

    shift: Shift
    person: str
    site: str | None
    summary: str


@dataclass(frozen=True, slots=True)
class Read:
    """An event that was understood. `uid` names this one occurrence; a cancelled one is held by nobody."""

    uid: str
    person_id: str
    site_id: str | None
    step: int
    starts_at: datetime
    ends_at: datetime
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Known:
    """Whom and what an event may name: those on call, the sites, and the number of steps."""

    people: Sequence[Person]
    sites: Sequence[Site]
    steps: int


def written(entries: Iterable[Entry], now: datetime) -> str:
    """The file. Times are UTC, so that no calendar can misread a night in which the clocks change."""
    calendar = Calendar()
    calendar.add("prodid", "-//Paenz//Rota//DE")
    calendar.add("version", "2.0")
    for entry in entries:
        event = Event()
        event.add("uid", uid_of(entry.shift))
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", entry.shift.starts_at.astimezone(UTC))
        event.add("dtend", entry.shift.ends_at.astimezone(UTC))
        event.add("summary", entry.summary)
        event.add(PERSON, vText(entry.person))
        event.add(STEP, str(entry.shift.step))
        if entry.site is not None:
            event.add(SITE, vText(entry.site))
        calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def uid_of(shift: Shift) -> str:
    """The name under which a shift is found again, whether it was made here or came from a file."""
    return shift.uid or f"{shift.id}{OURS}"


def read(text: str, known: Known, since: datetime, until: datetime) -> tuple[list[Read], list[str]]:
    """The events of which any part lies between the two moments, recurring ones written out; and what is wrong.

    Raises Unclear when the text is no calendar.
    """
    events, wrong = unfolding.unfolded(text, since, until)
    found = []
    for one in events:
        try:
            found.append(_read(one, known))
        except FAULTS as error:
            wrong.append(unfolding.line(one.event, error))
    return found, wrong


def _read(one: Occurrence, known: Known) -> Read:
    said, ends_at = _said(one.event), unfolding.end(one.event)
    if ends_at <= one.starts_at:
        raise Unclear("it ends before it begins")
    cancelled = str(one.event.get("STATUS", "")).upper() == "CANCELLED"
    person = _person(said[0], known.people)
    return Read(
        one.uid,
        person.id,
        _site(said[2], known.sites),
        _step(said[1], known.steps),
        one.starts_at,
        ends_at,
        cancelled,
    )


def _said(event: Component) -> tuple[str, str, str]:
    """Person, step and site in words: from their own lines, else from the parts of the summary."""
    parts = [part.strip() for part in str(event.get("SUMMARY", "")).split(DOT)]
    if PERSON not in event and not 2 <= len(parts) <= 3:
        raise Unclear(f'it needs {PERSON}, or a summary such as "Frau Koch {DOT} 1 {DOT} Goethestraße"')
    if PERSON in event:
        return _own(event, PERSON), _own(event, STEP) or "1", _own(event, SITE)
    return parts[0], parts[1], parts[2] if len(parts) == 3 else ""


def _own(event: Component, name: str) -> str:
    """A line of ours as it was meant: nobody but us knows that it is text."""
    return str(unescape_backslash(str(event.get(name, "")))).strip()


def _person(said: str, people: Sequence[Person]) -> Person:
    found = [one for one in people if said in {one.id, one.name}]
    if not found:
        raise Unclear(f"nobody called {said!r} is on call")
    if len(found) > 1:
        raise Unclear(f"{len(found)} people on call are called {said!r}; write the id instead of the name")
    return found[0]


def _step(said: str, steps: int) -> int:
    if not (said.isascii() and said.isdecimal() and len(said) < 3 and 1 <= int(said) <= steps):
        raise Unclear(f"the step must be 1 to {steps}, and not {said!r}")
    return int(said)


def _site(said: str, sites: Sequence[Site]) -> str | None:
    if not said:
        return None
    found = next((one.id for one in sites if said in {one.id, one.name}), None)
    if found is None:
        raise Unclear(f"there is no site {said!r}")
    return found


def names(people: Sequence[Person]) -> Mapping[str, str]:
    """By what each person is written, by id: the name, or the id where two are called alike."""
    called = [one.name for one in people]
    return {one.id: one.name if called.count(one.name) == 1 else one.id for one in people}
