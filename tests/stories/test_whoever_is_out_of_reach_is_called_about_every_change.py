"""She pauses or has blocked us, and something changes for her: somebody calls, whoever had wished for it."""

import pytest

from handlers.appointments import actions as acts
from handlers.discreet import actions as pausing
from storage.records import Call, Why
from storage.store import Store
from tests.agreed import agreed
from tests.othertimes import WORDS, invited, pair, wishes
from tests.phones import Phone, read_all
from tests.stage import Stage
from tests.untold import does, household, plans, wall, whose

WAYS = pytest.mark.parametrize("how", ["she pauses", "she blocks the bot"])


async def goes(stage: Stage, phone: Phone, how: str) -> None:
    person, now = await whose(stage, phone), stage.clock.now()
    if how == "she pauses":
        await stage.machine.archive.write(lambda store: pausing.pause(store, person, now))
    else:
        phone.blocks_the_bot()
    await stage.quiet()
    await read_all(*stage.phones)


async def owed(stage: Stage, klein: Phone, amina: Phone) -> list[Why]:
    """Why the caseworker is to call her."""
    caseworker, parent, now = await whose(stage, klein), await whose(stage, amina), stage.clock.now()

    def look(store: Store) -> list[Call]:
        return [call for call in store.calls.open_of(caseworker.id, now) if call.person_id == parent.id]

    await read_all(*stage.phones)
    return [call.why for call in await stage.machine.archive.read(look)]


@WAYS
@pytest.mark.parametrize("tongue", list(WORDS))
async def test_her_wish_is_granted_and_she_can_not_read_it(stage: Stage, how: str, tongue: str) -> None:
    klein, amina = await pair(stage, tongue)
    await invited(stage, klein, amina)
    await wishes(klein, amina, tongue)
    await goes(stage, amina, how)

    await klein.presses("✅ Annehmen")

    await klein.sees("✅ Neuer Termin:")
    await stage.quiet()
    assert await owed(stage, klein, amina) == [Why.UNREACHABLE]


async def test_whoever_reads_that_her_wish_is_granted_is_not_called(stage: Stage) -> None:
    klein, amina = await pair(stage)
    await invited(stage, klein, amina)
    await wishes(klein, amina)

    await klein.presses("✅ Annehmen")

    await klein.sees("✅ Neuer Termin:")
    await stage.quiet()
    assert await owed(stage, klein, amina) == []


@WAYS
async def test_all_of_a_series_is_off_and_she_can_not_read_it(stage: Stage, how: str) -> None:
    klein, family, amina = await household(stage)
    made = await plans(stage, family, wall(stage, "10:30", 7), times=3)
    await goes(stage, amina, how)

    await does(
        stage, made, lambda store, of, now: acts.cancel_following(store, of, by=of.caseworker, now=now)
    )

    assert await owed(stage, klein, amina) == [Why.UNREACHABLE]


async def test_the_last_of_a_series_is_off_and_she_can_not_read_it(stage: Stage) -> None:
    klein, family, amina = await household(stage)
    made = await agreed(stage, family, wall(stage, "10:30", 7), series_id="weekly")
    await goes(stage, amina, "she pauses")

    await does(
        stage, made, lambda store, of, now: acts.cancel_following(store, of, by=of.caseworker, now=now)
    )

    assert await owed(stage, klein, amina) == [Why.UNREACHABLE]
