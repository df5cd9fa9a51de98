"""A series is known by the card of its first: when that one moves past the next, no day of it is lost."""

from datetime import datetime, timedelta

import pytest

from bot.demo.telegram.messages import Message
from storage.records import Appointment
from storage.store import Store
from tests.agreed import moved
from tests.diary import in_days
from tests.phones import plain, read_all
from tests.stage import Stage
from tests.stories.test_appointment_is_made_in_eight_taps import (
    FURTHER,
    caseworker_and_parent,
    makes_a_series,
    series_of,
)


async def first_goes_behind(stage: Stage, language: str, place: int) -> tuple[list[Message], list[datetime]]:
    """Of a series of four the first moves to the day after the one at that place; what comes, and the days then."""
    berger, amina = await caseworker_and_parent(stage, language)
    await makes_a_series(berger, in_days(stage, 3), "4 Mal")
    await read_all(*stage.phones)
    now, before = stage.clock.now(), set(amina.account.messages)

    def look(store: Store) -> Appointment:
        (family,) = store.families.all()
        return store.appointments.ahead(family.id, now)[0]

    first = await stage.machine.archive.read(look)
    to = (await series_of(stage))[place] + timedelta(days=1)
    assert await moved(stage, first, to, berger)
    came = [one for id, one in amina.account.messages.items() if id not in before]
    await read_all(*stage.phones)
    return came, await series_of(stage)


@pytest.mark.parametrize("language", sorted(FURTHER))
@pytest.mark.parametrize("place", [1, 2])
async def test_the_next_gets_a_card_of_its_own_without_a_sound(
    stage: Stage, language: str, place: int
) -> None:
    (moved_one, card), (first, *later) = await first_goes_behind(stage, language, place)

    words = plain(card.words)
    assert (moved_one.silent, card.silent) == (False, True)
    assert f"{first:%d.%m.%Y}" in words
    assert FURTHER[language] in words
    assert len(later) == 3
    assert all(f"{at:%d.%m.}" in words for at in later)


async def test_where_it_stays_the_first_no_other_card_comes(stage: Stage) -> None:
    (card,), (first, *later) = await first_goes_behind(stage, "de", 0)

    assert f"{first:%d.%m.%Y}" in plain(card.words)
    assert all(f"{at:%d.%m.}" in plain(card.words) for at in later)
