"""A caseworker with more families than Telegram has buttons finds every one of them."""

from storage.records import Role
from storage.store import Store
from tests.diary import in_days, picks
from tests.phones import Phone
from tests.stage import Stage

MANY = 130


async def fill(stage: Stage, caseworker: Phone) -> None:
    now = stage.clock.now()

    def add(store: Store) -> None:
        person = store.people.by_telegram(caseworker.account.id)
        assert person is not None
        for n in range(MANY):
            store.families.add(f"Ahorn {n:03}", person.id, now)

    await stage.machine.archive.write(add)


async def test_the_list_turns_to_the_last_page(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    await fill(stage, berger)
    await berger.presses("👪 Familien")
    await berger.sees(f"Ihre Familien: {MANY}")
    for _ in range(MANY // 10 - 1):
        await berger.presses("▶️")
        await berger.sees(f"Ihre Familien: {MANY}")
    assert "▶️" not in berger.keyboard
    await berger.presses("Ahorn 129")
    await berger.sees("Familie: Ahorn 129")


async def test_an_appointment_can_be_made_for_the_last_of_them(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    await fill(stage, berger)
    await berger.presses("➕ Neuer Termin")
    await berger.sees("Für welche Familie")
    while "Ahorn 129" not in berger.keyboard:
        await berger.presses("▶️")
        await berger.sees("Für welche Familie")
    await berger.presses("◀️")
    await berger.sees("Für welche Familie")
    await berger.presses("▶️")
    await berger.sees("Für welche Familie")
    await berger.presses("Ahorn 129")
    await berger.sees("Welche Art von Termin?")
    await berger.presses("Hausbesuch")
    await picks(berger, in_days(stage, 3))
