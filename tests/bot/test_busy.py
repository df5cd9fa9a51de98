"""Whoever may be planned for on a day is known to be away on it: her own calendar is read as far as that."""

from datetime import UTC, datetime, time, timedelta

from bot.busy import read
from handlers import slots
from handlers.calendar import months
from handlers.slots import Wanted
from storage.records import AppointmentKind
from tests.bot.test_busytimes import calendar

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


async def test_a_holiday_around_the_last_day_that_may_be_planned_is_known() -> None:
    last = (months(NOW)[-1] + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    since, until = last - timedelta(days=40), last + timedelta(days=50)
    away = f"UID:urlaub\nDTSTART;VALUE=DATE:{since:%Y%m%d}\nDTEND;VALUE=DATE:{until:%Y%m%d}"
    busy = await read(calendar(away).encode(), NOW)
    wanted = Wanted(AppointmentKind.HOME_VISIT, 60, datetime.combine(last, time(8), UTC))
    assert slots.offers(wanted, busy, NOW) == []
    assert slots.offers(wanted, [], NOW) != []
