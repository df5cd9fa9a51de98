"""How an appointment stands as a whole; days and weeks of the wall clock; shares that add up."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.attending import CALLED_OFF
from handlers.diary import rules
from handlers.diary.rules import Rate, State
from locales.zone import BERLIN, on
from storage.diary import Entry
from storage.records import Answer, AppointmentKind

days = st.dates(date(2026, 1, 1), date(2030, 12, 31))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))
people = st.lists(st.sampled_from("abc"), unique=True, max_size=3)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    asked = draw(people)
    answers = draw(st.dictionaries(st.sampled_from(asked), st.sampled_from(list(Answer)))) if asked else {}
    came = draw(st.dictionaries(st.sampled_from(asked), st.booleans())) if asked else {}
    kind, at = draw(st.sampled_from(list(AppointmentKind))), draw(moments)
    return Entry("i", "f", "label", kind, at, 60, None, None, tuple(asked), answers, came)


@given(entries())
def test_what_needs_somebody_comes_first(entry: Entry) -> None:
    said = set(entry.answers.values())
    came = [entry.came.get(one) for one in entry.asked]
    match rules.state(entry):
        case State.CONFIRMED if any(came):
            pass
        case State.MISSED:
            assert False in came
            assert True not in came
            assert all(
                known is not None or entry.answers.get(one) in CALLED_OFF
                for one, known in zip(entry.asked, came, strict=True)
            )
        case _ if any(came):
            raise AssertionError("somebody came")
        case State.MOVE:
            assert Answer.MOVE in said
        case State.UNCLEAR:
            assert Answer.UNCLEAR in said
            assert Answer.MOVE not in said
        case State.OPEN:
            assert set(entry.asked) > set(entry.answers) or not entry.asked
        case State.CONFIRMED:
            assert Answer.YES in said
            assert set(entry.asked) == set(entry.answers)
        case State.DECLINED:
            assert said == {Answer.NO}


@given(st.lists(entries(), max_size=12))
def test_every_entry_is_counted_once_and_lies_on_one_day(some: list[Entry]) -> None:
    assert sum(rules.counts(some).values()) == len(some)
    found = rules.by_day(some)
    assert sum(map(len, found.values())) == len(some)
    for day, of_day in found.items():
        begins, ends = rules.span(day, 1)
        assert all(begins <= one.starts_at < ends for one in of_day)


@given(st.lists(entries(), max_size=12))
def test_whoever_is_not_listed_as_missing_has_said_something(some: list[Entry]) -> None:
    missing = rules.unanswered(some)
    for one in some:
        how = rules.state(one)
        if how in (State.OPEN, State.UNCLEAR):
            assert one in missing
        elif how in (State.CONFIRMED, State.MISSED, State.DECLINED):
            assert one not in missing
        elif one not in missing:
            assert all(one.answers[person] is not Answer.UNCLEAR for person in one.asked)


@given(st.lists(st.tuples(entries(), st.sampled_from([None, "s", "t"])), max_size=12))
def test_a_session_is_one_thing_and_loses_no_family(some: list[tuple[Entry, str | None]]) -> None:
    at = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    all_of_them = [
        replace(one, id=str(n), session_id=session, starts_at=at) for n, (one, session) in enumerate(some)
    ]
    groups = rules.together(all_of_them)
    assert sorted(one.id for group in groups for one in group) == sorted(one.id for one in all_of_them)
    invited = [group[0].session_id for group in groups if group[0].session_id]
    assert len(invited) == len(set(invited))
    assert all(len(group) == 1 for group in groups if group[0].session_id is None)
    assert all(rules.worst(group) in map(rules.state, group) for group in groups)


@given(days, st.integers(1, 14))
def test_days_follow_each_other_without_gap_whatever_the_clocks_do(day: date, many: int) -> None:
    begins, ends = rules.span(day, many)
    assert begins.astimezone(BERLIN).date() == day
    assert ends == on(day + timedelta(days=many))
    assert begins.astimezone(BERLIN).hour == ends.astimezone(BERLIN).hour == 0
    assert rules.monday(day).weekday() == 0
    assert timedelta(0) <= day - rules.monday(day) < timedelta(days=7)


@given(moments, st.integers(1, 18))
def test_months_end_with_this_one_and_leave_none_out(now: datetime, many: int) -> None:
    found = rules.months(now, many)
    assert len(found) == many
    assert found[-1] == now.astimezone(BERLIN).date().replace(day=1)
    for sooner, later in itertools.pairwise(found):
        assert (sooner + timedelta(days=32)).replace(day=1) == later


@given(st.lists(entries(), max_size=12), moments)
def test_shares_add_up_to_what_was_noted(some: list[Entry], now: datetime) -> None:
    over = rules.months(now)
    within = [one for one in some if one.starts_at.astimezone(BERLIN).date().replace(day=1) in over]
    found = rules.rates(some, over)
    whole = rules.altogether(rate for by_month in found.values() for rate in by_month)
    came = sum(list(one.came.values()).count(True) for one in within)
    waited_in_vain = [
        person
        for one in within
        for person, was_there in one.came.items()
        if not was_there and one.answers.get(person) not in {Answer.NO, Answer.MOVE}
    ]
    assert whole.missed == len(waited_in_vain)
    assert whole.noted == came + len(waited_in_vain)
    assert all(0 <= rate.share <= 1 for by_month in found.values() for rate in by_month)


@given(days, moments)
def test_one_may_look_some_years_back_and_ahead(day: date, now: datetime) -> None:
    for wanted in (day, date.min, date.max):
        found = rules.within(wanted, now)
        assert abs(found - rules.today(now)) <= rules.YEARS
        assert found == wanted or abs(wanted - rules.today(now)) > rules.YEARS
        rules.span(rules.monday(found), 7)


def test_of_nothing_no_share() -> None:
    assert Rate(0, 0).share == 0.0
