"""From a calendar nothing but busy times is kept, whatever stands in it, and strange events cost only themselves."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from bot.busytimes import NoCalendar, answer, busy_times
from locales.zone import BERLIN
from storage.records import Span

SINCE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
UNTIL = SINCE + timedelta(days=120)


def calendar(*events: str, zone: str = "") -> str:
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{zone}{body}END:VCALENDAR\n".replace("\n", "\r\n")


def spans(*events: str, zone: str = "") -> list[tuple[str, str]]:
    found = busy_times(calendar(*events, zone=zone), SINCE, UNTIL)
    return [(f"{one.starts_at:%m-%d %H:%M}", f"{one.ends_at:%m-%d %H:%M}") for one in found]


ONE = "UID:a\nDTSTART:20261125T100000Z\nDTEND:20261125T113000Z"
TEN = [("11-25 10:00", "11-25 11:30")]


def test_an_event_is_a_busy_time() -> None:
    assert spans(ONE) == TEN
    assert spans("UID:a\nDTSTART:20261125T100000Z\nDURATION:PT90M") == TEN
    assert spans("DTSTART:20261125T100000Z\nDTEND:20261125T113000Z") == TEN


def test_times_are_read_where_they_are_meant() -> None:
    assert (
        spans("UID:a\nDTSTART;TZID=Europe/Berlin:20261125T110000\nDTEND;TZID=Europe/Berlin:20261125T123000")
        == TEN
    )
    assert spans("UID:a\nDTSTART;TZID=W. Europe Standard Time:20261125T110000\nDURATION:PT90M") == TEN
    assert spans("UID:a\nDTSTART:20261125T110000\nDTEND:20261125T123000") == TEN
    assert spans("UID:a\nDTSTART;TZID=Nobody/Knows:20261125T110000\nDURATION:PT90M") == TEN


@pytest.mark.parametrize(
    "said",
    ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "status:cancelled", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"],
)
def test_what_takes_nobodys_time_is_left_out(said: str) -> None:
    assert spans(f"{ONE}\n{said}") == []


def test_whole_days_are_busy_from_seven_to_nine_in_the_evening() -> None:
    two_days = "UID:a\nDTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261203"
    assert spans(two_days) == [("12-01 06:00", "12-01 20:00"), ("12-02 06:00", "12-02 20:00")]
    assert spans("UID:a\nDTSTART;VALUE=DATE:20261201") == [("12-01 06:00", "12-01 20:00")]


def test_a_whole_day_that_ends_on_itself_is_busy() -> None:
    first = "UID:a\nDTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261201"
    assert spans(first) == [("12-01 06:00", "12-01 20:00")]
    assert spans(f"{first}\nRRULE:FREQ=DAILY;COUNT=2")[1:] == [("12-02 06:00", "12-02 20:00")]
    assert spans(first.replace("1201", "1124")) == [("11-24 09:00", "11-24 20:00")]


@pytest.mark.parametrize("year", ["0001", "0002", "1900"])
def test_what_has_lasted_since_the_first_years_is_busy_still(year: str) -> None:
    whole = f"UID:a\nDTSTART;VALUE=DATE:{year}0101\nDTEND;VALUE=DATE:20261127"
    assert spans(whole)[-1] == ("11-26 06:00", "11-26 20:00")
    assert spans(f"UID:a\nDTSTART:{year}0101T100000Z\nDTEND:20261125T100000Z") == [
        ("11-24 09:00", "11-25 10:00")
    ]


def test_what_recurs_is_written_out_with_its_exceptions() -> None:
    weekly = f"{ONE}\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE:20261202T100000Z"
    moved = "UID:a\nRECURRENCE-ID:20261209T100000Z\nDTSTART:20261209T150000Z\nDTEND:20261209T160000Z"
    cancelled = (
        "UID:a\nRECURRENCE-ID:20261216T100000Z\nDTSTART:20261216T100000Z\nDURATION:PT90M\nSTATUS:CANCELLED"
    )
    assert spans(weekly, moved, cancelled) == [*TEN, ("12-09 15:00", "12-09 16:00")]


def test_an_endless_series_ends_with_our_time() -> None:
    found = busy_times(calendar(f"{ONE}\nRRULE:FREQ=DAILY"), SINCE, UNTIL)
    assert len(found) == 119
    assert found[-1].ends_at <= UNTIL


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYSECOND=0,1,2,3,4,5;BYMINUTE=0,1,2,3,4",
        "FREQ=DAILY;INTERVAL=0",
        "nonsense",
    ],
)
def test_a_rule_that_nobody_lives_by_costs_itself_alone(rule: str) -> None:
    endless = f"UID:b\nDTSTART:20261126T100000Z\nDTEND:20261126T100001Z\nRRULE:{rule}"
    assert spans(endless, ONE)[:1] == TEN


def test_strange_events_cost_themselves_alone() -> None:
    strange = (
        "UID:b\nDTSTART:nonsense",
        "UID:c",
        "UID:e\nDTSTART:20261126T100000Z\nDTEND;VALUE=DATE:20261127",
        "UID:f\nDTSTART:99991231T235959Z\nDTEND:99991231T235959Z\nRRULE:FREQ=YEARLY",
        "UID:g\nDTSTART:20261126T100000Z\nDURATION:P99999999999D",
    )
    for one in strange:
        assert TEN[0] in spans(one, ONE), one


def test_our_own_events_are_not_counted_twice() -> None:
    assert spans(ONE.replace("UID:a", "UID:0123@paenz")) == []


def test_two_events_of_one_name_both_count() -> None:
    assert len(spans(ONE, "UID:a\nDTSTART:20261126T100000Z\nDURATION:PT1H")) == 2


def test_what_touches_becomes_one_and_only_our_time_is_kept() -> None:
    assert spans(ONE, "UID:b\nDTSTART:20261125T113000Z\nDTEND:20261125T120000Z") == [
        ("11-25 10:00", "11-25 12:00")
    ]
    assert spans("UID:a\nDTSTART:20261101T100000Z\nDTEND:20271101T100000Z") == [
        ("11-24 09:00", "03-24 09:00")
    ]
    assert spans("UID:a\nDTSTART:20261101T100000Z\nDTEND:20261102T100000Z") == []


def test_nothing_but_times_is_said() -> None:
    told = f"{ONE}\nSUMMARY:Frau Yilmaz\nLOCATION:Praxis\nATTENDEE:mailto:a@b.c\nDESCRIPTION:Diagnose"
    asked = b'{"since": %d, "until": %d, "zone": "Europe/Berlin"}\n' % (SINCE.timestamp(), UNTIL.timestamp())
    said = answer(asked + calendar(told).encode())
    assert said == {"spans": [[1795600800.0, 1795606200.0]]}


moments = st.datetimes(datetime(2026, 10, 1), datetime(2027, 5, 1)).map(lambda at: at.replace(microsecond=0))


@given(st.lists(st.tuples(moments, st.integers(1, 5000), st.booleans()), max_size=20))
def test_every_busy_minute_is_found_and_no_other(events: list[tuple[datetime, int, bool]]) -> None:
    made = Calendar()
    truly: list[Span] = []
    for number, (begins, minutes, whole_day) in enumerate(events):
        event = Event()
        event.add("uid", str(number))
        if whole_day:
            event.add("dtstart", begins.date())
            truly.append(Span(local(begins.date(), 7), local(begins.date(), 21)))
        else:
            starts_at = begins.replace(tzinfo=UTC)
            event.add("dtstart", starts_at)
            event.add("dtend", starts_at + timedelta(minutes=minutes))
            truly.append(Span(starts_at, starts_at + timedelta(minutes=minutes)))
        made.add_component(event)
    found = busy_times(made.to_ical().decode(), SINCE, UNTIL)
    edges = sorted({SINCE, UNTIL, *(at for one in truly for at in (one.starts_at, one.ends_at))})
    for at in [one for one in edges if SINCE <= one < UNTIL]:
        assert covered(found, at) == covered(truly, at), at
    assert all(a.ends_at < b.starts_at for a, b in pairwise(found))


def local(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), BERLIN).astimezone(UTC)


def covered(some: list[Span], at: datetime) -> bool:
    return any(one.starts_at <= at < one.ends_at for one in some)


LINES = [
    "BEGIN:VEVENT",
    "END:VEVENT",
    "BEGIN:VCALENDAR",
    "END:VCALENDAR",
    "UID:a",
    "UID:b",
    "DTSTART:20261125T100000Z",
]
LINES += [
    "DTEND:20261125T113000Z",
    "RRULE:FREQ=DAILY",
    "DTSTART;VALUE=DATE:20261201",
    "DURATION:-P1D",
    "EXDATE:x",
    "DTEND:x",
    "DTEND;VALUE=DATE:20261201",
    "DTSTART;TZID=a:b:20261125T110000",
]
LINES += [
    "RECURRENCE-ID:20261125T100000Z",
    "RDATE;VALUE=PERIOD:20261125T100000Z/PT1H",
    "TRANSP:",
    ":",
    "X",
    " y",
    "RRULE:",
]


@given(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=20)), max_size=25))
def test_no_text_at_all_makes_it_stumble(lines: list[str]) -> None:
    said: Any
    try:
        said = busy_times("\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"]), SINCE, UNTIL)
    except NoCalendar:
        said = []
    assert all(one.starts_at < one.ends_at for one in said)
