"""When somebody is busy, by the calendar on standard input: a program of its own, for strange ones may never end."""

import json
import os
import resource
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain

import recurring_ical_events
from icalendar import Calendar, Component, vRecur

from handlers.icalendars import FAULTS, MOST_A_DAY, OFTEN, OURS, WITHIN_A_DAY, has_endless_zone
from locales.zone import here, live_in, on
from storage.records import Span

MOST_SECONDS, MOST_MEMORY = 20, 1 << 30  # of the processor, and bytes
MOST = 5000  # spans
FROM, UNTIL = time(7), time(21)  # a whole day is meant as long as people work
REPEATED = {"RRULE", "RDATE", "RECURRENCE-ID"}
FREE = {"TRANSP": "TRANSPARENT", "STATUS": "CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS": "FREE"}


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
    for events in _series(calendar):
        alone = calendar.copy()
        for event in events:
            alone.add_component(event)
        try:
            yield from recurring_ical_events.of(alone).between(since, until)
        except FAULTS:
            # one that has lasted since the first years is too long for the library, and easy to read
            yield from (event for event in events if not REPEATED & event.keys())


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
