"""Somebody's own appointments as a calendar that Outlook and Nextcloud subscribe to (iCalendar, RFC 5545). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vDuration, vText

from handlers.icalendars import OURS

FRESH_FOR = timedelta(minutes=15)
UNKNOWN = datetime(2026, 1, 1, tzinfo=UTC)  # for what nobody wrote down when it was made


@dataclass(frozen=True, slots=True)
class Entry:
    """An appointment as calendars outside show it: `summary` and `place` hold nothing that anybody typed."""

    uid: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    revision: int
    changed_at: datetime | None
    place: str


def written(entries: Iterable[Entry], name: str) -> bytes:
    """The calendar. The same entries make the same bytes; times are UTC, so that no reader can misread a night."""
    calendar = Calendar()
    calendar.add("prodid", "-//Paenz//Feed//DE")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(name))
    calendar.add("refresh-interval", vDuration(FRESH_FOR), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(FRESH_FOR))
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event, changed_at = Event(), (entry.changed_at or UNKNOWN).astimezone(UTC).replace(microsecond=0)
    event.add("uid", f"{entry.uid}{OURS}")
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", entry.revision)
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", entry.summary)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    # some readers show what is cancelled as if it were not; at least it takes nobody's time
    event.add("transp", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    event.add("class", "PRIVATE")
    if entry.place:
        event.add("location", entry.place)
    return event
