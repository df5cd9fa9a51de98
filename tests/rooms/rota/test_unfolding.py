"""A strange calendar costs its own events and no others, and nobody waits for one without an end."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rota import unfolding
from handlers.rota.unfolding import MOST, Unclear

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
UNTIL = NOW + timedelta(weeks=8)
START, END = "DTSTART:20261126T100000Z", "DTEND:20261126T180000Z"
GOOD = ("UID:good", "SUMMARY:Frau Koch · 1", START, END)
BAD = ("UID:bad", "SUMMARY:Frau Koch · 2")


def calendar(*events: tuple[str, ...], head: tuple[str, ...] = ()) -> str:
    lines = [line for event in events for line in ("BEGIN:VEVENT", *event, "END:VEVENT")]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *head, *lines, "END:VCALENDAR", ""])


def read(*events: tuple[str, ...], head: tuple[str, ...] = ()) -> tuple[list[str], list[str]]:
    """The names of what was understood, and what was said of the rest."""
    found, wrong = unfolding.unfolded(calendar(*events, head=head), NOW, UNTIL)
    return [one.uid for one in found], wrong


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((END,), "it has no beginning"),
        ((START, "DURATION:P999999999D"), "it can't be read"),
        ((START, "DURATION:-P1D"), "it ends before it begins"),
        ((START, "DTEND:99991231T235959Z"), "it can't be read"),
        (("DTSTART;VALUE=DATE:20261126", "DTEND;VALUE=DATE:99991231"), "it can't be read"),
        (("DTSTART:00010101T000000", "DTEND:20261231T235959"), "it can't be read"),
        (("DTSTART:hello", END), "its DTSTART is not written as it should be"),
        ((START, "DTEND;VALUE=TIME:100000"), "it can't be read"),
        (("DTSTART;VALUE=PERIOD:20261126T100000Z/PT2H", END), "it can't be read"),
        ((START, START, END), "it has more than one DTSTART"),
        ((START, END, "UID:other"), "it has more than one UID"),
        ((START, END, "SUMMARY:Herr Neu · 1"), "it has more than one SUMMARY"),
        (("DTSTART;TZID=Mars/Base:20261126T100000", END), "the time zone 'Mars/Base' is not known"),
        (("DTSTART;TZID=../../etc/passwd:20261126T100000", END), "is not known"),
        ((START, END, "RRULE:FREQ=DAILY", "EXDATE;TZID=Mars:20261127T100000"), "zone 'Mars' is not known"),
        ((START, END, "RRULE:FREQ=DAILY", "EXDATE:hello"), "its EXDATE is not written as it should be"),
        ((START, END, "RRULE:FREQ=NEVER"), "its RRULE is not written as it should be"),
        ((START, END, "RRULE:FREQ=HOURLY"), "and no more often"),
        ((START, END, "RRULE:FREQ=MINUTELY"), "and no more often"),
        ((START, END, "RRULE:FREQ=SECONDLY"), "and no more often"),
        ((START, END, "RRULE:FREQ=DAILY;INTERVAL=0"), "its INTERVAL must be 1 or more"),
        ((START, END, "RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5"), "more than 24 times a day"),
    ],
)
def test_a_strange_event_is_named_and_the_good_one_stays(lines: tuple[str, ...], said: str) -> None:
    found, wrong = read((*BAD, *lines), GOOD)
    assert found == ["good"]
    assert len(wrong) == 1
    assert said in wrong[0]
    assert "Frau Koch · 2" in wrong[0] or "SUMMARY" in said


@pytest.mark.parametrize("uid", ["", "UID:a\x00b", "UID:" + "x" * 300])
def test_an_event_needs_a_name_that_can_be_kept(uid: str) -> None:
    found, wrong = read((uid, *GOOD[1:]) if uid else GOOD[1:], GOOD)
    assert found == ["good"]
    assert "UID" in wrong[0]


def test_two_events_of_one_name_are_told_and_neither_is_taken() -> None:
    twice = (*BAD, "DTSTART:20261128T100000Z", "DTEND:20261128T180000Z")
    found, wrong = read((*BAD, START, END), twice, GOOD)
    assert found == ["good"]
    assert len(wrong) == 1
    assert "2 events in this file have the same UID" in wrong[0]


def test_what_was_changed_within_a_series_is_no_second_event_of_that_name() -> None:
    series = (*BAD, START, END, "RRULE:FREQ=DAILY;COUNT=3")
    moved = (*BAD, "RECURRENCE-ID:20261127T100000Z", "DTSTART:20261127T120000Z", "DTEND:20261127T180000Z")
    found, wrong = read(series, moved)
    assert wrong == []
    assert found == [f"bad/202611{day}T100000Z" for day in (26, 27, 28)]


def test_a_file_with_more_shifts_than_any_rota_is_refused() -> None:
    many = [(f"UID:{n}", *GOOD[1:]) for n in range(MOST + 1)]
    assert len(read(*many[1:])[0]) == MOST
    with pytest.raises(Unclear, match="more than 2000 shifts"):
        read(*many)


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=YEARLY;BYSECOND=1,2", "FREQ=YEARLY;INTERVAL=0"])
def test_a_zone_without_an_end_is_refused(rule: str) -> None:
    zone = ("BEGIN:VTIMEZONE", "TZID:Odd", "BEGIN:STANDARD", "DTSTART:19701025T030000", f"RRULE:{rule[:8]}")
    rest = (f" {rule[8:]}", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "END:STANDARD", "END:VTIMEZONE")
    with pytest.raises(Unclear, match="time zone"):
        read(GOOD, head=(*zone, *rest))


WORDS = st.sampled_from(
    [
        "20261126T100000Z",
        "20261126",
        "99991231T235959Z",
        "00010101",
        "-P9D",
        "P1W",
        "PT0S",
        "hello",
        "",
        "\x00",
    ]
)
NAMES = st.sampled_from([*unfolding.ONCE, *unfolding.DATED, "DTSTART;TZID=Mars", "DTEND;VALUE=DATE"])
LINES = st.lists(st.builds(lambda name, word: f"{name}:{word}", NAMES, WORDS), max_size=8)


@given(LINES)
def test_whatever_an_event_says_the_good_one_is_read(lines: list[str]) -> None:
    found, wrong = read(tuple(line for line in lines if line != "UID:good"), GOOD)
    assert "good" in found
    assert all(len(said) <= unfolding.LONG_LINE and "\n" not in said for said in wrong)
