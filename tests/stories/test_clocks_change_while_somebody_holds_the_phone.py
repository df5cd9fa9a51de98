"""Both nights in which the clocks change: the shift is an hour shorter or longer, and somebody always holds it."""

from datetime import date, timedelta

import pytest

from handlers.rota import making
from storage.records import Pattern, Role
from storage.store import Store
from tests.phones import Phone
from tests.shifts import at, goes_off, one_step, person_of, shifts, winds_to
from tests.stage import Stage

BEGINS, ENDS = "Ihre Schicht hat begonnen", "Ihre Schicht ist zu Ende"


async def every_day(stage: Stage, phone: Phone, begins: str, ends: str, first: date) -> None:
    """A shift on each day of the week."""
    now = stage.clock.now()

    def add(store: Store) -> None:
        who = person_of(store, phone).id
        made = [
            Pattern("", who, None, 1, weekday, begins, ends, first.isoformat(), None) for weekday in range(7)
        ]
        making.make(store, [store.rota.add_pattern(one) for one in made], now)

    await stage.machine.archive.write(add)


async def night_before(stage: Stage, month: int) -> date:
    """Winds on to the noon before the next night in which the clocks change in this month; gives its Saturday."""
    now = stage.clock.now()
    last = [date(now.year + n, month, 31) for n in (0, 1)]
    sundays = [one - timedelta(days=(one.weekday() + 1) % 7) for one in last]
    saturday = next(one - timedelta(days=1) for one in sundays if at(one - timedelta(days=2), 12) > now)
    stage.clock.forward(at(saturday, 12) - now)
    return saturday


async def holders(stage: Stage) -> int:
    """How many hold the phone at this moment."""
    now = stage.clock.now()
    return len(await stage.machine.archive.read(lambda store: store.duties.on_now(now)))


async def is_over(stage: Stage) -> None:
    """The alarm has ended: nobody is asked about it any more."""
    now = stage.clock.now()

    def end(store: Store) -> None:
        for alarm in store.alarms.not_ended():
            store.alarms.end(alarm.id, None, now)

    await stage.machine.archive.write(end)


@pytest.mark.parametrize(("month", "hours"), [(3, 7), (10, 9)])
async def test_the_night_shift_is_as_long_as_the_night_and_the_phone_is_never_nobodys(
    stage: Stage, month: int, hours: int
) -> None:
    await one_step(stage)
    day, night = await stage.staff("Frau Tag", Role.ON_CALL), await stage.staff("Herr Nacht", Role.ON_CALL)
    await goes_off(stage, day, night)
    saturday = await night_before(stage, month)
    await every_day(stage, night, "22:00", "06:00", saturday)
    await every_day(stage, day, "06:00", "22:00", saturday)
    first = next(one for one in await shifts(stage) if one.starts_at == at(saturday, 22))
    assert first.ends_at - first.starts_at == timedelta(hours=hours)

    await winds_to(stage, at(saturday, 22))
    await night.sees(BEGINS)
    sunday = saturday + timedelta(days=1)
    while stage.clock.now() < at(sunday, 6) - timedelta(minutes=31):
        await stage.forward(minutes=30)
        assert await holders(stage) == 1
    amina = stage.stranger("Amina", "de")
    await amina.types("/alarm")
    await night.sees("Alarm A-0001")
    await night.presses("✅")
    await stage.quiet()
    for phone in (night, amina):
        await phone.reads_everything()
    await day.sees_nothing()

    await winds_to(stage, at(sunday, 6))
    begun = await day.sees(BEGINS)
    assert "A-0001: bei Herr Nacht" in begun.words
    await day.sees(
        "Antwortet gerade nicht"
    )  # whoever took it has not said a word since: whoever comes is paged
    ended = await night.sees(ENDS)
    assert "Stufe 1 hat jetzt: Frau Tag" in ended.words
    await is_over(stage)
    await winds_to(stage, at(sunday, 22))
    await night.sees(BEGINS)
    await day.sees(ENDS)
    await amina.reads_everything()
    await night.reads_everything()
