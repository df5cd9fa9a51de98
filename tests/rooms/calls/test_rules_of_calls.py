"""When somebody is nudged and called, and who stands where on the list."""

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from handlers import calling, quiet
from handlers.calls.rules import Entry, by_family, in_order, reason
from locales.zone import here
from storage.records import Call, Person, Why

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
leads = st.timedeltas(timedelta(minutes=1), timedelta(days=60))
PERSON = Person("p", 1, "Amina", "de", "de", blocked=False)


@given(moments, leads)
@example(datetime(2026, 10, 24, 22, tzinfo=UTC), timedelta(hours=20))  # the night of 25 hours
@example(datetime(2026, 3, 28, 22, tzinfo=UTC), timedelta(hours=20))  # the night of 23
def test_a_nudge_comes_by_day_and_early_enough_or_not_at_all(now: datetime, lead: timedelta) -> None:
    starts_at = now + lead
    at = calling.nudged_at(starts_at, now)
    if at is None:
        assert lead < timedelta(hours=32)  # so much ahead there is always a moment for it
        return
    wall = at.astimezone(here())
    assert now < at <= starts_at - calling.AT_LEAST
    assert (9, 0) <= (wall.hour, wall.minute) <= (19, 0)
    assert at <= now + timedelta(days=2)
    assert not quiet.is_quiet(PERSON, at)


@given(moments, st.timedeltas(timedelta(days=4), timedelta(days=60)))
def test_far_ahead_it_comes_a_day_later_or_as_soon_as_the_day_begins(now: datetime, lead: timedelta) -> None:
    at = calling.nudged_at(now + lead, now)
    assert at is not None
    later = at - (now + calling.PATIENCE)
    assert timedelta(0) <= later <= timedelta(hours=14)
    if later:
        assert at.astimezone(here()).hour == 9


@given(moments, leads)
def test_a_call_is_owed_before_the_start_and_never_at_once(since: datetime, lead: timedelta) -> None:
    starts_at = since + lead
    at = calling.called_at(starts_at, since)
    assert since < at < starts_at
    assert at <= since + calling.PATIENCE
    if lead > timedelta(hours=4):
        assert at <= starts_at - calling.AT_LEAST


def test_tomorrow_morning_is_nine_in_summer_and_winter() -> None:
    for now in (datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 3, 28, 12, tzinfo=UTC)):
        wall = calling.next_morning(now).astimezone(here())
        assert (wall.day - now.day, wall.hour, wall.minute) == (1, 9, 0)


def entry(family: str, hours: int, *, again: bool = False) -> Entry:
    since = datetime(2026, 11, 24, tzinfo=UTC) + timedelta(hours=hours)
    call = Call(f"{family}{hours}", family, "p", None, Why.QUESTION, since, None, None, None)
    return Entry(call, family, PERSON, None, again=since if again else None)


def test_the_oldest_come_first_and_each_familys_together() -> None:
    entries = [entry("a", 1), entry("b", 2), entry("a", 3), entry("c", 0, again=True)]
    assert [one.call.id for one in in_order(entries[::-1])] == ["a1", "a3", "b2", "c0"]
    assert [len(group) for group in by_family(in_order(entries))] == [2, 1, 1]


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 99), st.booleans()), unique=True))
def test_nobody_is_lost_in_order(drawn: list[tuple[str, int, bool]]) -> None:
    entries = [entry(family, hours, again=again) for family, hours, again in drawn]
    assert sorted(map(id, in_order(entries))) == sorted(map(id, entries))
    groups = by_family(in_order(entries))
    keys = [(group[0].again is None, group[0].family) for group in groups]
    assert len(keys) == len(set(keys))


def test_a_wish_after_an_absence_is_called_what_it_is() -> None:
    call = entry("a", 1).call
    assert reason(Entry(call, "a", PERSON, None, missed=True)) == "missed_question"
    assert reason(Entry(call, "a", PERSON, None)) == "question"
