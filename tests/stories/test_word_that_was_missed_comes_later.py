"""Moved or cancelled while she was out of reach: she hears it once she is back, and no old card stays untrue."""

from collections.abc import Awaitable, Callable

import pytest

from handlers import consenting
from handlers.appointments import actions as acts
from handlers.consent import actions
from storage.records import Purpose
from storage.store import Store
from tests.agreed import agreed, moved
from tests.phones import Phone, plain, read_all
from tests.stage import Stage
from tests.untold import cancels, does, household, plans, unread, wall, whose

Reach = Callable[[Stage, Phone], Awaitable[None]]


async def blocks(stage: Stage, phone: Phone) -> None:
    phone.blocks_the_bot()
    await stage.quiet()


async def unblocks(stage: Stage, phone: Phone) -> None:
    phone.unblocks_the_bot()
    await stage.quiet()
    await phone.types("/start")
    await stage.quiet()


async def takes_back(stage: Stage, phone: Phone) -> None:
    person, now = await whose(stage, phone), stage.clock.now()

    def say_no(store: Store) -> None:
        actions.say_no(store, Purpose.CONTACT, by=person, now=now)

    await stage.machine.archive.write(say_no)
    await stage.quiet()


async def consents(stage: Stage, phone: Phone) -> None:
    person, now = await whose(stage, phone), stage.clock.now()

    def say_yes(store: Store) -> bool:
        version = consenting.VERSIONS[Purpose.CONTACT]
        return actions.say_yes(store, Purpose.CONTACT, version, "de", by=person, now=now)

    assert await stage.machine.archive.write(say_yes)
    await stage.quiet()


WAYS = pytest.mark.parametrize(("leaves", "returns"), [(blocks, unblocks), (takes_back, consents)])


async def promises(stage: Stage, amina: Phone) -> None:
    await amina.presses("✅")
    await stage.quiet()


@WAYS
async def test_what_was_cancelled_is_told(stage: Stage, leaves: Reach, returns: Reach) -> None:
    _, family, amina = await household(stage)
    made = await agreed(stage, family, wall(stage, "10:30", 7))
    await promises(stage, amina)
    await leaves(stage, amina)
    await cancels(stage, made)
    await stage.forward(hours=1)
    await read_all(*stage.phones)
    await returns(stage, amina)
    await stage.forward(minutes=5)
    assert any("fällt aus" in words for words in unread(amina)), amina.screen
    assert not any("zugesagt" in plain(one.words) for one in amina.account.messages.values())
    await read_all(*stage.phones)


@WAYS
async def test_what_was_moved_is_told(stage: Stage, leaves: Reach, returns: Reach) -> None:
    klein, family, amina = await household(stage)
    made = await agreed(stage, family, wall(stage, "10:30", 7))
    await promises(stage, amina)
    await leaves(stage, amina)
    assert await moved(stage, made, wall(stage, "11:30", 9), klein)
    await stage.forward(hours=1)
    await read_all(*stage.phones)
    await returns(stage, amina)
    await stage.forward(minutes=5)
    assert any("11:30" in words for words in unread(amina)), amina.screen
    assert not any("zugesagt" in plain(one.words) for one in amina.account.messages.values())
    await read_all(*stage.phones)


async def test_a_series_cancelled_out_of_reach_is_told_once(stage: Stage) -> None:
    _, family, amina = await household(stage)
    made = await plans(stage, family, wall(stage, "10:30", 7), times=3)
    await blocks(stage, amina)
    await does(
        stage, made, lambda store, of, now: acts.cancel_following(store, of, by=of.caseworker, now=now)
    )
    await stage.forward(hours=1)
    await read_all(*stage.phones)
    await unblocks(stage, amina)
    await stage.forward(minutes=5)
    told = [words for words in unread(amina) if "fallen aus" in words]
    assert len(told) == 1, amina.screen
    assert "Anzahl: 3" in told[0]
    await read_all(*stage.phones)


async def test_whoever_comes_later_is_waited_for(stage: Stage) -> None:
    klein, family, _ = await household(stage)
    made = await agreed(stage, family, wall(stage, "10:30", 7))
    sami = await stage.parent("Sami", "de", family)
    await takes_back(stage, sami)
    await consents(stage, sami)
    his, hers = await whose(stage, sami), await whose(stage, klein)
    await stage.forward(hours=24 * 6 + 21)

    def called(store: Store) -> list[str | None]:
        found = store.calls.open_of(hers.id, stage.clock.now())
        return [call.appointment_id for call in found if call.person_id == his.id]

    assert await stage.machine.archive.read(called) == [made.id]
    await read_all(*stage.phones)
