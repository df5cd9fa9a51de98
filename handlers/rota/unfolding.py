"""A calendar file becomes single events: recurring ones are written out, and what can't be is named. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import prod

import recurring_ical_events
from icalendar import Calendar, Component, vRecur

from handlers.fitting import shortened
from handlers.icalendars import FAULTS as FAULTS
from handlers.icalendars import MOST_A_DAY as MOST_A_DAY
from handlers.icalendars import OFTEN, WITHIN_A_DAY, has_endless_zone
from handlers.rota import rules

MOST = 2000  # shifts that one file may hold in all
ONCE = (
    "UID",
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "RECURRENCE-ID",
    "SUMMARY",
    "STATUS",
    "X-PAENZ-PERSON",
    "X-PAENZ-STEP",
    "X-PAENZ-SITE",
)
RECURS = ("RRULE", "RDATE", "RECURRENCE-ID")
DATED = ("DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE")
LONG_UID, LONG_NAME, LONG_LINE = 255, 60, 300


class Unclear(ValueError):  # noqa: N818 - a finding, told to whoever imports
    """A file or an event can't be understood; the text says why."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event at one time. `uid` names this very one: its own name, and in a series when it was to begin."""

    event: Component
    uid: str
    starts_at: datetime


def unfolded(text: str, since: datetime, until: datetime) -> tuple[list[Occurrence], list[str]]:
    """The events of which any part lies between the two moments, by their start; and a line for what is wrong.

    Raises Unclear when the text is no calendar, or holds more than MOST.
    """
    calendar = _parsed(text)
    found: list[Occurrence] = []
    wrong: list[str] = []
    for events in _series(calendar):
        try:
            found += _written_out(calendar, events, since, until)
        except FAULTS as error:
            wrong.append(line(events[0], error))
        if len(found) > MOST:
            raise Unclear(f"it holds more than {MOST} shifts; that is no rota")
    return sorted(found, key=lambda one: (one.starts_at, one.uid)), wrong


def _parsed(text: str) -> Calendar:
    if has_endless_zone(text):
        raise Unclear("it has a time zone whose rule is not a yearly one")
    try:
        calendar = Calendar.from_ical(text)
    except FAULTS as error:
        raise Unclear(f"this is no calendar that can be read: {shortened(str(error), LONG_LINE)}") from None
    if not isinstance(calendar, Calendar):
        raise Unclear("this is no calendar that can be read: it does not begin as one")
    return calendar


def _series(calendar: Calendar) -> Iterable[Sequence[Component]]:
    """Events of one name belong together: a series, and what was changed in it."""
    found: dict[str, list[Component]] = {}
    for n, event in enumerate(calendar.walk("VEVENT")):
        found.setdefault(str(event.get("UID", "")).strip() or f"\0{n}", []).append(event)
    return found.values()


def _written_out(
    calendar: Calendar, events: Sequence[Component], since: datetime, until: datetime
) -> list[Occurrence]:
    for event in events:
        _require_bounds(event)
    changes = [at(event, "RECURRENCE-ID") if "RECURRENCE-ID" in event else None for event in events]
    if len(set(changes)) < len(changes):
        raise Unclear(f"{len(events)} events in this file have the same UID")
    alone = calendar.copy()
    for event in events:
        alone.add_component(event)
    there = recurring_ical_events.of(alone).between(since, until)
    if there:
        for event in events:
            _require_times(event)
    recurs = any(name in event for event in events for name in RECURS)
    return [Occurrence(one, _uid(one, recurs=recurs), at(one, "DTSTART")) for one in there]


def _require_bounds(event: Component) -> None:
    """Raises Unclear for what nobody should try to write out."""
    for name in ONCE:
        if isinstance(event.get(name), list):
            raise Unclear(f"it has more than one {name}")
    for broken, _ in event.errors:
        if broken in {*ONCE, *DATED}:
            raise Unclear(f"its {broken} is not written as it should be")
    if "DTSTART" not in event:
        raise Unclear("it has no beginning")
    if isinstance(rule := event.get("RRULE"), vRecur):
        _require_seldom(rule)


def _require_seldom(rule: vRecur) -> None:
    if [str(one).upper() for one in rule.get("FREQ", ())] not in [[often] for often in OFTEN]:
        raise Unclear(f"it must recur {', '.join(OFTEN)}, and no more often")
    if min((int(every) for every in rule.get("INTERVAL", ())), default=1) < 1:
        raise Unclear("its INTERVAL must be 1 or more")
    times: list[int] = [len(rule[name]) for name in WITHIN_A_DAY if name in rule]
    if prod(times) > MOST_A_DAY:
        raise Unclear(f"it recurs more than {MOST_A_DAY} times a day")


def _require_times(event: Component) -> None:
    """Raises Unclear for a zone that nobody knows, and for an end that is not after the beginning."""
    for name in DATED:
        values = event.get(name, [])
        for value in values if isinstance(values, list) else [values]:
            zone = value.params.get("TZID")
            if zone is not None and any(_is_floating(one) for one in _moments(value)):
                raise Unclear(f"the time zone {zone!r} is not known")
    if ("DTEND" in event or "DURATION" in event) and end(event) <= at(event, "DTSTART"):
        raise Unclear("it ends before it begins")


def _moments(value: object) -> list[object]:
    """The moments of a line with one of them, or with several."""
    return [getattr(one, "dt", None) for one in getattr(value, "dts", [value])]


def _is_floating(one: object) -> bool:
    return isinstance(one, datetime) and one.tzinfo is None


def at(event: Component, name: str) -> datetime:
    """The moment of a line in UTC; a whole day begins at midnight, and without a zone people's own is meant."""
    found: date | datetime = event.decoded(name)
    if not isinstance(found, date):
        raise Unclear(f"its {name} is no date")
    if not isinstance(found, datetime):
        return rules.moment(found, time())
    if found.tzinfo is None:
        return rules.moment(found.date(), found.time())
    return found.astimezone(UTC)


def end(event: Component) -> datetime:
    """When it ends. Raises Unclear where that is not said."""
    if "DTEND" in event:
        return at(event, "DTEND")
    if "DURATION" in event:
        lasts: timedelta = event.decoded("DURATION")
        return at(event, "DTSTART") + lasts
    raise Unclear("it has no end")


def _uid(event: Component, *, recurs: bool) -> str:
    uid = str(event.get("UID", "")).strip()
    if not uid:
        raise Unclear("it has no UID")
    if len(uid) > LONG_UID or not uid.isprintable():
        raise Unclear(f"its UID must be at most {LONG_UID} readable signs")
    return f"{uid}/{at(event, 'RECURRENCE-ID'):%Y%m%dT%H%M%SZ}" if recurs else uid


def line(event: Component, error: Exception) -> str:
    """What is wrong with an event, in one line that names it."""
    why = str(error) if isinstance(error, Unclear) else f"it can't be read ({error})"
    return shortened(f"{_called(event)}: {why}", LONG_LINE)


def _called(event: Component) -> str:
    summary = str(event.get("SUMMARY", "")) or str(event.get("UID", "")) or "an event"
    name = repr(shortened(summary, LONG_NAME))
    try:
        return f"{name} on {at(event, 'DTSTART'):%d.%m.%Y}"
    except FAULTS:
        return name
