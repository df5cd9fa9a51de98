"""The points are gone through in any order; no order of marks by one person alone closes a checklist."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.protection import rules
from handlers.protection.rules import CLOSING, POINTS, WAYS, Standing
from storage import concerns
from storage.engine import Archive
from storage.records import Mark
from storage.store import Store

THEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PEOPLE = ("k" * 16, "l" * 16, "m" * 16)
people = st.sampled_from(PEOPLE)


def made(way: str, by: str | None, note: str = "") -> Mark:
    return Mark("m" * 16, "c" * 16, "f" * 16, way, by, THEN, note)


marks = st.lists(st.builds(made, st.sampled_from(WAYS), st.sampled_from([*PEOPLE, None])), max_size=40)


@given(st.lists(st.sampled_from(WAYS), max_size=40), people)
def test_one_person_alone_never_completes_what_needs_two(ways: list[str], alone: str) -> None:
    done = [made(way, alone) for way in ways]
    assert not rules.can_close(done)
    for point in POINTS:
        if point.people == 2:
            assert rules.standing(point, done) is not Standing.DONE


@given(marks, st.randoms())
def test_the_order_of_marks_changes_nothing(done: list[Mark], dice) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(done)
    dice.shuffle(shuffled)
    assert rules.can_close(done) == rules.can_close(shuffled)
    assert rules.missing(done) == rules.missing(shuffled)


@given(marks)
def test_a_mark_never_makes_anything_less_done(done: list[Mark]) -> None:
    order = [Standing.NOT_YET, Standing.HALF, Standing.DONE]
    for n in range(len(done)):
        for point in POINTS:
            before, after = (order.index(rules.standing(point, done[:end])) for end in (n, n + 1))
            assert before <= after


@given(marks, st.sampled_from(WAYS), people)
def test_a_second_mark_of_the_same_person_needs_a_note(done: list[Mark], way: str, person: str) -> None:
    before = any(mark.point == way and mark.marked_by == person for mark in done)
    assert rules.may_mark(way, done, person, "") == (not before)
    assert rules.may_mark(way, done, person, "etwas Neues")


def test_every_way_belongs_to_one_point_and_the_store_knows_the_last() -> None:
    assert len(set(WAYS)) == len(WAYS)
    assert all(rules.point_of(way) is not None for way in WAYS)
    assert rules.point_of("verdict") is None
    assert concerns.CLOSING == CLOSING
    assert [point.name for point in POINTS if point.people == 2] == ["weighed", "closing"]


@pytest.mark.parametrize(("carried", "day"), [("1", date(2026, 11, 25)), ("28", date(2026, 12, 22))])
def test_the_next_check_is_a_day_from_now(carried: str, day: date) -> None:
    assert rules.check_day(carried, THEN, ZoneInfo("Europe/Berlin")) == day
    assert rules.day_in(day.isoformat()) == day


@pytest.mark.parametrize("carried", ["", "2", "-1", "99999", "x"])
def test_other_days_are_none(carried: str) -> None:
    assert rules.check_day(carried, THEN, ZoneInfo("Europe/Berlin")) is None
    assert rules.day_in(carried) is None


plans = st.lists(
    st.tuples(st.sampled_from([*WAYS, "close"]), st.integers(0, len(PEOPLE) - 1)), min_size=1, max_size=25
)


async def test_the_store_closes_only_for_two(archive: Archive, now: datetime) -> None:
    """Whatever is marked by whomever in whatever order: closing works exactly when two have marked the summary."""
    drawn: list[list[tuple[str, int]]] = []

    @settings(max_examples=150, deadline=None)
    @given(plans)
    def draw(plan: list[tuple[str, int]]) -> None:
        drawn.append(plan)

    draw()

    def story(store: Store) -> None:
        team = [store.people.met(n, "de", now) for n in range(len(PEOPLE))]
        for number, plan in enumerate(drawn):
            family = store.families.add(f"Familie {number}", team[0].id, now)
            concern = store.concerns.open(family.id, team[0].id, now)
            summed_up: set[int] = set()
            is_open = True
            for at, (what, who) in enumerate(plan):
                moment = now + timedelta(seconds=at)
                if what == "close":
                    closes = is_open and len(summed_up) >= 2
                    assert store.concerns.close(concern.id, moment) == closes
                    is_open = is_open and not closes
                else:
                    store.concerns.mark(concern, what, team[who].id, "", moment)
                    summed_up |= {who} if what == CLOSING else set()

    await archive.write(story)
