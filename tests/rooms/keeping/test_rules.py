"""The night comes once a day, and nothing of work's goes before the lead could say something about it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from handlers.keeping.rules import AGREED, ASKED, PATIENCE, REMINDED, Tonight, Word, next_night, tonight

KOELN = ZoneInfo("Europe/Berlin")
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))


@given(now=MOMENTS)
def test_the_next_night_is_ahead_and_no_more_than_a_day_away(now: datetime) -> None:
    night = next_night(now, KOELN)
    assert now < night <= now + timedelta(hours=25)
    assert night.astimezone(KOELN).hour == 3


@given(now=MOMENTS)
def test_a_year_of_nights_has_one_for_each_day(now: datetime) -> None:
    nights = [now]
    for _ in range(365):
        nights.append(next_night(nights[-1], KOELN))
    assert len({night.astimezone(KOELN).date() for night in nights[1:]}) == 365


@given(now=MOMENTS, said=st.sampled_from(["", ASKED, REMINDED, AGREED]))
def test_a_word_is_read_as_it_was_written(now: datetime, said: str) -> None:
    for word in (Word(said, now) if said else Word(), Word(said)):
        assert Word.read(str(word)) == word


def test_asked_reminded_after_a_week_and_gone_the_night_after(now: datetime) -> None:
    assert tonight(Word(), now) is Tonight.ASK
    for days in range(1, 7):
        assert tonight(Word(ASKED, now), now + timedelta(days=days)) is Tonight.WAIT
    assert tonight(Word(ASKED, now), now + PATIENCE) is Tonight.REMIND
    assert tonight(Word(REMINDED, now), now + timedelta(days=1)) is Tonight.PURGE
    assert tonight(Word(AGREED, now), now) is Tonight.PURGE
