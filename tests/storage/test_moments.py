"""Moments in the store: exact to the millisecond, in UTC, never naive."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.exc import StatementError

from storage.engine import Archive
from storage.tables import journal
from storage.types import from_millis, to_millis

MILLIS = st.integers(-62_135_596_800_000, 253_402_300_799_999)  # the years 1 to 9999


@settings(deadline=None, max_examples=400)
@given(MILLIS)
def test_what_was_stored_can_be_compared_with_what_is_stored_again(millis: int) -> None:
    assert to_millis(from_millis(millis)) == millis


@settings(deadline=None)
@given(MILLIS, st.integers(0, 999), st.integers(-840, 840))
def test_moments_are_rounded_down_and_zones_do_not_matter(millis: int, micros: int, minutes: int) -> None:
    moment = from_millis(millis) + timedelta(microseconds=micros)
    assert to_millis(moment) == millis
    day = timedelta(days=1)
    if datetime.min.replace(tzinfo=UTC) + day < moment < datetime.max.replace(tzinfo=UTC) - day:
        assert to_millis(moment.astimezone(timezone(timedelta(minutes=minutes)))) == millis


def test_from_the_store_they_come_back_aware_and_in_utc() -> None:
    assert from_millis(0) == datetime(1970, 1, 1, tzinfo=UTC)
    assert from_millis(1).tzinfo is UTC


def test_naive_moments_are_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_millis(datetime(2026, 11, 24, 9, 0))


async def test_naive_moments_are_refused_by_the_store_too(archive: Archive) -> None:
    naive = datetime(2026, 11, 24, 9, 0)
    with pytest.raises((ValueError, StatementError), match="time zone"):
        await archive.write(lambda store: store.journal.write(naive, "a", "b", "c"))
    row = {"id": 1, "mac": b"m", "at": naive, "actor": "a", "act": "b", "subject": "c"}
    with pytest.raises(StatementError, match="time zone"):
        await archive.write(lambda store: store.connection.execute(insert(journal), row))
    assert await archive.read(lambda store: store.journal.newest()) == []
