"""Free slots are free: whatever stands in the calendars, nothing is offered that can't be kept."""

from datetime import UTC, date, datetime, time, timedelta

import holidays
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers import slots
from handlers.slots import Wanted
from locales.zone import here
from storage.records import AppointmentKind, DayPart, Span

QUARTER = timedelta(minutes=15)
BEGIN, END = datetime(2026, 1, 2, tzinfo=UTC), datetime(2028, 12, 30, tzinfo=UTC)
moments = st.integers(0, (END - BEGIN) // QUARTER).map(lambda n: BEGIN + n * QUARTER)
lengths = st.sampled_from([15, 30, 45, 60, 90, 120, 240, 480])


@st.composite
def diaries(draw: st.DrawFn) -> tuple[Wanted, list[Span], datetime]:
    """An appointment within a few weeks of now, and a more or less full calendar around both."""
    now = draw(moments)
    near = now + draw(st.integers(1, 30 * 24 * 4)) * QUARTER
    spans = []
    for _ in range(draw(st.integers(0, 60))):
        starts_at = now + draw(st.integers(-8, 50 * 24 * 4)) * QUARTER
        spans.append(Span(starts_at, starts_at + draw(st.integers(1, 40)) * QUARTER))
    kind = draw(st.sampled_from(AppointmentKind))
    return Wanted(kind, draw(lengths), near), spans, now


@settings(deadline=None)
@given(diaries())
def test_what_is_offered_can_be_kept(drawn: tuple[Wanted, list[Span], datetime]) -> None:
    wanted, busy, now = drawn
    nrw = holidays.country_holidays("DE", subdiv="NW", years=range(2026, 2030))

    found = slots.offers(wanted, busy, now)

    assert len(found) <= slots.MOST
    assert found == sorted(set(found))
    for at in found:
        ends, wall = at + wanted.length, at.astimezone(here())
        assert at >= now + timedelta(hours=3)
        assert not any(span.starts_at < ends + slots.WAY and at - slots.WAY < span.ends_at for span in busy)
        assert ends <= wanted.near or at >= wanted.near + wanted.length
        assert wall.weekday() < 5
        assert wall.date() not in nrw
        assert wall.time() >= time(8)
        assert ends.astimezone(here()).date() == wall.date()
        assert ends.astimezone(here()).time() <= time(18)
        assert slots.is_offered(at, wanted, busy, now)


@settings(deadline=None)
@given(diaries(), st.randoms())
def test_the_same_calendar_gives_the_same_slots(drawn, dice) -> None:  # type: ignore[no-untyped-def]
    wanted, busy, now = drawn
    shuffled = list(busy)
    dice.shuffle(shuffled)
    assert slots.offers(wanted, shuffled, now) == slots.offers(wanted, busy, now)


@settings(deadline=None)
@given(diaries())
@example(
    (
        Wanted(AppointmentKind.HOME_VISIT, 15, datetime(2026, 4, 28, 13, tzinfo=UTC)),
        [],
        datetime(2026, 4, 28, 12, 45, tzinfo=UTC),
    )
)
def test_who_has_time_gets_three_slots_on_three_days(drawn: tuple[Wanted, list[Span], datetime]) -> None:
    wanted, _, now = drawn
    found = slots.offers(wanted, [], now)
    assert len(found) == slots.MOST
    assert len({at.astimezone(here()).date() for at in found}) == slots.MOST


@settings(deadline=None)
@given(diaries(), st.sampled_from(DayPart))
def test_quarters_begin_in_their_part_of_the_day_and_overlap_nothing(
    drawn: tuple[Wanted, list[Span], datetime], part: DayPart
) -> None:
    wanted, busy, now = drawn
    day = wanted.near.astimezone(here()).date()
    first, last = slots.PARTS[part]

    found = slots.quarters(day, (first, last), wanted.length, busy, now)

    assert found == sorted(set(found))
    for at in found:
        assert at > now
        assert at.astimezone(here()).date() == day
        assert first <= at.astimezone(here()).hour < last
        assert slots.fits(at, wanted.length, busy)
    assert (part in slots.room_on(day, wanted.length, busy, now)) == any(
        at > now + slots.NOTICE for at in found
    )


@settings(deadline=None)
@given(diaries())
def test_there_is_always_a_day_to_wish_for(drawn: tuple[Wanted, list[Span], datetime]) -> None:
    wanted, busy, now = drawn
    found = slots.days_with_room(wanted.length, busy, now)
    assert 0 < len(found) <= slots.DAYS
    assert found == sorted(set(found))
    assert all(slots.is_working(day) for day in found)
    assert found[0] >= now.astimezone(here()).date()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 24), True),
        (date(2026, 11, 28), False),  # a Saturday
        (date(2026, 11, 29), False),
        (date(2027, 11, 1), False),  # All Saints': a holiday in Nordrhein-Westfalen, a Monday
        (date(2027, 5, 27), False),  # Corpus Christi, not a holiday everywhere
        (date(2027, 8, 16), True),  # the day after Assumption, which is none here
        (date(2026, 12, 25), False),
    ],
)
def test_working_days_are_those_of_koeln(day: date, works: bool) -> None:
    assert slots.is_working(day) is works


def test_a_free_calendar_offers_near_the_old_time_on_different_days_and_parts() -> None:
    now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday, ten o'clock
    wanted = Wanted(AppointmentKind.COUNSELLING, 60, datetime(2026, 11, 26, 9, 30, tzinfo=UTC))
    found = [at.astimezone(here()) for at in slots.offers(wanted, [], now)]
    assert [f"{at:%d.%m. %H:%M}" for at in found] == ["25.11. 16:00", "26.11. 09:30", "27.11. 09:00"]


def test_a_part_that_is_full_is_not_offered() -> None:
    now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    morning = Span(datetime(2026, 11, 26, 7, tzinfo=UTC), datetime(2026, 11, 26, 11, tzinfo=UTC))
    day, hour = date(2026, 11, 26), timedelta(hours=1)
    assert slots.room_on(day, hour, [morning], now) == [DayPart.AFTERNOON, DayPart.EVENING]
