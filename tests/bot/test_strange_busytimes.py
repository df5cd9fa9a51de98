"""What other programs write against the rules frees nobody: a line that can't be read costs itself alone."""

import pytest

from bot.busytimes import NoCalendar
from tests.bot.test_busytimes import ONE, TEN, spans


def zone(name: str, rule: str = "") -> str:
    return (
        f"BEGIN:VTIMEZONE\nTZID:{name}\nBEGIN:STANDARD\nDTSTART:19701025T030000\n{rule}"
        "TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n"
    )


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=SECONDLY",
        "RRULE:BYMONTH=10;FREQ=SECONDLY",
        "RRULE:FREQ=YEARLY;FREQ=SECONDLY",
        "RRULE:FREQ=SECONDLY;FREQ=YEARLY",
        "RRULE:FREQ=YEARLY,SECONDLY",
        "RRULE:X=FREQ=YEARLY;FREQ=SECONDLY",
        "RRULE:FREQ=YEARLY;INTERVAL=0",
        "RRULE:FREQ=YEARLY;INTERVAL=+0",
        "RRULE:FREQ=YEARLY;INTERVAL=-1",
        "RRULE:FREQ=YEARLY;BYHOUR=1,2",
        "RRULE:BYMINUTE=0,30;FREQ=YEARLY",
        "RRULE:FREQ=YEARLY;BYSECOND=1;BYSECOND=2",
        "RRULE:BYMONTH=10",
        "RRULE:",
        "RRU\n LE:FREQ=SECONDLY",
        "RRU\n\n LE:FREQ=SECONDLY",
        "rrule:freq=secondly",
    ],
)
def test_a_zone_without_end_is_no_calendar(rule: str) -> None:
    with pytest.raises(NoCalendar):
        spans(ONE, zone=zone("X", f"{rule}\n"))


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=YEARLY;BYMINUTE=0;BYHOUR=3;BYDAY=-1SU;BYMONTH=10",
        "RRULE:BYMONTH=10;BYDAY=-1SU;FREQ=YEARLY",
        "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10;",
    ],
)
def test_a_zone_may_say_in_any_order_when_its_year_turns(rule: str) -> None:
    local = "UID:a\nDTSTART;TZID=Ours:20261125T110000\nDURATION:PT90M"
    assert spans(local, zone=zone("Ours", f"{rule}\n")) == TEN


@pytest.mark.parametrize("name", ["GMT+01:00", "tzone://Microsoft/Custom"])
@pytest.mark.parametrize("fold", ["", "\n "])
def test_a_colon_in_the_name_of_a_zone_hides_no_event(name: str, fold: str) -> None:
    begins, ends = f"DTSTART;TZID={fold}{name}:20261125T110000", f"DTEND;TZID={name}:2026112{fold}5T123000"
    assert spans(f"UID:a\n{begins}\n{ends}", zone=zone(name)) == TEN
    without = f"RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;TZID={name}:20261202T110000,20261209T110000"
    assert spans(f"UID:a\n{begins}\n{ends}\n{without}", zone=zone(name)) == TEN


BERLIN_WEEKLY = "UID:a\nDTSTART;TZID=Europe/Berlin:20261125T110000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3"
THREE = [(f"{day} 10:00", f"{day} 11:00") for day in ("11-25", "12-02", "12-09")]


@pytest.mark.parametrize("bad", ["EXDATE:", "EXDATE;TZID=Europe/Berlin:xyz", "RDATE:", "RDATE:x\nEXDATE:"])
def test_a_line_that_nobody_can_read_does_not_free_a_whole_series(bad: str) -> None:
    assert spans(f"{BERLIN_WEEKLY}\n{bad}") == THREE
    assert spans(f"{BERLIN_WEEKLY}\n{bad}\nEXDATE:20261202T100000Z") == [THREE[0], THREE[2]]
    assert spans(f"{BERLIN_WEEKLY}\n{bad}\nTRANSP:TRANSPARENT") == []


def test_a_change_that_nobody_can_read_costs_itself_alone() -> None:
    changed = "UID:a\nRECURRENCE-ID;TZID=Europe/Berlin:20261202T110000\nSUMMARY:x"
    assert spans(BERLIN_WEEKLY, changed) == THREE
    moved = "UID:a\nRECURRENCE-ID:x\nDTSTART:20261202T150000Z\nDURATION:PT1H"
    assert spans(BERLIN_WEEKLY, moved) == [*THREE[:2], ("12-02 15:00", "12-02 16:00"), THREE[2]]


@pytest.mark.parametrize("begins", ["DTSTART;TZID=Nobody/Knows:20261125T110000", "DTSTART:20261125T110000"])
def test_a_series_without_a_known_zone_keeps_its_last_one(begins: str) -> None:
    weekly = f"UID:a\n{begins}\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;UNTIL=20261209T100000Z"
    assert spans(weekly) == THREE
    assert spans(f"{weekly}\nEXDATE;TZID=Nobody/Knows:20261202T110000") == [THREE[0], THREE[2]]
    more = f"{weekly}\nRDATE;VALUE=PERIOD:20261210T110000/PT1H"
    assert spans(more) == [*THREE, ("12-10 10:00", "12-10 11:00")]
