"""The rota as a calendar file: what goes out comes in again, and what others write is understood or named."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from handlers.rota import ics
from handlers.rota.ics import Entry, Known
from handlers.rota.unfolding import Unclear
from storage.records import Person, Role, Shift, ShiftState, Site
from tests.rooms.rota.weeks import NIGHTS, instants

ON_CALL = frozenset({Role.ON_CALL})
KOCH = Person("koch0", 1, "Frau Koch", "de", "", blocked=False, roles=ON_CALL)
TWINS = [
    Person(f"twin{n}", 2 + n, "Herr Müller, jun.; sen.", "de", "", blocked=False, roles=ON_CALL)
    for n in (0, 1)
]
SITES = [Site("goethe", "Goethestraße", "", 1), Site("bonner", "Bonner Straße", "", 1)]
KNOWN = Known([KOCH, *TWINS], SITES, 3)
NAMES = ics.names(KNOWN.people)
YEARS = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC))
SITE_NAMES = {site.id: site.name for site in SITES}

spans = st.builds(
    lambda night, start, long: (instants(night, 1)[0] + (start - 600) * timedelta(minutes=1), long),
    st.sampled_from(NIGHTS),
    st.integers(0, 1500),
    st.integers(1, 1500),
)
shifts = st.builds(
    lambda span, person, step, site, number: Shift(
        f"id{number:014}",
        person,
        site,
        step,
        span[0],
        span[0] + span[1] * timedelta(minutes=1),
        ShiftState.PLANNED,
    ),
    spans,
    st.sampled_from([one.id for one in KNOWN.people]),
    st.integers(1, 3),
    st.sampled_from([None, "goethe", "bonner"]),
    st.integers(0, 10**9),
)


def entry(shift: Shift) -> Entry:
    site = SITE_NAMES.get(shift.site_id or "")
    return Entry(shift, NAMES[shift.person_id], site, "Rufbereitschaft Stufe 1, Goethestraße")


@given(st.lists(shifts, max_size=6, unique_by=lambda one: one.id))
def test_what_goes_out_comes_in_again_in_both_nights(some: list[Shift]) -> None:
    text = ics.written([entry(one) for one in some], YEARS[0])
    found, wrong = ics.read(text, KNOWN, *YEARS)
    assert wrong == []
    told = [(one.uid, one.person_id, one.site_id, one.step, one.starts_at, one.ends_at) for one in found]
    wanted = [
        (ics.uid_of(one), one.person_id, one.site_id, one.step, one.starts_at, one.ends_at) for one in some
    ]
    assert set(told) == set(wanted)
    assert len(told) == len(wanted)


def calendar(*lines: str) -> str:
    """A file as another program writes it: with the zone's own rules and one event."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Somebody//Else//DE", *ZONE, "BEGIN:VEVENT"]
    return "\r\n".join([*head, *lines, "END:VEVENT", "END:VCALENDAR", ""])


ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Berlin",
    "BEGIN:STANDARD",
    "DTSTART:19701025T030000",
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:19700329T020000",
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)
NIGHTLY = (
    "UID:nights@elsewhere",
    "DTSTAMP:20261101T000000Z",
    "SUMMARY:Frau Koch · 1 · Goethestraße",
    "DTSTART;TZID=Europe/Berlin:20270301T220000",
    "DTEND;TZID=Europe/Berlin:20270302T060000",
    "RRULE:FREQ=DAILY;COUNT=60",
)


def test_a_recurring_night_is_written_out_by_the_clock_on_the_wall() -> None:
    found, wrong = ics.read(calendar(*NIGHTLY), KNOWN, *YEARS)
    assert wrong == []
    assert len(found) == 60
    assert len({one.uid for one in found}) == 60
    lasting = {one.starts_at.date(): one.ends_at - one.starts_at for one in found}
    assert lasting.pop(datetime(2027, 3, 27, tzinfo=UTC).date()) == timedelta(hours=7)
    assert set(lasting.values()) == {timedelta(hours=8)}
    assert {(one.person_id, one.step, one.site_id) for one in found} == {("koch0", 1, "goethe")}


