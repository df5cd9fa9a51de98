"""Whoever tries out codes is stopped, learns nothing from it, and the lead hears of it once."""

import re

import pytest

from storage.records import Role
from tests.phones import Phone, plain
from tests.stage import Stage

CLOSED, WAITING = "Dieser Link oder Code gilt nicht.", "Wir prüfen noch kurz"
STORM = "sehr viele falsche Codes"


async def tries(stage: Stage, phone: Phone, code: str) -> str:
    """What the phone reads after /start with the code."""
    await phone.types(f"/start {code}")
    await stage.quiet()
    answer = next(
        one for one in reversed(phone.account.messages.values()) if "🔗" in one.words or "⏳" in one.words
    )
    await phone.reads_everything()
    return plain(answer.words)


async def test_after_five_wrong_codes_even_the_right_one_opens_nothing(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    code = await stage.invitation(Role.PARENT, "Amina", await stage.family("Ahorn 12", berger))
    nosy, amina = stage.stranger("N.", "de"), stage.stranger("A.", "de")

    answers = [await tries(stage, nosy, f"aB3-never-made-{n}") for n in range(5)]
    answers.append(await tries(stage, nosy, code))

    assert len(set(answers)) == 1
    assert CLOSED in answers[0]
    await berger.sees_nothing()
    assert WAITING in await tries(stage, amina, code)
    await berger.reads_everything()


async def test_an_hour_later_one_may_try_again_however_often_one_knocked(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    code = await stage.invitation(Role.PARENT, "Amina", await stage.family("Ahorn 12", berger))
    amina = stage.stranger("A.", "de")
    for n in range(12):
        await tries(stage, amina, f"aB3-never-made-{n}")
        await stage.forward(minutes=5)

    assert WAITING in await tries(stage, amina, code)
    await berger.reads_everything()


async def test_whoever_is_limited_still_has_the_red_button(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    nosy = stage.stranger("N.", "de")
    for n in range(7):
        await tries(stage, nosy, f"aB3-never-made-{n}")

    await nosy.presses("🆘 Hilfe")
    await nosy.sees("110")
    await nosy.presses("🚨")

    await koch.sees("A-0001")
    await nosy.reads_everything()


async def test_fifty_wrong_codes_of_many_accounts_close_the_door_and_the_lead_hears_once(
    stage: Stage,
) -> None:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    code = await stage.invitation(Role.PARENT, "Amina", await stage.family("Ahorn 12", berger))
    crowd = [stage.stranger(f"N{n}", "de") for n in range(12)]
    amina = stage.stranger("A.", "de")

    for phone in crowd:
        for n in range(5):
            await tries(stage, phone, f"aB3-never-made-{n}")

    await haas.sees(STORM)
    assert CLOSED in await tries(stage, amina, code)
    await haas.sees_nothing()
    await berger.sees_nothing()
    await stage.forward(hours=1, minutes=1)
    assert WAITING in await tries(stage, amina, code)
    await haas.sees_nothing()
    await berger.reads_everything()


async def test_no_guess_is_kept_longer_than_it_counts(stage: Stage) -> None:
    nosy = stage.stranger("N.", "de")
    await tries(stage, nosy, "aB3-never-made")
    counted = "SELECT count(*) FROM guesses"

    async def kept() -> int:
        return await stage.machine.archive.read(
            lambda store: int(store.connection.exec_driver_sql(counted).scalar_one())
        )

    assert await kept() == 1
    await stage.forward(hours=2, minutes=1)
    assert await kept() == 0


@pytest.mark.parametrize("text", ["Hallo", "Guten Tag", "0176 1234567", "Gesundheit", "7K3M9"])
async def test_what_a_guest_writes_is_no_guess_unless_it_looks_like_a_code(stage: Stage, text: str) -> None:
    guest = stage.stranger("G.", "de")
    await guest.types(text)
    answer = await guest.sees("Das habe ich nicht verstanden")
    assert not re.search("Familie|Eltern|Kind", answer.words)
    counted = "SELECT count(*) FROM guesses"
    kept = await stage.machine.archive.read(
        lambda store: store.connection.exec_driver_sql(counted).scalar_one()
    )
    assert kept == 0
