"""An appointment as a calendar file (iCalendar, RFC 5545) that says nothing of what it is about. Pure."""

from datetime import UTC, datetime

from icalendar import Calendar, Event

from storage.records import Appointment

NAME = "termin.ics"


def written(appointment: Appointment, summary: str, place: str | None, now: datetime) -> str:
    """The file. Calendars replace an earlier one of the same appointment; times are UTC, and nothing rings.

    `place` is None for a phone that others look at.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Paenz//Appointment//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"{appointment.id}@paenz")
    event.add("sequence", appointment.revision)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", appointment.starts_at.astimezone(UTC))
    event.add("dtend", appointment.ends_at.astimezone(UTC))
    event.add("summary", summary)
    if place:
        event.add("location", place)
    calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")