def test_the_same_file_names_the_same_events() -> None:
    whole = {one.uid for one in ics.read(calendar(*NIGHTLY), KNOWN, *YEARS)[0]}
    since = datetime(2027, 3, 20, tzinfo=UTC)
    part = {one.uid for one in ics.read(calendar(*NIGHTLY), KNOWN, since, since + timedelta(days=7))[0]}
    assert part < whole


PLAIN = ("UID:x", "DTSTAMP:20261101T000000Z")
WHEN = ("DTSTART:20270301T220000Z", "DTEND:20270302T060000Z")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((*PLAIN, *WHEN, "SUMMARY:Teamsitzung"), "it needs X-PAENZ-PERSON"),
        ((*PLAIN, *WHEN, "SUMMARY:Herr Niemand · 1"), "nobody called 'Herr Niemand' is on call"),
        ((*PLAIN, *WHEN, "SUMMARY:Frau Koch · 4"), "the step must be 1 to 3, and not '4'"),
        ((*PLAIN, *WHEN, "SUMMARY:Frau Koch · ²"), "the step must be"),
        ((*PLAIN, *WHEN, "SUMMARY:Frau Koch · 1 · Anderswo"), "there is no site 'Anderswo'"),
        ((*PLAIN, *WHEN, "X-PAENZ-PERSON:Herr Müller\\, jun.\\; sen."), "are called"),
        ((*PLAIN, WHEN[0], "SUMMARY:Frau Koch · 1"), "it"),
        ((*PLAIN[1:], *WHEN, "SUMMARY:Frau Koch · 1"), "it has no UID"),
    ],
)
def test_what_is_not_understood_is_said_of_each_event(lines: tuple[str, ...], said: str) -> None:
    found, wrong = ics.read(calendar(*lines), KNOWN, *YEARS)
    assert found == []
    assert len(wrong) == 1
    assert said in wrong[0]
    assert "01.03.2027" in wrong[0]


def test_times_without_a_zone_and_whole_days_are_meant_in_koeln() -> None:
    floating = calendar(*PLAIN, "DTSTART:20270328T013000", "DTEND:20270328T023000", "SUMMARY:Frau Koch · 1")
    (one,) = ics.read(floating, KNOWN, *YEARS)[0]
    assert (one.starts_at, one.ends_at) == (
        datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
    )
    whole = calendar(
        *PLAIN, "DTSTART;VALUE=DATE:20270328", "DTEND;VALUE=DATE:20270329", "SUMMARY:Frau Koch · 1"
    )
    (one,) = ics.read(whole, KNOWN, *YEARS)[0]
    assert one.ends_at - one.starts_at == timedelta(hours=23)


def test_a_cancelled_event_and_a_duration_are_read() -> None:
    lines = (*PLAIN, WHEN[0], "DURATION:PT8H", "STATUS:CANCELLED", "SUMMARY:Frau Koch · 2")
    (one,) = ics.read(calendar(*lines), KNOWN, *YEARS)[0]
    assert one.cancelled
    assert one.ends_at - one.starts_at == timedelta(hours=8)


@pytest.mark.parametrize("text", ["", "no calendar", "BEGIN:VCALENDAR", "BEGIN:VEVENT\r\nEND:VEVENT\r\n"])
def test_what_is_no_calendar_is_refused(text: str) -> None:
    with pytest.raises(Unclear):
        ics.read(text, KNOWN, *YEARS)


def test_the_file_names_no_family_and_says_its_times_in_utc() -> None:
    one = Shift("s", "koch0", "goethe", 1, YEARS[0], YEARS[0] + timedelta(hours=8), ShiftState.PLANNED)
    text = ics.written([entry(one)], YEARS[0])
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Rufbereitschaft Stufe 1, Goethestraße"
    assert "DTSTART:20260101T000000Z" in text
    assert str(event["UID"]) == "s@paenz"
