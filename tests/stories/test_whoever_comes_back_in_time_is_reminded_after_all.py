"""A reminder that was dropped for a reason that has passed comes after all, as long as it helps, and once."""

from datetime import date, timedelta

import pytest

from handlers.discreet import actions as pausing
from storage.records import Answer, Appointment, Person, ReminderState, Role
from storage.store import Store
from tests.agreed import agreed
from tests.diary import on, until
from tests.expected import family_of, says, tuesday
from tests.phones import Phone, read_all
from tests.stage import Stage

DAY = timedelta(days=1)


async def cast(stage: Stage, clock: str) -> tuple[Phone, date, Appointment]:
    """Amina's appointment is the day after tomorrow; what she is reminded of tomorrow is what this is about."""
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", klein))
    amina.ignores("🌼")
    day = await tuesday(stage)
    made = await agreed(stage, await family_of(stage, amina), on(day + 2 * DAY, clock))
    return amina, day + DAY, made


def of(store: Store, phone: Phone) -> Person:
    person = store.people.by_telegram(phone.account.id)
    assert person is not None
    return person


async def delivered(stage: Stage, made: Appointment) -> int:
    rows = await stage.machine.archive.read(lambda store: store.reminders.of(made.id))
    return sum(row.state is ReminderState.DELIVERED for row in rows)


@pytest.mark.parametrize("why", ["she says no", "she blocks the bot", "she pauses"])
async def test_early_in_the_morning_nobody_goes_unreminded(stage: Stage, why: str) -> None:
    amina, eve, made = await cast(stage, "07:15")
    await says(stage, amina, made, Answer.YES)
    await until(stage, on(eve, "16:50"))
    write = stage.machine.archive.write
    if why == "she says no":
        await amina.presses("❌")
    elif why == "she blocks the bot":
        amina.blocks_the_bot()
    else:
        await write(lambda store: pausing.pause(store, of(store, amina), stage.clock.now()))
    await stage.quiet()
    await until(stage, on(eve, "18:00"))
    assert await delivered(stage, made) == 0

    if why == "she says no":
        await amina.presses("✅")
    elif why == "she blocks the bot":
        amina.unblocks_the_bot()
        await stage.quiet()
        await amina.types("/start")
    else:
        await write(lambda store: pausing.resume(store, of(store, amina), stage.clock.now()))
    await stage.forward(seconds=5)
    await read_all(*stage.phones)

    await until(stage, on(eve, "20:55"))
    await amina.sees("Morgen ist Ihr Termin")
    await until(stage, on(eve + DAY, "09:00"))
    await amina.sees_nothing()
    assert await delivered(stage, made) == 1


async def test_whoever_is_back_on_the_day_hears_an_hour_ahead(stage: Stage) -> None:
    amina, eve, made = await cast(stage, "10:30")
    await says(stage, amina, made, Answer.YES)
    await until(stage, on(eve, "16:50"))
    amina.blocks_the_bot()
    await until(stage, on(eve + DAY, "09:00"))
    amina.unblocks_the_bot()
    await stage.quiet()
    await amina.types("/start")
    await stage.forward(seconds=5)
    await read_all(*stage.phones)

    await until(stage, on(eve + DAY, "09:29"))
    await amina.sees_nothing()
    await until(stage, on(eve + DAY, "09:31"))
    await amina.sees("Ihr Termin ist bald")
    assert await delivered(stage, made) == 1


async def test_a_reminder_of_two_is_enough_for_whoever_comes_back(stage: Stage) -> None:
    amina, eve, made = await cast(stage, "10:30")
    await until(stage, on(eve, "17:30"))
    await amina.presses("❌")
    await stage.quiet()
    await until(stage, on(eve + DAY, "08:45"))
    await amina.presses("✅")
    await read_all(*stage.phones)

    await until(stage, on(eve + DAY, "10:25"))
    await amina.sees_nothing()
    assert await delivered(stage, made) == 1


async def test_what_was_put_off_until_the_morning_is_told_as_late(stage: Stage) -> None:
    amina, eve, made = await cast(stage, "10:30")
    klein = stage.phones[0]
    await says(stage, amina, made, Answer.YES)
    await until(stage, on(eve, "16:30"))
    await read_all(*stage.phones)

    stage.clock.offset += timedelta(hours=6)  # the bot stands still
    await stage.machine.beat.tick()
    await stage.quiet()

    await until(stage, on(eve + DAY, "06:59"))
    await klein.sees_nothing()
    await until(stage, on(eve + DAY, "07:05"))
    await amina.sees("Heute ist Ihr Termin")
    told = await klein.sees("zu spät kamen: 1")
    assert "entfielen: 0" in told.words
