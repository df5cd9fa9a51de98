"""When somebody is busy, by the calendar on standard input: a program of its own, for strange ones may never end."""

import json
import os
import resource
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Component, vRecur
from icalendar.prop import vBroken, vDDDLists, vDDDTypes

from handlers.icalendars import (
    FAULTS,
    MOST_A_DAY,
    OFTEN,
    OURS,
    WITHIN_A_DAY,
    has_endless_zone,
    with_quoted_zones,
)
from locales.zone import here, live_in, on
from storage.records import Span

MOST_SECONDS, MOST_MEMORY = 20, 1 << 30  # of the processor, and bytes
MOST = 5000  # spans
FROM, UNTIL = time(7), time(21)  # a whole day is meant as long as people work
CHANGED = ("EXDATE", "RDATE")  # lines that say which times of a series are others
TIMES = ("DTSTART", "DTEND", "RECURRENCE-ID", *CHANGED)
FREE = {"TRANSP": "TRANSPARENT", "STATUS": "CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS": "FREE"}
WrittenOut = Callable[..., list[Component]]  # the occurrences of events of one name


class NoCalendar(ValueError):  # noqa: N818 - what it says
    """The text is no calendar, or one that nobody should try to read."""


class TooMuch(ValueError):  # noqa: N818 - what it says
    """It holds more than anybody does."""


def busy_times(text: str, since: datetime, until: datetime) -> list[Span]:
    """From when until when, aware UTC, the first first and none touching the next. An event that can't be read
    costs itself and no other. Raises NoCalendar and TooMuch.
    """
    found: list[Span] = []
    for event in _occurrences(_parsed(text), since, until):
        try:
            found += _spans(event, since, until)
        except FAULTS:
            continue
    whole = list(_joined(sorted(found, key=lambda one: one.starts_at)))
    if len(whole) > MOST:
        raise TooMuch
    return whole


def _parsed(text: str) -> Calendar:
    text = with_quoted_zones(text)
    if has_endless_zone(text):
        raise NoCalendar
    try:
        calendar = Calendar.from_ical(text)
    except FAULTS:
        raise NoCalendar from None
    if not isinstance(calendar, Calendar):
        raise NoCalendar
    return calendar


def _occurrences(calendar: Calendar, since: datetime, until: datetime) -> Iterator[Component]:
    def written_out(*events: Component) -> list[Component]:
        alone = calendar.copy()
        for event in events:
            alone.add_component(event)
        return list(recurring_ical_events.of(alone).between(since, until))

    for events in _series(calendar):
        for event in events:
            _bring_home(event)
            _lasts_a_day(event)
        try:
            yield from written_out(*events)
        except FAULTS:
            yield from _mended(events, written_out)


def _mended(events: list[Component], written_out: WrittenOut) -> list[Component]:
    """A series with a line that nobody can read: without that line, and if need be each event by its rule alone.

    Whoever is thought to be busy loses an hour; whoever is thought to be free is promised to a family.
    """
    whole = [_without_broken(event) for event in events if "DTSTART" in event]
    try:
        found = written_out(*whole)
    except FAULTS:
        found = [one for event in whole for one in _by_its_rule(event, written_out)]
    return found


def _by_its_rule(event: Component, written_out: WrittenOut) -> list[Component]:
    alone = _without(event, *CHANGED, "RECURRENCE-ID")
    try:
        return written_out(alone)
    except FAULTS:
        # one that has lasted since the first years is too long for the library, and easy to read
        return [alone] if "RRULE" not in alone else []


def _without_broken(event: Component) -> Component:
    kept = event.copy()
    for name in CHANGED:
        lines = _values(kept, name)
        readable = [one for one in lines if not isinstance(one, vBroken)]
        if len(readable) < len(lines):
            del kept[name]
            if readable:
                kept[name] = readable
    return kept


def _without(event: Component, *names: str) -> Component:
    kept = event.copy()
    for name in names:
        kept.pop(name, None)
    return kept


def _values(event: Component, name: str) -> list[Any]:
    """What the lines of this name hold, however many of them there are."""
    found = event.get(name, [])
    return found if isinstance(found, list) else [found]


def _bring_home(event: Component) -> None:
    """Times without a zone, or in one that nobody knows, are people's own.

    That must be so before a series is written out: its end is a moment, and would be hours off.
    """
    for value in (one for name in TIMES for one in _values(event, name)):
        for one in value.dts if isinstance(value, vDDDLists) else [value]:
            if isinstance(one, vDDDTypes):
                # a tuple says from when until when, or how long
                one.dt = tuple(map(_home, one.dt)) if isinstance(one.dt, tuple) else _home(one.dt)


