"""Column types of our own: moments in time that can't be misread, and what only a key can read."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, LargeBinary, TypeDecorator

# whole numbers all the way: a float of seconds loses every thousandth millisecond
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
BigInt = BigInteger().with_variant(Integer, "sqlite")


class Sealed(LargeBinary):
    """Bytes that storage/vault.py made and alone can open."""


class Blind(LargeBinary):
    """A keyed fingerprint: finds a row, and tells nothing."""


class Utc(TypeDecorator[datetime]):
    """An aware datetime, stored as whole milliseconds since 1970 in UTC; naive ones raise ValueError."""

    impl = BigInt
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_millis(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else from_millis(value)


def to_millis(moment: datetime) -> int:
    """Milliseconds since 1970 in UTC, rounded down. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return (moment - EPOCH) // MILLISECOND


def from_millis(millis: int) -> datetime:
    """The aware UTC datetime of that many milliseconds since 1970."""
    return EPOCH + timedelta(milliseconds=millis)