def _home(at: Any) -> Any:
    return at.replace(tzinfo=here()) if isinstance(at, datetime) and at.tzinfo is None else at


def _lasts_a_day(event: Component) -> None:
    """Some programs name the day itself as the end of a whole day: it would be over before it begins."""
    begins, ends = _day(event, "DTSTART"), _day(event, "DTEND")
    if begins is not None and ends is not None and ends <= begins:
        del event["DTEND"]


def _day(event: Component, name: str) -> date | None:
    found = event.get(name)
    at = found.dt if isinstance(found, vDDDTypes) else None
    return at if isinstance(at, date) and not isinstance(at, datetime) else None


def _series(calendar: Calendar) -> Iterable[list[Component]]:
    """Events of one name belong together, unless each of them stands for itself; our own are nobody's."""
    found: dict[str, list[Component]] = {}
    alone: list[list[Component]] = []
    for event in calendar.walk("VEVENT"):
        uid = str(event.get("UID", "")).strip()
        if uid.endswith(OURS) or not _is_seldom(event):
            continue
        known = found.setdefault(uid, [])
        if not uid or (
            known and "RECURRENCE-ID" not in event and any("RECURRENCE-ID" not in one for one in known)
        ):
            alone.append([event])
        else:
            known.append(event)
    return chain((events for events in found.values() if events), alone)


def _is_seldom(event: Component) -> bool:
    rule = event.get("RRULE")
    if not isinstance(rule, vRecur):
        return rule is None
    times = 1
    for name in WITHIN_A_DAY:
        times *= len(rule.get(name, "1"))
    every = min((int(one) for one in rule.get("INTERVAL", ())), default=1)
    return [str(one).upper() for one in rule.get("FREQ", ())] in [[one] for one in OFTEN] and (
        every >= 1 and times <= MOST_A_DAY
    )


def _spans(event: Component, since: datetime, until: datetime) -> Iterator[Span]:
    if any(str(event.get(name, "")).upper() == free for name, free in FREE.items()):
        return
    begins = event.decoded("DTSTART")
    ends = event.decoded("DTEND") if "DTEND" in event else None
    if ends is None:
        lasts = event.decoded("DURATION") if "DURATION" in event else None
        ends = begins + (lasts or timedelta(0 if isinstance(begins, datetime) else 1))
    if isinstance(begins, datetime):
        yield from _within(_utc(begins), _utc(ends), since, until)
        return
    first = max(begins, (since - timedelta(days=1)).date())
    last = min(ends, (until + timedelta(days=1)).date())
    for n in range((last - first).days):
        day = first + timedelta(days=n)
        yield from _within(_at(day, FROM), _at(day, UNTIL), since, until)


def _within(starts_at: datetime, ends_at: datetime, since: datetime, until: datetime) -> Iterator[Span]:
    starts_at, ends_at = max(starts_at, since), min(ends_at, until)
    if starts_at < ends_at:
        yield Span(starts_at, ends_at)


def _at(day: date, hour: time) -> datetime:
    return on(day, hour)


def _utc(at: datetime) -> datetime:
    """Without a zone people's own is meant."""
    return (at.replace(tzinfo=here()) if at.tzinfo is None else at).astimezone(UTC)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    last: Span | None = None
    for one in spans:
        if last is not None and one.starts_at <= last.ends_at:
            last = Span(last.starts_at, max(last.ends_at, one.ends_at))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def answer(given: bytes) -> dict[str, object]:
    """What the first line asks of the calendar behind it: spans as seconds since 1970, or in one word why not."""
    head, _, body = given.partition(b"\n")
    asked = json.loads(head)
    live_in(asked["zone"])
    since, until = (datetime.fromtimestamp(asked[name], UTC) for name in ("since", "until"))
    try:
        found = busy_times(body.decode("utf-8", "replace").removeprefix("\ufeff"), since, until)
    except NoCalendar:
        return {"why": "no_calendar"}
    except TooMuch:
        return {"why": "too_big"}
    return {"spans": [[one.starts_at.timestamp(), one.ends_at.timestamp()] for one in found]}


def main() -> int:
    """Reads from standard input and writes the answer to standard output; gives up where it takes too much."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    json.dump(answer(sys.stdin.buffer.read()), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
